"""What every answer of the program has: calm error pages, safe headers, safe cookies, quiet logs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
import structlog.testing
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from tests.conftest import build_app
from tests.support.cast import COURSE, PASSWORD, PIN, Cast
from tests.support.page import Client
from training.core import db as database
from training.core.db import db
from training.core.errors import InvalidInput, NotPermitted, TooManyTries
from training.web import logs
from training.web.access import local_target, public
from training.web.limits import limiter

FAULTS: dict[int, Any] = {
    400: None,
    403: NotPermitted(),
    404: None,
    405: None,
    413: None,
    422: InvalidInput(),
    429: TooManyTries("", 30),
    500: RuntimeError("a secret in the stack"),
    503: OperationalError("SELECT secret", {}, Exception("gone")),
}
LESSON = "01-three-things"
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cache-Control",
    "X-Request-Id",
)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A program as it is served, with one view that fails as it is told."""
    folder = tmp_path_factory.mktemp("faulty")
    app = build_app(f"sqlite:///{folder / 'test.sqlite3'}", folder, TESTING=False, PROPAGATE_EXCEPTIONS=False)

    def fail(code: int) -> str:
        raise FAULTS[code]

    app.add_url_rule("/fault/<int:code>", "fault", public(fail))
    yield app
    with app.app_context():
        db.engine.dispose()


def ask(client: Client, code: int, language: str = "vi") -> Any:
    """Bring about the fault of this status and return the page."""
    with client.app.app_context():
        with client.http.session_transaction() as cookie:
            cookie["lang"] = language
        if code == 400:
            return client.post("/sign-out", {"csrf_token": "wrong"}, expect=400)
        if code == 404:
            return client.get("/no-such-page", expect=404)
        if code == 405:
            return client.post("/me/results", expect=405)
        if code == 413:
            return client.post("/preferences", {"next": "x" * 1_100_000}, expect=413)
        return client.get(f"/fault/{code}", expect=code)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(FAULTS))
def test_every_fault_is_a_page_of_ours_with_a_way_back(faulty: Flask, code: int, language: str) -> None:
    page = ask(Client(faulty), code, language)
    assert page.all("html")[0].get("lang") == language
    assert any(link.get("href") == "/" for link in page.all("a"))
    for word in ("Traceback", "secret", "RuntimeError", "SELECT", "werkzeug"):
        assert word not in page.text


@pytest.mark.parametrize("code", [429, 503])
def test_who_must_wait_is_told_how_long(faulty: Flask, code: int) -> None:
    assert ask(Client(faulty), code).response.headers["Retry-After"] == "30"


def test_a_script_that_asks_for_json_gets_the_fault_as_json(faulty: Flask) -> None:
    answer = faulty.test_client().get("/fault/422", headers={"Accept": "application/json"})
    assert answer.status_code == 422 and answer.json is not None and answer.json["error"]


@pytest.mark.parametrize(
    "path", ["/sign-in", "/no-such-page", "/fault/500", "/fault/503", "/healthz", "/me/results"]
)
def test_every_kind_of_answer_carries_the_headers_that_keep_people_safe(faulty: Flask, path: str) -> None:
    headers = faulty.test_client().get(path).headers
    assert [name for name in HEADERS if name not in headers] == []
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"


def test_over_https_the_browser_is_told_to_stay_there(faulty: Flask) -> None:
    assert (
        "Strict-Transport-Security"
        in faulty.test_client().get("/sign-in", base_url="https://localhost").headers
    )
    assert "Strict-Transport-Security" not in faulty.test_client().get("/sign-in").headers


@pytest.mark.parametrize("is_secure", [False, True])
def test_the_cookie_is_for_this_site_only_and_no_script_reads_it(tmp_path: Path, is_secure: bool) -> None:
    app = build_app(f"sqlite:///{tmp_path / 'test.sqlite3'}", tmp_path, SESSION_COOKIE_SECURE=is_secure)
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is is_secure
    with app.app_context():
        db.engine.dispose()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.text("/\\:.?#@htpsevil%0a \t\n\rx", max_size=25) | st.text(max_size=20))
def test_no_target_ever_leads_away_from_the_site(faulty: Flask, address: str) -> None:
    with faulty.test_request_context("/", base_url="http://hoc.example"):
        target = local_target(address)
    assert target.startswith("/") and not target.startswith(("//", "/\\"))
    assert "\\" not in target.split("?")[0]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/me/results?x=1", "/me/results?x=1"),
        ("http://hoc.example/a", "/a"),
        ("http://other/a", "/"),
        (None, "/"),
    ],
)
def test_a_target_of_ours_is_kept_and_any_other_is_home(
    faulty: Flask, address: str | None, target: str
) -> None:
    with faulty.test_request_context("/", base_url="http://hoc.example"):
        assert local_target(address) == target


def test_a_machine_that_tries_names_at_random_is_slowed_down(tmp_path: Path) -> None:
    app = build_app(f"sqlite:///{tmp_path / 'test.sqlite3'}", tmp_path, RATELIMIT_ENABLED=True)
    client = Client(app)
    try:
        with app.app_context():
            token = client.csrf_token()
            limiter.reset()
            answers = [client.http.post("/sign-in", data={"csrf_token": token}) for _ in range(61)]
            assert {a.status_code for a in answers[:60]} == {422}
            assert answers[60].status_code == 429 and int(answers[60].headers["Retry-After"]) <= 60
            client.get("/sign-in")
            limiter.reset()
            db.session.remove()
            db.engine.dispose()
    finally:
        limiter.enabled = False


def test_the_log_tells_what_happened_and_never_to_whom(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with structlog.testing.capture_logs() as lines:
        monkeypatch.setattr(logs, "log", structlog.get_logger())
        client.sign_in(cast.elder)
        client.get(f"/courses/{COURSE}")
        client.post("/sign-in", {"name": "0900000001", "pin": "000111"}, expect=422)
        client.post("/sign-out")
        Client(client.app).sign_in(cast.shared_phone).get("/me/results")
        Client(client.app).sign_in(cast.administrator).get(f"/people?search={cast.elder.phone}")
    assert sum(line["event"] == "request" for line in lines) >= 10
    text = json.dumps(lines, ensure_ascii=False, default=str)
    secret = [PIN, PASSWORD, "0900000001", "ACDE23", "000111", "quantri", str(cast.elder.pin_hash)]
    names = [person.full_name for person in (cast.elder, cast.shared_phone, cast.administrator)]
    assert [word for word in secret + names if word in text] == []


def test_a_phone_that_is_signed_out_elsewhere_is_out(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder, own_phone=True)
    client.get("/me/results")
    admin = Client(client.app).sign_in(cast.administrator)
    admin.post(f"/people/{cast.elder.id}/pin", expect=200)
    client.get("/me/results", expect=401)


def test_a_page_kept_on_ones_own_phone_is_asked_for_again_and_changes_when_its_facts_do(
    client: Client, cast: Cast
) -> None:
    client.sign_in(cast.elder, own_phone=True)
    path = f"/courses/{COURSE}/lessons/{LESSON}"
    client.get(path)
    page = client.get(path)
    tag = page.response.headers["ETag"]
    assert page.response.headers["Cache-Control"] == "private, no-cache"
    assert client._open("GET", path, headers={"If-None-Match": tag}).status_code == 304
    client.submit(page, "/completion")
    client.get("/")
    assert client._open("GET", path, headers={"If-None-Match": tag}).status_code == 200
    client.post("/preferences", {"language": "en"})
    assert client.get(path).response.headers["ETag"] != tag


def test_a_shared_phone_keeps_no_page(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    headers = client.get(f"/courses/{COURSE}/lessons/{LESSON}").response.headers
    assert "ETag" not in headers and headers["Cache-Control"] == "no-store"


def test_reading_and_writing_are_told_apart_before_the_first_statement(faulty: Flask) -> None:
    assert database._may_write.get() is False
    with database.writing():
        assert database._may_write.get() is True
        with faulty.app_context(), database.reading():
            assert database._may_write.get() is False
