"""Several right options among several."""

from collections.abc import Iterable, Mapping, Sequence

from training.activities.questions.base import Grade, Response
from training.activities.questions.choice import (
    ChoiceQuestion,
    count_options,
    graded,
    many_keys,
    order_options,
    parse_choice,
    posted_keys,
    write_choice,
)
from training.activities.source import N_, Source


class MultipleChoice:
    """The kind ``multiple_choice``; a response is the list of the chosen keys in the order of the file."""

    name = "multiple_choice"

    def parse(self, source: Source) -> ChoiceQuestion:
        """Read the question; some options must be correct, and some must not."""
        question = parse_choice(source)
        if question.options and not 0 < len(question.right_keys) < len(question.options):
            source.get("options").problem(
                N_(
                    "A question of the kind “multiple_choice” needs correct and incorrect options; %(count)s are correct."
                ),
                N_("Write “correct: true” under every correct option, and leave it out under at least one."),
                count=len(question.right_keys),
            )
        return question

    def write(self, question: ChoiceQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        return write_choice(question)

    def read(
        self, question: ChoiceQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the keys of the chosen options, or None."""
        return posted_keys(question, fields, name) or None

    def grade(self, question: ChoiceQuestion, response: Response) -> Grade:
        """Grade by right minus wrong.

        The fraction is max(0, (right chosen − wrong chosen) ÷ number of right options): choosing everything
        earns little, and it is 1 only when exactly the right options are chosen.
        """
        chosen = many_keys(question, response)
        right = set(question.right_keys)
        gained = sum(1 if key in right else -1 for key in chosen)
        return graded(question, max(0.0, gained / len(right)) if right else 0.0, chosen)

    def order(self, question: ChoiceQuestion, seed: str) -> tuple[str, ...]:
        """Return the option keys in the order to show them."""
        return order_options(question, seed)

    def correct_response(self, question: ChoiceQuestion) -> Response:
        """Return the keys of all right options."""
        return list(question.right_keys)

    def describe(self, question: ChoiceQuestion, response: Response, language: str) -> str:
        """Return the words of the chosen options, joined by semicolons."""
        return "; ".join(question.text_of(key, language) for key in many_keys(question, response))

    def summarise(self, question: ChoiceQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each option was chosen; one response may count for several."""
        return count_options(question, (many_keys(question, response) for response in responses))

    def words_of(self, question: ChoiceQuestion, key: str, language: str) -> str:
        """Return the words of one option."""
        return question.text_of(key, language)
