"""What the kinds with a list of options share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import (
    Grade,
    Option,
    Question,
    Response,
    count_keys,
    read_common,
    read_entries,
    write_common,
)
from training.activities.shuffle import shuffled
from training.activities.source import N_, Source
from training.activities.words import Words, in_language

FEWEST_OPTIONS = 3
MOST_OPTIONS = 5
OPTION_FIELDS = ("key", "correct", "text", "feedback")


@dataclass(frozen=True)
class ChoiceQuestion(Question):
    """A question answered by choosing among options."""

    options: tuple[Option, ...]

    @property
    def right_keys(self) -> tuple[str, ...]:
        """The keys of the correct options, in the order of the file."""
        return tuple(option.key for option in self.options if option.is_correct)

    def text_of(self, key: str, language: str) -> str:
        """Return the words of one option; '' for an unknown key."""
        return next((in_language(option.text, language) for option in self.options if option.key == key), "")


def parse_choice(source: Source) -> ChoiceQuestion:
    """Read a question with options; how many may be correct is the business of its kind."""
    common = read_common(source, ("options",), has_shuffle=True)
    options = read_entries(source.get("options"), read_option, FEWEST_OPTIONS, MOST_OPTIONS)
    return ChoiceQuestion(**common, options=options)


def read_option(entry: Source) -> Option:
    """Read one option of a list."""
    entry.only(OPTION_FIELDS)
    return Option(
        key=entry.get("key").key(),
        text=entry.get("text").words(),
        feedback=entry.get("feedback").words(),
        is_correct=entry.get("correct").flag(default=False),
    )


def needs_one_correct(listed: Source, right_count: int) -> None:
    """Note a problem unless exactly one entry of a list is marked as correct."""
    if listed.entries() and right_count != 1:
        listed.problem(
            N_("Exactly one entry of “%(name)s” must be correct; here there are %(count)s."),
            N_("Write “correct: true” under one entry only."),
            count=right_count,
        )


def write_choice(question: ChoiceQuestion) -> dict[str, object]:
    """Return the plain values of a question with options."""
    options = [write_option(option) for option in question.options]
    return write_common(question, {"options": options}, has_shuffle=True)


def write_option(option: Option) -> dict[str, object]:
    """Return the plain values of one option."""
    correct: dict[str, object] = {"correct": True} if option.is_correct else {}
    return {"key": option.key, **correct, "text": dict(option.text), "feedback": dict(option.feedback)}


def posted_keys(question: ChoiceQuestion, fields: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """Return the option keys in a posted form that the question knows, in the order of the file."""
    posted = fields.get(name, ())
    return [option.key for option in question.options if option.key in posted]


def order_options(question: ChoiceQuestion, seed: str) -> tuple[str, ...]:
    """Return the option keys in the order to show them."""
    keys = tuple(option.key for option in question.options)
    return shuffled(keys, f"{seed}\x1f{question.key}") if question.shuffle else keys


def feedback_on(question: ChoiceQuestion, chosen: Iterable[str]) -> tuple[tuple[str, Words], ...]:
    """Return what the question says about each chosen option."""
    picked = set(chosen)
    return tuple((option.key, option.feedback) for option in question.options if option.key in picked)


def graded(question: ChoiceQuestion, fraction: float, chosen: Iterable[str]) -> Grade:
    """Return the grade for a fraction of the mark with the words for what was chosen."""
    return Grade(fraction=fraction, is_correct=fraction == 1.0, feedback=feedback_on(question, chosen))


def count_options(question: ChoiceQuestion, chosen: Iterable[Sequence[str]]) -> dict[str, int]:
    """Count how often each option is among the choices; '' counts the empty ones.

    Args:
        question: whose options are counted.
        chosen: for each response, the option keys in it.

    Returns:
        A count for every option, also those nobody chose.
    """
    return count_keys((option.key for option in question.options), chosen)


def one_key(question: ChoiceQuestion, response: Response) -> tuple[str, ...]:
    """Return the one option named by a response, or nothing when it names none the question knows."""
    known = isinstance(response, str) and any(option.key == response for option in question.options)
    return (response,) if known else ()


def many_keys(question: ChoiceQuestion, response: Response) -> tuple[str, ...]:
    """Return the options listed by a response, each once, in the order of the file."""
    if not isinstance(response, list | tuple):
        return ()
    return tuple(option.key for option in question.options if option.key in response)
