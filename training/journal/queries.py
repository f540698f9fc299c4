"""Reading the journal."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from training.core.db import db
from training.journal.models import JournalEntry


def get_entry(entry_id: uuid.UUID) -> JournalEntry:
    """Return the entry with this id; it must exist."""
    return db.session.get_one(JournalEntry, entry_id)


def list_of_subject(subject: str) -> Sequence[JournalEntry]:
    """Return every entry about `subject` in the order the server received them."""
    query = select(JournalEntry).where(JournalEntry.subject == subject)
    return db.session.scalars(query.order_by(JournalEntry.received_at, JournalEntry.id)).all()
