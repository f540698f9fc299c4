"""Computing attempts again from the journal: the nightly check, which must find no difference."""

from collections.abc import Iterator
from typing import Any

from training.journal import queries as journal
from training.journal.models import EntryKind, JournalEntry
from training.quizzes import queries, rules
from training.quizzes.actions import mark_attempt
from training.quizzes.models import Attempt


def list_differences() -> Iterator[str]:
    """Yield one line for every attempt whose stored answers or points are not what the journal says."""
    last = None
    while attempts := queries.list_handed_in_after(last):
        for attempt in attempts:
            yield from differences(attempt)
        last = attempts[-1].id


def differences(attempt: Attempt) -> Iterator[str]:
    """Yield one line for every difference of one attempt that was handed in."""
    answers = queries.list_answers(attempt.id)
    told = answers_told(journal.list_of_subject(f"attempt:{attempt.id}"), attempt)
    stored = {key: answer.response for key, answer in answers.items()}
    if told != stored:
        yield f"attempt {attempt.id}: stored answers differ from the journal"
    points, points_of = rules.total(mark_attempt(attempt, answers))
    if (points, points_of) != (attempt.points, attempt.points_of):
        yield f"attempt {attempt.id}: {attempt.points}/{attempt.points_of} stored, {points}/{points_of} computed"


def answers_told(entries: Any, attempt: Attempt) -> dict[str, Any]:
    """Return question key → response after playing the journal of an attempt from the beginning.

    Args:
        entries: the attempt's journal entries in the order the server received them.
        attempt: entries received after it was handed in do not count.
    """
    kept: dict[str, tuple[int, Any]] = {}
    for entry in entries:
        if _counts(entry, attempt):
            told = entry.payload
            if told["sequence"] >= kept.get(told["question"], (-1, None))[0]:
                kept[told["question"]] = (told["sequence"], told["response"])
    return {key: response for key, (_sequence, response) in kept.items()}


def _counts(entry: JournalEntry, attempt: Attempt) -> bool:
    is_answer = entry.kind == EntryKind.ANSWER_SAVED
    return is_answer and (attempt.handed_in_at is None or entry.received_at < attempt.handed_in_at)
