"""Words a village secretary may stumble over, found where they are used without being explained."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from training.content.reading.passages import READ, Passage

LIST = Path(__file__).with_name("hard_words.yaml")

# Two capitals or more, figures between them or not: OTP, QR, UBND, 2G is none.
_CAPITALS = re.compile(r"(?<![\w/.-])[A-ZĐ][A-ZĐ0-9]*[A-ZĐ](?![\w/-])")
_ROMAN = re.compile(r"[IVXLC]+")
_SHOWN = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_ENDS_SENTENCE = re.compile(r"[.!?…:][”\"’']*$")

# What may follow a word to say what it means, by language.
_EXPLAINED = {
    "vi": re.compile(r"[”\"’,]*\s*(?:\(|[–-]\s|(?:tức |nghĩa |có nghĩa |gọi |hiểu )?là\s|hay còn gọi)"),
    "en": re.compile(
        r"[”\"’]*(?:\s*\(|\s+[–-]\s|,?\s+(?:is|are) (?:a|an|the)\s|,?\s+means?\s|,\s+(?:or|that is)\s)"
    ),
}


@dataclass(frozen=True)
class HardWords:
    """The list for one language: what to write instead, by hard word; and capitals everybody knows."""

    instead: Mapping[str, str]
    known: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds every hard word, the longest first where one begins another.

        A word listed in small letters is found in any, one listed with capitals only as it is written:
        a PIN is hard, a battery ("pin" in Vietnamese) is not.
        """
        words = sorted(self.instead, key=len, reverse=True)
        either = "|".join(_written(word) for word in words)
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if words else r"(?!)")

    def entry(self, found: str) -> str:
        """Return the listed form of what was found in a text."""
        return found.lower() if found.lower() in self.instead else found


@dataclass(frozen=True)
class Use:
    """A hard word, or an abbreviation, in a lesson: the line it first stands on, how often, what to write.

    ``instead`` is '' for an abbreviation that is not in the list.
    """

    word: str
    line: int
    times: int
    instead: str


@cache
def read_hard_words() -> Mapping[str, HardWords]:
    """Read the list this house keeps, by language."""
    return parse_hard_words(LIST.read_text(encoding="utf-8"))


def parse_hard_words(text: str) -> Mapping[str, HardWords]:
    """Read a list of hard words.

    Args:
        text: YAML; by language ``hard``, groups of "word: what to write instead", and ``known`` capitals.

    Returns:
        The words by language.
    """
    return {
        language: HardWords(
            {
                _normal(str(word)): str(instead)
                for group in lists["hard"].values()
                for word, instead in group.items()
            },
            frozenset(lists["known"]),
        )
        for language, lists in yaml.safe_load(text).items()
    }


def find_hard_words(passages: Sequence[Passage], words: HardWords, language: str) -> list[Use]:
    """Return the hard words a lesson uses without explaining them at their first use.

    Args:
        passages: the lesson.
        words: the list of its language.
        language: its language, which decides what counts as an explanation.

    Returns:
        One entry per word, by line. What is shown rather than said does not count: quoted documents and
        messages, and single words or names between quotation marks.
    """
    first: dict[str, _Place] = {}
    times: dict[str, int] = {}
    explained: set[str] = set()
    for place in _uses(passages, words, language):
        first.setdefault(place.word, place)
        times[place.word] = times.get(place.word, 0) + 1
        # The explanation may also be the next sentence: “… mã OTP. OTP là dãy số dùng một lần.”
        if place.is_explained and place.passage == first[place.word].passage:
            explained.add(place.word)
    found = [
        Use(word, place.line, times[word], words.instead.get(word, ""))
        for word, place in first.items()
        if word not in explained
    ]
    return sorted(found, key=lambda use: use.line)


@dataclass(frozen=True)
class _Place:
    # One place where a word is used; ``passage`` is the number of its passage.
    word: str
    passage: int
    line: int
    is_explained: bool


def _uses(passages: Iterable[Passage], words: HardWords, language: str) -> Iterator[_Place]:
    for number, passage in enumerate(passages):
        if passage.kind not in READ or passage.kind == "quote":
            continue
        text = _normal(passage.text)
        shown = [match.span() for match in _SHOWN.finditer(text) if not _ENDS_SENTENCE.search(match[0])]
        for match in sorted(_matches(text, words), key=lambda match: match.start()):
            if not any(start < match.start() < end for start, end in shown):
                word = words.entry(" ".join(match[0].split()))
                line = passage.line_at(match.start())
                yield _Place(word, number, line, _is_explained(text, match, language))


def _matches(text: str, words: HardWords) -> Iterator[re.Match[str]]:
    listed = list(words.pattern.finditer(text))
    yield from listed
    for match in _CAPITALS.finditer(text):
        is_listed = any(other.start() <= match.start() < other.end() for other in listed)
        if not is_listed and match[0] not in words.known and not _ROMAN.fullmatch(match[0]):
            if not _is_loud(text, match):
                yield match


def _is_loud(text: str, match: re.Match[str]) -> bool:
    # A word beside others in capitals is said loudly: ĐỔI MẬT KHẨU is no abbreviation.
    beside = (text[: match.start()].split()[-1:], text[match.end() :].split()[:1])
    return any(len(word) > 1 and word[0].isupper() and word.isupper() for words in beside for word in words)


def _is_explained(text: str, match: re.Match[str], language: str) -> bool:
    stands_in_brackets = text[: match.start()].endswith("(") and text[match.end() :].startswith(")")
    return stands_in_brackets or bool(_EXPLAINED[language].match(text, match.end()))


def _written(word: str) -> str:
    pattern = re.escape(word).replace(r"\ ", r"\s+")
    return pattern if word != word.lower() else f"(?i:{pattern})"


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)
