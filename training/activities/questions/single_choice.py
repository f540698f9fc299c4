"""One right option among several."""

from collections.abc import Iterable, Mapping, Sequence

from training.activities.questions.base import Grade, Response
from training.activities.questions.choice import (
    ChoiceQuestion,
    count_options,
    graded,
    one_key,
    order_options,
    parse_choice,
    posted_keys,
    write_choice,
)
from training.activities.source import N_, Source


class SingleChoice:
    """The kind ``single_choice``; a response is the key of the chosen option."""

    name = "single_choice"

    def parse(self, source: Source) -> ChoiceQuestion:
        """Read the question; exactly one option must be correct."""
        question = parse_choice(source)
        if question.options and len(question.right_keys) != 1:
            source.get("options").problem(
                N_(
                    "A question of the kind “single_choice” needs exactly one correct option; here there are %(count)s."
                ),
                N_("Write “correct: true” under one option only, or use the kind “multiple_choice”."),
                count=len(question.right_keys),
            )
        return question

    def write(self, question: ChoiceQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        return write_choice(question)

    def read(
        self, question: ChoiceQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the key of the chosen option, or None."""
        keys = posted_keys(question, fields, name)
        return keys[0] if len(keys) == 1 else None

    def grade(self, question: ChoiceQuestion, response: Response) -> Grade:
        """Give the whole mark for the right option and nothing for any other."""
        chosen = one_key(question, response)
        is_right = bool(chosen) and chosen[0] in question.right_keys
        return graded(question, 1.0 if is_right else 0.0, chosen)

    def order(self, question: ChoiceQuestion, seed: str) -> tuple[str, ...]:
        """Return the option keys in the order to show them."""
        return order_options(question, seed)

    def correct_response(self, question: ChoiceQuestion) -> Response:
        """Return the key of the right option."""
        return question.right_keys[0]

    def describe(self, question: ChoiceQuestion, response: Response, language: str) -> str:
        """Return the words of the chosen option."""
        return "".join(question.text_of(key, language) for key in one_key(question, response))

    def summarise(self, question: ChoiceQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each option was chosen."""
        return count_options(question, (one_key(question, response) for response in responses))

    def words_of(self, question: ChoiceQuestion, key: str, language: str) -> str:
        """Return the words of one option."""
        return question.text_of(key, language)
