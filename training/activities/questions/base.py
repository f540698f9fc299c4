"""What every kind of question has and does.

To add a kind: copy `single_choice.py` and `templates/questions/single_choice.html`, change what differs,
and add the kind to `registry.KINDS`. Nothing else knows the kinds by name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypedDict, TypeVar

from training.activities.source import Source
from training.activities.words import Words

MOST_POINTS = 10

# Any JSON value: what a learner chose. None means that nothing was chosen.
Response = Any

COMMON_FIELDS = ("key", "in", "kind", "skill", "lesson", "points", "prompt", "explanation")


@dataclass(frozen=True)
class Question:
    """What all questions have in common.

    ``within`` is the ``in:`` of the course file: the key of the quiz that may draw the question, or of the
    lesson whose self-check it is. ``lesson`` is the one to read again after a mistake.
    """

    key: str
    within: str
    kind: str
    skill: str
    lesson: str
    points: int
    shuffle: bool
    prompt: Words
    explanation: Words


@dataclass(frozen=True)
class Option:
    """One thing a learner can choose."""

    key: str
    text: Words
    feedback: Words
    is_correct: bool


@dataclass(frozen=True)
class Grade:
    """What a response is worth: a fraction from 0 to 1, and what to say about each choice (option key, words)."""

    fraction: float
    is_correct: bool
    feedback: tuple[tuple[str, Words], ...] = ()


class CommonFields(TypedDict):
    """The fields of `Question`, ready to be given to a kind's own class."""

    key: str
    within: str
    kind: str
    skill: str
    lesson: str
    points: int
    shuffle: bool
    prompt: Words
    explanation: Words


Q = TypeVar("Q", bound=Question)


class QuestionKind(Protocol[Q]):
    """All that the rest of the program may ask of a kind of question."""

    name: str

    def parse(self, source: Source) -> Q:
        """Read a question from a course file; mistakes go to ``source.problems``."""
        ...

    def write(self, question: Q) -> dict[str, object]:
        """Return the question as plain values in the order of the course file; the inverse of `parse`."""
        ...

    def read(self, question: Q, fields: Mapping[str, Sequence[str]], name: str = "answer") -> Response:
        """Return the response in a posted form.

        Args:
            question: the question that was asked.
            fields: all values of the form by field name.
            name: the name that was given to the template.

        Returns:
            A JSON value; None when nothing was chosen. What the question does not know is left out.
        """
        ...

    def grade(self, question: Q, response: Response) -> Grade:
        """Grade any JSON value without ever raising; the display order plays no part."""
        ...

    def order(self, question: Q, seed: str) -> tuple[str, ...]:
        """Return the option keys in the order to show, decided by seed and question key alone."""
        ...

    def correct_response(self, question: Q) -> Response:
        """Return the response that earns the whole mark."""
        ...

    def describe(self, question: Q, response: Response, language: str) -> str:
        """Return what was chosen in words, for reports; '' when nothing was."""
        ...

    def summarise(self, question: Q, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each option was chosen; the key '' counts those who chose nothing."""
        ...


def read_common(source: Source, own_fields: Sequence[str], *, has_shuffle: bool) -> CommonFields:
    """Read the fields every question has.

    Args:
        source: the question in its file.
        own_fields: the names of the fields that the kind reads itself.
        has_shuffle: whether the kind has something to show in a changing order.

    Returns:
        Arguments for the kind's class; mistakes are noted in the source.
    """
    shuffle_field = ("shuffle",) if has_shuffle else ()
    source.only((*COMMON_FIELDS, *shuffle_field, *own_fields))
    return {
        "key": source.get("key").key(),
        "within": source.get("in").key(),
        "kind": source.get("kind").text(),
        "skill": source.get("skill").key(),
        "lesson": source.get("lesson").key(),
        "points": source.get("points").number(1, MOST_POINTS, default=1),
        "shuffle": source.get("shuffle").flag(default=True) if has_shuffle else False,
        "prompt": source.get("prompt").words(),
        "explanation": source.get("explanation").words(),
    }


def write_common(
    question: Question, own_fields: Mapping[str, object], *, has_shuffle: bool
) -> dict[str, object]:
    """Return the plain values of a question: common fields, the kind's own, then the explanation."""
    plain: dict[str, object] = {
        "key": question.key,
        "in": question.within,
        "kind": question.kind,
        "skill": question.skill,
        "lesson": question.lesson,
        "points": question.points,
    }
    if has_shuffle:
        plain["shuffle"] = question.shuffle
    return {**plain, "prompt": dict(question.prompt), **own_fields, "explanation": dict(question.explanation)}
