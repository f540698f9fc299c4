"""Reading attempts and answers. A learner reads their own only."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam, func, select

from training.core import clock
from training.core.db import db
from training.core.errors import NotFound
from training.core.permissions import Permission, Viewer
from training.quizzes import access
from training.quizzes.models import Answer, Attempt, AttemptChange, LateAnswer, QuizExtra, Regrade

# Built once: they run on every page of a quiz.
_LOCKED = select(Attempt).where(Attempt.id == bindparam("id")).with_for_update()
_ANSWERS = select(Answer).where(Answer.attempt_id == bindparam("attempt_id"))


def get_attempt(person_id: int, attempt_id: uuid.UUID) -> Attempt:
    """Return the person's own attempt.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return _own(db.session.get(Attempt, attempt_id), person_id)


def get_visible_attempt(viewer: Viewer, permission: Permission, attempt_id: uuid.UUID) -> Attempt:
    """Return an attempt that was handed in, if `viewer` holds `permission` where it was made.

    Raises:
        NotFound: there is none, it is out of reach, or it is still open.
    """
    query = select(Attempt).where(Attempt.id == attempt_id, access.visible_to(viewer, permission))
    attempt = db.session.scalars(query.where(Attempt.handed_in_at.is_not(None))).first()
    if attempt is None:
        raise NotFound
    return attempt


def lock_attempt(person_id: int | None, attempt_id: uuid.UUID) -> Attempt:
    """Return an attempt, held against rivals until the transaction ends.

    Args:
        person_id: whose it must be; None where staff change it, who were let through before.
        attempt_id: the attempt.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = db.session.scalars(_LOCKED, {"id": attempt_id}, execution_options={"populate_existing": True})
    return _own(found.first(), person_id)


def _own(attempt: Attempt | None, person_id: int | None) -> Attempt:
    if attempt is None or person_id not in (None, attempt.person_id):
        raise NotFound
    return attempt


def list_attempts(enrolment_id: int, quiz_key: str) -> Sequence[Attempt]:
    """Return all attempts at a quiz, the first first."""
    query = select(Attempt).where(Attempt.enrolment_id == enrolment_id, Attempt.quiz_key == quiz_key)
    return db.session.scalars(query.order_by(Attempt.number)).all()


def find_open_attempt(enrolment_id: int, quiz_key: str) -> Attempt | None:
    """Return the attempt that is not handed in, if there is one."""
    return next((a for a in list_attempts(enrolment_id, quiz_key) if a.handed_in_at is None), None)


def list_answers(attempt_id: uuid.UUID) -> dict[str, Answer]:
    """Return question key → present answer."""
    found = db.session.scalars(
        _ANSWERS, {"attempt_id": attempt_id}, execution_options={"populate_existing": True}
    )
    return {answer.question_key: answer for answer in found}


def list_answers_of(attempt_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Answer]]:
    """Return attempt id → question key → present answer."""
    found: dict[uuid.UUID, dict[str, Answer]] = {attempt_id: {} for attempt_id in attempt_ids}
    for answer in db.session.scalars(select(Answer).where(Answer.attempt_id.in_(attempt_ids))):
        found[answer.attempt_id][answer.question_key] = answer
    return found


def find_answer(attempt_id: uuid.UUID, question_key: str) -> Answer | None:
    """Return the present answer to one question."""
    query = select(Answer).where(Answer.attempt_id == attempt_id, Answer.question_key == question_key)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def get_sequence(attempt_id: uuid.UUID, question_key: str) -> int:
    """Return the sequence of the present answer to one question; it must exist."""
    query = select(Answer.sequence).where(
        Answer.attempt_id == attempt_id, Answer.question_key == question_key
    )
    return db.session.execute(query).scalar_one()


def list_late_answers(attempt_id: uuid.UUID) -> Sequence[LateAnswer]:
    """Return the answers that came after handing in."""
    query = select(LateAnswer).where(LateAnswer.attempt_id == attempt_id)
    return db.session.scalars(query.order_by(LateAnswer.received_at)).all()


def sum_extras(enrolment_id: int, quiz_key: str) -> tuple[int, int]:
    """Return (tries, minutes) that a person was given beyond the limits of a quiz."""
    sums = select(func.coalesce(func.sum(QuizExtra.tries), 0), func.coalesce(func.sum(QuizExtra.minutes), 0))
    mine = sums.where(QuizExtra.enrolment_id == enrolment_id, QuizExtra.quiz_key == quiz_key)
    tries, minutes = db.session.execute(mine).one()
    return int(tries), int(minutes)


def find_key_revision_id(course_id: int, quiz_key: str) -> int | None:
    """Return the revision whose keys the latest regrade of a quiz brought in; None when there was none."""
    latest = select(Regrade.key_revision_id).where(
        Regrade.course_id == course_id, Regrade.quiz_key == quiz_key
    )
    return db.session.scalar(latest.order_by(Regrade.id.desc()).limit(1))


def list_changes(attempt_id: uuid.UUID) -> Sequence[AttemptChange]:
    """Return how the result of an attempt was changed after handing in, the earliest change first."""
    query = select(AttemptChange).where(AttemptChange.attempt_id == attempt_id)
    return db.session.scalars(query.order_by(AttemptChange.id)).all()


def list_overdue(limit: int = 200) -> Sequence[Attempt]:
    """Return open attempts whose time has ended, the earliest first; the grace is not counted."""
    query = select(Attempt).where(Attempt.handed_in_at.is_(None), Attempt.due_at < clock.now())
    return db.session.scalars(query.order_by(Attempt.due_at).limit(limit)).all()


def get_late_answer(late_id: int) -> LateAnswer:
    """Return an answer that came after handing in.

    Raises:
        NotFound: there is none.
    """
    late = db.session.get(LateAnswer, late_id)
    if late is None:
        raise NotFound
    return late


def list_handed_in_after(started_after: uuid.UUID | None, limit: int = 200) -> Sequence[Attempt]:
    """Return the next attempts that were handed in, for walking over all of them."""
    query = select(Attempt).where(Attempt.handed_in_at.is_not(None)).order_by(Attempt.id).limit(limit)
    if started_after is not None:
        query = query.where(Attempt.id > started_after)
    return db.session.scalars(query).all()
