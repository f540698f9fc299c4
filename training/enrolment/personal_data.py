"""What enrolment keeps about a person."""

from typing import Any

from sqlalchemy import delete, select, update

from training.core.db import db
from training.enrolment import queries
from training.enrolment.models import Assignment, Enrolment, ItemOutcome

TABLES = ("assignment", "enrolment", "item_outcome")


def collect(person_id: int) -> list[dict[str, Any]]:
    """Return the person's courses and the outcome of every item."""
    return [
        {
            "course": row.slug,
            "state": row.state,
            "started_at": row.started_at and row.started_at.isoformat(),
            "passed_at": row.passed_at and row.passed_at.isoformat(),
            "items": {o.item_key: [o.points, o.points_of, o.mode] for o in queries.list_outcomes(row.id)},
        }
        for row in queries.list_of_person(person_id)
    ]


def erase(person_id: int) -> None:
    """Delete the person's enrolments and outcomes, and their name from what they assigned or keyed in."""
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    db.session.execute(delete(ItemOutcome).where(ItemOutcome.enrolment_id.in_(own)))
    db.session.execute(delete(Enrolment).where(Enrolment.person_id == person_id))
    assigned = update(Assignment).where(Assignment.assigned_by_id == person_id)
    db.session.execute(assigned.values(assigned_by_id=None))
    keyed = update(ItemOutcome).where(ItemOutcome.entered_by_id == person_id)
    db.session.execute(keyed.values(entered_by_id=None))
