"""Keying in what somebody answered without a phone: the whole try at once, through the same engine."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from training.audit import actions as audit
from training.core.errors import N_, Conflict, NotPermitted
from training.enrolment import queries as enrolments
from training.journal.actions import Origin
from training.journal.models import Mode
from training.quizzes import queries, rules
from training.quizzes.actions import SentAnswer, Sheet, hand_in, start_attempt
from training.quizzes.models import Attempt

NOT_YOUR_OWN = N_("Your own answers are keyed in by somebody else.")


def draw_paper() -> int:
    """Return the number of a paper that nobody printed, for questions asked aloud or on a screen."""
    return random.randint(1, rules.LAST_PAPER)  # noqa: S311 - decides an order, guards nothing


@dataclass(frozen=True, slots=True)
class Keyed:
    """A result that was keyed in; `is_new` is False when the same form was sent before."""

    attempt: Attempt
    is_new: bool


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """A quiz that somebody answered without a phone, as it is keyed in.

    ``start_id`` and ``hand_in_id`` are the ids of the two changes, made with the form.
    """

    slug: str
    quiz_key: str
    sheet: Sheet
    mode: Mode
    start_id: uuid.UUID
    hand_in_id: uuid.UUID
    answers: Sequence[SentAnswer]


def key_in(actor_id: int, person_id: int, paper: FilledPaper) -> Keyed:
    """Begin, answer and hand in a try for somebody, all at once; the same form again returns the first result.

    Args:
        actor_id: who keys it in.
        person_id: whose answers they are.
        paper: what was answered.

    Raises:
        NotPermitted: both are the same person.
        NotFound: the person is not enrolled, or the course has no such quiz.
        Conflict: no try may begin now, or an id was used for something else.
    """
    if actor_id == person_id:
        raise NotPermitted(NOT_YOUR_OWN)
    _refuse_second(enrolments.get_of_person(person_id, paper.slug).id, paper)
    start = Origin(paper.start_id, paper.mode, actor_id)
    attempt = start_attempt(person_id, paper.slug, paper.quiz_key, start, paper.sheet)
    if attempt.entered_by_id is None:
        raise Conflict(N_("This page is out of date. Open it again."))
    if attempt.handed_in_at is not None:
        return Keyed(attempt, is_new=False)
    end = Origin(paper.hand_in_id, paper.mode, actor_id)
    hand_in(person_id, attempt.id, end, paper.answers)
    details = {"course": paper.slug, "quiz": paper.quiz_key, "attempt": str(attempt.id)}
    audit.record(actor_id, "quiz.result_keyed_in", "person", person_id, **details)
    return Keyed(attempt, is_new=True)


def _refuse_second(enrolment_id: int, paper: FilledPaper) -> None:
    """Refuse the same paper of the same person from another form: somebody else was quicker, or the page was left."""
    held = enrolments.lock(enrolment_id)
    same = (paper.sheet.revision_id, paper.sheet.number)
    for attempt in queries.list_attempts(held.id, paper.quiz_key):
        if (
            attempt.entered_by_id
            and attempt.id != paper.start_id
            and (attempt.revision_id, attempt.seed) == same
        ):
            raise Conflict(
                N_(
                    "This paper of this person is kept already. For another try, print a paper with another number."
                ),
                field="number",
            )
