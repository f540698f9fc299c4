"""Reading units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from training.core.db import db
from training.core.errors import NotFound
from training.core.permissions import Permission, Viewer
from training.core.text import fold
from training.core.tree import ids, is_within
from training.org import access
from training.org.models import COMMUNE_LEVEL, Unit, UnitEvent, UnitKind


def get_unit(viewer: Viewer, permission: Permission, unit_id: int) -> Unit:
    """Return the unit if `viewer` holds `permission` on it.

    Raises:
        NotFound: there is none, or it is out of reach.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None or not access.can_reach(viewer, permission, unit):
        raise NotFound
    return unit


def find_unit(unit_id: int) -> Unit | None:
    """Return a unit by id, whoever asks: for rules, not for pages."""
    return db.session.get(Unit, unit_id)


def find_by_code(code: str) -> Unit | None:
    """Return the unit with this official code."""
    return db.session.scalars(select(Unit).where(Unit.code == code)).first()


def list_units(
    viewer: Viewer,
    permission: Permission,
    kinds: Sequence[UnitKind] = (),
    search: str = "",
    limit: int = 2000,
) -> Sequence[Unit]:
    """Return open units in reach, in Vietnamese order, top levels first.

    Args:
        viewer: who asks.
        permission: what they must hold there.
        kinds: only these kinds; all when empty.
        search: part of the name, marks and case ignored.
        limit: at most so many.
    """
    query = select(Unit).where(access.visible_to(viewer, permission), Unit.closed_on.is_(None))
    if kinds:
        query = query.where(Unit.kind.in_(kinds))
    if search:
        query = query.where(Unit.search_key.contains(fold(search), autoescape=True))
    return db.session.scalars(query.order_by(Unit.sort_key, Unit.id).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list: where it stands and how many open units stand under it."""

    id: int
    name: str
    kind: str
    code: str | None
    parent_name: str | None
    child_count: int


def list_rows(
    viewer: Viewer,
    permission: Permission,
    kinds: Sequence[UnitKind],
    search: str = "",
    offset: int = 0,
    limit: int = 50,
) -> list[UnitRow]:
    """Return open units of `kinds` in reach, in Vietnamese order; arguments as `count_rows`, and a page of them."""
    parent, child = aliased(Unit), aliased(Unit)
    under = select(func.count(child.id)).where(child.parent_id == Unit.id, child.closed_on.is_(None))
    query = (
        select(Unit.id, Unit.name, Unit.kind, Unit.code, parent.name, under.scalar_subquery())
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(*_wanted(viewer, permission, kinds, search, parent))
        .order_by(case({kind: 0 for kind in COMMUNE_LEVEL} | {UnitKind.CELL: 1}, value=Unit.kind, else_=-1))
        .order_by(Unit.sort_key, parent.sort_key, Unit.id)
    )
    return [UnitRow(*row) for row in db.session.execute(query.offset(offset).limit(limit))]


def count_rows(viewer: Viewer, permission: Permission, kinds: Sequence[UnitKind], search: str = "") -> int:
    """Return how many units `list_rows` would find without a limit.

    Args:
        viewer: who asks.
        permission: what they must hold there.
        kinds: only these kinds.
        search: words of the unit's name or of the unit above it, marks and case ignored; or the code.
    """
    parent = aliased(Unit)
    query = select(func.count(Unit.id)).outerjoin(parent, parent.id == Unit.parent_id)
    return db.session.scalar(query.where(*_wanted(viewer, permission, kinds, search, parent))) or 0


def _wanted(
    viewer: Viewer, permission: Permission, kinds: Sequence[UnitKind], search: str, parent: type[Unit]
) -> list[ColumnElement[bool]]:
    words = [
        or_(
            Unit.search_key.contains(word, autoescape=True), parent.search_key.contains(word, autoescape=True)
        )
        for word in fold(search).split()
    ]
    match = or_(and_(true(), *words), Unit.code == search.strip())
    return [access.visible_to(viewer, permission), Unit.closed_on.is_(None), Unit.kind.in_(kinds), match]


def list_children(unit: Unit) -> Sequence[Unit]:
    """Return the open units directly under `unit`, in Vietnamese order."""
    query = select(Unit).where(Unit.parent_id == unit.id, Unit.closed_on.is_(None))
    return db.session.scalars(query.order_by(Unit.sort_key, Unit.id)).all()


def list_ancestors(unit: Unit) -> Sequence[Unit]:
    """Return the units above `unit`, the top first."""
    above = ids(unit.path or "/")[:-1]
    found = {u.id: u for u in db.session.scalars(select(Unit).where(Unit.id.in_(above)))}
    return [found[unit_id] for unit_id in above]


def list_events(unit: Unit) -> Sequence[UnitEvent]:
    """Return what happened to `unit`, the latest first."""
    query = select(UnitEvent).where(UnitEvent.unit_id == unit.id)
    return db.session.scalars(query.order_by(UnitEvent.effective_on.desc(), UnitEvent.id.desc())).all()


def find_commune_of(path: str) -> Unit | None:
    """Return the commune-level unit on `path`, if there is one."""
    query = select(Unit).where(Unit.id.in_(ids(path)), Unit.kind.in_(COMMUNE_LEVEL))
    return db.session.scalars(query).first()


def list_commune_ids(paths: Collection[str]) -> dict[str, int]:
    """Return path → id of the commune-level unit on it; paths without one are left out."""
    query = select(Unit.id).where(Unit.kind.in_(COMMUNE_LEVEL))
    if len(paths) == 1:
        query = query.where(Unit.id.in_(ids(next(iter(paths)))))
    communes = set(db.session.scalars(query))
    found = {path: next((i for i in ids(path) if i in communes), None) for path in paths}
    return {path: unit_id for path, unit_id in found.items() if unit_id is not None}


def list_names(unit_ids: Sequence[int]) -> dict[int, str]:
    """Return unit id → name."""
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    return {unit_id: name for unit_id, name in rows}


def count_open_within(path: str, kind: UnitKind) -> int:
    """Return how many open units of `kind` lie within `path`."""
    query = select(Unit.id).where(is_within(Unit.path, path), Unit.kind == kind, Unit.closed_on.is_(None))  # type: ignore[arg-type]
    return len(db.session.scalars(query).all())
