"""Drawing, marking and passing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.content.check import check_package
from training.content.package import read_package
from training.core import clock
from training.quizzes import rules

KEYS = st.lists(st.text("abcdefgh-", min_size=1, max_size=6), unique=True, max_size=30)
FOLDER = config.ROOT / "courses" / "fake-news"
QUESTIONS = check_package(read_package(FOLDER), clock.today())[0].questions


def bank(tags: dict[str, str]) -> list[Question]:
    """Return questions that differ only in key and tag."""
    return [replace(QUESTIONS[0], key=key, skill="s", tags=(tag,)) for key, tag in tags.items()]


@given(KEYS, st.integers(0, 40), st.integers(0, 2**31 - 1))
def test_a_draw_is_that_many_different_questions_of_the_bank(keys: list[str], count: int, seed: int) -> None:
    drawn = rules.draw(bank(dict.fromkeys(keys, "x")), [("", count)], seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(keys))
    assert set(drawn) <= set(keys)


@given(KEYS, st.integers(0, 2**31 - 1))
def test_the_same_seed_always_draws_the_same_whatever_the_order_of_the_file(
    keys: list[str], seed: int
) -> None:
    questions = bank(dict.fromkeys(keys, "x"))
    assert rules.draw(questions, [("", 10)], seed) == rules.draw(reversed(questions), [("", 10)], seed)


def test_over_many_attempts_every_question_is_drawn_about_as_often() -> None:
    keys = [f"q{n}" for n in range(20)]
    counts = dict.fromkeys(keys, 0)
    questions = bank(dict.fromkeys(keys, "x"))
    for seed in range(2000):
        for key in rules.draw(questions, [("", 10)], seed):
            counts[key] += 1
    assert all(850 < count < 1150 for count in counts.values()), counts


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.sampled_from("xyz"), max_size=20),
    st.lists(st.tuples(st.sampled_from(["x", "y", "z", "s", ""]), st.integers(1, 6)), max_size=4),
    st.integers(0, 2**31 - 1),
)
def test_a_blueprint_gets_its_number_of_each_tag_while_the_bank_has_them(
    tags: dict[str, str], blueprint: list[tuple[str, int]], seed: int
) -> None:
    drawn = rules.draw(bank(tags), blueprint, seed)
    wanted = sum(count for _tag, count in blueprint)
    assert len(drawn) == len(set(drawn)) == min(wanted, len(tags))
    for tag in "xyz":
        asked = sum(count for name, count in blueprint if name == tag)
        held = sum(t == tag for t in tags.values())
        plain = all(name in "xyz" and name for name, _count in blueprint)
        if plain and sum(name == tag for name, _count in blueprint) <= 1:
            assert sum(tags[key] == tag for key in drawn) >= min(asked, held)


TRIED = st.lists(
    st.tuples(st.integers(0, 10), st.booleans()).map(lambda t: (float(t[0]), t[1])), min_size=1, max_size=6
).map(lambda rows: [rules.Tried(n, points, 10.0, passed) for n, (points, passed) in enumerate(rows, 1)])


@given(TRIED)
def test_the_try_that_counts_is_the_first_the_last_or_the_best(tried: list[rules.Tried]) -> None:
    assert rules.counting("first", tried) is tried[0]
    assert rules.counting("last", tried) is tried[-1]
    best = rules.counting("best", tried)
    assert best.is_passed == any(t.is_passed for t in tried)
    assert all(t.points <= best.points for t in tried if t.is_passed == best.is_passed)


def test_a_wait_runs_from_the_end_of_the_last_try() -> None:
    ended = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert rules.may_try_at(0, ended) is None and rules.may_try_at(30, None) is None
    assert rules.may_try_at(30, ended) == ended + timedelta(minutes=30)


def test_the_clock_has_a_grace_and_extra_minutes() -> None:
    began = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert rules.due_at(began, 0, 15) is None and not rules.is_over(None, began)
    due = rules.due_at(began, 20, 10)
    assert due == began + timedelta(minutes=30)
    assert not rules.is_over(due, due + rules.GRACE)
    assert rules.is_over(due, due + rules.GRACE + timedelta(seconds=1))


@given(st.sets(st.integers(0, len(QUESTIONS) - 1)), st.integers(0, 2**31 - 1))
def test_points_are_those_of_the_right_answers_and_never_leave_the_scale(right: set[int], seed: int) -> None:
    responses = {
        q.key: kind_of(q.kind).correct_response(q) for number, q in enumerate(QUESTIONS) if number in right
    }
    points, points_of = rules.total(rules.mark(QUESTIONS, responses, seed))
    assert points == sum(QUESTIONS[number].points for number in right)
    assert 0 <= points <= points_of == sum(q.points for q in QUESTIONS)


@given(st.integers(0, 2**31 - 1))
def test_points_by_skill_add_up_to_the_points(seed: int) -> None:
    responses = {q.key: kind_of(q.kind).correct_response(q) for q in QUESTIONS[::2]}
    marked = rules.mark(QUESTIONS, responses, seed)
    skills = rules.by_skill(marked).values()
    assert (sum(p for p, _of in skills), sum(of for _p, of in skills)) == rules.total(marked)


@given(st.integers(1, 50), st.integers(1, 100))
def test_the_least_number_that_passes_passes_and_one_less_does_not(points_of: int, percent: int) -> None:
    least = rules.points_to_pass(points_of, percent)
    assert 0 <= least <= points_of
    assert rules.is_passed(least, points_of, percent)
    assert not rules.is_passed(least - 1, points_of, percent)


@given(st.floats(0, 50), st.floats(0, 50), st.integers(1, 100))
def test_more_points_never_turn_a_pass_into_a_failure(one: float, other: float, percent: int) -> None:
    low, high = sorted((one, other))
    assert rules.is_passed(low, 50, percent) <= rules.is_passed(high, 50, percent)


def test_nothing_to_earn_is_never_passed() -> None:
    assert not rules.is_passed(0, 0, 50)


@given(st.integers(0, 20), st.integers(0, 20))
def test_tries_are_never_less_than_none(tries: int, used: int) -> None:
    left = rules.tries_left(tries, used)
    assert left is None if tries == 0 else left == max(0, tries - used)


@pytest.mark.parametrize(
    ("explain", "open_", "failed", "failed_last", "passed"),
    [
        ("question", True, True, True, True),
        ("handing_in", False, True, True, True),
        ("passing", False, False, True, True),
        ("never", False, False, False, False),
    ],
)
def test_explanations_are_shown_when_the_course_says(
    explain: str, open_: bool, failed: bool, failed_last: bool, passed: bool
) -> None:
    assert rules.may_explain(explain, is_handed_in=False, has_passed=False, left=2) is open_
    assert rules.may_explain(explain, is_handed_in=True, has_passed=False, left=2) is failed
    assert rules.may_explain(explain, is_handed_in=True, has_passed=False, left=0) is failed_last
    assert rules.may_explain(explain, is_handed_in=True, has_passed=True, left=2) is passed
