"""Reading attempts for staff: only those within the viewer's reach."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.core.db import db
from training.core.errors import NotFound
from training.core.permissions import Permission, Viewer
from training.core.text import fold
from training.core.tree import is_within
from training.enrolment import queries as enrolments
from training.enrolment.models import Enrolment, ItemOutcome
from training.journal.models import Mode
from training.org.models import Unit
from training.quizzes import access
from training.quizzes.models import Attempt, AttemptChange, LateAnswer, QuizExtra
from training.quizzes.rules import AttemptGroup


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people have begun, handed in and passed a quiz, and how many late answers wait for a decision.

    ``revision_id`` is the newest revision the quiz was tried in.
    """

    revision_id: int
    begun: int
    handed_in: int
    passed: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attempts a list shows: at one quiz, and of those a part. ``within`` is the path of a unit, '' for all."""

    course_id: int
    quiz_key: str
    within: str = ""
    group: AttemptGroup = AttemptGroup.ALL
    mode: Mode | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt with who made it and for which unit."""

    attempt: Attempt
    full_name: str
    unit_name: str
    commune_name: str | None


_other = aliased(LateAnswer)
# A decision settles what had come by then; what comes after it waits again.
_IS_WAITING = and_(
    LateAnswer.accepted_at.is_(None),
    ~exists().where(
        _other.attempt_id == LateAnswer.attempt_id,
        _other.question_key == LateAnswer.question_key,
        _other.accepted_at >= LateAnswer.received_at,
    ),
)
_commune = aliased(Unit)
_ROWS = (
    select(Attempt, Person.full_name, Unit.name, _commune.name)
    .join(Person, Person.id == Attempt.person_id)
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .join(Unit, Unit.id == Enrolment.unit_id)
    .outerjoin(_commune, _commune.id == Enrolment.commune_id)
)


def count_by_quiz(viewer: Viewer, permission: Permission) -> dict[tuple[int, str], Tally]:
    """Return (course id, quiz key) → counts of everyone in reach, for the quizzes somebody has begun."""
    place, at = Attempt.enrolment_id, (Enrolment.course_id, Attempt.quiz_key)
    here = access.visible_to(viewer, permission)
    people = (
        select(
            *at,
            func.max(Attempt.revision_id),
            func.count(place.distinct()),
            func.count(case((Attempt.handed_in_at.is_not(None), place)).distinct()),
            func.count(case((ItemOutcome.is_passed, place)).distinct()),
        )
        .join(Enrolment, Enrolment.id == place)
        .outerjoin(
            ItemOutcome,
            and_(ItemOutcome.enrolment_id == place, ItemOutcome.item_key == Attempt.quiz_key),
        )
        .where(here)
        .group_by(*at)
    )
    late = (
        select(*at, func.count(LateAnswer.id))
        .join(Attempt, Attempt.id == LateAnswer.attempt_id)
        .join(Enrolment, Enrolment.id == place)
        .where(here, _IS_WAITING)
        .group_by(*at)
    )
    waiting = {(course_id, key): count for course_id, key, count in db.session.execute(late)}
    return {
        (course_id, key): Tally(revision_id, begun, handed_in, passed, waiting.get((course_id, key), 0))
        for course_id, key, revision_id, begun, handed_in, passed in db.session.execute(people)
    }


def find_last_revision_id(course_id: int, quiz_key: str) -> int | None:
    """Return the newest revision in which a quiz was tried; None when it never was."""
    query = select(func.max(Attempt.revision_id)).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    return db.session.scalar(query.where(Enrolment.course_id == course_id, Attempt.quiz_key == quiz_key))


def count_attempts(viewer: Viewer, permission: Permission, wanted: Wanted) -> int:
    """Return how many attempts `list_attempts` has in all."""
    query = (
        select(func.count(Attempt.id))
        .join(Person, Person.id == Attempt.person_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    )
    return db.session.scalar(query.where(*_conditions(viewer, permission, wanted))) or 0


def list_attempts(
    viewer: Viewer, permission: Permission, wanted: Wanted, offset: int, limit: int
) -> list[AttemptRow]:
    """Return attempts in reach, the newest first."""
    query = _ROWS.where(*_conditions(viewer, permission, wanted))
    page = query.order_by(Attempt.started_at.desc(), Attempt.id.desc()).offset(offset).limit(limit)
    return [_row(row) for row in db.session.execute(page)]


def _conditions(viewer: Viewer, permission: Permission, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [
        access.visible_to(viewer, permission),
        Enrolment.course_id == wanted.course_id,
        Attempt.quiz_key == wanted.quiz_key,
        _of_group(wanted.group),
    ]
    if wanted.within:
        conditions.append(is_within(Enrolment.unit_path, wanted.within))
    if wanted.mode:
        conditions.append(Attempt.mode == wanted.mode)
    if wanted.name:
        conditions.append(Person.search_key.contains(fold(wanted.name), autoescape=True))
    return conditions


def _of_group(group: AttemptGroup) -> ColumnElement[bool]:
    late = exists().where(LateAnswer.attempt_id == Attempt.id, _IS_WAITING)
    conditions: dict[AttemptGroup, ColumnElement[bool]] = {
        AttemptGroup.ALL: true(),
        AttemptGroup.OPEN: Attempt.handed_in_at.is_(None),
        AttemptGroup.HANDED_IN: Attempt.handed_in_at.is_not(None),
        AttemptGroup.PASSED: Attempt.is_passed.is_(True),
        AttemptGroup.NOT_PASSED: Attempt.is_passed.is_(False),
        AttemptGroup.LATE: late,
        AttemptGroup.CHANGED: exists().where(AttemptChange.attempt_id == Attempt.id),
    }
    return conditions[group]


def _row(row: Sequence[Any]) -> AttemptRow:
    return AttemptRow(*row)


def get_row(viewer: Viewer, permission: Permission, attempt_id: uuid.UUID) -> AttemptRow:
    """Return one attempt in reach.

    Raises:
        NotFound: there is none, or it is out of reach.
    """
    query = _ROWS.where(Attempt.id == attempt_id, access.visible_to(viewer, permission))
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return _row(row)


def get_place(viewer: Viewer, permission: Permission, person_id: int, course_id: int) -> Enrolment:
    """Return a person's place in a course, withdrawn or not, if it is in reach.

    Raises:
        NotFound: there is none, or it is out of reach.
    """
    held = enrolments.find_by_person_and_course(person_id, course_id)
    if held is None or not access.can_reach(viewer, permission, held.unit_path):
        raise NotFound
    return held


def get_names(held: Enrolment) -> tuple[str, str, str | None]:
    """Return the name of the person, of the unit and of the commune of a place in a course."""
    query = (
        select(Person.full_name, Unit.name, _commune.name)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(_commune, _commune.id == Enrolment.commune_id)
    )
    full_name, unit_name, commune_name = db.session.execute(query.where(Enrolment.id == held.id)).one()
    return full_name, unit_name, commune_name


def list_waiting(attempt_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[int]]:
    """Return attempt id → ids of the late answers that wait for a decision; attempts without any are left out."""
    query = select(LateAnswer.attempt_id, LateAnswer.id).where(LateAnswer.attempt_id.in_(attempt_ids))
    found: dict[uuid.UUID, set[int]] = {}
    for attempt_id, late_id in db.session.execute(query.where(_IS_WAITING)):
        found.setdefault(attempt_id, set()).add(late_id)
    return found


def list_changed(attempt_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the attempts whose result was changed after handing in."""
    query = select(AttemptChange.attempt_id).where(AttemptChange.attempt_id.in_(attempt_ids))
    return set(db.session.scalars(query))


def list_extras(enrolment_id: int, quiz_key: str) -> Sequence[QuizExtra]:
    """Return what a person was given beyond the limits of a quiz, the earliest first."""
    query = select(QuizExtra).where(QuizExtra.enrolment_id == enrolment_id, QuizExtra.quiz_key == quiz_key)
    return db.session.scalars(query.order_by(QuizExtra.id)).all()


def get_late_answer(attempt_id: uuid.UUID, late_id: int) -> LateAnswer:
    """Return a late answer of this attempt.

    Raises:
        NotFound: there is none.
    """
    late = db.session.get(LateAnswer, late_id)
    if late is None or late.attempt_id != attempt_id:
        raise NotFound
    return late
