"""One right picture among several."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import (
    Grade,
    Option,
    Response,
    read_common,
    read_entries,
    write_common,
)
from training.activities.questions.choice import (
    ChoiceQuestion,
    count_options,
    graded,
    needs_one_correct,
    one_key,
    order_options,
    posted_keys,
)
from training.activities.questions.picture import Picture, read_picture, write_picture
from training.activities.source import Source

FEWEST_OPTIONS, MOST_OPTIONS = 2, 4
OPTION_FIELDS = ("key", "correct", "picture", "text", "feedback")


@dataclass(frozen=True)
class PictureOption(Option):
    """A picture to choose; ``text`` is the caption below it."""

    picture: Picture


@dataclass(frozen=True)
class PictureChoiceQuestion(ChoiceQuestion):
    """A choice among pictures."""

    options: tuple[PictureOption, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of all options."""
        return tuple(option.picture for option in self.options)

    def picture_of(self, key: str) -> Picture:
        """Return the picture of one option.

        Raises:
            KeyError: there is no such option.
        """
        return {option.key: option.picture for option in self.options}[key]


class PictureChoice:
    """The kind ``picture_choice``; a response is the key of the chosen option."""

    name = "picture_choice"

    def parse(self, source: Source) -> PictureChoiceQuestion:
        """Read the question; exactly one option must be correct."""
        common = read_common(source, ("options",), has_shuffle=True)
        listed = source.get("options")
        options = read_entries(listed, _read_option, FEWEST_OPTIONS, MOST_OPTIONS)
        needs_one_correct(listed, sum(option.is_correct for option in options))
        return PictureChoiceQuestion(**common, options=options)

    def write(self, question: PictureChoiceQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        options = [_write_option(option) for option in question.options]
        return write_common(question, {"options": options}, has_shuffle=True)

    def read(
        self, question: PictureChoiceQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the key of the chosen option, or None."""
        keys = posted_keys(question, fields, name)
        return keys[0] if len(keys) == 1 else None

    def grade(self, question: PictureChoiceQuestion, response: Response) -> Grade:
        """Give the whole mark for the right picture and nothing for any other."""
        chosen = one_key(question, response)
        is_right = bool(chosen) and chosen[0] in question.right_keys
        return graded(question, 1.0 if is_right else 0.0, chosen)

    def order(self, question: PictureChoiceQuestion, seed: str) -> tuple[str, ...]:
        """Return the option keys in the order to show them."""
        return order_options(question, seed)

    def correct_response(self, question: PictureChoiceQuestion) -> Response:
        """Return the key of the right option."""
        return question.right_keys[0]

    def describe(self, question: PictureChoiceQuestion, response: Response, language: str) -> str:
        """Return the caption of the chosen picture."""
        return "".join(question.text_of(key, language) for key in one_key(question, response))

    def summarise(self, question: PictureChoiceQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each picture was chosen."""
        return count_options(question, (one_key(question, response) for response in responses))

    def words_of(self, question: PictureChoiceQuestion, key: str, language: str) -> str:
        """Return the caption of one picture."""
        return question.text_of(key, language)


def _read_option(entry: Source) -> PictureOption:
    entry.only(OPTION_FIELDS)
    return PictureOption(
        key=entry.get("key").key(),
        text=entry.get("text").words(),
        feedback=entry.get("feedback").words(),
        is_correct=entry.get("correct").flag(default=False),
        picture=read_picture(entry.get("picture")),
    )


def _write_option(option: PictureOption) -> dict[str, object]:
    correct: dict[str, object] = {"correct": True} if option.is_correct else {}
    return {
        "key": option.key,
        **correct,
        "picture": write_picture(option.picture),
        "text": dict(option.text),
        "feedback": dict(option.feedback),
    }
