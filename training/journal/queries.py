"""Reading the journal."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam, select

from training.core.db import db
from training.journal.models import EntryKind, JournalEntry

# Built once: it runs on a learner's first page.
_KEYED_IN = (
    select(JournalEntry)
    .where(
        JournalEntry.person_id == bindparam("person_id"),
        JournalEntry.kind == EntryKind.ATTEMPT_STARTED,
        JournalEntry.entered_by_id.is_not(None),
    )
    .order_by(JournalEntry.received_at, JournalEntry.id)
)


def get_entry(entry_id: uuid.UUID) -> JournalEntry:
    """Return the entry with this id; it must exist."""
    return db.session.get_one(JournalEntry, entry_id)


def list_keyed_in(person_id: int) -> Sequence[JournalEntry]:
    """Return the beginning of every try that somebody else keyed in for a person, the earliest first."""
    return db.session.scalars(_KEYED_IN, {"person_id": person_id}).all()


def list_of_subject(subject: str) -> Sequence[JournalEntry]:
    """Return every entry about `subject` in the order the server received them."""
    query = select(JournalEntry).where(JournalEntry.subject == subject)
    return db.session.scalars(query.order_by(JournalEntry.received_at, JournalEntry.id)).all()
