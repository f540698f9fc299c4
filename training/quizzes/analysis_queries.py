"""Reading many attempts and their answers at once, within the reach of who asks and a fixed number of them."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.core.db import db
from training.core.permissions import Permission, Viewer
from training.core.tree import is_within
from training.enrolment.models import Enrolment
from training.journal.models import JournalEntry
from training.org.models import Unit
from training.quizzes.access import visible_to
from training.quizzes.models import Answer, Attempt

BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attempts: at one quiz, in the viewer's reach, made within the unit at `path` or anywhere."""

    viewer: Viewer
    course_id: int
    quiz_key: str
    path: str | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on Attempt joined with Enrolment."""
        within = [] if self.path is None else [is_within(Enrolment.unit_path, self.path)]
        return [
            Enrolment.course_id == self.course_id,
            Attempt.quiz_key == self.quiz_key,
            visible_to(self.viewer, Permission.SEE_ANSWERS),
            *within,
        ]


@dataclass(frozen=True, slots=True)
class FirstTry:
    """What the analysis needs of an attempt; `key_revision_id` is the revision by whose keys it is marked today."""

    id: uuid.UUID
    revision_id: int
    key_revision_id: int
    question_keys: Sequence[str]
    points: float
    points_of: float


def list_first_tries(wanted: Wanted, limit: int) -> list[FirstTry]:
    """Return the first try of each person that was handed in, those begun latest first, at most `limit`.

    The ids of attempts grow with time (UUID version 7), so that the latest are found without sorting all.
    """
    earlier = aliased(Attempt)
    has_earlier = exists().where(
        earlier.enrolment_id == Attempt.enrolment_id,
        earlier.quiz_key == Attempt.quiz_key,
        earlier.handed_in_at.is_not(None),
        earlier.number < Attempt.number,
    )
    query = (
        select(
            Attempt.id,
            Attempt.revision_id,
            func.coalesce(Attempt.key_revision_id, Attempt.revision_id),
            Attempt.question_keys,
            func.coalesce(Attempt.points, 0.0),
            func.coalesce(Attempt.points_of, 0.0),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*wanted.conditions, Attempt.handed_in_at.is_not(None), ~has_earlier)
        .order_by(Attempt.id.desc())
        .limit(limit)
    )
    return [FirstTry(*row) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer that counts, and how it came in."""

    attempt_id: uuid.UUID
    question_key: str
    response: Any
    fraction: float | None
    saved_at: datetime
    mode: str
    entered_by_id: int | None


def list_answers(
    attempt_ids: Sequence[uuid.UUID], question_key: str | None = None
) -> Iterator[dict[tuple[uuid.UUID, str], tuple[Any, float]]]:
    """Yield (attempt id, question key) → (response, fraction of the mark), a batch of attempts at a time.

    Args:
        attempt_ids: any number; one statement for each `BATCH` of them.
        question_key: only the answers to this question.
    """
    only = [] if question_key is None else [Answer.question_key == question_key]
    columns = (Answer.attempt_id, Answer.question_key, Answer.response, func.coalesce(Answer.fraction, 0.0))
    for start in range(0, len(attempt_ids), BATCH):
        query = select(*columns).where(Answer.attempt_id.in_(attempt_ids[start : start + BATCH]), *only)
        rows = db.session.execute(query)
        yield {(attempt_id, key): (response, fraction) for attempt_id, key, response, fraction in rows}


@dataclass(frozen=True, slots=True)
class TryRow:
    """An attempt as a file lists it."""

    id: uuid.UUID
    full_name: str
    unit_name: str
    commune_name: str | None
    number: int
    revision_id: int
    key_revision_id: int
    question_keys: Sequence[str]
    started_at: datetime
    handed_in_at: datetime | None
    points: float | None
    points_of: float | None
    is_passed: bool | None
    mode: str
    entered_by_id: int | None


_Commune = aliased(Unit)


def list_tries(wanted: Wanted, limit: int) -> list[TryRow]:
    """Return all attempts, open ones too, in the order of names and tries, at most `limit`."""
    query = (
        select(
            Attempt.id, Person.full_name, Unit.name, _Commune.name, Attempt.number, Attempt.revision_id,
            func.coalesce(Attempt.key_revision_id, Attempt.revision_id), Attempt.question_keys,
            Attempt.started_at, Attempt.handed_in_at, Attempt.points, Attempt.points_of, Attempt.is_passed,
            Attempt.mode, Attempt.entered_by_id,
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(_Commune, _Commune.id == Enrolment.commune_id)
        .where(*wanted.conditions)
        .order_by(Person.sort_key, Person.id, Attempt.number)
        .limit(limit)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(query)
    return [TryRow(*row) for row in rows]


def list_answer_rows(attempt_ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, str], AnswerRow]:
    """Return (attempt id, question key) → answer with how it came in; one statement for each `BATCH` of attempts."""
    found: dict[tuple[uuid.UUID, str], AnswerRow] = {}
    columns = (
        Answer.attempt_id, Answer.question_key, Answer.response, Answer.fraction, Answer.saved_at,
        JournalEntry.mode, JournalEntry.entered_by_id,
    )  # fmt: skip
    joined = select(*columns).join(JournalEntry, JournalEntry.id == Answer.entry_id)
    for start in range(0, len(attempt_ids), BATCH):
        query = joined.where(Answer.attempt_id.in_(attempt_ids[start : start + BATCH]))
        for row in db.session.execute(query):
            answer = AnswerRow(*row)
            found[answer.attempt_id, answer.question_key] = answer
    return found
