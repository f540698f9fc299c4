"""A text with gaps, each filled by choosing from its own list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.activities.questions.base import (
    Grade,
    Option,
    Question,
    Response,
    check_count,
    read_common,
    read_entries,
    write_common,
)
from training.activities.questions.choice import needs_one_correct, read_option, write_option
from training.activities.questions.parts import (
    count_choices,
    grade_choices,
    known_choices,
    one_choice,
    posted_choices,
)
from training.activities.shuffle import shuffled
from training.activities.source import N_, Source
from training.activities.words import LANGUAGES, Words, in_language

FEWEST_GAPS, MOST_GAPS = 1, 6
FEWEST_OPTIONS, MOST_OPTIONS = 2, 5
MARKER = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True)
class Gap:
    """One gap; its key is the number of its marker in the text."""

    key: str
    options: tuple[Option, ...]

    @property
    def right_key(self) -> str:
        """The key of the option that belongs here."""
        return next((option.key for option in self.options if option.is_correct), "")

    def text_of(self, key: str, language: str) -> str:
        """Return the words of one option; '' for an unknown key."""
        return next((in_language(option.text, language) for option in self.options if option.key == key), "")


@dataclass(frozen=True)
class GapsQuestion(Question):
    """A text that holds {1}, {2} … where something is missing."""

    text: Words
    gaps: tuple[Gap, ...]

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The option keys of each gap."""
        return {gap.key: tuple(option.key for option in gap.options) for gap in self.gaps}

    @property
    def right_choices(self) -> dict[str, str]:
        """The right option of each gap."""
        return {gap.key: gap.right_key for gap in self.gaps}

    def pieces(self, language: str) -> tuple[tuple[str, Gap | None], ...]:
        """Return the text cut at its gaps: pairs of the words before a gap and the gap, None after the last."""
        gaps = {gap.key: gap for gap in self.gaps}
        parts = MARKER.split(in_language(self.text, language))
        marked = zip(parts[0:-1:2], parts[1::2], strict=True)
        return (*((words, gaps.get(key)) for words, key in marked), (parts[-1], None))

    def offered(self, gap: Gap, order: Iterable[str]) -> tuple[str, ...]:
        """Return the option keys of one gap in the order to show them, from the order of the whole question."""
        split = (key.split(".", 1) for key in order)
        return tuple(option for number, option in split if number == gap.key)


class Gaps:
    """The kind ``gaps``; a response is an object, number of the gap → option key."""

    name = "gaps"

    def parse(self, source: Source) -> GapsQuestion:
        """Read the text and its gaps; each marker must stand once in every language."""
        common = read_common(source, ("text", "gaps"), has_shuffle=True)
        listed = source.get("gaps")
        gaps = tuple(_read_gap(entry, number) for number, entry in enumerate(listed.entries(), 1))
        check_count(listed, len(gaps), FEWEST_GAPS, MOST_GAPS)
        text = source.get("text").words()
        expected = [gap.key for gap in gaps]
        for language in LANGUAGES:
            if text.get(language) and sorted(MARKER.findall(text[language])) != sorted(expected):
                source.get("text").get(language).problem(
                    N_("The text does not hold each of %(markers)s exactly once."),
                    N_("Write one marker for every entry under “gaps”, and none besides."),
                    markers=" ".join(f"{{{key}}}" for key in expected) or "–",
                )
        return GapsQuestion(**common, text=text, gaps=gaps)

    def write(self, question: GapsQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        gaps = [{"options": [write_option(option) for option in gap.options]} for gap in question.gaps]
        return write_common(question, {"text": dict(question.text), "gaps": gaps}, has_shuffle=True)

    def read(
        self, question: GapsQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the options that were chosen, or None."""
        return posted_choices(question.choices, fields, name)

    def grade(self, question: GapsQuestion, response: Response) -> Grade:
        """Grade by the share of gaps filled rightly, and say what each chosen option deserves."""
        chosen = known_choices(question.choices, response)
        said = {
            gap.key: next(option.feedback for option in gap.options if option.key == chosen[gap.key])
            for gap in question.gaps
            if gap.key in chosen
        }
        return grade_choices(question.right_choices, chosen, said)

    def order(self, question: GapsQuestion, seed: str) -> tuple[str, ...]:
        """Return all options as ``gap.option``, gap by gap, each in the order to show them."""
        keys = tuple(f"{gap}.{key}" for gap, options in question.choices.items() for key in options)
        mixed = shuffled(keys, f"{seed}\x1f{question.key}") if question.shuffle else keys
        # Sorting keeps the order inside each gap.
        return tuple(sorted(mixed, key=lambda key: int(key.split(".", 1)[0])))

    def correct_response(self, question: GapsQuestion) -> Response:
        """Return the right option of every gap."""
        return question.right_choices

    def describe(self, question: GapsQuestion, response: Response, language: str) -> str:
        """Return what was chosen as “(1) words”, joined by semicolons."""
        chosen = known_choices(question.choices, response)
        filled = [gap for gap in question.gaps if gap.key in chosen]
        return "; ".join(f"({gap.key}) {gap.text_of(chosen[gap.key], language)}" for gap in filled)

    def summarise(self, question: GapsQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each option was chosen, under the key ``gap.option``."""
        return count_choices(question.choices, responses)

    def words_of(self, question: GapsQuestion, key: str, language: str) -> str:
        """Return one choice for one gap as “(1) words”."""
        return self.describe(question, one_choice(key), language)


def _read_gap(entry: Source, number: int) -> Gap:
    entry.only(("options",))
    listed = entry.get("options")
    gap = Gap(str(number), read_entries(listed, read_option, FEWEST_OPTIONS, MOST_OPTIONS))
    needs_one_correct(listed, sum(option.is_correct for option in gap.options))
    return gap
