"""Language of the page: the choice made on this phone, Vietnamese until one is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask, g, session
from flask_babel import Babel, get_translations

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT_LANGUAGE = "vi"
TEXT_SIZES = (1, 2, 3)


def current_language() -> str:
    """Return "vi" or "en"; read from the signed cookie, so that an error page needs no database."""
    forced = g.get("language")
    chosen = forced or session.get("lang", DEFAULT_LANGUAGE)
    return cast(str, chosen) if chosen in LANGUAGES else DEFAULT_LANGUAGE


def current_text_size() -> int:
    """Return 1, 2 or 3."""
    size = session.get("size", 1)
    return size if size in TEXT_SIZES else 1


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write what is written inside the block in this language, whatever the page speaks."""
    before = g.get("language")
    g.language = language
    try:
        yield
    finally:
        g.language = before


def _catalogue() -> Any:
    """Return the message catalogue of the page's language, looked up once per request and language."""
    language = current_language()
    held = g.get("catalogue")
    if held is None or held[0] != language:
        held = g.catalogue = (language, get_translations())
    return held[1]


def _gettext(message: str) -> str:
    return str(_catalogue().ugettext(message))


def _ngettext(singular: str, plural: str, number: int) -> str:
    return str(_catalogue().ungettext(singular, plural, number))


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask us for the language, and templates find their words without asking it each time."""
    Babel(app, locale_selector=current_language)
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
