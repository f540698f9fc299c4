"""Reading assignments, enrolments and outcomes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from training.accounts import queries as accounts
from training.accounts.models import Person, Post
from training.catalogue.models import Course
from training.core.db import db
from training.core.errors import NotFound
from training.core.permissions import Permission, Viewer
from training.core.tree import ids, is_within, is_within_any
from training.enrolment.models import Assignment, Enrolment, ItemOutcome
from training.enrolment.rules import State
from training.org.models import Unit


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """An enrolment as pages show it."""

    id: int
    course_id: int
    slug: str
    revision_id: int
    due_on: date | None
    started_at: datetime | None
    finished_at: datetime | None
    passed_at: datetime | None
    last_at: datetime | None
    done_count: int
    item_count: int
    best_points: float | None
    best_of: float | None
    mode: str | None
    unit_path: str
    changed_attempt_id: uuid.UUID | None

    @property
    def state(self) -> State:
        """Where the person stands."""
        if self.passed_at:
            return State.PASSED
        if self.finished_at:
            return State.FINISHED
        return State.LEARNING if self.started_at else State.NOT_STARTED


_COLUMNS = (
    Enrolment.id, Enrolment.course_id, Course.slug, Enrolment.revision_id, Enrolment.due_on, Enrolment.started_at,
    Enrolment.finished_at, Enrolment.passed_at, Enrolment.last_at, Enrolment.done_count, Enrolment.item_count,
    Enrolment.best_points, Enrolment.best_of, Enrolment.mode, Enrolment.unit_path, Enrolment.changed_attempt_id,
)  # fmt: skip


# Built once: these run on every page of a learner, and building a statement costs more than running it.
_OF_PERSON = (
    select(*_COLUMNS)
    .join(Course, Course.id == Enrolment.course_id)
    .where(Enrolment.person_id == bindparam("person_id"), Enrolment.withdrawn_at.is_(None))
)
_IN_COURSE = _OF_PERSON.where(Course.slug == bindparam("slug"))
_OUTCOMES = select(ItemOutcome.enrolment_id, ItemOutcome.item_key, ItemOutcome.is_passed).where(
    ItemOutcome.enrolment_id.in_(bindparam("enrolment_ids", expanding=True))
)


def _row(row: Sequence[Any]) -> EnrolmentRow:
    return EnrolmentRow(*row)


def list_of_person(person_id: int) -> list[EnrolmentRow]:
    """Return a person's courses: those being learned first (the latest touched on top), then by due day."""
    rows = [_row(row) for row in db.session.execute(_OF_PERSON, {"person_id": person_id})]
    return sorted(rows, key=_urgency)


def _urgency(row: EnrolmentRow) -> tuple[bool, bool, float, date, str]:
    touched = row.last_at.timestamp() if row.last_at else 0.0
    return row.passed_at is not None, row.started_at is None, -touched, row.due_on or date.max, row.slug


def get_of_person(person_id: int, slug: str) -> EnrolmentRow:
    """Return a person's enrolment in the course `slug`.

    Raises:
        NotFound: they are not enrolled.
    """
    row = db.session.execute(_IN_COURSE, {"person_id": person_id, "slug": slug}).first()
    if row is None:
        raise NotFound
    return _row(row)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One person in a course, as staff choose them from a list."""

    enrolment_id: int
    person_id: int
    full_name: str
    unit_name: str
    parent_name: str | None
    passed_at: datetime | None


def list_places(
    viewer: Viewer, permission: Permission, slug: str, search: str = "", limit: int = 30
) -> list[PlaceRow]:
    """Return people in reach who are enrolled in a course, by given name.

    Args:
        viewer: who asks.
        permission: what they must hold where the person learns.
        slug: the course.
        search: part of a name, phone number or card code; marks and case ignored.
        limit: at most so many.
    """
    query = _places(viewer, permission, slug)
    if search:
        query = query.where(accounts.matches(search))
    rows = db.session.execute(query.order_by(Person.sort_key, Person.id).limit(limit))
    return [PlaceRow(*row) for row in rows]


def get_place(viewer: Viewer, permission: Permission, slug: str, person_id: int) -> PlaceRow:
    """Return the place of a person in a course, if it is in reach.

    Raises:
        NotFound: they are not enrolled, their account is closed, or they are out of reach.
    """
    row = db.session.execute(_places(viewer, permission, slug).where(Person.id == person_id)).first()
    if row is None:
        raise NotFound
    return PlaceRow(*row)


def _places(viewer: Viewer, permission: Permission, slug: str) -> Select[*tuple[Any, ...]]:
    parent = aliased(Unit)
    columns: tuple[Any, ...] = (
        Enrolment.id,
        Person.id,
        Person.full_name,
        Unit.name,
        parent.name,
        Enrolment.passed_at,
    )
    return (
        select(*columns)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(parent, parent.id == Unit.parent_id)
        .where(
            is_within_any(Enrolment.unit_path, viewer.paths(permission)),
            Course.slug == slug,
            Enrolment.withdrawn_at.is_(None),
            Person.closed_at.is_(None),
        )
    )


def lock(enrolment_id: int) -> Enrolment:
    """Return the enrolment, held against rivals until the transaction ends."""
    query = select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def list_outcomes(enrolment_id: int) -> Sequence[ItemOutcome]:
    """Return the outcomes of an enrolment."""
    return db.session.scalars(select(ItemOutcome).where(ItemOutcome.enrolment_id == enrolment_id)).all()


def list_outcomes_of(enrolment_ids: Sequence[int]) -> dict[int, dict[str, bool]]:
    """Return enrolment id → item key → whether it is passed."""
    found: dict[int, dict[str, bool]] = {enrolment_id: {} for enrolment_id in enrolment_ids}
    for enrolment_id, key, is_passed in db.session.execute(_OUTCOMES, {"enrolment_ids": list(enrolment_ids)}):
        found[enrolment_id][key] = is_passed
    return found


def find_outcome(enrolment_id: int, item_key: str) -> ItemOutcome | None:
    """Return the outcome of one item, if there is one."""
    query = select(ItemOutcome).where(
        ItemOutcome.enrolment_id == enrolment_id, ItemOutcome.item_key == item_key
    )
    return db.session.scalars(query).first()


def find_by_person_and_course(person_id: int, course_id: int) -> Enrolment | None:
    """Return the enrolment row, withdrawn or not."""
    query = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.course_id == course_id)
    return db.session.scalars(query).first()


def get_by_person_and_course(person_id: int, course_id: int) -> Enrolment:
    """Return the enrolment row, withdrawn or not; it must exist."""
    query = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.course_id == course_id)
    return db.session.scalars(query).one()


def list_of_course(course_id: int, path: str) -> dict[int, Enrolment]:
    """Return person id → enrolment in a course, of everyone who now holds a post within the unit at `path`."""
    here = (
        select(Post.person_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(is_within(Unit.path, path), Post.ended_on.is_(None))  # type: ignore[arg-type]
    )
    query = select(Enrolment).where(Enrolment.course_id == course_id, Enrolment.person_id.in_(here))
    return {e.person_id: e for e in db.session.scalars(query)}


def find_assignment(unit_id: int, course_id: int) -> Assignment | None:
    """Return the assignment of a course to a unit."""
    query = select(Assignment).where(Assignment.unit_id == unit_id, Assignment.course_id == course_id)
    return db.session.scalars(query).first()


def list_assignments_above(path: str) -> Sequence[Assignment]:
    """Return the open assignments that reach the unit at `path`, those of the nearest units first."""
    query = select(Assignment).where(Assignment.unit_id.in_(ids(path)), Assignment.ended_at.is_(None))
    depth = {unit_id: index for index, unit_id in enumerate(ids(path))}
    return sorted(db.session.scalars(query), key=lambda a: -depth[a.unit_id])


def list_assignments(viewer: Viewer, permission: Permission) -> list[tuple[Assignment, Unit, str]]:
    """Return (assignment, unit, course slug) in the viewer's reach, the latest first."""
    query = (
        select(Assignment, Unit, Course.slug)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Course, Course.id == Assignment.course_id)
        .where(is_within_any(Unit.path, viewer.paths(permission)), Assignment.ended_at.is_(None))  # type: ignore[arg-type]
        .order_by(Assignment.assigned_at.desc(), Assignment.id.desc())
    )
    return [(a, u, s) for a, u, s in db.session.execute(query)]


def get_assignment(viewer: Viewer, permission: Permission, assignment_id: int) -> Assignment:
    """Return the assignment if its unit is in reach.

    Raises:
        NotFound: there is none, or it is out of reach.
    """
    for assignment, _unit, _slug in list_assignments(viewer, permission):
        if assignment.id == assignment_id:
            return assignment
    raise NotFound


def list_ids_after(enrolment_id: int, limit: int = 500) -> Sequence[int]:
    """Return the next ids, for walking over all enrolments."""
    query = select(Enrolment.id).where(Enrolment.id > enrolment_id).order_by(Enrolment.id).limit(limit)
    return db.session.scalars(query).all()


def get(enrolment_id: int) -> Enrolment:
    """Return the enrolment row; it must exist."""
    return db.session.get_one(Enrolment, enrolment_id)


def get_slug(course_id: int) -> str:
    """Return the lasting name of a course; it must exist."""
    return db.session.get_one(Course, course_id).slug
