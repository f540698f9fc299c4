"""Attempts and answers, and what staff changed about them."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.core import clock
from training.core.db import Base, Json, UtcDateTime


class ChangeKind(StrEnum):
    """Why a result was changed after handing in."""

    REGRADED = "regraded"
    LATE_ANSWER = "late_answer"


class Attempt(Base):
    """One try at a quiz, pinned to the revision and with a copy of what decides it.

    ``due_at`` is the end of its time, without grace; None without a clock. ``key_revision_id`` is the revision by
    whose keys it is marked after a regrade; None while that is its own.
    """

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
    key_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
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
    """An answer that arrived after its attempt was handed in, or after its question was explained.

    It is evidence, counted only when staff accept it.
    """

    __tablename__ = "late_answer"
    __table_args__ = (Index(None, "attempt_id"), UniqueConstraint("entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"))
    question_key: Mapped[str] = mapped_column(String(80))
    response: Mapped[Any] = mapped_column(Json)
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("journal_entry.id"))
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str | None] = mapped_column(String(500))


class QuizExtra(Base):
    """Tries and minutes one person gets beyond what the quiz gives everyone; several add up."""

    __tablename__ = "quiz_extra"
    __table_args__ = (
        Index(None, "enrolment_id", "quiz_key"),
        CheckConstraint("tries >= 0 and minutes >= 0 and tries + minutes > 0", name="gives_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    quiz_key: Mapped[str] = mapped_column(String(80))
    tries: Mapped[int]
    minutes: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Regrade(Base):
    """A corrected key that was applied to attempts already made: from when on, by whom, why."""

    __tablename__ = "regrade"
    __table_args__ = (Index(None, "course_id", "quiz_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    quiz_key: Mapped[str] = mapped_column(String(80))
    key_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    may_lower: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class AttemptChange(Base):
    """A result that was changed after handing in: before, after, why, by whom. Nothing changes silently."""

    __tablename__ = "attempt_change"
    __table_args__ = (Index(None, "attempt_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"))
    kind: Mapped[str] = mapped_column(String(20))
    regrade_id: Mapped[int | None] = mapped_column(ForeignKey("regrade.id"))
    reason: Mapped[str] = mapped_column(String(500))
    points_before: Mapped[float]
    points_after: Mapped[float]
    was_passed: Mapped[bool]
    is_passed: Mapped[bool]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
