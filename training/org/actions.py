"""Changing units; every change leaves a dated event and an audit entry."""

from datetime import date

from training.audit import actions as audit
from training.core import clock
from training.core.db import db
from training.core.errors import N_, InvalidInput
from training.core.events import publish
from training.core.text import fold, normalise, vi_key
from training.core.tree import child_path
from training.org import queries, rules
from training.org.events import UnitClosed
from training.org.models import Unit, UnitEvent, UnitEventKind, UnitKind


def open_unit(
    actor_id: int | None,
    kind: UnitKind,
    name: str,
    parent: Unit | None,
    *,
    code: str | None = None,
    opened_on: date | None = None,
    decision_number: str | None = None,
) -> Unit:
    """Open a unit under `parent` (None only for a province) and return it.

    Raises:
        InvalidInput: a unit of this kind cannot stand there, the unit above is closed, or the code is taken.
    """
    if parent is not None and not rules.may_stand_under(kind, UnitKind(parent.kind)):
        raise InvalidInput(N_("A unit of this kind cannot stand there."), field="kind")
    if parent is not None and parent.closed_on is not None:
        raise InvalidInput(N_("This unit is closed."))
    if code and queries.find_by_code(code):
        raise InvalidInput(N_("Another unit already has this code."), field="code")
    day = opened_on or clock.today()
    unit = Unit(
        kind=kind,
        code=code or None,
        parent_id=parent.id if parent else None,
        opened_on=day,
        **_name_columns(name),
    )
    db.session.add(unit)
    db.session.flush()
    unit.path = child_path((parent.path if parent else None) or "/", unit.id)
    _remember(actor_id, unit, UnitEventKind.OPENED, day, decision_number)
    return unit


def rename_unit(
    actor_id: int | None,
    unit: Unit,
    name: str,
    *,
    effective_on: date | None = None,
    decision_number: str | None = None,
) -> None:
    """Give `unit` a new name; the old one stays in its history."""
    old_name = unit.name
    for column, value in _name_columns(name).items():
        setattr(unit, column, value)
    day = effective_on or clock.today()
    _remember(actor_id, unit, UnitEventKind.RENAMED, day, decision_number, old_name)


def close_unit(
    actor_id: int | None, unit: Unit, *, effective_on: date | None = None, decision_number: str | None = None
) -> None:
    """Close `unit`; posts held there end with it (`UnitClosed`).

    Raises:
        InvalidInput: it is closed already, still has open units under it, or would close before it opened.
    """
    if unit.closed_on is not None:
        raise InvalidInput(N_("This unit is closed."))
    if queries.list_children(unit):
        raise InvalidInput(N_("Close the units under it first."))
    day = effective_on or clock.today()
    if day < unit.opened_on:
        raise InvalidInput(N_("The unit was not open yet on that day."), field="effective_on")
    unit.closed_on = day
    _remember(actor_id, unit, UnitEventKind.CLOSED, day, decision_number)
    publish(UnitClosed(unit.id, day, actor_id))


def _name_columns(name: str) -> dict[str, str]:
    tidy = normalise(name)
    return {"name": tidy, "sort_key": vi_key(tidy), "search_key": fold(tidy)}


def _remember(
    actor_id: int | None,
    unit: Unit,
    kind: UnitEventKind,
    day: date,
    decision_number: str | None,
    old_name: str | None = None,
) -> None:
    event = UnitEvent(
        unit_id=unit.id,
        kind=kind,
        effective_on=day,
        decision_number=decision_number or None,
        old_name=old_name,
    )
    db.session.add(event)
    audit.record(actor_id, f"unit.{kind}", "unit", unit.id, name=unit.name, old_name=old_name)
    db.session.flush()
