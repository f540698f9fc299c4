"""Every fault as a page in the app's look and the reader's language, with a way back."""

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DataError, OperationalError
from structlog import get_logger
from werkzeug.exceptions import HTTPException

from training.core.db import db
from training.core.errors import DomainError, TooManyTries
from training.web.limits import WINDOW_SECONDS

HEADINGS: dict[int, tuple[LazyString, LazyString]] = {
    400: (
        _l("This page could not be sent"),
        _l("It may have been open too long. Go back, open the page again and try once more."),
    ),
    403: (
        _l("This page is for others"),
        _l("Your account may not open it. If you need it, ask the person who gave you the account."),
    ),
    404: (_l("There is no such page"), _l("The address may be mistyped, or the page has moved.")),
    405: (_l("There is no such page"), _l("The address may be mistyped, or the page has moved.")),
    413: (
        _l("That is too large"),
        _l("What was sent is larger than this page accepts. Send less at a time."),
    ),
    422: (_l("Something needs another look"), _l("Go back, look at what was filled in and try again.")),
    429: (_l("Please wait a little"), _l("There were too many tries in a short time. Nothing is lost.")),
    500: (
        _l("Something went wrong here"),
        _l("It is our fault, not yours. Answers already saved are kept. Try again in a few minutes."),
    ),
    503: (
        _l("The school is closed for a moment"),
        _l("We are repairing something. Answers already saved are kept. Try again in a few minutes."),
    ),
}


def show_error(code: int, text: str | None = None) -> Response:
    """Return the page for `code`; `text` replaces the standing words."""
    db.session.rollback()
    g.setdefault("viewer", None)
    heading, words = HEADINGS.get(code, HEADINGS[500])
    if request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error=str(text or words)), code)
    page = render_template("errors/error.html", code=code, heading=heading, text=text or words)
    return make_response(page, code)


def on_domain_error(error: DomainError) -> Response:
    """A rule said no: its own words, its own status."""
    response = show_error(error.status, _(error.message) if error.message else None)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def on_http_error(error: HTTPException) -> Response:
    """Flask or a library said no."""
    response = show_error(error.code or 500)
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            response.headers[name] = value
    if error.code == 429:
        response.headers.setdefault("Retry-After", str(WINDOW_SECONDS))
    return response


def on_database_away(error: OperationalError) -> Response:
    """The database does not answer or is too busy: say so, keep calm."""
    get_logger().error("database_unavailable", kind=type(error.orig).__name__)
    response = show_error(503)
    response.headers["Retry-After"] = "30"
    return response


def on_unusable_value(_error: Exception) -> Response:
    """A number or character that no column can hold: nobody could have typed it on a page of ours."""
    return show_error(400)


def on_fault(error: Exception) -> Response:
    """Our own bug: logged in full, shown in one sentence."""
    get_logger().exception("fault", kind=type(error).__name__)
    return show_error(500)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(OperationalError, on_database_away)
    app.register_error_handler(DataError, on_unusable_value)
    app.register_error_handler(OverflowError, on_unusable_value)
    if not app.config.get("PROPAGATE_EXCEPTIONS"):
        app.register_error_handler(Exception, on_fault)
