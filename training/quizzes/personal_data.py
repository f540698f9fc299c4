"""What quizzes keep about a person."""

from typing import Any

from sqlalchemy import delete, select, update

from training.core.db import db
from training.enrolment.models import Enrolment
from training.quizzes.models import Answer, Attempt, AttemptChange, LateAnswer, QuizExtra, Regrade
from training.quizzes.queries import list_answers

TABLES = ("attempt", "answer", "late_answer", "quiz_extra", "attempt_change", "regrade")


def collect(person_id: int) -> list[dict[str, Any]]:
    """Return the person's attempts with every answer."""
    attempts = db.session.scalars(
        select(Attempt).where(Attempt.person_id == person_id).order_by(Attempt.started_at)
    )
    return [
        {
            "quiz": attempt.quiz_key,
            "number": attempt.number,
            "handed_in_at": attempt.handed_in_at and attempt.handed_in_at.isoformat(),
            "points": [attempt.points, attempt.points_of],
            "answers": {key: answer.response for key, answer in list_answers(attempt.id).items()},
        }
        for attempt in attempts
    ]


def erase(person_id: int) -> None:
    """Delete the person's attempts and answers, and their name as the one who keyed in or changed others'."""
    own = select(Attempt.id).where(Attempt.person_id == person_id)
    for table in (Answer, LateAnswer, AttemptChange):
        db.session.execute(delete(table).where(table.attempt_id.in_(own)))
    db.session.execute(delete(Attempt).where(Attempt.person_id == person_id))
    places = select(Enrolment.id).where(Enrolment.person_id == person_id)
    db.session.execute(delete(QuizExtra).where(QuizExtra.enrolment_id.in_(places)))
    for column in (
        Attempt.entered_by_id,
        LateAnswer.accepted_by_id,
        AttemptChange.changed_by_id,
        QuizExtra.granted_by_id,
        Regrade.applied_by_id,
    ):
        db.session.execute(update(column.class_).where(column == person_id).values({column.key: None}))
