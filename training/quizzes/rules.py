"""Rules of a quiz: pure."""

import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from training.activities.questions.base import Grade, Question
from training.activities.questions.registry import kind_of
from training.activities.shuffle import shuffled

# The numbers of printed quizzes: short enough to be read out and written down.
LAST_PAPER = 9999
# As many papers as one print holds.
MOST_PAPERS = 30

# What a slow network may take to bring an answer given in time.
GRACE = timedelta(minutes=2)


class Counts(StrEnum):
    """Which try counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"


class Explain(StrEnum):
    """When explanations are shown."""

    QUESTION = "question"
    HANDING_IN = "handing_in"
    PASSING = "passing"
    NEVER = "never"


class AttemptGroup(StrEnum):
    """Which of the attempts at a quiz staff look at; `late` are those with a late answer to decide on."""

    ALL = "all"
    OPEN = "open"
    HANDED_IN = "handed_in"
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    LATE = "late"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One answer as it was sent.

    ``fields`` are the posted form, value lists by field name, in which the answer is called ``name``. ``sequence`` is
    counted up by the page with every change of this answer; ``claimed_at`` is what the phone's clock said.
    """

    question_key: str
    fields: Mapping[str, Sequence[str]]
    sequence: int
    entry_id: uuid.UUID
    name: str = "answer"
    claimed_at: datetime | None = None


@dataclass(frozen=True)
class Marked:
    """One question of an attempt, its response and what it earned."""

    question: Question
    order: tuple[str, ...]
    response: Any
    grade: Grade

    @property
    def points(self) -> float:
        """What the response earned."""
        return self.question.points * self.grade.fraction

    def chosen(self, language: str) -> str:
        """Return the response in words; "" when there was none."""
        return kind_of(self.question.kind).describe(self.question, self.response, language)


@dataclass(frozen=True, slots=True)
class Tried:
    """A try that was handed in, as far as it matters for which one counts."""

    number: int
    points: float
    points_of: float
    is_passed: bool


def draw(questions: Iterable[Question], blueprint: Sequence[tuple[str, int]], seed: int) -> list[str]:
    """Return the question keys of an attempt in their order: the same seed always draws the same.

    Args:
        questions: the bank of the quiz.
        blueprint: how many questions of which tag, as (tag, count); the tag '' stands for all.
        seed: of the attempt.

    Returns:
        As many keys as the counts add up to, or the whole bank where that is smaller. Where a tag has too few left
        because an earlier one took them, others make up for it.
    """
    by_key = {question.key: question for question in questions}
    mixed = shuffled(sorted(by_key), f"draw:{seed}")
    drawn: list[str] = []
    for tag, count in (*blueprint, ("", 0)):
        fresh = [key for key in mixed if key not in drawn and by_key[key].is_tagged(tag)]
        drawn += fresh[:count]
    missing = sum(count for _tag, count in blueprint) - len(drawn)
    drawn += [key for key in mixed if key not in drawn][:missing]
    return [key for key in mixed if key in drawn]


def mark(questions: Sequence[Question], responses: Mapping[str, Any], seed: int) -> list[Marked]:
    """Grade every question of an attempt; one without a response earns nothing."""
    marked = []
    for question in questions:
        kind = kind_of(question.kind)
        response = responses.get(question.key)
        grade = kind.grade(question, response)
        marked.append(Marked(question, kind.order(question, str(seed)), response, grade))
    return marked


def total(marked: Iterable[Marked]) -> tuple[float, float]:
    """Return (points earned, points that could be earned), rounded to a thousandth."""
    rows = list(marked)
    return round(math.fsum(m.points for m in rows), 3), float(sum(m.question.points for m in rows))


def is_passed(points: float, points_of: float, pass_percent: int) -> bool:
    """Tell whether a result reaches the pass mark; a thousandth of a point is forgiven for rounding."""
    return points_of > 0 and points * 100 >= pass_percent * points_of - 0.1


def points_to_pass(points_of: float, pass_percent: int) -> int:
    """Return the least whole number of points that passes."""
    return math.ceil(pass_percent * points_of / 100 - 0.001)


def tries_left(tries: int, used: int, extra: int = 0) -> int | None:
    """Return how many tries are left, those given beyond the limit included; None when there is no limit."""
    return None if tries == 0 else max(0, tries + extra - used)


def may_try_at(wait_minutes: int, last_handed_in_at: datetime | None) -> datetime | None:
    """Return the moment from which the next try may begin; None when there is nothing to wait for."""
    if not wait_minutes or last_handed_in_at is None:
        return None
    return last_handed_in_at + timedelta(minutes=wait_minutes)


def due_at(started_at: datetime, minutes: int, extra: int = 0) -> datetime | None:
    """Return when the time of an attempt ends, extra minutes included; None without a clock."""
    return started_at + timedelta(minutes=minutes + extra) if minutes else None


def is_over(due: datetime | None, now: datetime) -> bool:
    """Tell whether the time of an attempt and the grace after it are over."""
    return due is not None and now > due + GRACE


def counting(counts: str, tried: Sequence[Tried]) -> Tried:
    """Return the try that counts.

    Args:
        counts: a value of `Counts`.
        tried: at least one try, in the order they were begun.

    Returns:
        The first, the last, or the best: a passed one before one that is not, then the larger share of points, then
        the earlier.
    """
    match Counts(counts):
        case Counts.FIRST:
            return tried[0]
        case Counts.LAST:
            return tried[-1]
    return max(tried, key=lambda t: (t.is_passed, t.points / t.points_of if t.points_of else 0.0, -t.number))


def has_same_parts(question: Question, other: Question) -> bool:
    """Tell whether an answer to one question can be marked by the key of another: same kind, same things to choose."""
    parts = kind_of(question.kind).order
    return question.kind == other.kind and set(parts(question, "")) == set(parts(other, ""))


def keyed(question: Question, newer: Question | None) -> Question:
    """Return the question whose key an answer to `question` is marked by: the newer one where that is possible."""
    return newer if newer is not None and has_same_parts(question, newer) else question


def may_explain(explain: str, *, is_handed_in: bool, has_passed: bool, left: int | None) -> bool:
    """Tell whether explanations may be shown now; `passing` also shows them once no try is left."""
    match Explain(explain):
        case Explain.QUESTION:
            return True
        case Explain.HANDING_IN:
            return is_handed_in
        case Explain.PASSING:
            return is_handed_in and (has_passed or left == 0)
    return False


def is_settled(explain: str, answer: Any) -> bool:
    """Tell whether an answer is final because its question was explained when it was given.

    Args:
        explain: a value of `Explain`.
        answer: the answer kept so far, with its `response`, or None.
    """
    return Explain(explain) is Explain.QUESTION and answer is not None and answer.response is not None


def by_skill(marked: Iterable[Marked]) -> dict[str, tuple[float, float]]:
    """Return skill key → (points, of how many), in the order in which skills first appear."""
    sums: dict[str, tuple[float, float]] = {}
    for row in marked:
        points, points_of = sums.get(row.question.skill, (0.0, 0.0))
        sums[row.question.skill] = (points + row.points, points_of + row.question.points)
    return sums
