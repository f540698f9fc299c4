"""Things on the left, each to be given its partner from the right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import (
    Grade,
    Question,
    Response,
    read_common,
    read_entries,
    write_common,
)
from training.activities.questions.parts import (
    count_choices,
    grade_choices,
    known_choices,
    one_choice,
    posted_choices,
)
from training.activities.shuffle import shuffled
from training.activities.source import DID_YOU_MEAN, N_, Source, nearest
from training.activities.words import Words, in_language

FEWEST, MOST_LEFT, MOST_RIGHT = 2, 6, 8
LEFT_FIELDS = ("key", "text", "match", "feedback")
RIGHT_FIELDS = ("key", "text")


@dataclass(frozen=True)
class Left:
    """A thing to find the partner of; ``feedback`` is said when it got another one."""

    key: str
    text: Words
    match: str
    feedback: Words


@dataclass(frozen=True)
class Right:
    """A partner to choose; nobody's partner is allowed, so that the last pair is not given away."""

    key: str
    text: Words


@dataclass(frozen=True)
class MatchingQuestion(Question):
    """Two lists to be matched."""

    left: tuple[Left, ...]
    right: tuple[Right, ...]

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The keys that may be chosen for each thing on the left."""
        keys = tuple(entry.key for entry in self.right)
        return {entry.key: keys for entry in self.left}

    @property
    def right_choices(self) -> dict[str, str]:
        """The key of the partner of each thing on the left."""
        return {entry.key: entry.match for entry in self.left}

    def text_of(self, key: str, language: str) -> str:
        """Return the words of one partner; '' for an unknown key."""
        return next((in_language(entry.text, language) for entry in self.right if entry.key == key), "")


class Matching:
    """The kind ``matching``; a response is an object, left key → right key."""

    name = "matching"

    def parse(self, source: Source) -> MatchingQuestion:
        """Read both lists; every thing on the left must name a partner that is there."""
        common = read_common(source, ("left", "right"), has_shuffle=True)
        left = read_entries(source.get("left"), _read_left, FEWEST, MOST_LEFT)
        right = read_entries(source.get("right"), _read_right, FEWEST, MOST_RIGHT)
        known = [entry.key for entry in right]
        for entry in source.get("left").entries():
            key = entry.get("match").raw.strip()
            if key and key not in known:
                entry.get("match").problem(
                    N_("There is nothing with the key “%(key)s” on the right."),
                    DID_YOU_MEAN,
                    key=key,
                    known=nearest(key, known) or "–",
                )
        return MatchingQuestion(**common, left=left, right=right)

    def write(self, question: MatchingQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        left = [
            {
                "key": entry.key,
                "text": dict(entry.text),
                "match": entry.match,
                "feedback": dict(entry.feedback),
            }
            for entry in question.left
        ]
        right = [{"key": entry.key, "text": dict(entry.text)} for entry in question.right]
        return write_common(question, {"left": left, "right": right}, has_shuffle=True)

    def read(
        self, question: MatchingQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the pairs that were made, or None."""
        return posted_choices(question.choices, fields, name)

    def grade(self, question: MatchingQuestion, response: Response) -> Grade:
        """Grade by the share of right pairs."""
        said = {entry.key: entry.feedback for entry in question.left}
        return grade_choices(question.right_choices, known_choices(question.choices, response), said)

    def order(self, question: MatchingQuestion, seed: str) -> tuple[str, ...]:
        """Return the keys of the right in the order to offer them; the left stays as it was written."""
        keys = tuple(entry.key for entry in question.right)
        return shuffled(keys, f"{seed}\x1f{question.key}") if question.shuffle else keys

    def correct_response(self, question: MatchingQuestion) -> Response:
        """Return all right pairs."""
        return question.right_choices

    def describe(self, question: MatchingQuestion, response: Response, language: str) -> str:
        """Return the pairs as “left → right”, joined by semicolons."""
        chosen = known_choices(question.choices, response)
        pairs = [(entry, chosen[entry.key]) for entry in question.left if entry.key in chosen]
        return "; ".join(
            f"{in_language(entry.text, language)} → {question.text_of(key, language)}" for entry, key in pairs
        )

    def summarise(self, question: MatchingQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each pair was made, under the key ``left.right``."""
        return count_choices(question.choices, responses)

    def words_of(self, question: MatchingQuestion, key: str, language: str) -> str:
        """Return one pair as “left → right”."""
        return self.describe(question, one_choice(key), language)


def _read_left(entry: Source) -> Left:
    entry.only(LEFT_FIELDS)
    return Left(
        key=entry.get("key").key(),
        text=entry.get("text").words(),
        match=entry.get("match").key(),
        feedback=entry.get("feedback").words(),
    )


def _read_right(entry: Source) -> Right:
    entry.only(RIGHT_FIELDS)
    return Right(entry.get("key").key(), entry.get("text").words())
