"""What a page sends when answers are kept: groups of fields that end in the number of the question.

For question 3 these are ``entry_id.3``, ``sequence.3``, ``claimed_at.3`` (optional) and the fields of its answer,
``answer-3`` or ``answer-3.part``. One page may send one group or many.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from training.core.errors import NotFound
from training.core.ids import parse_id
from training.quizzes.rules import SentAnswer

Fields = Mapping[str, Sequence[str]]

# Written in one way only: "01" is no number of a question.
_GROUP = re.compile(r"entry_id\.(0|[1-9][0-9]{0,2})")
_TAP = re.compile(r"answer-([1-9][0-9]{0,2})\.x")
_WHOLE = re.compile(r"[0-9]{1,15}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Larger than any page counts to, and no more than every database holds.
_LARGEST_SEQUENCE = 10**9


def field_name(number: int) -> str:
    """Return the name of the answer to the question at a place counted from 1."""
    return f"answer-{number}"


def sent_answers(fields: Fields, question_keys: Sequence[str]) -> list[SentAnswer]:
    """Return the answers in a posted form, in the order of the questions.

    Args:
        fields: all values of the form by field name.
        question_keys: the questions of the attempt in their order.

    Raises:
        NotFound: the attempt has no question of that number.
        InvalidInput: an entry id is not one.
    """
    numbers = sorted(int(found[1]) for found in map(_GROUP.fullmatch, fields) if found)
    if any(not 1 <= number <= len(question_keys) for number in numbers):
        raise NotFound
    return [_sent(fields, number, question_keys[number - 1]) for number in numbers]


def without_blanks(sent: Sequence[SentAnswer]) -> list[SentAnswer]:
    """Return the answers in which something stands: what a page left empty must not wipe out what was saved."""
    return [answer for answer in sent if _has_words(answer.fields, answer.name)]


def tapped_number(fields: Fields) -> int | None:
    """Return the number of the question whose picture was tapped to send the form; None when a button sent it."""
    return next((int(found[1]) for found in map(_TAP.fullmatch, fields) if found), None)


def _sent(fields: Fields, number: int, question_key: str) -> SentAnswer:
    return SentAnswer(
        question_key=question_key,
        fields=fields,
        sequence=min(_whole(fields, f"sequence.{number}", default=1), _LARGEST_SEQUENCE),
        entry_id=parse_id(fields[f"entry_id.{number}"][0]),
        name=field_name(number),
        claimed_at=_claimed(_whole(fields, f"claimed_at.{number}", default=0)),
    )


def _whole(fields: Fields, name: str, default: int) -> int:
    text = next(iter(fields.get(name, ())), "")
    return int(text) if _WHOLE.fullmatch(text) else default


def _claimed(milliseconds: int) -> datetime | None:
    """Return what the phone's clock said; None where it said nothing that a calendar knows."""
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds) if milliseconds else None
    except OverflowError:
        return None


def _has_words(fields: Fields, name: str) -> bool:
    parts = (values for key, values in fields.items() if key == name or key.startswith(f"{name}."))
    return any(value.strip() for values in parts for value in values)
