"""Who may open what: every address of the program asked for by everybody in the cast.

The expectation is worked out from the mark of the view and from two small tables below: which roles hold which
permission (written down once more, on purpose), and who reaches the things of Xuân Vân. A new kind of thing in an
address fails here until it is added.
"""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.house.probe import Probe, statements, writes
from tests.house.test_routes import rules
from tests.support.cast import COURSE, Cast
from training.accounts.models import Post, RoleGrant
from training.catalogue.queries import get_current_revision
from training.core.db import db
from training.core.ids import new_id
from training.core.permissions import Permission
from training.enrolment.models import Assignment
from training.journal.actions import Origin
from training.quizzes import actions as quizzes
from training.quizzes import queries
from training.quizzes.models import Regrade
from training.web.access import PUBLIC, SIGNED_IN, rule_of

LEARNERS = {"elder", "shared_phone", "neighbour", "stranger"}
ADMINISTRATORS = {"administrator", "strange_admin"}
COMMITTEES = {"committee", "other_committee", "province_committee"}
EVERYONE = sorted(LEARNERS | ADMINISTRATORS | COMMITTEES | {"trainer"})
HOLDERS: dict[str, set[str]] = {
    Permission.LEARN: LEARNERS,
    Permission.SEE_REPORTS: {"trainer"} | COMMITTEES | ADMINISTRATORS,
    Permission.RESET_PINS: {"trainer"} | ADMINISTRATORS,
    Permission.SEE_ANSWERS: {"trainer"} | ADMINISTRATORS,
    Permission.CORRECT_RESULTS: {"trainer"} | ADMINISTRATORS,
    Permission.REGRADE: ADMINISTRATORS,
    Permission.MANAGE_PEOPLE: ADMINISTRATORS,
    Permission.MANAGE_UNITS: ADMINISTRATORS,
    Permission.ASSIGN_COURSES: ADMINISTRATORS,
    Permission.SEE_AUDIT: ADMINISTRATORS,
    Permission.SEE_HEALTH: ADMINISTRATORS,
}
# Who may come near the thing of Xuân Vân that an address names; everybody else is told that it does not exist.
REACH = {
    "attempt_id": {"elder", "trainer", "administrator"},
    "late_id": {"trainer", "administrator"},
    "person_id": {"trainer", "administrator"},
    "unit_id": {"trainer", "committee", "province_committee", "administrator"},
    "assignment_id": {"administrator"},
}
# Forms that name a unit of Xuân Vân instead of the address.
REACH_OF_FORMS = {
    "enrolment.create_assignment": {"administrator"},
    "people.create_person": {"administrator"},
    "org.create_unit": {"administrator"},
}
# Parameters that say which part of a thing is meant, or that are for everybody. That a quiz was regraded is for all
# who may regrade, as courses are; whose results it changed is not (tests/quizzes/test_regrade_routes.py).
HARMLESS = {
    "slug", "lesson_key", "quiz_key", "question_key", "number", "post_id", "grant_id", "regrade_id", "sha256",
    "extension", "kind",
}  # fmt: skip
REFUSALS = (401, 403, 404)


@pytest.fixture
def things(cast: Cast) -> dict[str, Any]:
    """Parameter name → the thing of Xuân Vân it stands for."""
    revision = get_current_revision(COURSE)
    attempt = quizzes.start_attempt(cast.elder.id, COURSE, "final", Origin(new_id()))
    quizzes.hand_in(cast.elder.id, attempt.id, Origin(new_id()))
    quizzes.save_answer(cast.elder.id, attempt.id, attempt.question_keys[0], {}, 1, Origin(new_id()))
    regrade = Regrade(
        course_id=revision.course_id,
        quiz_key="final",
        key_revision_id=revision.id,
        may_lower=False,
        reason="Thử.",
        applied_by_id=cast.administrator.id,
    )
    db.session.add(regrade)
    db.session.commit()
    picture, extension = revision.media[0].removeprefix("/media/").split(".")
    return {
        "slug": COURSE,
        "lesson_key": next(item.key for item in revision.items if item.kind == "lesson"),
        "quiz_key": "final",
        "question_key": attempt.question_keys[0],
        "attempt_id": attempt.id,
        "late_id": queries.list_late_answers(attempt.id)[0].id,
        "regrade_id": regrade.id,
        "number": 1,
        "unit_id": cast.xuan_van.id,
        "person_id": cast.elder.id,
        "post_id": db.session.scalars(select(Post.id).where(Post.person_id == cast.elder.id)).first(),
        "grant_id": db.session.scalars(select(RoleGrant.id).where(RoleGrant.person_id == cast.trainer.id)).first(),
        "staff_id": cast.trainer.id,
        "assignment_id": db.session.scalars(
            select(Assignment.id).where(Assignment.unit_id == cast.province.id)
        ).first(),
        "sha256": picture,
        "extension": extension,
        "kind": "csv",
    }  # fmt: skip


def address(rule: Rule, things: dict[str, Any]) -> str:
    """Return an address of this rule for the things of Xuân Vân."""
    here = things | ({"person_id": things["staff_id"]} if "grant_id" in rule.arguments else {})
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda match: str(here[match[1]]), rule.rule)


def fields_for(rule: Rule, cast: Cast) -> dict[str, Any]:
    """Return what a form must name before anything else is looked at."""
    unit = cast.na_sang if rule.endpoint in ("people.create_post", "people.create_person") else cast.xuan_van
    return {"unit": unit.id, "parent": unit.id, "entry_id": str(new_id())}


def expected(app: Flask, rule: Rule, who: str) -> str:
    """Return "welcome", "401", "403" or "404" for `who` at `rule`."""
    mark = rule_of(app, rule.endpoint)
    if mark in (PUBLIC, SIGNED_IN):
        return "welcome"
    if who not in HOLDERS[str(mark)]:
        return "403"
    if who not in REACH_OF_FORMS.get(rule.endpoint, {who}):
        return "404"
    if any(who not in REACH[name] for name in rule.arguments & set(REACH) if name in rule.rule):
        return "404"
    return "welcome"


def found(status: int) -> str:
    """Return how an answer reads."""
    assert status < 500
    return str(status) if status in REFUSALS else "welcome"


def walk(app: Flask) -> list[tuple[str, Rule]]:
    """Return every (method, rule) of the program."""
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    return [(method, rule) for rule in rules(app) for method in methods if method in (rule.methods or ())]


def test_every_kind_of_thing_in_an_address_is_known_here(shared_app: Flask) -> None:
    named = {name for rule in rules(shared_app) for name in rule.arguments}
    assert named - set(REACH) - HARMLESS == set(), "say above who may reach it"


def test_the_whole_cast_walks(cast: Cast) -> None:
    assert set(cast.everyone) == set(EVERYONE)


@pytest.mark.parametrize("who", EVERYONE)
def test_every_page_opens_to_those_it_is_for_and_to_nobody_else(
    app: Flask, cast: Cast, things: dict[str, Any], who: str
) -> None:
    probe = Probe(app, cast.everyone[who])
    wrong = {}
    for method, rule in walk(app):
        answer = probe.ask(method, address(rule, things), **fields_for(rule, cast))
        if found(answer.status_code) != expected(app, rule, who):
            wrong[f"{method} {rule.rule}"] = (answer.status_code, expected(app, rule, who))
    assert wrong == {}


def test_who_is_not_signed_in_is_asked_to_and_sees_nothing(
    app: Flask, cast: Cast, things: dict[str, Any]
) -> None:
    probe = Probe(app, None)
    names = [person.full_name for person in cast.everyone.values()]
    wrong = {}
    for method, rule in walk(app):
        answer = probe.ask(method, address(rule, things), **fields_for(rule, cast))
        is_first_page = rule.rule == "/" and method == "GET"
        wanted = "welcome" if rule_of(app, rule.endpoint) == PUBLIC or is_first_page else "401"
        assert not any(
            name in answer.get_data(as_text=True) for name in names if answer.mimetype == "text/html"
        )
        if found(answer.status_code) != wanted:
            wrong[f"{method} {rule.rule}"] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("who", ["elder", "trainer", "administrator", None])
def test_nothing_is_changed_without_the_token_of_the_page(
    app: Flask, cast: Cast, things: dict[str, Any], who: str | None
) -> None:
    probe = Probe(app, cast.everyone[who] if who else None)
    for method, rule in walk(app):
        if method != "GET":
            with statements() as seen:
                answer = probe.ask(method, address(rule, things), csrf=False, **fields_for(rule, cast))
            assert answer.status_code == 400, f"{method} {rule.rule}"
            assert writes(seen) == []


@pytest.mark.parametrize("who", ["elder", "stranger", "trainer", "committee", "administrator"])
def test_reading_a_page_writes_nothing(app: Flask, cast: Cast, things: dict[str, Any], who: str) -> None:
    probe = Probe(app, cast.everyone[who])
    for method, rule in walk(app):
        if method == "GET":
            with statements() as seen:
                probe.ask(method, address(rule, things))
            assert writes(seen) == [], rule.rule


@pytest.mark.parametrize("number", ["2147483648", "9" * 5000], ids=["long", "endless"])
def test_a_number_no_database_knows_is_a_thing_that_does_not_exist(
    app: Flask, cast: Cast, things: dict[str, Any], number: str
) -> None:
    probe = Probe(app, cast.administrator)
    for method, rule in walk(app):
        for name in rule.arguments & {
            "unit_id",
            "person_id",
            "assignment_id",
            "post_id",
            "grant_id",
            "late_id",
        }:
            if name in rule.rule:
                path = address(
                    rule, things | {name: number, **({"staff_id": number} if name == "person_id" else {})}
                )
                answer = probe.ask(method, path, **fields_for(rule, cast))
                assert answer.status_code == 404, f"{method} {rule.rule}"


@pytest.mark.parametrize(
    "number", ["99999999999999999999", "1" * 5000, "%00"], ids=["long", "endless", "nothing"]
)
def test_a_query_nobody_could_have_clicked_is_answered_calmly(
    app: Flask, cast: Cast, things: dict[str, Any], number: str
) -> None:
    probe = Probe(app, cast.administrator)
    for method, rule in walk(app):
        if method == "GET":
            query = "&".join(
                f"{name}={number}" for name in ("page", "unit", "search", "sort", "name", "action")
            )
            answer = probe.ask(method, f"{address(rule, things)}?{query}")
            assert answer.status_code < 500, rule.rule


def test_a_committee_that_asks_for_another_commune_in_the_query_is_told_it_does_not_exist(
    app: Flask, cast: Cast
) -> None:
    probe = Probe(app, cast.other_committee)
    assert probe.ask("GET", f"/reports/completion?unit={cast.xuan_van.id}").status_code == 404
    names = probe.ask("GET", "/reports/completion/people").get_data(as_text=True)
    assert cast.elder.full_name not in names and cast.neighbour.full_name in names
