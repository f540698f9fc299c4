"""The append-only journal."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.core.db import Base, Json, UtcDateTime


class Mode(StrEnum):
    """How something was learned; part of every result."""

    PHONE = "phone"
    ASSISTED = "assisted"
    WORKSHOP = "workshop"
    PAPER = "paper"


class EntryKind(StrEnum):
    """What a learner can change."""

    LESSON_DONE = "lesson_done"
    ATTEMPT_STARTED = "attempt_started"
    ANSWER_SAVED = "answer_saved"
    ATTEMPT_HANDED_IN = "attempt_handed_in"
    ANSWER_ACCEPTED = "answer_accepted"


class JournalEntry(Base):
    """One change: its id was made where it began, so that the same change sent twice counts once."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index(None, "person_id", "received_at"),
        Index(None, "subject"),
        CheckConstraint("mode in ('phone','assisted','workshop','paper')", name="mode"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    mode: Mapped[str] = mapped_column(String(10))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
