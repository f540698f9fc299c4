"""Assignments, enrolments and the outcome of each item."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.core import clock
from training.core.db import Base, PlainText, UtcDateTime


class Audience(StrEnum):
    """Whom in a unit an assignment is for."""

    SECRETARIES = "secretaries"
    ALL_POSTS = "all_posts"


class Assignment(Base):
    """A course that a unit's people must learn by a day; newcomers to the unit too."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("unit_id", "course_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    audience: Mapped[str] = mapped_column(String(20), default=Audience.SECRETARIES)
    due_on: Mapped[date | None]
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


# How far a place is, as flags added up: a whole province is counted from them without looking at a single moment.
STARTED, FINISHED, PASSED, WITHDRAWN = 1, 2, 4, 8
_FLAGS = " + ".join(
    f"case when {column} is null then 0 else {flag} end"
    for column, flag in (
        ("started_at", STARTED),
        ("finished_at", FINISHED),
        ("passed_at", PASSED),
        ("withdrawn_at", WITHDRAWN),
    )
)


class Enrolment(Base):
    """One person in one course: the row every report reads.

    `unit_path` and `commune_id` are copies of where the person served: a finished course keeps them as they were.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id"),
        Index(
            "ix_enrolment_unit_path_course_id",
            "unit_path", "course_id", "unit_id", "mode", "enrolled_at", "withdrawn_at",
            "started_at", "finished_at", "passed_at", "due_on",
        ),
        Index(
            "ix_enrolment_commune_id_progress",
            "commune_id", "course_id", "mode", "progress", "due_on",
        ),
        Index(
            "ix_enrolment_commune_id_course_id",
            "commune_id", "course_id", "mode", "enrolled_at", "withdrawn_at",
            "started_at", "finished_at", "passed_at", "due_on",
        ),
        # Counts different people commune by commune in the order of the index.
        Index(
            "ix_enrolment_commune_id_person_id",
            "commune_id", "person_id", "course_id", "mode", "enrolled_at", "withdrawn_at", "passed_at",
        ),
        CheckConstraint("done_count between 0 and item_count", name="done_count"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(PlainText)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date | None]
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mode: Mapped[str | None] = mapped_column(String(10))
    done_count: Mapped[int] = mapped_column(default=0)
    item_count: Mapped[int]
    best_points: Mapped[float | None]
    best_of: Mapped[float | None]
    rule_version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str | None] = mapped_column(String(40))
    progress: Mapped[int] = mapped_column(Computed(_FLAGS, persisted=True))
    # The attempt whose result was corrected, until the person has read why. No foreign key: attempts stand a storey above.
    changed_attempt_id: Mapped[uuid.UUID | None]


class ItemOutcome(Base):
    """What came of one item (lesson or quiz) of an enrolment: of a quiz, the try that counts."""

    __tablename__ = "item_outcome"
    __table_args__ = (UniqueConstraint("enrolment_id", "item_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    item_key: Mapped[str] = mapped_column(String(80))
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    points: Mapped[float | None]
    points_of: Mapped[float | None]
    is_passed: Mapped[bool]
    mode: Mapped[str] = mapped_column(String(10))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
