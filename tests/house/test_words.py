"""Every sentence people read stands in both catalogues."""

import re
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house import source

TRANSLATIONS = source.PROGRAM / "translations"
KEYWORDS: dict[str, Any] = {"_": None, "_l": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def wanted() -> frozenset[str]:
    """Return every message of the program and its templates; of a plural the singular."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    messages = set()
    for folder in (source.PROGRAM, source.TEMPLATES):
        methods_here = [(pattern.split("/", 1)[-1], method) for pattern, method in methods]
        options_here = {pattern.split("/", 1)[-1]: values for pattern, values in options.items()}
        found = extract_from_dir(str(folder), methods_here, options_here, KEYWORDS)
        messages |= {m if isinstance(m, str) else m[0] for _file, _line, m, _comments, _context in found}
    return frozenset(messages)


@cache
def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language; empty when it is not written yet."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _is_filled(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return bool(message.string) and all(
        message.string if isinstance(message.string, tuple | list) else (True,)
    )


def test_the_program_has_words_to_translate() -> None:
    assert len(wanted()) > 150


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_is_untranslated(language: str) -> None:
    words = catalogue(language)
    missing = sorted(message for message in wanted() if not _is_filled(words.get(message)))
    assert missing == [], f"{len(missing)} sentences"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_translation_keeps_the_places_to_fill(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        known = {name for text in ids for name in PLACEHOLDER.findall(text)}
        needed = set(PLACEHOLDER.findall(ids[-1])) - {"num"}
        for text in filter(None, texts if message.id else ()):
            used = set(PLACEHOLDER.findall(text))
            if not needed <= used <= known:
                wrong.append(ids[0])
    assert wrong == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_catalogue_holds_nothing_that_nobody_says(language: str) -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id}
    assert sorted(known - wanted()) == []


def test_no_message_is_put_together_from_pieces() -> None:
    glued = re.compile(r"""\b(_|_l|ngettext)\(\s*f["']|\b(_|_l)\([^)]*\)\s*[+~]\s*_\(""")
    files = (*source.program_files(), *source.template_files())
    assert [source.name_of(path) for path in files if glued.search(source.read(path))] == []
