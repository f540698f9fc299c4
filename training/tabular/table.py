"""What a table is, before anyone decides how to show it. Labels arrive translated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from training.core import clock
from training.core.numbers import percent

NOTHING = "–"


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    PHONE = "phone"
    POINTS = "points"


NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.POINTS})


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; the percentage is worked out where it is shown, by one rule."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded half up; None of nothing."""
        return percent(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Points:
    """A result such as 8 of 10."""

    points: float
    of: float


Value = str | int | float | Share | Points | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `of_label` names the second column that points need where each cell holds one number."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    of_label: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether it is set flush right."""
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a value per column, and the key of the thing it is about, for links."""

    values: tuple[Value, ...]
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what must be said above and below it.

    Raises:
        ValueError: a line has more or fewer values than there are columns.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Value, ...] | None = None
    subtitle: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        width = len(self.columns)
        lines = [row.values for row in self.rows] + ([self.totals] if self.totals is not None else [])
        if any(len(line) != width for line in lines):
            raise ValueError(f"every line of {self.title!r} needs {width} values")

    def cells(self, values: Sequence[Value]) -> list[tuple[Column, Value]]:
        """Return the values of a line with their columns."""
        return list(zip(self.columns, values, strict=True))

    def named(self, values: Sequence[Value]) -> dict[str, Value]:
        """Return the values of a line by the keys of their columns."""
        return {column.key: value for column, value in self.cells(values)}


def plain_number(value: float) -> str:
    """Return 8 for 8.0 and 7.5 for 7.5."""
    return str(int(value)) if value == int(value) else str(value)


def as_text(column: Column, value: Value) -> str:
    """Return a value as people read it: 31, 0.25, 55%, 8/10, 23/11/2026, 19:05 23/11/2026; nothing for None.

    A percentage of nothing is a dash. A moment is shown on the Vietnamese clock.
    """
    if isinstance(value, Share):
        return NOTHING if value.percent is None else f"{value.percent}%"
    if isinstance(value, Points):
        return f"{plain_number(value.points)}/{plain_number(value.of)}"
    if isinstance(value, datetime):
        moment = clock.local(value)
        return moment.strftime("%H:%M %d/%m/%Y" if column.kind is Kind.DATETIME else "%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if column.kind is Kind.DECIMAL and isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)
