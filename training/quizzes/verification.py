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
    """Yield one line for every difference of one attempt; of an open one only its answers can differ."""
    answers = queries.list_answers(attempt.id)
    told = answers_told(journal.list_of_subject(f"attempt:{attempt.id}"), attempt)
    stored = {key: answer.response for key, answer in answers.items()}
    if told != stored:
        yield f"attempt {attempt.id}: stored answers differ from the journal"
    if attempt.handed_in_at is None:
        return
    points, points_of = rules.total(mark_attempt(attempt, answers))
    if (points, points_of) != (attempt.points, attempt.points_of):
        yield f"attempt {attempt.id}: {attempt.points}/{attempt.points_of} stored, {points}/{points_of} computed"


def answers_told(entries: Any, attempt: Attempt) -> dict[str, Any]:
    """Return question key → response after playing the journal of an attempt from the beginning.

    Args:
        entries: the attempt's journal entries in the order the server received them.
        attempt: what came after it was handed in counts only when staff accepted it.
    """
    told = list(entries)
    accepted = {entry.payload["entry"]: entry.received_at for entry in told if _is_acceptance(entry)}
    kept: dict[str, tuple[int, Any]] = {}
    for entry in told:
        if entry.kind == EntryKind.ANSWER_SAVED and not _is_late(entry, attempt):
            answer = entry.payload
            if answer["sequence"] >= kept.get(answer["question"], (-1, None))[0]:
                kept[answer["question"]] = (answer["sequence"], answer["response"])
    late = [entry for entry in told if str(entry.id) in accepted]
    for entry in sorted(late, key=lambda entry: accepted[str(entry.id)]):
        kept[entry.payload["question"]] = (entry.payload["sequence"], entry.payload["response"])
    return {key: response for key, (_sequence, response) in kept.items()}


def _is_acceptance(entry: JournalEntry) -> bool:
    return entry.kind == EntryKind.ANSWER_ACCEPTED


def _is_late(entry: JournalEntry, attempt: Attempt) -> bool:
    if "is_late" in entry.payload:
        return bool(entry.payload["is_late"])
    return attempt.handed_in_at is not None and entry.received_at >= attempt.handed_in_at
