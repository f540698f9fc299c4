"""Reading attempts and answers. A learner reads their own only."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from training.core.db import db
from training.core.errors import NotFound
from training.quizzes.models import Answer, Attempt, LateAnswer


def get_attempt(person_id: int, attempt_id: uuid.UUID) -> Attempt:
    """Return the person's own attempt.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return _own(db.session.get(Attempt, attempt_id), person_id)


def lock_attempt(person_id: int, attempt_id: uuid.UUID) -> Attempt:
    """Return the person's own attempt, held against rivals until the transaction ends.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return _own(db.session.scalars(query.execution_options(populate_existing=True)).first(), person_id)


def _own(attempt: Attempt | None, person_id: int) -> Attempt:
    if attempt is None or attempt.person_id != person_id:
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
    return {
        a.question_key: a for a in db.session.scalars(select(Answer).where(Answer.attempt_id == attempt_id))
    }


def find_answer(attempt_id: uuid.UUID, question_key: str) -> Answer | None:
    """Return the present answer to one question."""
    query = select(Answer).where(Answer.attempt_id == attempt_id, Answer.question_key == question_key)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def list_late_answers(attempt_id: uuid.UUID) -> Sequence[LateAnswer]:
    """Return the answers that came after handing in."""
    query = select(LateAnswer).where(LateAnswer.attempt_id == attempt_id)
    return db.session.scalars(query.order_by(LateAnswer.received_at)).all()


def list_handed_in_after(started_after: uuid.UUID | None, limit: int = 200) -> Sequence[Attempt]:
    """Return the next attempts that were handed in, for walking over all of them."""
    query = select(Attempt).where(Attempt.handed_in_at.is_not(None)).order_by(Attempt.id).limit(limit)
    if started_after is not None:
        query = query.where(Attempt.id > started_after)
    return db.session.scalars(query).all()
