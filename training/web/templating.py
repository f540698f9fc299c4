"""What every template may use besides its own data."""

from collections.abc import MutableMapping
from datetime import date, datetime
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf

from training.core import clock
from training.core.ids import new_id
from training.core.numbers import percent
from training.web import access, i18n
from training.web.navigation import navigation


class PlainGlobals(Environment):
    """Templates with one plain dictionary of globals, fixed when a template is first read.

    Jinja's own is a chain of two, which every import inside a template walks key by key: a tenth of a page's time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template sees besides its own data."""
        return {**self.globals, **(d or {})}


def format_date(value: date | datetime | None) -> str:
    """Return 23/11/2026; a moment is shown on the Vietnamese calendar; nothing for None."""
    if value is None:
        return ""
    day = clock.local(value) if isinstance(value, datetime) else value
    return day.strftime("%d/%m/%Y")


def format_time(value: datetime) -> str:
    """Return 19:05 on the Vietnamese clock."""
    return clock.local(value).strftime("%H:%M")


def format_datetime(value: datetime | None) -> str:
    """Return "19:05 23/11/2026"; nothing for None."""
    return "" if value is None else clock.local(value).strftime("%H:%M %d/%m/%Y")


def format_number(value: int | float) -> str:
    """Return 1.234 or 0,5 as written in Việt Nam, 1,234 or 0.5 in English."""
    text = f"{round(value, 2):,}"
    text = text.removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,")) if i18n.current_language() == "vi" else text


def format_decimal(value: float) -> str:
    """Return 0,25 or −0,25 as written in Việt Nam, 0.25 or −0.25 in English: always two decimals."""
    text = f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")
    return text.replace(".", ",") if i18n.current_language() == "vi" else text


def format_percent(part: int, whole: int) -> str:
    """Return "55%", rounded half up, or a dash when there is nothing to divide by."""
    share = percent(part, whole)
    return "–" if share is None else f"{share}%"


def init_app(app: Flask) -> None:
    """Register the globals and filters."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters |= {
        "date": format_date,
        "time": format_time,
        "datetime": format_datetime,
        "number": format_number,
        "decimal": format_decimal,
    }
    env.globals |= {
        "percent": format_percent,
        "csrf_token": generate_csrf,
        "navigation": navigation,
        "new_entry_id": new_id,
    }

    @app.context_processor
    def _page() -> dict[str, object]:
        return {
            "viewer": access.find_viewer(),
            "language": i18n.current_language(),
            "text_size": i18n.current_text_size(),
        }
