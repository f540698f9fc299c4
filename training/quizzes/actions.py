"""Starting, answering, handing in. Replayed, doubled, late and racing requests are all safe here."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from training.activities.questions.registry import kind_of
from training.catalogue import queries as catalogue
from training.core import clock
from training.core.db import db, insert_once, upserting
from training.core.errors import N_, Conflict, NotFound
from training.enrolment import actions as enrolment
from training.enrolment import queries as enrolments
from training.journal import actions as journal
from training.journal.actions import Origin
from training.journal.models import EntryKind
from training.quizzes import queries, rules
from training.quizzes.models import Answer, Attempt, LateAnswer


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """The receipt of an answer: when the server had it. `is_late` when the attempt was already handed in."""

    saved_at: datetime
    sequence: int
    is_late: bool


def start_attempt(person_id: int, slug: str, quiz_key: str, origin: Origin) -> Attempt:
    """Return the attempt to go on with: the open one, or a new one whose id is the id of the request.

    Raises:
        NotFound: the person is not enrolled, or the course has no such quiz.
        Conflict: no try is left.
    """
    row = enrolments.get_of_person(person_id, slug)
    held = enrolments.lock(row.id)
    attempts = queries.list_attempts(held.id, quiz_key)
    present = next((a for a in attempts if a.handed_in_at is None or a.id == origin.entry_id), None)
    if present is not None:
        return present
    enrolment.start(held)
    revision = catalogue.get_revision(held.revision_id)
    quiz = revision.quiz(quiz_key)
    if rules.tries_left(quiz.tries, len(attempts)) == 0:
        raise Conflict(N_("No try is left for this quiz."))
    payload = {"quiz": quiz_key, "number": len(attempts) + 1}
    journal.record(origin, person_id, EntryKind.ATTEMPT_STARTED, f"enrolment:{held.id}", payload)
    seed = random.getrandbits(31)  # noqa: S311 - decides an order, guards nothing
    attempt = Attempt(
        id=origin.entry_id,
        person_id=person_id,
        enrolment_id=held.id,
        revision_id=revision.id,
        quiz_key=quiz_key,
        number=len(attempts) + 1,
        seed=seed,
        question_keys=rules.draw([q.key for q in revision.questions(quiz_key)], quiz.draw, seed),
        pass_percent=quiz.pass_percent,
        started_at=clock.now(),
        mode=origin.mode,
        entered_by_id=origin.entered_by_id,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def save_answer(
    person_id: int,
    attempt_id: uuid.UUID,
    question_key: str,
    fields: Mapping[str, Any],
    sequence: int,
    origin: Origin,
) -> SavedAnswer:
    """Keep one answer; the newer sequence wins, a replay returns the first receipt.

    Args:
        person_id: whose attempt it is.
        attempt_id: the attempt.
        question_key: one of the attempt's questions.
        fields: the posted form, value lists by field name.
        sequence: counted up by the page with every change of this answer.
        origin: id and way of the change.

    Raises:
        NotFound: not the person's attempt, or not one of its questions.
        Conflict: the id was used for something else.
    """
    attempt = queries.lock_attempt(person_id, attempt_id)
    if question_key not in attempt.question_keys:
        raise NotFound
    question = catalogue.get_revision(attempt.revision_id).question(question_key)
    response = kind_of(question.kind).read(question, fields)
    return _keep_answer(attempt, question_key, response, sequence, origin)


def hand_in(person_id: int, attempt_id: uuid.UUID, origin: Origin) -> Attempt:
    """Mark the attempt and judge the course, in this transaction; the first handing in wins.

    Raises:
        NotFound: not the person's attempt.
        Conflict: the id was used for something else.
    """
    attempt = queries.lock_attempt(person_id, attempt_id)
    journal.record(origin, person_id, EntryKind.ATTEMPT_HANDED_IN, f"attempt:{attempt.id}", {})
    if attempt.handed_in_at is not None:
        return attempt
    answers = queries.list_answers(attempt.id)
    marked = mark_attempt(attempt, answers)
    for row in marked:
        if row.question.key in answers:
            answers[row.question.key].fraction = row.grade.fraction
    attempt.points, attempt.points_of = rules.total(marked)
    attempt.is_passed = rules.is_passed(attempt.points, attempt.points_of, attempt.pass_percent)
    attempt.handed_in_at = clock.now()
    db.session.flush()
    result = enrolment.Result(attempt.is_passed, attempt.points, attempt.points_of)
    enrolment.record_outcome(attempt.enrolment_id, attempt.quiz_key, result, origin)
    return attempt


def mark_attempt(attempt: Attempt, answers: Mapping[str, Answer]) -> list[rules.Marked]:
    """Return every question of an attempt with its response and grade, by the revision it is pinned to."""
    revision = catalogue.get_revision(attempt.revision_id)
    questions = [revision.question(key) for key in attempt.question_keys]
    return rules.mark(questions, {key: a.response for key, a in answers.items()}, attempt.seed)


def _keep_answer(
    attempt: Attempt, question_key: str, response: Any, sequence: int, origin: Origin
) -> SavedAnswer:
    payload = {"question": question_key, "response": response, "sequence": sequence}
    receipt = journal.record(
        origin, attempt.person_id, EntryKind.ANSWER_SAVED, f"attempt:{attempt.id}", payload
    )
    is_late = attempt.handed_in_at is not None and receipt.received_at >= attempt.handed_in_at
    if receipt.is_new:
        row = {
            "attempt_id": attempt.id,
            "question_key": question_key,
            "response": response,
            "entry_id": origin.entry_id,
        }
        if is_late:
            insert_once(LateAnswer.__table__, row | {"received_at": receipt.received_at})  # type: ignore[arg-type]
        else:
            _upsert(row | {"sequence": sequence, "saved_at": receipt.received_at})
    return SavedAnswer(receipt.received_at, sequence, is_late)


def _upsert(row: dict[str, Any]) -> None:
    statement = upserting(Answer.__table__).values(**row)  # type: ignore[arg-type]
    newer = statement.on_conflict_do_update(
        index_elements=["attempt_id", "question_key"],
        set_={name: statement.excluded[name] for name in ("response", "entry_id", "sequence", "saved_at")},
        where=Answer.sequence <= statement.excluded.sequence,
    )
    db.session.execute(newer)
