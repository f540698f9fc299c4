"""Reading the record of changes and what health pages tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, inspect, or_, select, text

from training.accounts import access as people_access
from training.accounts.models import Person, UserSession
from training.audit.models import AuditEntry
from training.core import clock
from training.core.db import db
from training.core.permissions import Permission, Viewer
from training.core.text import fold
from training.enrolment.models import Assignment, Enrolment
from training.journal.models import JournalEntry
from training.org import access as unit_access
from training.org.models import Unit
from training.quizzes.models import Attempt

SCOPED_KINDS = ("person", "unit", "assignment")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is in the installation."""

    people: int
    enrolments: int
    sessions: int
    last_entry_at: datetime | None


def find_migration() -> str | None:
    """Return the number of the last migration this database went through; "" when it went through none."""
    connection = db.session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("select version_num from alembic_version")).scalar() or ""


def get_figures() -> Figures:
    """Return the figures of the whole installation; no name is among them."""
    now = clock.now()
    people = select(func.count(Person.id)).where(Person.closed_at.is_(None))
    enrolments = select(func.count(Enrolment.id)).where(Enrolment.withdrawn_at.is_(None))
    open_now = and_(UserSession.ended_at.is_(None), UserSession.expires_at > now)
    sessions = select(func.count(UserSession.id)).where(open_now)
    return Figures(
        people=db.session.scalar(people) or 0,
        enrolments=db.session.scalar(enrolments) or 0,
        sessions=db.session.scalar(sessions) or 0,
        last_entry_at=db.session.scalar(select(func.max(JournalEntry.received_at))),
    )


def list_entries(viewer: Viewer, name: str = "", action: str = "", limit: int = 100) -> Sequence[AuditEntry]:
    """Return the latest entries about, or by, those in the viewer's reach.

    Args:
        viewer: who asks.
        name: part of the name of who acted or of the person acted on, marks and case ignored.
        action: only this action.
        limit: at most so many.
    """
    query = select(AuditEntry).where(_visible_to(viewer))
    if name:
        matching = select(Person.id).where(Person.search_key.contains(fold(name), autoescape=True))
        query = query.where(or_(AuditEntry.actor_id.in_(matching), _is_about("person", matching)))
    if action:
        query = query.where(AuditEntry.action == action)
    return db.session.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)).all()


def list_subject_names(entries: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """Return (kind, id) → name, for everyone and everything the entries speak of."""
    person_ids = _ids(entries, "person") | {e.actor_id for e in entries if e.actor_id}
    people = select(Person.id, Person.full_name).where(Person.id.in_(person_ids))
    names = {("person", str(key)): name for key, name in db.session.execute(people)}
    unit_ids = _ids(entries, "unit") | {e.details["unit_id"] for e in entries if "unit_id" in e.details}
    units = select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids))
    names |= {("unit", str(key)): name for key, name in db.session.execute(units)}
    assigned = select(Assignment.id, Unit.name).join(Unit, Unit.id == Assignment.unit_id)
    assigned = assigned.where(Assignment.id.in_(_ids(entries, "assignment")))
    names |= {("assignment", str(key)): name for key, name in db.session.execute(assigned)}
    return names | _list_learners(entries)


def _list_learners(entries: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """Return (kind, id) → whose place in a course or whose attempt it is; asks only where entries speak of some."""
    found: dict[tuple[str, str], str] = {}
    if place_ids := _ids(entries, "enrolment"):
        places = select(Enrolment.id, Person.full_name).join(Person, Person.id == Enrolment.person_id)
        rows = db.session.execute(places.where(Enrolment.id.in_(place_ids)))
        found |= {("enrolment", str(key)): name for key, name in rows}
    if attempt_ids := {UUID(e.subject_id) for e in entries if e.subject_kind == "attempt"}:
        made = select(Attempt.id, Person.full_name).join(Person, Person.id == Attempt.person_id)
        found |= {
            ("attempt", str(key)): name
            for key, name in db.session.execute(made.where(Attempt.id.in_(attempt_ids)))
        }
    return found


def _ids(entries: Sequence[AuditEntry], kind: str) -> set[int]:
    return {int(e.subject_id) for e in entries if e.subject_kind == kind and e.subject_id.isdecimal()}


def _visible_to(viewer: Viewer) -> ColumnElement[bool]:
    units = select(Unit.id).where(unit_access.visible_to(viewer, Permission.SEE_AUDIT))
    people = select(Person.id).where(people_access.visible_to(viewer, Permission.SEE_AUDIT))
    assignments = select(Assignment.id).where(Assignment.unit_id.in_(units))
    by_nobody = and_(AuditEntry.actor_id.is_(None), AuditEntry.subject_kind.not_in(SCOPED_KINDS))
    return or_(
        _is_about("person", people),
        _is_about("unit", units),
        _is_about("assignment", assignments),
        AuditEntry.actor_id.in_(people),
        by_nobody,
    )


def _is_about(kind: str, keys: Select[Any]) -> ColumnElement[bool]:
    column = keys.selected_columns[0]
    return and_(
        AuditEntry.subject_kind == kind,
        AuditEntry.subject_id.in_(keys.with_only_columns(cast(column, String))),
    )
