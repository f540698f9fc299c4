"""The commit rule: an unsafe request answered below 400 commits once, after its view; everything else rolls back."""

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from training.core.db import db, writing
from training.web.access import SAFE_METHODS
from training.web.templating import PlainGlobals


class Application(Flask):
    """Flask whose requests are units of work."""

    jinja_environment = PlainGlobals

    def full_dispatch_request(self) -> Response:  # type: ignore[override]
        """Run the request; one that may write says so before its first statement."""
        if request.method in SAFE_METHODS:
            return super().full_dispatch_request()
        with writing():
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view and settle its transaction before the answer leaves."""
        response = self.make_response(super().dispatch_request())
        if request.method not in SAFE_METHODS and response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response
