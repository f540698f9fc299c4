"""Words of a course in every language it is taught in."""

from collections.abc import Mapping

LANGUAGES = ("vi", "en")

Words = Mapping[str, str]


def in_language(words: Words, language: str) -> str:
    """Return the words in one language.

    Args:
        words: text by language code.
        language: the code asked for, such as ``vi``.

    Returns:
        The text asked for; when it is missing the Vietnamese one, then any other, then ''.
    """
    for code in (language, *LANGUAGES):
        if words.get(code):
            return words[code]
    return next(iter(words.values()), "")
