"""Steps to be put into their right order, by giving each its place."""

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
    grade_share,
    known_choices,
    one_choice,
    posted_choices,
)
from training.activities.shuffle import shuffled
from training.activities.source import Source
from training.activities.words import Words, in_language

FEWEST_ITEMS, MOST_ITEMS = 3, 7
ITEM_FIELDS = ("key", "text", "feedback")


@dataclass(frozen=True)
class Step:
    """One thing to place; ``feedback`` is said when it does not come right after the one before it."""

    key: str
    text: Words
    feedback: Words


@dataclass(frozen=True)
class OrderingQuestion(Question):
    """Steps in their right order."""

    items: tuple[Step, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The places there are: “1” and so on."""
        return tuple(str(number) for number in range(1, len(self.items) + 1))

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The places that may be chosen for each step."""
        return {item.key: self.places for item in self.items}

    @property
    def right_places(self) -> dict[str, str]:
        """The right place of each step."""
        return dict(zip((item.key for item in self.items), self.places, strict=True))

    def text_of(self, key: str, language: str) -> str:
        """Return the words of one step; '' for an unknown key."""
        return next((in_language(item.text, language) for item in self.items if item.key == key), "")


class Ordering:
    """The kind ``ordering``; a response is an object, step key → place as text, counted from 1."""

    name = "ordering"

    def parse(self, source: Source) -> OrderingQuestion:
        """Read the steps, which are written in their right order."""
        common = read_common(source, ("items",), has_shuffle=False)
        items = read_entries(source.get("items"), _read_step, FEWEST_ITEMS, MOST_ITEMS)
        return OrderingQuestion(**common, items=items)

    def write(self, question: OrderingQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        items = [
            {"key": item.key, "text": dict(item.text), "feedback": dict(item.feedback)}
            for item in question.items
        ]
        return write_common(question, {"items": items}, has_shuffle=False)

    def read(
        self, question: OrderingQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the places that were given, or None."""
        return posted_choices(question.choices, fields, name)

    def grade(self, question: OrderingQuestion, response: Response) -> Grade:
        """Grade by neighbours.

        The fraction is (steps placed directly after the one that comes before them) ÷ (number of steps − 1),
        which is “relative to the next item, excluding last” of Moodle's question type Ordering (qtype_ordering).
        One step forgotten at the start then costs one neighbour, where counting exact places would cost
        everything. It is 1 only when every step is in its place.
        """
        chosen = known_choices(question.choices, response)
        places = {key: int(place) for key, place in chosen.items()}
        pairs = zip(question.items, question.items[1:], strict=False)
        follows = {
            after.key
            for before, after in pairs
            if before.key in places and places.get(after.key) == places[before.key] + 1
        }
        first = {item.key for item in question.items[:1] if places.get(item.key) == 1}
        said = [
            (item.key, item.feedback)
            for item in question.items
            if item.key in places and item.key not in follows | first
        ]
        return grade_share(len(follows), len(question.items) - 1, said)

    def order(self, question: OrderingQuestion, seed: str) -> tuple[str, ...]:
        """Return the step keys in the order to show them, which is never the right one."""
        keys = tuple(item.key for item in question.items)
        mixed = shuffled(keys, f"{seed}\x1f{question.key}")
        return (*mixed[1:], *mixed[:1]) if mixed == keys else mixed

    def correct_response(self, question: OrderingQuestion) -> Response:
        """Return the right place of every step."""
        return question.right_places

    def describe(self, question: OrderingQuestion, response: Response, language: str) -> str:
        """Return the steps in the order they were given, each with its place."""
        chosen = known_choices(question.choices, response)
        placed = sorted(chosen.items(), key=lambda pair: int(pair[1]))
        return "; ".join(f"{place}. {question.text_of(key, language)}" for key, place in placed)

    def summarise(self, question: OrderingQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each step was given each place, under the key ``step.place``."""
        return count_choices(question.choices, responses)

    def words_of(self, question: OrderingQuestion, key: str, language: str) -> str:
        """Return one step with one place."""
        return self.describe(question, one_choice(key), language)


def _read_step(entry: Source) -> Step:
    entry.only(ITEM_FIELDS)
    return Step(entry.get("key").key(), entry.get("text").words(), entry.get("feedback").words())
