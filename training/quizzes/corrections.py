"""What staff may change about quizzes: extra tries and time, late answers, corrected keys. Never silently."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from training.audit import actions as audit
from training.core import clock
from training.core.db import db
from training.core.errors import N_, Conflict, InvalidInput, NotFound
from training.core.ids import new_id
from training.enrolment import queries as enrolments
from training.journal import actions as journal
from training.journal.actions import Origin
from training.journal.models import EntryKind, Mode
from training.quizzes import actions, queries, rules
from training.quizzes.models import Attempt, AttemptChange, ChangeKind, QuizExtra, Regrade

BATCH = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a corrected key would make of an attempt."""

    attempt: Attempt
    points_after: float
    points_of_after: float
    is_passed_after: bool

    @property
    def is_change(self) -> bool:
        """Whether the result would be another."""
        return self.after != (self.attempt.points or 0.0, bool(self.attempt.is_passed))

    @property
    def is_lower(self) -> bool:
        """Whether the person would lose by it."""
        return self.is_change and self.after < (self.attempt.points or 0.0, bool(self.attempt.is_passed))

    @property
    def after(self) -> tuple[float, bool]:
        """The points and whether they pass, afterwards."""
        return self.points_after, self.is_passed_after


def grant_extra(
    actor_id: int, enrolment_id: int, quiz_key: str, tries: int, minutes: int, reason: str
) -> QuizExtra:
    """Give one person more tries or more time; an attempt that is open gets the minutes at once.

    Raises:
        InvalidInput: nothing is given, or no reason.
    """
    if tries + minutes <= 0:
        raise InvalidInput(N_("Give at least one more try or one more minute."), field="tries")
    held = enrolments.lock(enrolment_id)
    extra = QuizExtra(
        enrolment_id=held.id,
        quiz_key=quiz_key,
        tries=tries,
        minutes=minutes,
        reason=_reason(reason),
        granted_by_id=actor_id,
    )
    db.session.add(extra)
    for attempt in queries.list_attempts(held.id, quiz_key):
        if attempt.handed_in_at is None and attempt.due_at is not None:
            attempt.due_at = rules.due_at(attempt.due_at, minutes)
    db.session.flush()
    audit.record(
        actor_id, "quiz.extra_granted", "enrolment", held.id, quiz=quiz_key, tries=tries, minutes=minutes
    )
    return extra


def accept_late_answer(actor_id: int, late_id: int, reason: str) -> AttemptChange:
    """Let an answer that came after handing in count, mark the attempt again and tell the person.

    Raises:
        NotFound: there is no such late answer.
        Conflict: it was accepted before.
        InvalidInput: no reason is given.
    """
    late = queries.get_late_answer(late_id)
    attempt = queries.lock_attempt(None, late.attempt_id)
    if late.accepted_at is not None:
        raise Conflict(N_("This answer was accepted before."))
    late.accepted_at, late.accepted_by_id, late.reason = clock.now(), actor_id, _reason(reason)
    origin = Origin(new_id(), Mode(attempt.mode), actor_id)
    subject = f"attempt:{attempt.id}"
    payload = {"entry": str(late.entry_id)}
    journal.record(origin, attempt.person_id, EntryKind.ANSWER_ACCEPTED, subject, payload)
    present = queries.find_answer(attempt.id, late.question_key)
    actions.keep_newer(
        {
            "attempt_id": attempt.id,
            "question_key": late.question_key,
            "response": late.response,
            "entry_id": late.entry_id,
            "saved_at": late.received_at,
            # Accepted means that it counts, whichever came first on the phone.
            "sequence": max(late.sequence, present.sequence if present else 0),
        }
    )
    audit.record(actor_id, "quiz.late_answer_accepted", "attempt", attempt.id)
    change = AttemptChange(kind=ChangeKind.LATE_ANSWER, reason=late.reason, changed_by_id=actor_id)
    return _change(attempt, change)


def propose(attempts: Sequence[Attempt], key_revision_id: int) -> Iterator[Proposal]:
    """Yield what a corrected key would make of attempts that were handed in; nothing is changed.

    Args:
        attempts: any number; they are looked at a few at a time.
        key_revision_id: the revision that holds the corrected key.
    """
    for start in range(0, len(attempts), BATCH):
        batch = attempts[start : start + BATCH]
        answers = queries.list_answers_of([attempt.id for attempt in batch])
        for attempt in batch:
            marked = actions.mark_attempt(attempt, answers[attempt.id], key_revision_id)
            points, points_of = rules.total(marked)
            passes = rules.is_passed(points, points_of, attempt.pass_percent)
            yield Proposal(attempt, points, points_of, passes)


def regrade(
    actor_id: int, attempts: Iterable[Attempt], key_revision_id: int, *, may_lower: bool, reason: str
) -> list[AttemptChange]:
    """Apply the corrected key of a revision to attempts at one quiz, judge the courses again and tell the people.

    Args:
        actor_id: who decides.
        attempts: attempts at one quiz, handed in or open, looked at a few at a time; open ones will be marked by
            the new key.
        key_revision_id: the revision that holds the corrected key.
        may_lower: whether results may fall; otherwise whoever would lose keeps their result.
        reason: shown to everyone whose result changes.

    Returns:
        The changes, one for each result that is another now.

    Raises:
        InvalidInput: no reason is given.
        NotFound: there is no attempt to regrade.
    """
    walk = iter(attempts)
    first = next(walk, None)
    if first is None:
        raise NotFound
    course_id = enrolments.get(first.enrolment_id).course_id
    made = Regrade(
        course_id=course_id,
        quiz_key=first.quiz_key,
        key_revision_id=key_revision_id,
        may_lower=may_lower,
        reason=_reason(reason),
        applied_by_id=actor_id,
    )
    db.session.add(made)
    db.session.flush()
    changes: list[AttemptChange] = []
    batch = [first, *islice(walk, BATCH - 1)]
    while batch:
        changes += _regrade_batch(made, batch)
        batch = list(islice(walk, BATCH))
    db.session.flush()
    details = {"quiz": made.quiz_key, "revision": key_revision_id, "changed": len(changes)}
    audit.record(actor_id, "quiz.regraded", "course", course_id, **details, may_lower=may_lower)
    return changes


def _regrade_batch(made: Regrade, attempts: Sequence[Attempt]) -> Iterator[AttemptChange]:
    for attempt in attempts:
        if attempt.handed_in_at is None and attempt.revision_id < made.key_revision_id:
            attempt.key_revision_id = made.key_revision_id
    handed_in = [attempt for attempt in attempts if attempt.handed_in_at is not None]
    for proposal in list(propose(handed_in, made.key_revision_id)):
        if proposal.is_lower and not made.may_lower:
            continue
        proposal.attempt.key_revision_id = made.key_revision_id
        if proposal.is_change:
            change = AttemptChange(
                kind=ChangeKind.REGRADED,
                regrade_id=made.id,
                reason=made.reason,
                changed_by_id=made.applied_by_id,
            )
            yield _change(proposal.attempt, change)


def acknowledge(person_id: int, attempt_id: uuid.UUID) -> None:
    """Note that the person has read why their result was changed.

    Raises:
        NotFound: not the person's attempt.
    """
    attempt = queries.get_attempt(person_id, attempt_id)
    held = enrolments.lock(attempt.enrolment_id)
    if held.changed_attempt_id == attempt.id:
        held.changed_attempt_id = None
        db.session.flush()


def _change(attempt: Attempt, change: AttemptChange) -> AttemptChange:
    change.attempt_id = attempt.id
    change.points_before, change.was_passed = attempt.points or 0.0, bool(attempt.is_passed)
    actions.mark_and_keep(attempt)
    change.points_after, change.is_passed = attempt.points or 0.0, bool(attempt.is_passed)
    db.session.add(change)
    held = enrolments.lock(attempt.enrolment_id)
    held.changed_attempt_id = attempt.id
    db.session.flush()
    actions.count_tries(held, attempt.quiz_key)
    return change


def _reason(text: str) -> str:
    reason = text.strip()[:500]
    if not reason:
        raise InvalidInput(N_("Write the reason. The person will read it."), field="reason")
    return reason
