"""What a page sends when answers are kept, whatever it sends."""

import string
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.parcels import parcel
from training.core.errors import InvalidInput, NotFound
from training.core.ids import new_id
from training.quizzes import answer_forms

KEYS = ("first", "second", "third")
NAMES = st.one_of(
    st.from_regex(r"(entry_id|sequence|claimed_at|answer-?)\.?[0-9]{0,4}(\.[a-z]{0,3})?", fullmatch=True),
    st.text(string.printable, max_size=12),
)
VALUES = st.lists(
    st.one_of(st.text(max_size=20), st.integers().map(str), st.uuids().map(str)), min_size=1, max_size=3
)


def as_fields(form: dict[str, object]) -> dict[str, list[str]]:
    """Return a form as a browser's fields: lists of values."""
    return {
        name: [str(v) for v in (value if isinstance(value, list) else [value])]
        for name, value in form.items()
    }


@given(st.dictionaries(NAMES, VALUES, max_size=12))
@example({"entry_id.01": [""]})
def test_no_form_does_more_than_be_refused(fields: dict[str, list[str]]) -> None:
    try:
        sent = answer_forms.sent_answers(fields, KEYS)
    except (InvalidInput, NotFound):
        return
    assert {answer.question_key for answer in sent} <= set(KEYS)
    assert all(0 <= answer.sequence <= 10**9 for answer in sent)
    assert len(answer_forms.without_blanks(sent)) <= len(sent)


@given(
    st.sets(st.integers(1, 3)),
    st.integers(0, 10**9),
    st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1)),
)
def test_what_a_page_wrote_is_read_back(numbers: set[int], sequence: int, at: datetime) -> None:
    at = at.replace(tzinfo=UTC, microsecond=0)
    entries = {number: new_id() for number in numbers}
    form: dict[str, object] = {}
    for number, entry in entries.items():
        form |= parcel(number, "a", entry=entry, sequence=sequence)
        form[f"claimed_at.{number}"] = int(at.timestamp() * 1000)
    sent = answer_forms.sent_answers(as_fields(form), KEYS)
    assert [answer.question_key for answer in sent] == [KEYS[number - 1] for number in sorted(numbers)]
    assert {answer.entry_id for answer in sent} == set(entries.values())
    assert all((answer.sequence, answer.claimed_at) == (sequence, at) for answer in sent)


@pytest.mark.parametrize("number", [0, 4, 999])
def test_a_question_the_attempt_does_not_have_is_not_found(number: int) -> None:
    with pytest.raises(NotFound):
        answer_forms.sent_answers(as_fields(parcel(number, "a")), KEYS)


def test_question_one_is_not_taken_for_question_ten() -> None:
    sent = answer_forms.sent_answers(as_fields(parcel(1) | {"answer-10": "a"}), KEYS)
    assert len(sent) == 1 and answer_forms.without_blanks(sent) == []
