"""What a page may cost: statements in the database, bytes on a 2G line.

A number is the present cost or a little more. Whoever needs more says here why.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.house.probe import Probe, statements
from tests.support.cast import COURSE, PASSWORD, PIN, Cast
from tests.support.parcels import parcel
from training.catalogue.queries import get_current_revision, get_revision, list_courses
from training.core.db import db
from training.core.ids import new_id
from training.journal.actions import Origin
from training.quizzes import actions as quizzes
from training.quizzes.models import Attempt

KILOBYTE = 1024
FIRST_VISIT = 40 * KILOBYTE
NEXT_PAGE = 10 * KILOBYTE


@dataclass(frozen=True)
class Budget:
    """One page, who opens it, and how many statements it may run."""

    name: str
    who: str
    method: str
    path: str
    limit: int
    reason: str


BUDGETS = [
    Budget("home", "elder", "GET", "/", 5, "session, posts, courses, outcomes of the present one"),
    Budget("course", "elder", "GET", "/courses/{course}", 4, "session, enrolment, outcomes"),
    Budget("lesson", "elder", "GET", "/courses/{course}/lessons/{lesson}", 5, "session, enrolment, outcomes"),
    Budget("lesson done", "elder", "POST", "/courses/{course}/lessons/{lesson}/completion", 16,
           "once per lesson: journal, outcome and verdict in one transaction, then the next page's facts"),
    Budget("quiz rules", "elder", "GET", "/courses/{course}/quizzes/final", 4, "session, enrolment, attempts"),
    Budget("start", "elder", "POST", "/courses/{course}/quizzes/final/attempts", 10,
           "once per attempt: journal and attempt under the lock of the enrolment, and what is answered already"),
    Budget("question", "elder", "GET", "/quizzes/attempts/{attempt}/questions/1", 5, "session, attempt, answers"),
    Budget("all questions", "elder", "GET", "/quizzes/attempts/{attempt}/questions", 5, "session, attempt, answers"),
    Budget("save answer", "elder", "POST", "/quizzes/attempts/{attempt}/answers", 7,
           "session, attempt, the lock, journal, answer"),
    Budget("answer and go on", "elder", "POST", "/quizzes/attempts/{attempt}/questions/1", 9,
           "as saving, and how many questions there are"),
    Budget("review", "elder", "GET", "/quizzes/attempts/{attempt}/review", 5, "session, attempt, answers"),
    Budget("hand in", "elder", "POST", "/quizzes/attempts/{attempt}/submission", 20,
           "once per attempt: marking, the outcome and the verdict in one transaction"),
    Budget("results", "elder", "GET", "/me/results", 8, "one statement per unit served in, for those who can see it"),
    Budget("sign-in page", "nobody", "GET", "/sign-in", 0, "it must open while the database is away"),
    Budget("commune report", "committee", "GET", "/reports/completion", 8, "one row per cell, never raw answers"),
    Budget("province report", "province_committee", "GET", "/reports/completion", 9,
           "one row per commune; people are counted inside communes and outside of them"),
    Budget("people behind a figure", "committee", "GET", "/reports/completion/people", 9, "a page of rows, their posts"),
    Budget("quizzes", "trainer", "GET", "/quizzes", 4, "session, courses, people and late answers counted by quiz"),
    Budget("attempts", "trainer", "GET", "/quizzes/{course}/final/attempts", 8,
           "session, course, communes, count, a page of rows, what to look at, names"),
    Budget("tries of a person", "trainer", "GET", "/quizzes/{course}/final/people/{person}", 9,
           "session, course, place, tries, extras, what to look at, names"),
    Budget("attempt for staff", "trainer", "GET", "/quizzes/attempts/{attempt}/record", 10,
           "the attempt, its answers, journal, late answers and changes, the other tries, names"),
    Budget("people", "administrator", "GET", "/people", 6, "session, count, page of people, posts, roles"),
    Budget("person", "administrator", "GET", "/people/{person}", 10, "posts and roles, and what may be changed"),
    Budget("units", "administrator", "GET", "/units", 4, "session, count, page of units"),
    Budget("assignments", "administrator", "GET", "/assignments", 5, "session, assignments, titles"),
    Budget("analysis of a quiz", "trainer", "GET", "/courses/{course}/quizzes/final/analysis", 8,
           "session, course, communes, first tries, and their answers for each 500 tries"),
    Budget("analysis of a question", "trainer", "GET",
           "/courses/{course}/quizzes/final/analysis/questions/{question}", 8, "as the analysis of the quiz"),
    Budget("regrades", "administrator", "GET", "/courses/{course}/quizzes/final/regrades", 8,
           "session, course, tries by edition, editions, regrades"),
    Budget("regrade proposal", "administrator", "GET", "/courses/{course}/quizzes/final/revisions/1/regrade", 8,
           "session, course, edition, tries by edition; then two for each 200 tries that are marked by older keys"),
    Budget("audit", "administrator", "GET", "/audit", 8, "a page of entries and the names they speak of"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def warm(app: Flask) -> None:
    """Read every revision: a process does so once."""
    for course in list_courses():
        get_revision(course.current_revision_id or 0)


@pytest.fixture
def places(cast: Cast) -> dict[str, Any]:
    """What addresses in the budgets mean."""
    attempt = quizzes.start_attempt(cast.neighbour.id, COURSE, "final", Origin(new_id()))
    quizzes.hand_in(cast.neighbour.id, attempt.id, Origin(new_id()))
    db.session.commit()
    lesson = next(item.key for item in get_current_revision(COURSE).items if item.kind == "lesson")
    question = attempt.question_keys[0]
    return {"course": COURSE, "lesson": lesson, "person": cast.elder.id, "question": question}


def open_attempt(person_id: int) -> Attempt:
    """Begin an attempt with one answer in it."""
    attempt = quizzes.start_attempt(person_id, COURSE, "final", Origin(new_id()))
    quizzes.save_answer(
        person_id, attempt.id, attempt.question_keys[1], {"answer": ["a"]}, 1, Origin(new_id())
    )
    db.session.commit()
    return attempt


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.name.replace(" ", "-"))
def test_a_page_asks_the_database_no_more_than_it_must(
    app: Flask, cast: Cast, places: dict[str, Any], budget: Budget
) -> None:
    if "{attempt}" in budget.path:
        places = places | {"attempt": open_attempt(cast.elder.id).id}
    probe = Probe(app, cast.everyone.get(budget.who))
    fields = {"entry_id": str(new_id())} | parcel(1, "a")
    path = budget.path.format(**places)
    with statements() as seen:
        answer = probe.ask(budget.method, path, **fields)
    assert answer.status_code < 400
    assert len(seen) <= budget.limit, f"{budget.reason}\n" + "\n".join(seen)


def test_signing_in_costs_few_statements_and_one_hash(app: Flask, cast: Cast) -> None:
    for path, fields in (
        ("/sign-in", {"name": "0900000001", "pin": PIN}),
        ("/staff/sign-in", {"name": "giang", "password": PASSWORD}),
    ):
        with statements() as seen:
            assert Probe(app, None).ask("POST", path, **fields).status_code == 303
        assert len(seen) <= 6, "\n".join(seen)


def test_the_cost_of_a_report_does_not_grow_with_its_people(app: Flask, cast: Cast) -> None:
    costs = []
    for who in ("committee", "trainer", "province_committee"):
        with statements() as seen:
            Probe(app, cast.everyone[who]).ask("GET", "/reports/completion/people")
        costs.append(len(seen))
    assert max(costs) - min(costs) <= 2, costs


def _wire(app: Flask, probe: Probe, path: str) -> tuple[int, str]:
    """Return the bytes of an answer on the wire, its head included, and the page as text."""
    db.session.commit()
    probe.client.http.set_cookie("hocso", probe.cookie)
    plain = probe.client._open("GET", path).get_data(as_text=True)
    small = probe.client._open("GET", path, headers={"Accept-Encoding": "br"})
    assert small.status_code == 200, path
    head = sum(len(name) + len(value) + 4 for name, value in small.headers)
    return len(small.data) + head, plain


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_visit_of_any_lesson_costs_at_most_forty_kilobytes(
    app: Flask, cast: Cast, language: str
) -> None:
    cast.elder.language = language
    db.session.commit()
    probe = Probe(app, cast.elder, own_phone=True)
    heavy = {}
    for item in get_current_revision(COURSE).items:
        if item.kind == "lesson":
            size, page = _wire(app, probe, f"/courses/{COURSE}/lessons/{item.key}")
            assert size <= NEXT_PAGE, f"{item.key}: {size} bytes"
            parts = set(re.findall(r'(?:src|href)="(/(?:static|media)/[^"]+)"', page))
            total = size + sum(_wire(app, probe, part)[0] for part in parts)
            heavy |= {item.key: total} if total > FIRST_VISIT else {}
    assert heavy == {}


@pytest.mark.parametrize("who", ["elder", "committee", "administrator"])
def test_the_next_page_costs_at_most_ten_kilobytes(
    app: Flask, cast: Cast, places: dict[str, Any], who: str
) -> None:
    probe = Probe(app, cast.everyone[who])
    attempt = open_attempt(cast.elder.id)
    for budget in BUDGETS:
        if budget.who == who and budget.method == "GET":
            size, _page = _wire(app, probe, budget.path.format(**places, attempt=attempt.id))
            assert size <= NEXT_PAGE, f"{budget.name}: {size} bytes"


def test_a_lesson_the_phone_already_holds_costs_nothing_but_the_question(app: Flask, cast: Cast) -> None:
    probe = Probe(app, cast.elder, own_phone=True)
    lesson = next(item.key for item in get_current_revision(COURSE).items if item.kind == "lesson")
    path = f"/courses/{COURSE}/lessons/{lesson}"
    tag = probe.ask("GET", path).headers["ETag"]
    again = probe.client._open("GET", path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    attempts = db.session.scalars(select(Attempt).where(Attempt.person_id == cast.elder.id)).all()
    assert attempts == []
