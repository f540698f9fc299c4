"""Every page of the program with real addresses, and who opens it: the walk of the accessibility check."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from tests.journeys.answering import right_fields
from tests.support.cast import COURSE, Cast
from tests.support.live import Learner, Live
from training.accounts import queries as accounts
from training.accounts.models import RoleGrant
from training.catalogue.queries import get_current_revision
from training.core.db import db, unit_of_work
from training.core.ids import new_id
from training.enrolment.models import Assignment
from training.journal.actions import Origin
from training.quizzes import actions as quizzes
from training.quizzes.models import Attempt, Regrade

# Files, and answers for machines: no pages.
NO_PAGES = {
    "catalogue.show_media",
    "admin.show_liveness",
    "admin.show_readiness",
    "reports.download_completion",
    "reports.download_people",
    "analysis.download_analysis",
    "analysis.download_attempts",
}


@dataclass(frozen=True)
class Places:
    """What the addresses are made of."""

    open_attempt: UUID
    passed_attempt: UUID
    failed_attempt: UUID
    post_id: int
    grant_id: int
    assignment_id: int
    regrade_id: int
    question_key: str


def prepare(live: Live, people: Cast, learner: Learner) -> Places:
    """Give the learner one attempt that passed, one that did not, and one that is open."""
    with live.app.app_context():
        with unit_of_work():
            failed = _attempt(learner.id, is_right=False)
            quizzes.hand_in(learner.id, failed, Origin(new_id()))
            passed = _attempt(learner.id, is_right=True)
            quizzes.hand_in(learner.id, passed, Origin(new_id()))
            is_open = _attempt(learner.id, is_right=False)
            present = get_current_revision(COURSE)
            regrade = Regrade(
                course_id=present.course_id,
                quiz_key="final",
                key_revision_id=present.id,
                may_lower=False,
                reason="Thử.",
            )
            db.session.add(regrade)
        grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == people.trainer.id)).first()
        assignment = db.session.scalars(select(Assignment)).first()
        assert grant is not None and assignment is not None
        key = present.questions("final")[0].key
        post = accounts.list_posts(learner.id)[0]
        places = Places(is_open, passed, failed, post.id, grant.id, assignment.id, regrade.id, key)
        db.session.remove()
    return places


def _attempt(person_id: int, *, is_right: bool) -> UUID:
    attempt: Attempt = quizzes.start_attempt(person_id, COURSE, "final", Origin(new_id()))
    for place, key in enumerate(attempt.question_keys):
        if is_right or place < 2:
            quizzes.save_answer(person_id, attempt.id, key, right_fields(key), 1, Origin(new_id()))
    return attempt.id


def learner_pages(places: Places) -> dict[str, str]:
    """Return a name and an address of every page a learner opens."""
    course, attempts = f"/courses/{COURSE}", "/quizzes/attempts"
    return {
        "lessons.show_home": "/",
        "lessons.show_course": course,
        "lessons.show_lesson": f"{course}/lessons/01-three-things",
        "lessons.list_results": "/me/results",
        "quizzes.show_quiz": f"{course}/quizzes/final",
        "quizzes.show_question": f"{attempts}/{places.open_attempt}/questions/1",
        "quizzes.show_questions": f"{attempts}/{places.open_attempt}/questions",
        "quizzes.show_review": f"{attempts}/{places.open_attempt}/review",
        "quizzes.show_questions last check": f"{attempts}/{places.open_attempt}/questions#last-check",
        "results.show_result": f"{attempts}/{places.passed_attempt}",
        "results.show_result failed": f"{attempts}/{places.failed_attempt}",
        "results.print_slip": f"{attempts}/{places.passed_attempt}/slip",
        "quizzes.show_quiz before learning": f"{course}/quizzes/before",
        "accounts.edit_pin": "/me/pin",
        "a page that is not there": "/nowhere",
    }


def public_pages() -> dict[str, str]:
    """Return a name and an address of every page for which nobody need be signed in."""
    return {"accounts.new_session": "/sign-in", "accounts.new_staff_session": "/staff/sign-in"}


def staff_pages(people: Cast, learner: Learner, places: Places) -> dict[str, str]:
    """Return a name and an address of every page of an administrator of the province."""
    person, unit = f"/people/{learner.id}", f"/units/{people.xuan_van.id}"
    place, quiz = f"?unit={people.na_sang.id}", f"/courses/{COURSE}/quizzes/final"
    report = f"/reports/completion/units/{people.xuan_van.id}"
    return {
        "handouts.list_lessons": "/teaching/lessons",
        "handouts.show_notes": f"/courses/{COURSE}/lessons/01-three-things/notes",
        "handouts.print_handout": f"/courses/{COURSE}/lessons/01-three-things/handout",
        "attempts.list_quizzes": "/quizzes",
        "attempts.list_attempts": f"/quizzes/{COURSE}/final/attempts",
        "attempts.show_person": f"/quizzes/{COURSE}/final/people/{learner.id}",
        "attempts.show_attempt": f"/quizzes/attempts/{places.failed_attempt}/record",
        "attempts.show_attempt open": f"/quizzes/attempts/{places.open_attempt}/record",
        "attempts.print_slip": f"/quizzes/attempts/{places.failed_attempt}/record/slip",
        "analysis.show_analysis": f"{quiz}/analysis",
        "analysis.show_question": f"{quiz}/analysis/questions/{places.question_key}",
        "regrade.list_revisions": f"{quiz}/regrades",
        "regrade.show_proposal": f"{quiz}/revisions/1/regrade",
        "regrade.show_regrade": f"{quiz}/regrades/{places.regrade_id}",
        "papers.show_papers": f"{quiz}/papers",
        "papers.print_paper": f"{quiz}/papers/print?number=44&count=2",
        "papers.print_key": f"{quiz}/papers/key?number=44&count=2",
        "papers.new_result": f"{quiz}/results/new",
        "papers.new_result of a person": f"{quiz}/results/new?person={learner.id}",
        "papers.new_result with questions": f"{quiz}/results/new?person={learner.id}&way=paper&number=44&edition=1",
        "papers.show_result": f"/quizzes/attempts/{places.passed_attempt}/keyed-in",
        "preview.show_preview": f"{quiz}/preview?number=44",
        "preview.show_preview handed in": f"{quiz}/preview?number=44&go=99",
        "preview.show_bank": f"{quiz}/bank",
        "people.list_people": "/people",
        "people.show_person": person,
        "people.show_person staff": f"/people/{people.trainer.id}",
        "people.new_person": "/people/new",
        "people.new_person of a unit": f"/people/new{place}",
        "people.edit_person": f"{person}/edit",
        "people.new_closure": f"{person}/closure",
        "people.new_post": f"{person}/posts/new",
        "people.new_post in a unit": f"{person}/posts/new{place}",
        "people.new_post_end": f"{person}/posts/{places.post_id}/end",
        "people.new_grant": f"{person}/roles/new",
        "people.new_grant on a unit": f"{person}/roles/new?unit={people.xuan_van.id}",
        "people.new_pin": f"{person}/pin",
        "people.new_password": f"/people/{people.trainer.id}/password",
        "org.list_units": "/units",
        "org.show_unit": unit,
        "org.new_unit": "/units/new",
        "org.new_unit below a unit": f"/units/new?unit={people.xuan_van.id}",
        "org.edit_unit_name": f"{unit}/name",
        "org.new_unit_closure": f"/units/{people.khuoi_mo.id}/closure",
        "enrolment.list_assignments": "/assignments",
        "enrolment.new_assignment": "/assignments/new",
        "enrolment.new_assignment for a unit": f"/assignments/new{place}",
        "enrolment.new_assignment_end": f"/assignments/{places.assignment_id}/end",
        "enrolment.list_courses": f"{person}/courses",
        "admin.show_health": "/admin/health",
        "admin.list_audit": "/audit",
        "reports.show_completion": "/reports/completion",
        "reports.show_completion of a commune": report,
        "reports.list_people": f"{report}/people",
        "reports.print_completion": f"{report}/print",
        "reports.print_people": f"{report}/people/print",
    }
