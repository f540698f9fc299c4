"""Every kind of question: grading, order, reading forms and going to JSON and back."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.activities.questions.base import Grade, Option, Question
from training.activities.questions.choice import ChoiceQuestion
from training.activities.questions.registry import KINDS, UnknownKind, from_json, kind_of, to_json
from training.activities.questions.true_false import ANSWER_WORDS, TrueFalseQuestion

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
WORDS = st.fixed_dictionaries({"vi": TEXT, "en": TEXT})
KEY = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from("abcde"),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any correct question of any kind."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    common: dict[str, Any] = {
        "key": draw(KEY),
        "within": draw(KEY),
        "kind": kind,
        "skill": draw(KEY),
        "lesson": draw(KEY),
        "points": draw(st.integers(1, 10)),
        "shuffle": kind != "true_false" and draw(st.booleans()),
        "prompt": draw(WORDS),
        "explanation": draw(WORDS),
    }
    if kind == "true_false":
        right = draw(st.sampled_from(["true", "false"]))
        keys, right_keys = ["true", "false"], {right}
        texts = [ANSWER_WORDS[key] for key in keys]
    else:
        keys = draw(st.lists(st.sampled_from("abcdefgh"), min_size=3, max_size=5, unique=True))
        most = 1 if kind == "single_choice" else len(keys) - 1
        right_keys = draw(st.sets(st.sampled_from(keys), min_size=1, max_size=most))
        texts = [draw(WORDS) for _ in keys]
    options = tuple(
        Option(key, text, draw(WORDS), key in right_keys) for key, text in zip(keys, texts, strict=True)
    )
    made_of = TrueFalseQuestion if kind == "true_false" else ChoiceQuestion
    return made_of(**common, options=options)


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


@given(questions(), st.text(max_size=10))
def test_the_order_holds_every_option_once_and_never_changes(question: Question, seed: str) -> None:
    kind = kind_of(question.kind)
    order = kind.order(question, seed)
    assert order == kind.order(question, seed)
    assert isinstance(question, ChoiceQuestion)
    assert sorted(order) == sorted(option.key for option in question.options)
    if not question.shuffle:
        assert order == tuple(option.key for option in question.options)


@given(questions(), JSON)
def test_reports_can_describe_and_count_any_response(question: Question, response: Any) -> None:
    kind = kind_of(question.kind)
    assert isinstance(kind.describe(question, response, "vi"), str)
    assert sum(kind.summarise(question, [response]).values()) >= 1


@given(questions(), st.lists(st.text(max_size=4), max_size=4))
def test_a_posted_form_gives_a_response_the_question_knows(question: Question, values: list[str]) -> None:
    kind = kind_of(question.kind)
    response = kind.read(question, {"answer": values})
    assert isinstance(question, ChoiceQuestion)
    assert response is None or set([response] if isinstance(response, str) else response) <= {
        option.key for option in question.options
    }


@given(questions())
def test_posting_the_correct_response_reads_back_the_same(question: Question) -> None:
    kind = kind_of(question.kind)
    right = kind.correct_response(question)
    assert kind.read(question, {"q7": [right] if isinstance(right, str) else right}, name="q7") == right


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
