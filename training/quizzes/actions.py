"""Starting, answering, handing in. Replayed, doubled, late and racing requests are all safe here."""

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from training.activities.questions.registry import kind_of
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView
from training.core import clock
from training.core.db import db, insert_once, is_postgresql, upserting
from training.core.errors import N_, Conflict, NotFound
from training.core.ids import new_id
from training.enrolment import actions as enrolment
from training.enrolment import queries as enrolments
from training.enrolment.models import Enrolment
from training.journal import actions as journal
from training.journal.actions import Origin
from training.journal.models import EntryKind, Mode
from training.quizzes import queries, rules
from training.quizzes.models import Answer, Attempt, LateAnswer

# Forms make it and so may not look for it here; whoever saves answers may.
from training.quizzes.rules import SentAnswer as SentAnswer

# Answers as they were sent, or what reads them from a form once the questions of the attempt are known in their order.
Sent = Sequence[SentAnswer] | Callable[[Sequence[str]], Sequence[SentAnswer]]


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """The receipt of an answer: when the server had it.

    `number` is the place of the question in the attempt, from 1. `is_late` when it came after handing in, or after its question was explained. `present` is the sequence of the
    answer that counts now: larger than `sequence` when another page had sent a newer one.
    """

    question_key: str
    number: int
    saved_at: datetime
    sequence: int
    is_late: bool
    present: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed quiz: its questions follow from the revision and the number on the paper."""

    revision_id: int
    number: int


def start_attempt(
    person_id: int, slug: str, quiz_key: str, origin: Origin, sheet: Sheet | None = None
) -> Attempt:
    """Return the attempt to go on with: the open one, or a new one whose id is the id of the request.

    Args:
        person_id: whose attempt it is.
        slug: the course.
        quiz_key: the quiz.
        origin: id and way of the change.
        sheet: the paper that was filled in; it never goes on with an attempt that is open on a phone.

    Raises:
        NotFound: the person is not enrolled, or the course has no such quiz.
        Conflict: no try is left, the wait is not over, learning has begun before the pre-test, or the id was used
            for something else.
    """
    row = enrolments.get_of_person(person_id, slug)
    held = enrolments.lock(row.id)
    attempts = queries.list_attempts(held.id, quiz_key)
    present = next((a for a in attempts if a.id == origin.entry_id), None)
    if present is None and sheet is None:
        present = next((a for a in attempts if a.handed_in_at is None), None)
    if present is not None:
        return present
    enrolment.start(held)
    revision_id = sheet.revision_id if sheet else held.revision_id
    quiz = catalogue.get_revision(revision_id).quiz(quiz_key)
    extra = refuse_unless_allowed(held, quiz, attempts)
    number = len(attempts) + 1
    payload = {"quiz": quiz_key, "number": number}
    receipt = journal.record(origin, person_id, EntryKind.ATTEMPT_STARTED, f"enrolment:{held.id}", payload)
    if not receipt.is_new:
        raise Conflict(N_("This page is out of date. Open it again."))
    return _add_attempt(held, quiz, number, origin, sheet or Sheet(revision_id, _seed()), extra)


def _seed() -> int:
    return random.getrandbits(31)  # noqa: S311 - decides an order, guards nothing


def refuse_unless_allowed(held: Enrolment, quiz: QuizView, attempts: Sequence[Attempt]) -> int:
    """Return the extra minutes of a person, unless no further try may begin now.

    Args:
        held: the person's place in the course.
        quiz: the quiz to try.
        attempts: all tries so far, the open one included.

    Raises:
        Conflict: no try is left, the wait is not over, or learning has begun before the pre-test.
    """
    tries, minutes = queries.sum_extras(held.id, quiz.key) if quiz.tries or quiz.minutes else (0, 0)
    if quiz.is_pre_test and held.done_count:
        raise Conflict(N_("These first questions are for the time before learning. Go on with the lessons."))
    if rules.tries_left(quiz.tries, len(attempts), tries) == 0:
        raise Conflict(N_("No try is left for this quiz."))
    ended = max((a.handed_in_at for a in attempts if a.handed_in_at), default=None)
    opens_at = rules.may_try_at(quiz.wait_minutes, ended)
    if opens_at and clock.now() < opens_at:
        raise Conflict(N_("It is too early for the next try. Read the lessons again meanwhile."))
    return minutes


def _add_attempt(
    held: Enrolment, quiz: QuizView, number: int, origin: Origin, sheet: Sheet, extra_minutes: int
) -> Attempt:
    revision = catalogue.get_revision(sheet.revision_id)
    key_revision_id = queries.find_key_revision_id(held.course_id, quiz.key)
    now = clock.now()
    attempt = Attempt(
        id=origin.entry_id,
        person_id=held.person_id,
        enrolment_id=held.id,
        revision_id=revision.id,
        key_revision_id=key_revision_id if (key_revision_id or 0) > revision.id else None,
        quiz_key=quiz.key,
        number=number,
        seed=sheet.number,
        question_keys=rules.draw(revision.questions(quiz.key), quiz.blueprint, sheet.number),
        pass_percent=quiz.pass_percent,
        started_at=now,
        # A sheet of paper has no clock.
        due_at=None if origin.entered_by_id else rules.due_at(now, quiz.minutes, extra_minutes),
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
    """Keep one answer, as `save_answers` does."""
    sent = SentAnswer(question_key, fields, sequence, origin.entry_id, claimed_at=origin.claimed_at)
    return save_answers(person_id, attempt_id, [sent], origin.mode, origin.entered_by_id)[0]


def save_answers(
    person_id: int,
    attempt_id: uuid.UUID,
    sent: Sent,
    mode: Mode = Mode.PHONE,
    entered_by_id: int | None = None,
) -> list[SavedAnswer]:
    """Keep answers; the newer sequence wins, a replay returns the first receipt.

    An attempt whose time is over is handed in first, so that what comes now is late evidence.

    Args:
        person_id: whose attempt it is.
        attempt_id: the attempt.
        sent: the answers.
        mode: how it was learned.
        entered_by_id: who keyed them in, if not the person.

    Returns:
        A receipt for each answer, in the same order.

    Raises:
        NotFound: not the person's attempt, or not one of its questions.
        Conflict: an id was used for something else.
    """
    attempt = _hold(person_id, attempt_id)
    return [_keep_answer(attempt, answer, mode, entered_by_id) for answer in _read(attempt, sent)]


def hand_in(person_id: int, attempt_id: uuid.UUID, origin: Origin, carried: Sent = ()) -> Attempt:
    """Mark the attempt and judge the course, in this transaction; the first handing in wins.

    Args:
        person_id: whose attempt it is.
        attempt_id: the attempt.
        origin: id and way of the change.
        carried: all answers the page holds; those the server has not got yet are kept first, which heals saves
            that were lost on the way.

    Raises:
        NotFound: not the person's attempt.
        Conflict: an id was used for something else.
    """
    attempt = _hold(person_id, attempt_id)
    for answer in _read(attempt, carried):
        _keep_answer(attempt, answer, origin.mode, origin.entered_by_id)
    if attempt.handed_in_at is None:
        _finish(attempt, origin, by="person")
    else:
        journal.record(origin, person_id, EntryKind.ATTEMPT_HANDED_IN, f"attempt:{attempt.id}", {})
    return attempt


def close_overdue() -> int:
    """Hand in the attempts whose time and grace are over; return how many there were."""
    over = [a for a in queries.list_overdue() if rules.is_over(a.due_at, clock.now())]
    for attempt in over:
        _hold(attempt.person_id, attempt.id)
    return len(over)


def _read(attempt: Attempt, sent: Sent) -> Sequence[SentAnswer]:
    return sent(attempt.question_keys) if callable(sent) else sent


def _hold(person_id: int, attempt_id: uuid.UUID) -> Attempt:
    attempt = queries.lock_attempt(person_id, attempt_id)
    if attempt.handed_in_at is None and rules.is_over(attempt.due_at, clock.now()):
        _finish(attempt, Origin(new_id(), Mode(attempt.mode)), by="clock")
    return attempt


def mark_attempt(
    attempt: Attempt, answers: Mapping[str, Answer], key_revision_id: int | None = None
) -> list[rules.Marked]:
    """Return every question of an attempt with its response and grade.

    Args:
        attempt: the attempt.
        answers: its present answers by question key.
        key_revision_id: a revision whose keys to mark by; by default those the attempt is marked by today.
    """
    own = catalogue.get_revision(attempt.revision_id)
    keys = catalogue.get_revision(key_revision_id or attempt.key_revision_id or attempt.revision_id)
    newer = {question.key: question for question in keys.questions(attempt.quiz_key)}
    questions = [rules.keyed(own.question(key), newer.get(key)) for key in attempt.question_keys]
    return rules.mark(questions, {key: a.response for key, a in answers.items()}, attempt.seed)


def count_tries(held: Enrolment, quiz_key: str) -> None:
    """Let the try that counts be the outcome of a quiz, and judge the course by it.

    The enrolment must be locked, so that two tries ending at once are both seen.
    """
    quiz = catalogue.get_revision(held.revision_id).quiz(quiz_key)
    best = counting_try(quiz.counts, queries.list_attempts(held.id, quiz_key))
    if best is None:
        return
    result = enrolment.Result(bool(best.is_passed), best.points, best.points_of)
    origin = Origin(best.id, Mode(best.mode), best.entered_by_id)
    enrolment.record_outcome(held.id, quiz_key, result, origin)


def counting_try(counts: str, attempts: Sequence[Attempt]) -> Attempt | None:
    """Return the try whose result counts; None while none is handed in.

    Args:
        counts: a value of `rules.Counts`.
        attempts: all tries of one person at one quiz, the first first.
    """
    ended = {a.number: a for a in attempts if a.handed_in_at}
    tried = [
        rules.Tried(a.number, a.points or 0.0, a.points_of or 0.0, bool(a.is_passed)) for a in ended.values()
    ]
    return ended[rules.counting(counts, tried).number] if tried else None


def _finish(attempt: Attempt, origin: Origin, by: str) -> None:
    subject = f"attempt:{attempt.id}"
    journal.record(origin, attempt.person_id, EntryKind.ATTEMPT_HANDED_IN, subject, {"by": by})
    mark_and_keep(attempt)
    attempt.handed_in_at = clock.now()
    db.session.flush()
    count_tries(enrolments.lock(attempt.enrolment_id), attempt.quiz_key)


def mark_and_keep(attempt: Attempt) -> None:
    """Mark an attempt by its present keys and answers, and store what came of it."""
    answers = queries.list_answers(attempt.id)
    marked = mark_attempt(attempt, answers)
    for row in marked:
        if row.question.key in answers:
            answers[row.question.key].fraction = row.grade.fraction
    attempt.points, attempt.points_of = rules.total(marked)
    attempt.is_passed = rules.is_passed(attempt.points, attempt.points_of, attempt.pass_percent)
    db.session.flush()


def _keep_answer(attempt: Attempt, sent: SentAnswer, mode: Mode, entered_by_id: int | None) -> SavedAnswer:
    if sent.question_key not in attempt.question_keys:
        raise NotFound
    question = catalogue.get_revision(attempt.revision_id).question(sent.question_key)
    response = kind_of(question.kind).read(question, sent.fields, sent.name)
    is_late = attempt.handed_in_at is not None or _is_settled(attempt, question.key)
    payload = {"question": question.key, "response": response, "sequence": sent.sequence, "is_late": is_late}
    origin = Origin(sent.entry_id, mode, entered_by_id, sent.claimed_at)
    subject = f"attempt:{attempt.id}"
    receipt = journal.record(origin, attempt.person_id, EntryKind.ANSWER_SAVED, subject, payload)
    present = receipt.payload["sequence"]
    if receipt.is_new:
        row = {
            "attempt_id": attempt.id,
            "question_key": question.key,
            "response": response,
            "sequence": sent.sequence,
            "entry_id": sent.entry_id,
        }
        if is_late:
            insert_once(LateAnswer.__table__, row | {"received_at": receipt.received_at})  # type: ignore[arg-type]
        else:
            present = keep_newer(row | {"saved_at": receipt.received_at})
    kept = receipt.payload
    number = attempt.question_keys.index(question.key) + 1
    return SavedAnswer(
        question.key, number, receipt.received_at, kept["sequence"], bool(kept.get("is_late")), present
    )


def _is_settled(attempt: Attempt, question_key: str) -> bool:
    explain = catalogue.get_revision(attempt.revision_id).quiz(attempt.quiz_key).explain
    if explain != rules.Explain.QUESTION:
        return False
    return rules.is_settled(explain, queries.find_answer(attempt.id, question_key))


def keep_newer(row: Mapping[str, Any]) -> int:
    """Store an answer unless one with a larger sequence is there; return the sequence that is there afterwards.

    Args:
        row: the columns of `Answer` by name.
    """
    kept = db.session.execute(_keeping_newer(is_postgresql()), dict(row)).scalar()
    return kept if kept is not None else queries.get_sequence(row["attempt_id"], row["question_key"])


# Built once: it runs with every answer, and building it costs more than running it.
@cache
def _keeping_newer(_is_for_postgresql: bool) -> Any:
    statement = upserting(Answer.__table__)  # type: ignore[arg-type]
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "question_key"],
        set_={name: statement.excluded[name] for name in ("response", "entry_id", "sequence", "saved_at")},
        where=Answer.sequence <= statement.excluded.sequence,
    ).returning(Answer.sequence)
