"""Every kind of question: grading, order, reading forms and going to JSON and back."""

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.activities.strategies import JSON, posted, questions
from training.activities.questions.base import Grade, Option, Question
from training.activities.questions.choice import ChoiceQuestion
from training.activities.questions.registry import UnknownKind, from_json, kind_of, to_json
from training.activities.source import plain_source


def multiple(*right: str) -> ChoiceQuestion:
    """A multiple choice of a, b, c, d with these right options."""
    plain = {"vi": "x", "en": "x"}
    options = tuple(Option(key, plain, plain, key in right) for key in "abcd")
    return ChoiceQuestion("q", "final", "multiple_choice", "s", "l", 1, True, plain, plain, options)


@given(questions(), JSON)
def test_any_response_is_graded_between_nothing_and_the_whole_mark(question: Question, response: Any) -> None:
    grade = kind_of(question.kind).grade(question, response)
    assert 0.0 <= grade.fraction <= 1.0
    assert grade.is_correct == (grade.fraction == 1.0)


@given(questions())
def test_the_correct_response_earns_the_whole_mark_and_no_response_nothing(question: Question) -> None:
    kind = kind_of(question.kind)
    assert kind.grade(question, kind.correct_response(question)).is_correct
    assert kind.grade(question, None) == Grade(0.0, False, ())


@given(questions())
def test_a_question_read_from_json_is_the_question_that_was_written(question: Question) -> None:
    assert from_json(to_json(question)) == question
    source = plain_source(json.loads(json.dumps(to_json(question))))
    assert kind_of(question.kind).parse(source) == question
    assert source.problems == []


@given(questions(), st.text(max_size=10))
def test_the_order_holds_every_option_once_and_never_changes(question: Question, seed: str) -> None:
    kind = kind_of(question.kind)
    order = kind.order(question, seed)
    assert order == kind.order(question, seed)
    assert len(set(order)) == len(order)
    assert sorted(order) == sorted(kind.order(question, seed + "x"))


@given(questions(("single_choice", "multiple_choice", "true_false", "picture_choice")), st.text(max_size=10))
def test_options_that_are_not_shuffled_stay_as_they_were_written(question: ChoiceQuestion, seed: str) -> None:
    order = kind_of(question.kind).order(question, seed)
    assert sorted(order) == sorted(option.key for option in question.options)
    if not question.shuffle:
        assert order == tuple(option.key for option in question.options)


@given(questions(), JSON)
def test_reports_can_describe_and_count_any_response(question: Question, response: Any) -> None:
    kind = kind_of(question.kind)
    assert isinstance(kind.describe(question, response, "vi"), str)
    assert sum(kind.summarise(question, [response]).values()) >= 1


@given(
    questions(),
    st.lists(st.text(max_size=4) | st.sampled_from("abc"), max_size=4),
    st.sampled_from("abc12xy"),
)
def test_a_posted_form_gives_a_response_that_is_read_the_same_again(
    question: Question, values: list[str], part: str
) -> None:
    kind = kind_of(question.kind)
    response = kind.read(question, {"answer": values, f"answer.{part}": values, "answer.x": ["7"]})
    assert json.loads(json.dumps(response)) == response
    if response is not None:
        assert kind.read(question, posted(response, "answer")) == response
        assert kind.describe(question, response, "en") != ""
    if isinstance(question, ChoiceQuestion) and question.kind != "hotspot":
        known = {option.key for option in question.options}
        assert response is None or set([response] if isinstance(response, str) else response) <= known


@given(questions())
def test_posting_the_correct_response_reads_back_the_same(question: Question) -> None:
    kind = kind_of(question.kind)
    right = kind.correct_response(question)
    assert kind.read(question, posted(right, "q7"), name="q7") == right


@given(questions(), JSON)
def test_the_order_in_which_a_response_lists_its_parts_plays_no_part(
    question: Question, response: Any
) -> None:
    kind = kind_of(question.kind)
    for given_response in (response, kind.correct_response(question)):
        if isinstance(given_response, dict):
            turned = dict(reversed(given_response.items()))
            assert kind.grade(question, turned) == kind.grade(question, given_response)


@pytest.mark.parametrize(
    ("response", "fraction"),
    [(["a", "b"], 1.0), (["a"], 0.5), (["a", "c"], 0.0), (["a", "b", "c"], 0.5), (["a", "b", "c", "d"], 0.0)],
)
def test_multiple_choice_counts_right_minus_wrong(response: list[str], fraction: float) -> None:
    question = multiple("a", "b")
    for shown in permutations(response):
        assert kind_of("multiple_choice").grade(question, list(shown)).fraction == fraction


def test_naming_an_option_twice_counts_once() -> None:
    assert kind_of("multiple_choice").grade(multiple("a", "b"), ["a", "a"]).fraction == 0.5


def test_two_values_for_a_single_choice_are_no_answer() -> None:
    question = from_json({**to_json(multiple("a")), "kind": "single_choice"})
    assert kind_of("single_choice").read(question, {"answer": ["a", "b"]}) is None


def test_the_order_is_the_same_after_every_upgrade() -> None:
    assert kind_of("multiple_choice").order(multiple("a"), "seed") == ("c", "a", "d", "b")


def test_counts_include_options_nobody_chose() -> None:
    counts = kind_of("multiple_choice").summarise(multiple("a"), [["a", "b"], ["a"], None])
    assert counts == {"a": 2, "b": 1, "c": 0, "d": 0, "": 1}


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="essay"):
        kind_of("essay")
