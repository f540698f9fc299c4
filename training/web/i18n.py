"""Language of the page: the choice made on this phone, Vietnamese until one is made."""

from typing import cast

from flask import Flask, g, session
from flask_babel import Babel

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


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask us."""
    Babel(app, locale_selector=current_language)
