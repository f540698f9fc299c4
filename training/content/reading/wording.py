"""How something is worded in one language, and what the report says about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.activities.source import N_, Problem
from training.content.reading import limits
from training.content.reading.hard_words import Use
from training.content.reading.sentences import Sentence

START = 6  # words by which a sentence is found again


@dataclass(frozen=True)
class Wording:
    """Words, sentences and hard words in one language.

    ``words`` counts all that is read, headings, tables and captions included; in Vietnamese it counts
    syllables.
    """

    language: str
    words: int
    sentences: tuple[Sentence, ...]
    hard: tuple[Use, ...]

    @property
    def mean(self) -> float:
        """Words in a sentence on average; 0 without sentences."""
        return sum(sentence.words for sentence in self.sentences) / max(len(self.sentences), 1)

    @property
    def longest(self) -> int:
        """Words in the longest sentence; 0 without sentences."""
        return max((sentence.words for sentence in self.sentences), default=0)

    @property
    def long_share(self) -> float:
        """The share of sentences over the limit of the language, from 0 to 1."""
        return len(long_sentences(self.language, self.sentences)) / max(len(self.sentences), 1)


def long_sentences(language: str, sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences longer than the limit of their language."""
    most = limits.SENTENCES[language].longest
    return [sentence for sentence in sentences if sentence.words > most]


def check_sentences(file: str, language: str, sentences: Iterable[Sentence]) -> Iterator[Problem]:
    """Yield the sentences of a file that are too long."""
    for sentence in long_sentences(language, sentences):
        yield Problem(
            file,
            sentence.line,
            N_("A sentence of %(words)s words (%(language)s: at most %(most)s): “%(start)s …”."),
            N_("Make two of it, or a list."),
            {
                "words": sentence.words,
                "language": language,
                "most": limits.SENTENCES[language].longest,
                "start": " ".join(sentence.text.split()[:START]),
            },
            is_warning=True,
        )


def check_words(file: str, uses: Iterable[Use]) -> Iterator[Problem]:
    """Yield the hard words a file uses without explaining them."""
    for use in uses:
        if use.instead:
            text = N_("“%(word)s” is a hard word and is not explained here (used %(times)s×).")
            advice = N_("Write “%(instead)s”, or explain it in brackets where it first stands.")
        else:
            text = N_("The abbreviation “%(word)s” is not explained here (used %(times)s×).")
            advice = N_("Write it in full, or explain it in brackets where it first stands.")
        values = {"word": use.word, "times": use.times, "instead": use.instead}
        yield Problem(file, use.line, text, advice, values, is_warning=True)
