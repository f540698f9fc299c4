"""What answers tell about the questions of a quiz: pure.

Only the first try of each person that was handed in is looked at. Later tries are made by people who have read
explanations and met the question before, so that they tell about those; and one answer per person keeps a
busy person from counting several times.

Facility is the mean share of the mark, called item difficulty p by Crocker & Algina, Introduction to Classical and
Modern Test Theory (1986). Discrimination is the correlation of the mark with the rest of the test
(Guilford, Educational and Psychological Measurement 13, 1953, 87–93; Henrysson, Psychometrika 28, 1963, 211–218).
People draw different questions, so the rest is taken as a share of its points.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.activities.questions.written import OTHER
from training.quizzes.comparison import right_keys

# With 20 answers a share is uncertain by at most 22 points of a hundred (1.96 · √(0.25 ÷ 20)): enough to tell
# "almost everybody" from "half", and no less will do.
FEWEST_FOR_FACILITY = 20
# With 30 answers a correlation near 0 is uncertain by 0.36 (1.96 ÷ √29); below that even its sign is a guess.
FEWEST_FOR_DISCRIMINATION = 30
# Bounds of our own, in the range that textbooks on tests recommend: a help for reading, no verdict.
ALMOST_ALL = 0.95
WEAK, ADEQUATE = 0.2, 0.3
# A third is hardly more than guessing among three or four options earns.
FEW = 0.34
MANY_OPEN = 0.2
# One-sided five per cent point of the normal distribution.
SURELY = 1.645


class Flag(StrEnum):
    """What is worth a look."""

    AGAINST = "against"
    LURE = "lure"
    FEW_RIGHT = "few_right"
    OFTEN_OPEN = "often_open"
    BLUNT = "blunt"
    ALMOST_ALL_RIGHT = "almost_all_right"


class Strength(StrEnum):
    """How well a question tells those who know more from those who know less."""

    AGAINST = "against"
    NOT = "not"
    WEAK = "weak"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one person made of a question.

    ``fraction`` of the mark is from 0 to 1. ``rest`` is the share of the points of their other questions, None where
    there was no other.
    """

    response: Any
    fraction: float
    rest: float | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that could be chosen, and by how many it was; ``part`` is '' unless the question has several parts."""

    key: str
    part: str
    count: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What the replies tell about one question; None stands for too few answers to say, or nothing to compare."""

    count: int
    facility: float | None
    discrimination: float | None
    open_count: int
    chosen: tuple[Chosen, ...]
    flags: tuple[Flag, ...]

    @property
    def strength(self) -> Strength | None:
        """The discrimination as a word; None where there is none."""
        value = self.discrimination
        if value is None:
            return None
        if is_surely_negative(value, self.count):
            return Strength.AGAINST
        return Strength.NOT if value < WEAK else Strength.WEAK if value < ADEQUATE else Strength.GOOD


def rest_share(points: float, points_of: float, fraction: float, weight: float) -> float | None:
    """Return the share of the points earned in all other questions of an attempt.

    Args:
        points: earned in the whole attempt.
        points_of: to be earned in the whole attempt.
        fraction: of the mark of this question.
        weight: points of this question.

    Returns:
        From 0 to 1, rounded to a thousandth as points are; None where there is no other question.
    """
    others_of = points_of - weight
    if others_of <= 0:
        return None
    return round(min(1.0, max(0.0, (points - fraction * weight) / others_of)), 3)


def facility(fractions: Sequence[float]) -> float | None:
    """Return the mean share of the mark, from 0 to 1; None of nothing."""
    return min(1.0, math.fsum(fractions) / len(fractions)) if fractions else None


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the product-moment correlation (Pearson 1895) of pairs, from −1 to 1.

    Returns:
        The same whatever the order of the pairs; None where either side is the same for all, so that it is not defined.
    """
    if any(len({pair[side] for pair in pairs}) < 2 for side in (0, 1)):
        return None
    mean_x = math.fsum(x for x, _y in pairs) / len(pairs)
    mean_y = math.fsum(y for _x, y in pairs) / len(pairs)
    together = math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread_x = math.sqrt(math.fsum((x - mean_x) ** 2 for x, _y in pairs))
    spread_y = math.sqrt(math.fsum((y - mean_y) ** 2 for _x, y in pairs))
    # Values that differ by less than a square root of a number can hold count as the same.
    if not spread_x * spread_y:
        return None
    return min(1.0, max(-1.0, together / (spread_x * spread_y)))


def is_surely_negative(value: float, count: int) -> bool:
    """Tell whether a correlation is below 0 by more than chance.

    The test is Fisher's: atanh(r) · √(n − 3) lies below the one-sided five per cent point (Metron 1, 1921, 3–32).
    """
    if count <= 3 or value >= 0:
        return False
    return value <= -1 or math.atanh(value) * math.sqrt(count - 3) < -SURELY


def figures(question: Question, replies: Sequence[Reply]) -> Figures:
    """Return what replies to one question tell about it.

    Args:
        question: as it is today; every reply was given to this form or one with the same parts.
        replies: one per person; a question left open has the response None and the fraction 0.
    """
    counts = kind_of(question.kind).summarise(question, (reply.response for reply in replies))
    chosen = _chosen(question, counts)
    pairs = [(reply.fraction, reply.rest) for reply in replies if reply.rest is not None]
    mean = facility([reply.fraction for reply in replies]) if len(replies) >= FEWEST_FOR_FACILITY else None
    tells = correlation(pairs) if len(pairs) >= FEWEST_FOR_DISCRIMINATION else None
    open_count = counts.get("", 0)
    flags = _flags(len(replies), mean, tells, open_count, chosen)
    return Figures(len(replies), mean, tells, open_count, chosen, tuple(flags))


def _chosen(question: Question, counts: Mapping[str, int]) -> tuple[Chosen, ...]:
    right = right_keys(question)
    return tuple(
        # The kinds with parts count under “part.choice”.
        Chosen(key, key.rpartition(".")[0], count, key in right)
        for key, count in counts.items()
        if key
    )


def has_lure(chosen: Iterable[Chosen]) -> bool:
    """Tell whether some wrong answer was taken by more people than a right one of the same part.

    What the author did not foresee is many different answers, and so no lure.
    """
    by_part: dict[str, list[Chosen]] = {}
    for one in chosen:
        by_part.setdefault(one.part, []).append(one)
    for choices in by_part.values():
        right = [one.count for one in choices if one.is_right]
        wrong = [one.count for one in choices if not one.is_right and one.key != OTHER]
        if right and max(wrong, default=0) > min(right):
            return True
    return False


def _flags(
    count: int, mean: float | None, tells: float | None, open_count: int, chosen: tuple[Chosen, ...]
) -> list[Flag]:
    """Return what is worth a look, the gravest first; nothing where there are too few answers."""
    if mean is None:
        return []
    is_hard, is_easy = mean < FEW, mean >= ALMOST_ALL
    is_against = tells is not None and is_surely_negative(tells, count)
    # Where nearly all do the same there is nothing to tell apart, which is no fault.
    is_blunt = tells is not None and tells < WEAK and not is_against and not is_easy and not is_hard
    found = {
        Flag.AGAINST: is_against,
        Flag.LURE: has_lure(chosen),
        Flag.FEW_RIGHT: is_hard,
        Flag.OFTEN_OPEN: open_count >= MANY_OPEN * count,
        Flag.BLUNT: is_blunt,
        Flag.ALMOST_ALL_RIGHT: is_easy,
    }
    return [flag for flag, is_so in found.items() if is_so]
