"""The tree of units as paths: `/1/23/456/` is unit 456 inside 23 inside 1."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

Path = ColumnElement[str] | InstrumentedAttribute[str]


def child_path(parent: str, unit_id: int) -> str:
    """Return the path of `unit_id` under the unit whose path is `parent` ("/" at the top)."""
    return f"{parent}{unit_id}/"


def is_within(column: Path, path: str) -> ColumnElement[bool]:
    """Return the SQL condition that `column` holds `path` itself or anything below it.

    A range, not LIKE, so that both databases walk one stretch of the index: "0" is the character after "/".
    """
    return and_(column >= path, column < path[:-1] + "0")


def is_within_any(column: Path, paths: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that `column` lies within one of `paths`; no path means nothing."""
    conditions = [is_within(column, path) for path in paths]
    return or_(*conditions) if conditions else false()


def contains(path: str, other: str) -> bool:
    """Tell whether the unit at `other` is the unit at `path` or lies below it."""
    return other.startswith(path)


def ids(path: str) -> list[int]:
    """Return the unit ids of `path` from the top down."""
    return [int(part) for part in path.split("/") if part]
