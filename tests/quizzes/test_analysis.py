"""What answers tell about questions, and when they tell nothing."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.activities.strategies import JSON, questions
from training.activities.questions.base import Option, Question
from training.activities.questions.choice import ChoiceQuestion
from training.activities.questions.registry import kind_of
from training.quizzes import comparison
from training.quizzes.analysis import (
    ALMOST_ALL,
    FEWEST_FOR_DISCRIMINATION,
    FEWEST_FOR_FACILITY,
    Chosen,
    Flag,
    Reply,
    Strength,
    correlation,
    facility,
    figures,
    has_lure,
    is_surely_negative,
    rest_share,
)

SHARE = st.floats(0, 1).map(lambda value: round(value, 3))
PAIRS = st.lists(st.tuples(SHARE, SHARE), max_size=60)


def single(right: str = "a", prompt: str = "x", options: str = "abcd") -> ChoiceQuestion:
    """A single choice of a, b, c, d."""
    said = {"vi": "x", "en": "x"}
    listed = tuple(Option(key, {"vi": f"V{key}", "en": f"E{key}"}, said, key == right) for key in options)
    words = {"vi": prompt, "en": prompt}
    return ChoiceQuestion("q", "final", "single_choice", "s", "l", 1, True, words, said, listed)


def answered(keys: str, right: str = "a", knows: bool = True) -> list[Reply]:
    """One reply for each letter; those who are right do well elsewhere, or badly unless `knows`. “-” is open."""
    said = []
    for place, key in enumerate(keys):
        fraction = float(key == right)
        rest = 0.3 + 0.4 * (fraction if knows else 1 - fraction) + 0.01 * (place % 7)
        said.append(Reply(None if key == "-" else key, fraction, round(rest, 3)))
    return said


@given(PAIRS)
def test_a_correlation_lies_between_minus_one_and_one_or_cannot_be_told(
    pairs: list[tuple[float, float]],
) -> None:
    value = correlation(pairs)
    assert value is None or -1 <= value <= 1


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_people_plays_no_part(pairs: list[tuple[float, float]], rng: random.Random) -> None:
    mixed = rng.sample(pairs, len(pairs))
    assert correlation(mixed) == correlation(pairs)
    assert facility([x for x, _y in mixed]) == facility([x for x, _y in pairs])


@given(st.lists(SHARE, max_size=60), SHARE)
def test_where_all_are_alike_there_is_nothing_to_correlate(values: list[float], same: float) -> None:
    assert correlation([(same, value) for value in values]) is None
    assert correlation([(value, same) for value in values]) is None


@given(st.lists(st.floats(0, 1), max_size=60))
def test_numbers_too_near_each_other_to_tell_apart_do_not_crash(values: list[float]) -> None:
    value = correlation([(x, 1 - x) for x in values])
    assert value is None or -1 <= value <= 1


@given(st.lists(SHARE, min_size=1))
def test_the_share_right_lies_between_nothing_and_all(fractions: list[float]) -> None:
    value = facility(fractions)
    assert value is not None and min(fractions) - 1e-9 <= value <= max(fractions) + 1e-9


def test_of_nobody_nothing_can_be_told() -> None:
    assert facility([]) is None and correlation([]) is None
    assert figures(single(), []).flags == ()


def test_a_correlation_is_what_the_books_say() -> None:
    pairs = [(1.0, 0.8), (0.0, 0.4), (1.0, 0.6), (0.0, 0.6)]
    assert correlation(pairs) == pytest.approx(1 / math.sqrt(2))


@pytest.mark.parametrize(
    ("points", "of", "fraction", "weight", "share"),
    [
        (7, 10, 1, 1, 0.667),
        (7, 10, 0, 1, 0.778),
        (6.333, 10, 1 / 3, 1, 0.667),
        (10, 10, 1, 2, 1),
        (1, 1, 1, 1, None),
    ],
)
def test_the_rest_of_a_try_is_what_was_earned_elsewhere(
    points: float, of: float, fraction: float, weight: float, share: float | None
) -> None:
    assert rest_share(points, of, fraction, weight) == share


@given(SHARE, SHARE, st.integers(1, 10), st.integers(0, 90))
def test_the_rest_is_a_share(mine: float, others: float, weight: int, others_of: int) -> None:
    share = rest_share(mine * weight + others * others_of, weight + others_of, mine, weight)
    assert (share is None) == (others_of == 0)
    assert share is None or share == pytest.approx(others, abs=0.0006)


def test_with_few_answers_nothing_is_said() -> None:
    few = figures(single(), answered("a" * 9 + "b" * 10))
    assert (few.count, few.facility, few.discrimination, few.flags) == (19, None, None, ())
    some = figures(single(), answered("a" * 10 + "b" * 10))
    assert some.facility == 0.5 and some.discrimination is None
    many = figures(single(), answered("a" * 15 + "b" * 15))
    assert many.discrimination is not None and many.discrimination > 0.9
    assert many.strength is Strength.GOOD and many.flags == ()
    assert (FEWEST_FOR_FACILITY, FEWEST_FOR_DISCRIMINATION) == (20, 30)


def test_a_wrong_key_is_found_by_those_who_know() -> None:
    found = figures(single(), answered("a" * 20 + "b" * 15, knows=False))
    assert found.strength is Strength.AGAINST and found.flags[0] is Flag.AGAINST


def test_chance_is_not_taken_for_a_wrong_key() -> None:
    assert not is_surely_negative(-0.2, 30) and is_surely_negative(-0.4, 30)
    assert is_surely_negative(-0.2, 100)
    assert (
        is_surely_negative(-1.0, 30) and not is_surely_negative(-1.0, 3) and not is_surely_negative(0.0, 99)
    )


@pytest.mark.parametrize(
    ("keys", "flags"),
    [
        ("a" * 39 + "b", [Flag.ALMOST_ALL_RIGHT]),
        ("a" * 10 + "b" * 15 + "c" * 5, [Flag.LURE, Flag.FEW_RIGHT]),
        ("a" * 25 + "-" * 10, [Flag.OFTEN_OPEN]),
        ("a" * 20 + "b" * 10 + "c" * 5, []),
    ],
)
def test_what_is_worth_a_look_is_said(keys: str, flags: list[Flag]) -> None:
    assert list(figures(single(), answered(keys)).flags) == flags


def test_a_question_that_tells_nobody_apart_is_named() -> None:
    said = [Reply("ab"[n % 2], 1.0 - n % 2, round(0.3 + 0.05 * (n // 2 % 7), 3)) for n in range(42)]
    found = figures(single(), said)
    assert found.strength is Strength.NOT and found.flags == (Flag.BLUNT,)
    assert found.facility is not None and found.facility < ALMOST_ALL


def test_options_and_open_answers_are_counted() -> None:
    found = figures(single(), answered("aabc---"))
    assert [(one.key, one.count, one.is_right) for one in found.chosen] == [
        ("a", 2, True),
        ("b", 1, False),
        ("c", 1, False),
        ("d", 0, False),
    ]
    assert (found.open_count, found.count) == (3, 7)


def test_a_lure_is_looked_for_in_each_part_by_itself() -> None:
    right = Chosen("1.a", "1", 5, True)
    assert not has_lure([right, Chosen("1.b", "1", 4, False), Chosen("2.b", "2", 9, False)])
    assert has_lure([right, Chosen("1.b", "1", 6, False)])
    assert not has_lure([Chosen("right", "", 5, True), Chosen("other", "", 9, False)])


@given(questions(), st.lists(st.tuples(JSON, SHARE, SHARE), max_size=40))
def test_any_answers_to_any_kind_of_question_can_be_looked_at(
    question: Question, said: list[tuple[object, float, float]]
) -> None:
    found = figures(question, [Reply(*one) for one in said])
    assert found.count == len(said)
    assert 0 <= found.open_count <= len(said)
    assert all(0 <= one.count <= len(said) for one in found.chosen)
    assert any(one.is_right for one in found.chosen)
    for one in found.chosen:
        assert kind_of(question.kind).words_of(question, one.key, "vi")
    assert kind_of(question.kind).words_of(question, "", "vi") == ""


@given(questions())
def test_a_question_is_like_itself(question: Question) -> None:
    assert comparison.has_same_key(question, question) and comparison.has_same_words(question, question)
    assert comparison.key_in_words(question, "vi")


def test_another_key_and_other_words_are_told_apart() -> None:
    plain = single()
    assert not comparison.has_same_key(plain, single("b")) and comparison.has_same_words(plain, single("b"))
    assert comparison.has_same_key(plain, single(prompt="y"))
    assert not comparison.has_same_words(plain, single(prompt="y"))
    assert comparison.has_same_key(plain, single(options="dcba")), "the order of writing decides nothing"
    assert comparison.key_in_words(single("b"), "en") == "Eb"
