"""All kinds of question by name."""

from collections.abc import Mapping
from typing import Any

from training.activities.questions.base import Question, QuestionKind
from training.activities.questions.gaps import Gaps
from training.activities.questions.hotspot import Hotspot
from training.activities.questions.matching import Matching
from training.activities.questions.multiple_choice import MultipleChoice
from training.activities.questions.number import Number
from training.activities.questions.ordering import Ordering
from training.activities.questions.picture_choice import PictureChoice
from training.activities.questions.short_text import ShortText
from training.activities.questions.single_choice import SingleChoice
from training.activities.questions.true_false import TrueFalse
from training.activities.source import plain_source

# Any, because each kind takes its own class of question; `kind_of(question.kind)` always matches.
KINDS: Mapping[str, QuestionKind[Any]] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleChoice(),
        TrueFalse(),
        ShortText(),
        Number(),
        Matching(),
        Ordering(),
        Gaps(),
        Hotspot(),
        PictureChoice(),
    )
}


class UnknownKind(LookupError):
    """There is no kind of question of this name."""


def kind_of(name: str) -> QuestionKind[Any]:
    """Return the kind of a name.

    Raises:
        UnknownKind: there is none.
    """
    if name not in KINDS:
        raise UnknownKind(name)
    return KINDS[name]


def to_json(question: Question) -> dict[str, object]:
    """Return a question as plain JSON values, to be kept in a database."""
    return kind_of(question.kind).write(question)


def from_json(plain: Mapping[str, object]) -> Question:
    """Return the question kept by `to_json`.

    Raises:
        UnknownKind: the kind has been removed from the program.
    """
    question: Question = kind_of(str(plain["kind"])).parse(plain_source(plain))
    return question
