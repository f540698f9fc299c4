"""Rules of a quiz: pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.activities.questions.base import Grade, Question
from training.activities.questions.registry import kind_of
from training.activities.shuffle import shuffled


class Explain(StrEnum):
    """When explanations are shown."""

    QUESTION = "question"
    HANDING_IN = "handing_in"
    PASSING = "passing"
    NEVER = "never"


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


def draw(keys: Iterable[str], count: int, seed: int) -> list[str]:
    """Return `count` question keys in the order of the attempt: the same seed always draws the same."""
    return list(shuffled(sorted(keys), f"draw:{seed}")[:count])


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


def tries_left(tries: int, used: int) -> int | None:
    """Return how many tries are left, or None when there is no limit."""
    return None if tries == 0 else max(0, tries - used)


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


def by_skill(marked: Iterable[Marked]) -> dict[str, tuple[float, float]]:
    """Return skill key → (points, of how many), in the order in which skills first appear."""
    sums: dict[str, tuple[float, float]] = {}
    for row in marked:
        points, points_of = sums.get(row.question.skill, (0.0, 0.0))
        sums[row.question.skill] = (points + row.points, points_of + row.question.points)
    return sums
