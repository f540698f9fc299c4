"""What counts as done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.accounts.models import PostKind
from training.enrolment.models import Audience
from training.enrolment.rules import (
    OutcomeFact,
    audience_posts,
    completion,
    is_overdue,
    must_learn,
    next_item,
)

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
FACTS = st.dictionaries(st.sampled_from("abcdefghxyz"), st.booleans().map(OutcomeFact))


@given(KEYS, FACTS)
def test_the_share_never_leaves_the_scale_and_a_pass_is_finished(
    keys: list[str], facts: dict[str, OutcomeFact]
) -> None:
    verdict = completion(keys, facts)
    assert 0 <= verdict.done_count <= verdict.item_count == len(keys)
    assert verdict.is_finished or not verdict.is_passed
    assert verdict.is_finished == (bool(keys) and verdict.done_count == verdict.item_count)


@given(KEYS, FACTS)
def test_outcomes_of_items_that_are_not_in_the_course_change_nothing(
    keys: list[str], facts: dict[str, OutcomeFact]
) -> None:
    known = {key: fact for key, fact in facts.items() if key in keys}
    assert completion(keys, facts) == completion(keys, known)


@given(KEYS, FACTS, st.sampled_from("abcdefgh"))
def test_one_more_thing_done_never_takes_anything_away(
    keys: list[str], facts: dict[str, OutcomeFact], key: str
) -> None:
    before, after = completion(keys, facts), completion(keys, facts | {key: OutcomeFact(is_passed=True)})
    assert after.done_count >= before.done_count
    assert after.is_finished >= before.is_finished and after.is_passed >= before.is_passed


@given(KEYS, FACTS)
def test_the_reason_says_which_part_of_the_rule_decided(
    keys: list[str], facts: dict[str, OutcomeFact]
) -> None:
    verdict = completion(keys, facts)
    assert (verdict.reason == "all_passed") == verdict.is_passed
    assert (verdict.reason == "items_left") == (not verdict.is_finished)


def test_a_course_without_items_is_never_finished() -> None:
    assert not completion([], {}).is_finished


@given(KEYS, st.sets(st.sampled_from("abcdefgh")))
def test_one_goes_on_with_the_first_left_then_with_what_is_not_passed(
    keys: list[str], done: set[str]
) -> None:
    following = next_item(keys, done, set())
    left = [key for key in keys if key not in done]
    assert following == (left[0] if left else keys[0] if keys else None)
    assert next_item(keys, set(keys), set(keys)) is None


@pytest.mark.parametrize(
    ("audience", "count"), [(Audience.SECRETARIES, 2), (Audience.ALL_POSTS, len(PostKind))]
)
def test_an_audience_is_the_posts_it_reaches(audience: Audience, count: int) -> None:
    posts = audience_posts(audience)
    assert len(posts) == count and all(must_learn(audience, post) for post in posts)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_the_due_day_itself_is_still_in_time(day: date) -> None:
    assert not is_overdue(day, is_passed=False, today=day)
    assert is_overdue(day, is_passed=False, today=day + timedelta(days=1))
    assert not is_overdue(day, is_passed=True, today=day + timedelta(days=1))
    assert not is_overdue(None, is_passed=False, today=day)
