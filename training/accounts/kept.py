"""A form that was sent after its session had ended: carried through signing in, signed, and offered to be sent again."""

from dataclasses import dataclass
from typing import Any

from flask import Request, current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

LASTS = 3600
# Never carried: secrets, and the token that belongs to the session that ended.
LEFT_OUT = {"csrf_token", "pin", "old_pin", "new_pin", "password"}


@dataclass(frozen=True)
class Unsent:
    """Where a form was going and what it held: field name → values."""

    path: str
    fields: dict[str, list[str]]


def keep(request: Request) -> str:
    """Return the interrupted form as signed text."""
    fields = {name: values for name, values in request.form.lists() if name not in LEFT_OUT}
    return _signer().dumps({"path": request.path, "fields": fields})


def read(text: str | None) -> Unsent | None:
    """Return the form inside `text`, or None when there is none, it was tampered with, or it is over an hour old."""
    try:
        found: Any = _signer().loads(text or "", max_age=LASTS)
    except BadSignature:
        return None
    return Unsent(found["path"], found["fields"])


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="unsent-form")
