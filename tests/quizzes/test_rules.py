"""Drawing, marking and passing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from training.activities.questions.registry import kind_of
from training.content.check import check_package
from training.content.package import course_folders, read_package
from training.core import clock
from training.quizzes import rules

KEYS = st.lists(st.text("abcdefgh-", min_size=1, max_size=6), unique=True, max_size=30)
FOLDER = course_folders(config.ROOT / "courses")[0]
QUESTIONS = check_package(read_package(FOLDER), clock.today())[0].questions


@given(KEYS, st.integers(0, 40), st.integers(0, 2**31 - 1))
def test_a_draw_is_that_many_different_questions_of_the_bank(keys: list[str], count: int, seed: int) -> None:
    drawn = rules.draw(keys, count, seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(keys))
    assert set(drawn) <= set(keys)


@given(KEYS, st.integers(0, 2**31 - 1))
def test_the_same_seed_always_draws_the_same_whatever_the_order_of_the_file(
    keys: list[str], seed: int
) -> None:
    assert rules.draw(keys, 10, seed) == rules.draw(reversed(keys), 10, seed)


def test_over_many_attempts_every_question_is_drawn_about_as_often() -> None:
    keys = [f"q{n}" for n in range(20)]
    counts = dict.fromkeys(keys, 0)
    for seed in range(2000):
        for key in rules.draw(keys, 10, seed):
            counts[key] += 1
    assert all(850 < count < 1150 for count in counts.values()), counts


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
