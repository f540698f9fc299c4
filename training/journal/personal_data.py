"""What the journal keeps about a person."""

from typing import Any

from sqlalchemy import delete, select, update

from training.core.db import db
from training.journal.models import JournalEntry

TABLES = ("journal_entry",)


def collect(person_id: int) -> list[dict[str, Any]]:
    """Return every entry of the person."""
    query = select(JournalEntry).where(JournalEntry.person_id == person_id).order_by(JournalEntry.received_at)
    return [
        {
            "kind": e.kind,
            "subject": e.subject,
            "payload": e.payload,
            "mode": e.mode,
            "at": e.received_at.isoformat(),
        }
        for e in db.session.scalars(query)
    ]


def erase(person_id: int) -> None:
    """Delete the person's entries and their name as the one who keyed others' in."""
    db.session.execute(delete(JournalEntry).where(JournalEntry.person_id == person_id))
    keyed = update(JournalEntry).where(JournalEntry.entered_by_id == person_id)
    db.session.execute(keyed.values(entered_by_id=None))
