"""Attempts and answers."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.core.db import Base, Json, UtcDateTime


class Attempt(Base):
    """One try at a quiz, pinned to the revision and with a copy of what decides it."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "quiz_key", "number"),
        Index(None, "person_id", "started_at"),
        CheckConstraint("points is null or points between 0 and points_of", name="points"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    quiz_key: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    seed: Mapped[int]
    question_keys: Mapped[list[str]] = mapped_column(Json)
    pass_percent: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    points: Mapped[float | None]
    points_of: Mapped[float | None]
    is_passed: Mapped[bool | None]
    mode: Mapped[str] = mapped_column(String(10))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Answer(Base):
    """The present answer to one question of an attempt; the newer sequence wins."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "question_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"))
    question_key: Mapped[str] = mapped_column(String(80))
    response: Mapped[Any] = mapped_column(Json)
    sequence: Mapped[int]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("journal_entry.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fraction: Mapped[float | None]


class LateAnswer(Base):
    """An answer that arrived after its attempt was handed in: kept as evidence, not counted."""

    __tablename__ = "late_answer"
    __table_args__ = (Index(None, "attempt_id"), UniqueConstraint("entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"))
    question_key: Mapped[str] = mapped_column(String(80))
    response: Mapped[Any] = mapped_column(Json)
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("journal_entry.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
