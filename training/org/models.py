"""Units with a history of their names."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.core import clock
from training.core.db import Base, PlainText, UtcDateTime


class UnitKind(StrEnum):
    """What a unit is. There is no district level since 1 July 2025."""

    PROVINCE = "province"
    COMMUNE = "commune"
    WARD = "ward"
    CENTRE = "centre"
    CELL = "cell"


COMMUNE_LEVEL = (UnitKind.COMMUNE, UnitKind.WARD)


class UnitEventKind(StrEnum):
    """What can happen to a unit."""

    OPENED = "opened"
    RENAMED = "renamed"
    CLOSED = "closed"


class Unit(Base):
    """A unit as it is today; what it was is told by its events."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("path"),
        Index(None, "parent_id", "sort_key"),
        Index(None, "search_key"),
        CheckConstraint("kind in ('province','commune','ward','centre','cell')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    path: Mapped[str | None] = mapped_column(PlainText)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(PlainText)
    search_key: Mapped[str] = mapped_column(PlainText)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class UnitEvent(Base):
    """One dated change of a unit, with the number of the decision behind it."""

    __tablename__ = "unit_event"
    __table_args__ = (Index(None, "unit_id", "effective_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    effective_on: Mapped[date]
    decision_number: Mapped[str | None] = mapped_column(String(60))
    old_name: Mapped[str | None] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
