"""What the kinds share whose answer is written: a response is the text as it was typed."""

from collections.abc import Iterable, Mapping, Sequence

from training.activities.questions.base import Response
from training.activities.source import N_, Source
from training.activities.words import LANGUAGES, Words
from training.core.text import normalise

LONGEST_ANSWER = 200

# The keys under which answers are counted besides those the author foresaw.
RIGHT, OTHER = "right", "other"

# Content, in the language of the course: what an answer nobody foresaw is called in a summary.
OTHER_WORDS: Words = {"vi": "câu trả lời khác", "en": "another answer"}

# A list of texts for every language.
Texts = Mapping[str, tuple[str, ...]]


def read_written(fields: Mapping[str, Sequence[str]], name: str) -> Response:
    """Return the text in a posted form without spaces around it, or None when it is empty."""
    return written(next(iter(fields.get(name, ())), "")[:LONGEST_ANSWER]) or None


def written(response: Response) -> str:
    """Return the text of a response in its normal form; '' for anything that is no text."""
    return normalise(response) if isinstance(response, str) else ""


def read_texts(source: Source, *, is_compulsory: bool) -> Texts:
    """Read a list of texts for every language.

    Args:
        source: the field, below which each language has its list.
        is_compulsory: whether every language needs an entry.

    Returns:
        The texts by language; one written with different spaces is put into its normal form.
    """
    if source.is_missing:
        if is_compulsory:
            source.words()
        return {}
    source.only(LANGUAGES)
    found = {}
    for language in LANGUAGES:
        listed = source.get(language)
        found[language] = tuple(normalise(entry.text()) for entry in listed.entries())
        if is_compulsory and not found[language]:
            listed.problem(
                N_("“%(parent)s” has no entry in the language “%(name)s”."),
                N_("Add “%(name)s:” and below it lines starting with “- ”."),
                parent=source.name,
            )
    return found


def write_texts(texts: Texts) -> dict[str, object]:
    """Return the plain values of texts by language."""
    return {language: list(listed) for language, listed in texts.items()}


def all_texts(texts: Texts) -> Iterable[str]:
    """Yield the texts of all languages: an answer counts whatever language the page is in."""
    for listed in texts.values():
        yield from listed


def no_reserved_key(key: Source) -> None:
    """Note a problem when a foreseen answer is called like one of the fixed groups of answers."""
    if key.raw.strip() in (RIGHT, OTHER):
        key.problem(
            N_("The key “%(key)s” has a meaning of its own here."),
            N_("Give this answer another key."),
            key=key.raw.strip(),
        )


def read_feedback(source: Source) -> Words:
    """Read what is said to an answer the author did not foresee."""
    return source.get("feedback").words()
