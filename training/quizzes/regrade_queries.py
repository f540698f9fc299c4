"""Reading what a corrected key concerns, within the reach of who corrects it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.core.db import db
from training.core.errors import NotFound
from training.core.permissions import Permission, Viewer
from training.enrolment.models import Enrolment
from training.org.models import Unit
from training.quizzes.access import visible_to
from training.quizzes.models import Attempt, AttemptChange, Regrade

BATCH = 200

# The revision by whose keys an attempt is marked today.
_MARKED_BY = func.coalesce(Attempt.key_revision_id, Attempt.revision_id)


@dataclass(frozen=True, slots=True)
class Reach:
    """The attempts at one quiz that the viewer may correct."""

    viewer: Viewer
    course_id: int
    quiz_key: str

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on Attempt joined with Enrolment."""
        return [
            Enrolment.course_id == self.course_id,
            Attempt.quiz_key == self.quiz_key,
            visible_to(self.viewer, Permission.REGRADE),
        ]


def count_by_key_revision(reach: Reach) -> dict[int, int]:
    """Return id of the revision by whose keys attempts are marked → how many of them."""
    query = (
        select(_MARKED_BY, func.count())
        .select_from(Attempt)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*reach.conditions)
        .group_by(_MARKED_BY)
    )
    return {revision_id: count for revision_id, count in db.session.execute(query)}


def walk_attempts(reach: Reach, key_revision_id: int, *, hold: bool = False) -> Iterator[Sequence[Attempt]]:
    """Yield the attempts marked by older keys than those of a revision, open ones too, a batch at a time.

    Args:
        reach: which attempts.
        key_revision_id: the revision that holds the corrected key.
        hold: whether each is held against rivals until the transaction ends: nobody hands in half-way.
    """
    query = (
        select(Attempt)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*reach.conditions, _MARKED_BY < key_revision_id)
        .order_by(Attempt.id)
        .limit(BATCH)
    )
    if hold:
        query = query.with_for_update(of=Attempt).execution_options(populate_existing=True)
    batch = db.session.scalars(query).all()
    while batch:
        last = batch[-1].id
        yield batch
        batch = db.session.scalars(query.where(Attempt.id > last)).all()


@dataclass(frozen=True, slots=True)
class Who:
    """Whose attempt it is."""

    full_name: str
    unit_name: str
    commune_name: str | None


_Commune = aliased(Unit)
_WHO = (Person.full_name, Unit.name, _Commune.name)


def list_who(attempt_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Who]:
    """Return attempt id → whose it is."""
    query = (
        select(Attempt.id, *_WHO)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(_Commune, _Commune.id == Enrolment.commune_id)
        .where(Attempt.id.in_(attempt_ids))
    )
    rows: list[Any] = list(db.session.execute(query))
    return {row[0]: Who(*row[1:]) for row in rows}


def list_regrades(reach: Reach) -> list[tuple[Regrade, int]]:
    """Return the regrades of a quiz with how many results in reach each changed, the latest first."""
    changed = (
        select(func.count(AttemptChange.id))
        .join(Attempt, Attempt.id == AttemptChange.attempt_id)
        .where(AttemptChange.regrade_id == Regrade.id, visible_to(reach.viewer, Permission.REGRADE))
        .scalar_subquery()
    )
    query = select(Regrade, changed).where(
        Regrade.course_id == reach.course_id, Regrade.quiz_key == reach.quiz_key
    )
    return [(made, count) for made, count in db.session.execute(query.order_by(Regrade.id.desc()))]


def get_regrade(reach: Reach, regrade_id: int) -> tuple[Regrade, int]:
    """Return a regrade of the quiz with how many results in reach it changed.

    Raises:
        NotFound: the quiz has none of this number.
    """
    for made, count in list_regrades(reach):
        if made.id == regrade_id:
            return made, count
    raise NotFound


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A result that a regrade changed."""

    who: Who
    number: int
    points_of: float | None
    change: AttemptChange


def list_changes(reach: Reach, regrade_id: int, limit: int) -> list[ChangeRow]:
    """Return the results in reach that a regrade changed, those who lost first, then in the order of names."""
    query = (
        select(Attempt.number, Attempt.points_of, AttemptChange, *_WHO)
        .select_from(AttemptChange)
        .join(Attempt, Attempt.id == AttemptChange.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(_Commune, _Commune.id == Enrolment.commune_id)
        .where(*reach.conditions, AttemptChange.regrade_id == regrade_id)
        .order_by(
            (AttemptChange.points_after >= AttemptChange.points_before), Person.sort_key, Attempt.number
        )
        .limit(limit)
    )
    rows: list[Any] = list(db.session.execute(query))
    return [ChangeRow(Who(*who), number, of, change) for number, of, change, *who in rows]
