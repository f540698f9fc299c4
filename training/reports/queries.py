"""Counting and listing course places, straight on the enrolment rows and their covering indexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from training.accounts.models import Person
from training.catalogue.models import Course
from training.core.db import db
from training.core.tree import is_within_any
from training.enrolment.models import FINISHED, PASSED, STARTED, WITHDRAWN, Enrolment
from training.journal.models import Mode
from training.org.models import COMMUNE_LEVEL, Unit, UnitKind
from training.reports.access import Scope
from training.reports.rules import Facts, Group, Period, Tally

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which course places count, besides where: in a period, of one course, learned in one way."""

    period: Period
    course_id: int | None = None
    mode: Mode | None = None


class Conditions:
    """`rules.standing` as SQL: what a row of Enrolment counts as in `period`."""

    def __init__(self, period: Period) -> None:
        ends_at, begins_at = period.ends_at, period.begins_at
        self.started = _is_before(Enrolment.started_at, ends_at)
        self.finished = _is_before(Enrolment.finished_at, ends_at)
        self.passed = _is_before(Enrolment.passed_at, ends_at)
        self.not_passed = _is_not_before(Enrolment.passed_at, ends_at)
        self.overdue = and_(Enrolment.due_on < period.overdue_before, self.not_passed)
        self.due_ahead = and_(Enrolment.due_on >= period.overdue_before, self.not_passed)
        self.must = and_(
            true() if ends_at is None else Enrolment.enrolled_at < ends_at,
            _is_not_before(Enrolment.withdrawn_at, ends_at),
            true() if begins_at is None else _is_not_before(Enrolment.passed_at, begins_at),
        )
        self._not_started = _is_not_before(Enrolment.started_at, ends_at)

    def of_group(self, group: Group) -> Condition:
        """Return the condition that a place which counts belongs to `group`."""
        conditions: dict[Group, Condition] = {
            Group.ALL: true(),
            Group.NOT_STARTED: self._not_started,
            Group.STARTED: self.started,
            Group.LEARNING: and_(self.started, self.not_passed),
            Group.FINISHED: self.finished,
            Group.PASSED: self.passed,
            Group.NOT_PASSED: self.not_passed,
            Group.OVERDUE: self.overdue,
        }
        return conditions[group]


Moment = InstrumentedAttribute[datetime | None]


def _is_before(column: Moment, end: datetime | None) -> Condition:
    return column.is_not(None) if end is None else column < end


def _is_not_before(column: Moment, end: datetime | None) -> Condition:
    return column.is_(None) if end is None else or_(column.is_(None), column >= end)


def count_by_commune(scope: Scope, wanted: Filter) -> dict[int | None, Tally]:
    """Return commune id → counts; under None what belongs to no commune.

    A province is walked commune by commune along one index, already in the order of the groups: 400,000 rows
    need no sorting. Other scopes are a few stretches of the paths.
    """
    if not scope.is_province:
        within = is_within_any(Enrolment.unit_path, scope.paths)
        return _count(Enrolment.commune_id, within, wanted, with_due=True)
    communes = select(Unit.id).where(is_within_any(Unit.path, scope.paths), Unit.kind.in_(COMMUNE_LEVEL))  # type: ignore[arg-type]
    within_communes = Enrolment.commune_id.in_(communes)
    if wanted.period.is_open:
        inside = _count_until_now(within_communes, wanted)
    else:
        inside = _count(Enrolment.commune_id, within_communes, wanted)
    return inside | _count(Enrolment.commune_id, _belongs_to_no_commune(scope), wanted)


def count_by_unit(scope: Scope, wanted: Filter) -> dict[int | None, Tally]:
    """Return unit id → counts within one unit; reads that unit's stretch of the index only."""
    within = is_within_any(Enrolment.unit_path, scope.paths)
    return _count(Enrolment.unit_id, within, wanted, with_due=True)


def _count_until_now(where: Condition, wanted: Filter) -> dict[int | None, Tally]:
    """Count by commune without a period: groups of equal progress and due day, met in the order of their index."""
    grouping = (
        Enrolment.commune_id,
        Enrolment.course_id,
        Enrolment.mode,
        Enrolment.progress,
        Enrolment.due_on,
    )
    query = select(*grouping, func.count()).where(where, *_narrow(wanted)).group_by(*grouping)
    found: dict[int | None, Tally] = {}
    for commune_id, _course, mode, progress, due_on, count in db.session.execute(query):
        if not progress & WITHDRAWN:
            tally = _tally(count, mode, progress, due_on, wanted.period)
            found[commune_id] = found.get(commune_id, Tally()) + tally
    return found


def _tally(count: int, mode: str | None, progress: int, due_on: date | None, period: Period) -> Tally:
    started = count if progress & STARTED else 0
    passed = count if progress & PASSED else 0
    is_overdue = due_on is not None and due_on < period.overdue_before and not passed
    by_mode: dict[str, int] = {mode: started} if mode else {}
    return Tally(
        count,
        started,
        count if progress & FINISHED else 0,
        passed,
        count if is_overdue else 0,
        by_mode.get(Mode.PHONE, 0),
        by_mode.get(Mode.ASSISTED, 0),
        by_mode.get(Mode.WORKSHOP, 0),
        by_mode.get(Mode.PAPER, 0),
    )


def _belongs_to_no_commune(scope: Scope) -> Condition:
    return and_(Enrolment.commune_id.is_(None), is_within_any(Enrolment.unit_path, scope.paths))


def _count(
    by: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    where: Condition,
    wanted: Filter,
    with_due: bool = False,
) -> dict[int | None, Tally]:
    what = Conditions(wanted.period)
    next_due = func.min(Enrolment.due_on).filter(what.due_ahead) if with_due else literal(None)
    query = (
        select(
            by,
            Enrolment.mode,
            func.count(),
            func.count().filter(what.started),
            func.count().filter(what.finished),
            func.count().filter(what.passed),
            func.count().filter(what.overdue),
            next_due,
        )
        .where(where, what.must, *_narrow(wanted))
        # The course is a group of its own only because it stands between the two in the index.
        .group_by(by, Enrolment.course_id, Enrolment.mode)
    )
    found: dict[int | None, Tally] = {}
    for key, mode, must, started, finished, passed, overdue, due in db.session.execute(query):
        tally = Tally(
            must, started, finished, passed, overdue, next_due=due, **({mode: started} if mode else {})
        )
        found[key] = found.get(key, Tally()) + tally
    return found


def _narrow(wanted: Filter) -> list[Condition]:
    conditions: list[Condition] = []
    if wanted.course_id is not None:
        conditions.append(Enrolment.course_id == wanted.course_id)
    if wanted.mode is not None:
        conditions.append(Enrolment.mode == wanted.mode)
    return conditions


def count_people(scope: Scope, wanted: Filter) -> int:
    """Return how many different people the counts are about."""
    what = Conditions(wanted.period)
    if not scope.is_province:
        within = is_within_any(Enrolment.unit_path, scope.paths)
        query = select(func.count(Enrolment.person_id.distinct())).where(within, what.must, *_narrow(wanted))
        return db.session.scalar(query) or 0
    communes = select(Unit.id).where(is_within_any(Unit.path, scope.paths), Unit.kind.in_(COMMUNE_LEVEL))  # type: ignore[arg-type]
    # Person by person within each commune, in the order of an index: counting without a temporary tree.
    # Who has places in two communes after a move counts once in each.
    inside = (
        select(func.count(Enrolment.person_id.distinct()))
        .where(Enrolment.commune_id.in_(communes), what.must, *_narrow(wanted))
        .group_by(Enrolment.commune_id)
    )
    outside = select(func.count(Enrolment.person_id.distinct())).where(
        _belongs_to_no_commune(scope), what.must, *_narrow(wanted)
    )
    return sum(db.session.scalars(inside)) + (db.session.scalar(outside) or 0)


def list_units(scope: Scope, also: Sequence[int]) -> Sequence[Unit]:
    """Return the units that are lines of the report, in Vietnamese order, closed ones too.

    Args:
        scope: what the report is about.
        also: ids of units that have counts wherever they stand.
    """
    kinds = COMMUNE_LEVEL if scope.is_wide else (UnitKind.CELL,)
    inside = and_(is_within_any(Unit.path, scope.paths), Unit.kind.in_(kinds))  # type: ignore[arg-type]
    query = select(Unit).where(or_(inside, Unit.id.in_(also) if also else false()))
    return db.session.scalars(query.order_by(Unit.sort_key, Unit.id)).all()


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A person in a course, as a list of names shows them."""

    person_id: int
    full_name: str
    unit_name: str
    commune_name: str | None
    course_id: int
    best_points: float | None
    best_of: float | None
    mode: str | None
    facts: Facts


_Commune = aliased(Unit)

# What a list may be sorted by; names follow as the second key.
_ORDERS = {
    "name": Person.sort_key,
    "unit": Unit.sort_key,
    "commune": _Commune.sort_key,
    "course": Course.slug,
    "due": Enrolment.due_on,
    "started": Enrolment.started_at,
    "finished": Enrolment.finished_at,
    "passed": Enrolment.passed_at,
    "mode": Enrolment.mode,
}
PEOPLE_ORDERS = frozenset(_ORDERS)


def count_places(scope: Scope, wanted: Filter, group: Group) -> int:
    """Return how many lines `list_places` has in all."""
    query = select(func.count()).select_from(Enrolment).where(*_places(scope, wanted, group))
    return db.session.scalar(query) or 0


def list_places(
    scope: Scope, wanted: Filter, group: Group, sort: str, descending: bool, offset: int, limit: int
) -> list[PlaceRow]:
    """Return who is behind a count, in order of given names unless sorted by one of `PEOPLE_ORDERS`."""
    column = _ORDERS[sort]
    query = (
        select(
            Person.id, Person.full_name, Unit.name, _Commune.name, Enrolment.course_id,
            Enrolment.best_points, Enrolment.best_of, Enrolment.mode,
            Enrolment.enrolled_at, Enrolment.withdrawn_at, Enrolment.started_at, Enrolment.finished_at,
            Enrolment.passed_at, Enrolment.due_on,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .join(Course, Course.id == Enrolment.course_id)
        .outerjoin(_Commune, _Commune.id == Enrolment.commune_id)
        .where(*_places(scope, wanted, group))
        .order_by((column.desc() if descending else column.asc()).nulls_last(), Person.sort_key, Person.id, Course.slug)
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    return [
        PlaceRow(*row[:8], Facts(row[8], row[9], row[10], row[11], row[12], row[13]))
        for row in db.session.execute(query)
    ]


def _places(scope: Scope, wanted: Filter, group: Group) -> list[Condition]:
    what = Conditions(wanted.period)
    within = is_within_any(Enrolment.unit_path, scope.paths)
    return [within, what.must, what.of_group(group), *_narrow(wanted)]
