"""A statement that is true or false."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import Grade, Option, Response, read_common, write_common
from training.activities.questions.choice import (
    ChoiceQuestion,
    count_options,
    graded,
    one_key,
    posted_keys,
)
from training.activities.source import Source
from training.activities.words import Words

ANSWERS = ("true", "false")

# Content, like the words of any option, and so in the language of the course rather than of the page.
ANSWER_WORDS: Mapping[str, Words] = {
    "true": {"vi": "Đúng", "en": "True"},
    "false": {"vi": "Sai", "en": "False"},
}


@dataclass(frozen=True)
class TrueFalseQuestion(ChoiceQuestion):
    """A choice between the two fixed options ``true`` and ``false``."""

    @property
    def answer(self) -> bool:
        """Whether the statement is true."""
        return self.right_keys == ("true",)


class TrueFalse:
    """The kind ``true_false``; a response is ``"true"`` or ``"false"``."""

    name = "true_false"

    def parse(self, source: Source) -> TrueFalseQuestion:
        """Read the statement, whether it holds, and what to say about either choice."""
        common = read_common(source, ("answer", "feedback"), has_shuffle=False)
        right = "true" if source.get("answer").flag() else "false"
        said = source.get("feedback")
        said.only(ANSWERS)
        options = tuple(
            Option(key, ANSWER_WORDS[key], said.get(key).words(), key == right) for key in ANSWERS
        )
        return TrueFalseQuestion(**common, options=options)

    def write(self, question: TrueFalseQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        feedback = {option.key: dict(option.feedback) for option in question.options}
        return write_common(question, {"answer": question.answer, "feedback": feedback}, has_shuffle=False)

    def read(
        self, question: TrueFalseQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return ``"true"``, ``"false"`` or None."""
        keys = posted_keys(question, fields, name)
        return keys[0] if len(keys) == 1 else None

    def grade(self, question: TrueFalseQuestion, response: Response) -> Grade:
        """Give the whole mark for the right choice and nothing for the other."""
        chosen = one_key(question, response)
        return graded(question, 1.0 if chosen == question.right_keys else 0.0, chosen)

    def order(self, question: TrueFalseQuestion, seed: str) -> tuple[str, ...]:
        """Return true before false, always: a changing order would only confuse."""
        return ANSWERS

    def correct_response(self, question: TrueFalseQuestion) -> Response:
        """Return ``"true"`` or ``"false"``."""
        return question.right_keys[0]

    def describe(self, question: TrueFalseQuestion, response: Response, language: str) -> str:
        """Return the word that was chosen."""
        return "".join(question.text_of(key, language) for key in one_key(question, response))

    def summarise(self, question: TrueFalseQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often either was chosen."""
        return count_options(question, (one_key(question, response) for response in responses))

    def words_of(self, question: TrueFalseQuestion, key: str, language: str) -> str:
        """Return the word of one choice."""
        return question.text_of(key, language)
