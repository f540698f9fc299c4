"""The client all request tests use: every page it is shown must be a good page."""

import re
from collections import Counter
from typing import Any

import html5lib
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.cast import PASSWORD, PIN
from training.accounts.models import Person
from training.core.db import db

NS = "{http://www.w3.org/1999/xhtml}"
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """One answer of the app as a browser would read it."""

    def __init__(self, response: TestResponse, *, check: bool = True) -> None:
        self.response = response
        self.status = response.status_code
        self.text = response.get_data(as_text=True) if (response.mimetype or "").startswith("text/") else ""
        self.tree = html5lib.parse(self.text) if response.mimetype == "text/html" and self.text else None
        if check and self.tree is not None and not 300 <= self.status < 400:
            self._check()

    def all(self, tag: str) -> list[Any]:
        """Return every element of this name."""
        return [] if self.tree is None else list(self.tree.iter(NS + tag))

    def words(self, element: Any = None) -> str:
        """Return the visible text, white space folded."""
        root = self.tree if element is None else element
        return " ".join("".join(root.itertext()).split()) if root is not None else ""

    @property
    def h1(self) -> str:
        """The words of the page's heading."""
        return self.words(self.all("h1")[0])

    def form(self, action_end: str) -> "tuple[str, dict[str, Any]]":
        """Return (action, fields as they stand) of the form whose action ends like this."""
        for form in self.all("form"):
            action = form.get("action", "")
            if action.split("?")[0].endswith(action_end):
                return action, _fields(form)
        raise AssertionError(f"no form for {action_end} on “{self.h1}”")

    def _check(self) -> None:
        strict = html5lib.HTMLParser(strict=False)
        strict.parse(self.text)
        faults = [f for f in strict.errors if f[1] not in ("unknown-doctype",)]
        assert not faults, f"not valid HTML: {faults[:3]}"
        headings = self.all("h1")
        assert len(headings) == 1, f"{len(headings)} h1 on the page"
        title = self.words(self.all("title")[0])
        assert title.startswith(self.h1), f"title “{title}” does not begin with “{self.h1}”"
        ids = Counter(e.get("id") for e in self.tree.iter() if e.get("id"))  # type: ignore[union-attr]
        assert not [i for i, n in ids.items() if n > 1], "ids are not unique"
        assert len(self.all("main")) == 1, "no main landmark"
        assert self.all("html")[0].get("lang") in ("vi", "en")
        self._check_no_inline()
        self._check_labels(set(ids))
        for image in self.all("img"):
            assert image.get("alt") is not None, "a picture without alt"

    def _check_no_inline(self) -> None:
        for script in self.all("script"):
            assert script.get("src"), "inline script"
        assert not self.all("style"), "inline style element"
        for element in self.tree.iter():  # type: ignore[union-attr]
            bad = [a for a in element.keys() if a == "style" or (isinstance(a, str) and a.startswith("on"))]
            assert not bad, f"inline {bad} on <{element.tag}>"

    def _check_labels(self, ids: set[str | None]) -> None:
        labelled = {label.get("for") for label in self.all("label")}
        wrapped = {id(e) for label in self.all("label") for e in label.iter()}
        for tag in ("input", "select", "textarea"):
            for field in self.all(tag):
                if field.get("type") in UNLABELLED_TYPES:
                    continue
                named = field.get("id") in labelled or id(field) in wrapped or field.get("aria-label")
                assert named or field.get("aria-labelledby"), f"field {field.get('name')} has no label"
                for described in (field.get("aria-describedby") or "").split():
                    assert described in ids, f"aria-describedby {described} points nowhere"
        for form in self.all("form"):
            if (form.get("method") or "get").lower() == "post":
                assert any(i.get("name") == "csrf_token" for i in form.iter(NS + "input")), (
                    "a form without CSRF token"
                )


def _fields(form: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in form.iter(NS + "input"):
        kind, name = field.get("type", "text"), field.get("name")
        if name and (kind not in ("radio", "checkbox", "submit") or field.get("checked") is not None):
            fields[name] = field.get("value", "")
    for area in form.iter(NS + "textarea"):
        fields[area.get("name")] = "".join(area.itertext())
    for select in form.iter(NS + "select"):
        chosen = [o for o in select.iter(NS + "option") if o.get("selected") is not None]
        if chosen:
            fields[select.get("name")] = chosen[0].get("value", "")
    return fields


class Client:
    """A phone or computer with one cookie jar. Every HTML answer is checked as it comes."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http: FlaskClient = app.test_client()

    def get(self, path: str, expect: int = 200, **kwargs: Any) -> Page:
        """Open a page."""
        page = Page(self._open("GET", path, **kwargs))
        assert page.status == expect, f"GET {path}: {page.status}, expected {expect}: {page.words()[:300]}"
        return page

    def post(self, path: str, data: dict[str, Any] | None = None, expect: int = 303, **kwargs: Any) -> Page:
        """Send a form; the CSRF token is taken from a page when it is not given."""
        fields = dict(data or {})
        fields.setdefault("csrf_token", self.csrf_token())
        page = Page(self._open("POST", path, data=fields, **kwargs))
        assert page.status == expect, f"POST {path}: {page.status}, expected {expect}: {page.words()[:300]}"
        return page

    def _open(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        """Send one request as a server would: in a context and a session of its own, not in the test's."""
        db.session.commit()
        outside = _cv_app.set(None)  # type: ignore[arg-type]
        try:
            return self.http.open(path, method=method, **kwargs)
        finally:
            _cv_app.reset(outside)
            db.session.expire_all()

    def submit(self, page: Page, action_end: str, expect: int = 303, **changes: Any) -> Page:
        """Send one of a page's forms with what stands in it and some changes."""
        action, fields = page.form(action_end)
        return self.post(action, fields | changes, expect)

    def follow(self, page: Page) -> Page:
        """Open where an answer points to."""
        return self.get(page.response.headers["Location"])

    def csrf_token(self) -> str:
        """Return a token that this client's session accepts."""
        text = self._open("GET", "/sign-in").get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        assert found, "the sign-in page has no CSRF token"
        return found[1]

    def sign_in(self, person: Person, *, own_phone: bool = False) -> "Client":
        """Sign in as this member of the cast, learners by PIN, staff by password."""
        if person.username:
            self.post("/staff/sign-in", {"name": person.username, "password": PASSWORD})
            return self
        fields = {"name": person.phone or person.card_code, "pin": PIN}
        self.post("/sign-in", fields | ({"is_own_phone": "y"} if own_phone else {}))
        return self
