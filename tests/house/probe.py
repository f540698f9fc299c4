"""Asking for a page as somebody, without keeping what it changed; and counting what it cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from tests.support.page import Client
from training.accounts import signing_in
from training.accounts.models import Person, Scope
from training.accounts.session import remember
from training.core.db import db

BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")
WRITES = ("INSERT", "UPDATE", "DELETE")


class Probe:
    """A phone of one person (or of nobody) that leaves no trace."""

    def __init__(self, app: Flask, person: Person | None, *, own_phone: bool = False) -> None:
        self.client = Client(app)
        if person is not None:
            self._give_session(app, person, own_phone)
        self.token = self.client.csrf_token()
        cookie = self.client.http.get_cookie("hocso")
        self.cookie = cookie.value if cookie else ""

    def _give_session(self, app: Flask, person: Person, own_phone: bool) -> None:
        scope = Scope.STAFF if person.username else Scope.LEARNER
        token, _lasts = signing_in.open_session(person, scope, own_phone)
        db.session.commit()
        with self.client.http.session_transaction() as cookie:
            remember(cookie, person, token, own_phone)

    def ask(self, method: str, path: str, *, csrf: bool = True, **fields: Any) -> TestResponse:
        """Send one request; whatever it changes is undone before this returns."""
        self.client.http.set_cookie("hocso", self.cookie)
        data = fields | ({"csrf_token": self.token} if csrf else {})
        db.session.commit()
        undo: Any = db.engine.begin_nested()  # type: ignore[attr-defined]
        try:
            sent = {} if method == "GET" else {"data": data}
            return self.client._open(method, path, **sent)
        finally:
            db.session.rollback()
            undo.rollback()
            db.session.expire_all()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements run inside the block; savepoints of the tests are not counted."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(BOOKKEEPING):
            seen.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def writes(seen: list[str]) -> list[str]:
    """Return those statements that change something."""
    return [statement for statement in seen if statement.upper().startswith(WRITES)]
