"""Words and sentences of a lesson, counted as they are written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.content.reading.passages import RUNNING, Passage

_END = re.compile(r"[.!?…]+[”\"’')\]»]*\s+")
_OPENING = "“\"‘'([«–-"
# A point after these ends no sentence.
_SHORTENED = frozenset(
    ("TP.", "Th.S.", "TS.", "GS.", "PGS.", "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "No.", "e.g.", "i.e.")
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, the line it begins on and how many words it has."""

    text: str
    line: int
    words: int


def count_words(text: str) -> int:
    """Count what stands between spaces and holds a letter or a figure.

    In Vietnamese that is the number of syllables, in English the number of words.
    """
    return sum(any(letter.isalnum() for letter in part) for part in text.split())


def read_sentences(passages: Iterable[Passage]) -> list[Sentence]:
    """Return the sentences of paragraphs, items of lists and quotations.

    An item of a list is a sentence of its own, also without a point at its end.
    """
    return [sentence for passage in passages if passage.kind in RUNNING for sentence in _split(passage)]


def _split(passage: Passage) -> Iterator[Sentence]:
    text = passage.text
    start = 0
    for end in [*_ends(text), len(text)]:
        words = count_words(text[start:end])
        if words:
            yield Sentence(text[start:end].strip(), passage.line_at(start), words)
        start = end


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        following = text[match.end() :].lstrip(_OPENING)[:1]
        before = text[: match.end()].split()
        if (following.isupper() or following.isdigit()) and before[-1] not in _SHORTENED:
            yield match.end()
