"""What quizzes keep about a person."""

from typing import Any

from sqlalchemy import delete, select, update

from training.core.db import db
from training.quizzes.models import Answer, Attempt, LateAnswer
from training.quizzes.queries import list_answers

TABLES = ("attempt", "answer", "late_answer")


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
    """Delete the person's attempts and answers, and their name as the one who keyed others' in."""
    own = select(Attempt.id).where(Attempt.person_id == person_id)
    for table in (Answer, LateAnswer):
        db.session.execute(delete(table).where(table.attempt_id.in_(own)))
    db.session.execute(delete(Attempt).where(Attempt.person_id == person_id))
    keyed = update(Attempt).where(Attempt.entered_by_id == person_id)
    db.session.execute(keyed.values(entered_by_id=None))
