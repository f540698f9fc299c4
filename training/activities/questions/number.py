"""A number, typed by the learner, right within a tolerance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from training.activities.questions.base import (
    Grade,
    Question,
    Response,
    count_keys,
    read_common,
    read_entries,
    write_common,
)
from training.activities.questions.numerals import read_number, write_number
from training.activities.questions.written import (
    OTHER,
    OTHER_WORDS,
    RIGHT,
    Texts,
    all_texts,
    no_reserved_key,
    read_feedback,
    read_texts,
    read_written,
    write_texts,
    written,
)
from training.activities.source import N_, Source
from training.activities.words import Words, in_language

MOST_WRONG = 8
# With these limits a number survives YAML and JSON exactly, and is never written with an exponent.
LARGEST, MOST_DECIMALS = Decimal(10) ** 11, 4
OWN_FIELDS = ("value", "tolerance", "units", "feedback", "wrong")
WRONG_FIELDS = ("key", "value", "feedback")
NOT_A_NUMBER = "not-a-number"

# Content, as the words of an option are, and so in the language of the course rather than of the page.
NOT_A_NUMBER_WORDS: Words = {
    "vi": "Hãy viết câu trả lời bằng chữ số, ví dụ 250 hoặc 1.234,5.",
    "en": "Please write the answer in figures, such as 250 or 1,234.5.",
}
NO_FIGURES_WORDS: Words = {"vi": "không viết bằng chữ số", "en": "not written in figures"}


@dataclass(frozen=True)
class WrongNumber:
    """A wrong answer the author foresaw, and what to say to it."""

    key: str
    value: Decimal
    feedback: Words


@dataclass(frozen=True)
class NumberQuestion(Question):
    """A question answered by a number; ``feedback`` is for wrong numbers nobody foresaw.

    ``units`` are words that may stand with the number, by language; the first is shown beside the field.
    """

    value: Decimal
    tolerance: Decimal
    units: Texts
    feedback: Words
    wrong: tuple[WrongNumber, ...]

    def unit(self, language: str) -> str:
        """Return the unit to show beside the field; '' when there is none."""
        return next(iter(self.units.get(language, ())), "")

    def verdict(self, response: Response) -> str:
        """Return “right”, the key of a foreseen wrong answer, “other”, “not-a-number”, or '' for nothing."""
        text = written(response)
        if not text:
            return ""
        number = read_number(text, all_texts(self.units))
        if number is None:
            return NOT_A_NUMBER
        if abs(number - self.value) <= self.tolerance:
            return RIGHT
        return next((wrong.key for wrong in self.wrong if wrong.value == number), OTHER)

    def figures(self, number: Decimal, language: str) -> str:
        """Return a number of this question, such as its tolerance, as it is written in a language."""
        return write_number(number, language)

    def written_value(self, language: str) -> str:
        """Return the right answer as it is written in a language, with its unit."""
        return f"{self.figures(self.value, language)} {self.unit(language)}".strip()


class Number:
    """The kind ``number``; a response is the text as it was typed."""

    name = "number"

    def parse(self, source: Source) -> NumberQuestion:
        """Read the value, how far off it may be, and what to say to wrong answers."""
        question = NumberQuestion(
            **read_common(source, OWN_FIELDS, has_shuffle=False),
            value=_read_decimal(source.get("value")),
            tolerance=abs(_read_decimal(source.get("tolerance"), Decimal(0))),
            units=read_texts(source.get("units"), is_compulsory=False),
            feedback=read_feedback(source),
            wrong=read_entries(source.get("wrong"), _read_wrong, 0, MOST_WRONG),
        )
        for entry, wrong in zip(source.get("wrong").entries(), question.wrong, strict=True):
            if abs(wrong.value - question.value) <= question.tolerance:
                entry.get("value").problem(
                    N_("This wrong answer is within the tolerance and counts as right."),
                    N_("Change it, or make “tolerance” smaller."),
                )
        return question

    def write(self, question: NumberQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        wrong = [
            {"key": entry.key, "value": _plain(entry.value), "feedback": dict(entry.feedback)}
            for entry in question.wrong
        ]
        own: dict[str, object] = {
            "value": _plain(question.value),
            "tolerance": _plain(question.tolerance),
            **({"units": write_texts(question.units)} if question.units else {}),
            "feedback": dict(question.feedback),
            **({"wrong": wrong} if wrong else {}),
        }
        return write_common(question, own, has_shuffle=False)

    def read(
        self, question: NumberQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return what was typed, or None."""
        return read_written(fields, name)

    def grade(self, question: NumberQuestion, response: Response) -> Grade:
        """Give the whole mark when the number differs from the value by no more than the tolerance."""
        verdict = question.verdict(response)
        said = {OTHER: question.feedback, NOT_A_NUMBER: NOT_A_NUMBER_WORDS}
        said |= {wrong.key: wrong.feedback for wrong in question.wrong}
        feedback = ((verdict, said[verdict]),) if verdict in said else ()
        return Grade(float(verdict == RIGHT), verdict == RIGHT, feedback)

    def order(self, question: NumberQuestion, seed: str) -> tuple[str, ...]:
        """Return nothing: there are no options."""
        return ()

    def correct_response(self, question: NumberQuestion) -> Response:
        """Return the value in figures."""
        return write_number(question.value, "vi")

    def describe(self, question: NumberQuestion, response: Response, language: str) -> str:
        """Return what was typed."""
        return written(response)

    def summarise(self, question: NumberQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count right answers, each foreseen wrong one, other numbers, and what is no number."""
        keys = (RIGHT, *(wrong.key for wrong in question.wrong), OTHER, NOT_A_NUMBER)
        return count_keys(keys, (filter(None, [question.verdict(response)]) for response in responses))

    def words_of(self, question: NumberQuestion, key: str, language: str) -> str:
        """Return the right value, a foreseen wrong one, or words for all other answers."""
        numbers = {wrong.key: write_number(wrong.value, language) for wrong in question.wrong}
        allowed = f" ± {write_number(question.tolerance, language)}" if question.tolerance else ""
        numbers[RIGHT] = f"{question.written_value(language)}{allowed}"
        others = {OTHER: OTHER_WORDS, NOT_A_NUMBER: NO_FIGURES_WORDS}
        return numbers.get(key) or in_language(others.get(key, {}), language)


def _read_wrong(entry: Source) -> WrongNumber:
    entry.only(WRONG_FIELDS)
    no_reserved_key(entry.get("key"))
    return WrongNumber(
        key=entry.get("key").key(),
        value=_read_decimal(entry.get("value")),
        feedback=entry.get("feedback").words(),
    )


def _read_decimal(source: Source, default: Decimal | None = None) -> Decimal:
    if source.is_missing and default is not None:
        return default
    try:
        number = Decimal(source.raw.strip())
        if number.is_finite() and abs(number) <= LARGEST and number == round(number, MOST_DECIMALS):
            return _shortest(number)
    except InvalidOperation:
        pass
    source.problem(
        N_("“%(name)s” must be a number with at most %(decimals)s decimals."),
        N_("Write only figures, with a dot before decimals, such as “%(name)s: 1234.5”."),
        decimals=MOST_DECIMALS,
    )
    return Decimal(0)


def _shortest(number: Decimal) -> Decimal:
    # -0 and 1.50 would come back as 0 and 1.5.
    return Decimal(str(_plain(number)))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
