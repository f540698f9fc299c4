"""Many requests at the same moment, on real threads and real commits; and a server that dies in the middle.

Whatever the order, an attempt is one, an answer is one row, the first handing in wins, every acknowledged change
stands in the journal exactly once, and nobody is ever shown an error of ours.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Barrier, Timer
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

import config
from tests.conftest import build_app
from tests.support import cast as casting
from tests.support import databases
from tests.support.cast import COURSE, PIN
from tests.support.parcels import parcel
from training.accounts import signing_in
from training.accounts.models import Scope
from training.accounts.session import remember
from training.catalogue.queries import get_current_revision
from training.core.db import db, unit_of_work
from training.core.ids import new_id
from training.enrolment.models import Enrolment, ItemOutcome
from training.journal.models import EntryKind, JournalEntry
from training.quizzes.models import Answer, Attempt, LateAnswer
from training.quizzes.verification import list_differences

pytestmark = pytest.mark.concurrent

WORKERS = 32
QUIZ = f"/courses/{COURSE}/quizzes/final"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Phone:
    """A client for one thread: signed in, with a token for its forms."""

    def __init__(self, app: Flask, person: Any) -> None:
        self.http: FlaskClient = app.test_client()
        with app.app_context(), unit_of_work():
            token, _lasts = signing_in.open_session(person, Scope.LEARNER, True)
        with self.http.session_transaction() as cookie:
            remember(cookie, person, token, True)
        self.token = TOKEN.search(self.http.get("/sign-in").get_data(as_text=True))[1]  # type: ignore[index]

    def post(self, path: str, **fields: Any) -> Any:
        """Send a form."""
        return self.http.post(path, data=fields | {"csrf_token": self.token})


@pytest.fixture
def cast(own_app: Flask) -> casting.Cast:
    """The cast of a database of one's own, loaded and let go."""
    with own_app.app_context():
        people = casting.read()
        db.session.expunge_all()
        db.session.remove()
    return people


def together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Start all jobs at the same moment and return what they return."""
    barrier = Barrier(len(jobs))

    def start(job: Callable[[], Any]) -> Any:
        barrier.wait(30)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(60) for future in [pool.submit(start, job) for job in jobs]]


def the_attempt(app: Flask, person_id: int) -> Attempt:
    """Return the one attempt of a person."""
    with app.app_context():
        return db.session.scalars(select(Attempt).where(Attempt.person_id == person_id)).one()


def count(app: Flask, table: Any, *conditions: Any) -> int:
    """Return how many rows fulfil the conditions."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def begin(app: Flask, person: Any) -> tuple[Attempt, Phone]:
    """Start the quiz and return the attempt with a phone."""
    phone = Phone(app, person)
    assert phone.post(f"{QUIZ}/attempts", entry_id=new_id()).status_code == 303
    return the_attempt(app, person.id), phone


def test_start_pressed_on_thirty_two_phones_at_once_is_one_attempt(
    own_app: Flask, cast: casting.Cast
) -> None:
    phones = [Phone(own_app, cast.elder) for _ in range(WORKERS)]
    answers = together([lambda p=p: p.post(f"{QUIZ}/attempts", entry_id=new_id()) for p in phones])
    assert {a.status_code for a in answers} == {303}
    assert len({a.headers["Location"] for a in answers}) == 1
    assert count(own_app, Attempt, Attempt.person_id == cast.elder.id) == 1
    assert count(own_app, JournalEntry, JournalEntry.kind == EntryKind.ATTEMPT_STARTED) == 1


def test_the_same_start_sent_thirty_two_times_is_one_attempt(own_app: Flask, cast: casting.Cast) -> None:
    phones, entry = [Phone(own_app, cast.elder) for _ in range(WORKERS)], new_id()
    answers = together([lambda p=p: p.post(f"{QUIZ}/attempts", entry_id=entry) for p in phones])
    assert {a.status_code for a in answers} == {303}
    assert the_attempt(own_app, cast.elder.id).id == entry


def test_thirty_two_phones_on_one_attempt_lose_nothing_and_mix_nothing(
    own_app: Flask, cast: casting.Cast
) -> None:
    attempt, _phone = begin(own_app, cast.elder)
    phones = [Phone(own_app, cast.elder) for _ in range(WORKERS)]
    results = together([lambda n=n, p=p: _hammer(p, attempt.id, n) for n, p in enumerate(phones)])
    sent = [(status, receipt) for told in results for status, receipt in told]
    assert {status for status, _receipt in sent} <= {200, 303}
    receipts = [receipt for _status, receipt in sent if receipt is not None]
    _assert_sound(own_app, attempt.id, {entry for entry, _is_late in receipts})
    late = {entry for entry, is_late in receipts if is_late}
    assert count(own_app, LateAnswer) == len(late) > 0
    assert count(own_app, ItemOutcome) == 1


def _hammer(phone: Phone, attempt_id: uuid.UUID, worker: int) -> list[tuple[int, tuple[str, bool] | None]]:
    """Save, save the same again, read, and let every fourth worker hand in half-way."""
    told: list[tuple[int, tuple[str, bool] | None]] = []
    for turn in range(6):
        number, choice = (worker + turn) % 10 + 1, "abcd"[worker % 4]
        entries = {n: str(new_id()) for n in (number, number % 10 + 1)}
        fields: dict[str, Any] = {}
        for n, entry in entries.items():
            fields |= parcel(n, choice, entry=entry, sequence=turn + 1)
        for _sending in range(2):
            answer = phone.post(f"/quizzes/attempts/{attempt_id}/answers", **fields)
            receipts = answer.json["receipts"] if answer.is_json else []
            told += [(answer.status_code, (entries[r["number"]], bool(r["is_late"]))) for r in receipts]
            told.append((answer.status_code, None))
        told.append((phone.http.get(f"/quizzes/attempts/{attempt_id}/questions/{number}").status_code, None))
        if turn == 3 and worker % 4 == 0:
            told.append(
                (
                    phone.post(f"/quizzes/attempts/{attempt_id}/submission", entry_id=new_id()).status_code,
                    None,
                )
            )
    return told


def _assert_sound(app: Flask, attempt_id: uuid.UUID, acknowledged: set[str]) -> None:
    with app.app_context():
        keys = db.session.scalars(select(Answer.question_key).where(Answer.attempt_id == attempt_id)).all()
        assert max(Counter(keys).values(), default=0) <= 1
        entries = db.session.scalars(
            select(JournalEntry.id).where(JournalEntry.kind == EntryKind.ANSWER_SAVED)
        ).all()
        assert Counter(str(entry) for entry in entries) == Counter(acknowledged)
        assert list(list_differences()) == []
        db.session.remove()


def test_the_first_handing_in_wins_and_the_others_see_its_result(own_app: Flask, cast: casting.Cast) -> None:
    attempt, phone = begin(own_app, cast.elder)
    phone.post(f"/quizzes/attempts/{attempt.id}/answers", **parcel(1, "a"))
    phones = [Phone(own_app, cast.elder) for _ in range(WORKERS)]
    path = f"/quizzes/attempts/{attempt.id}/submission"
    answers = together([lambda p=p: p.post(path, entry_id=new_id()) for p in phones])
    assert {a.status_code for a in answers} == {303}
    pages = {
        re.findall(r"<h1.*?</h1>", p.http.get(f"/quizzes/attempts/{attempt.id}").text)[0] for p in phones
    }
    assert len(pages) == 1
    assert count(own_app, ItemOutcome) == 1
    _assert_sound(own_app, attempt.id, _journalled(own_app))


def _journalled(app: Flask) -> set[str]:
    with app.app_context():
        query = select(JournalEntry.id).where(JournalEntry.kind == EntryKind.ANSWER_SAVED)
        return {str(entry) for entry in db.session.scalars(query)}


def test_a_lesson_finished_from_eight_threads_counts_once(own_app: Flask, cast: casting.Cast) -> None:
    with own_app.app_context():
        lesson = next(item.key for item in get_current_revision(COURSE).items if item.kind == "lesson")
    path, entry = f"/courses/{COURSE}/lessons/{lesson}/completion", new_id()
    phones = [Phone(own_app, cast.elder) for _ in range(8)]
    same = together([lambda p=p: p.post(path, entry_id=entry) for p in phones])
    other = together([lambda p=p: p.post(path, entry_id=new_id()) for p in phones])
    assert {a.status_code for a in same + other} == {303}
    assert count(own_app, ItemOutcome, ItemOutcome.item_key == lesson) == 1
    assert count(own_app, JournalEntry, JournalEntry.kind == EntryKind.LESSON_DONE) == 1 + len(phones)
    with own_app.app_context():
        row = db.session.scalars(select(Enrolment).where(Enrolment.person_id == cast.elder.id)).one()
        assert row.done_count == 1


def test_two_people_on_one_phone_in_turn_never_mix(own_app: Flask, cast: casting.Cast) -> None:
    http = own_app.test_client()
    kept = {}
    for person in (cast.elder, cast.shared_phone, cast.elder, cast.shared_phone):
        token = TOKEN.search(http.get("/sign-in").text)[1]  # type: ignore[index]
        name = person.phone or person.card_code
        http.post("/sign-in", data={"name": name, "pin": PIN, "csrf_token": token})
        page = http.get(QUIZ).text
        fields = {"csrf_token": TOKEN.search(page)[1], "entry_id": new_id()}  # type: ignore[index]
        place = http.post(f"{QUIZ}/attempts", data=fields).headers["Location"]
        assert kept.setdefault(person.id, place) == place
        for other, theirs in kept.items():
            assert http.get(theirs).status_code == (200 if other == person.id else 404)
        token = TOKEN.search(http.get("/sign-in").text)[1]  # type: ignore[index]
        http.post("/sign-out", data={"csrf_token": token})
        assert cast.elder.full_name not in http.get("/").text
    assert len(set(kept.values())) == 2


def test_readers_are_served_while_others_write(own_app: Flask, cast: casting.Cast) -> None:
    attempt, _phone = begin(own_app, cast.elder)
    writers = [Phone(own_app, cast.elder) for _ in range(4)]
    readers = [Phone(own_app, person) for person in (cast.neighbour, cast.shared_phone) for _ in range(2)]

    def write(phone: Phone) -> set[int]:
        path = f"/quizzes/attempts/{attempt.id}/answers"
        return {phone.post(path, **parcel(1, "a", sequence=n)).status_code for n in range(15)}

    def read(phone: Phone) -> set[int]:
        return {phone.http.get(path).status_code for path in ("/", QUIZ, "/me/results") for _ in range(5)}

    jobs = [lambda p=p: write(p) for p in writers] + [lambda p=p: read(p) for p in readers]
    assert set.union(*together(jobs)) == {200}


# A server of its own, killed without warning.


@contextmanager
def serving(environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the real server until the block ends."""
    command = [sys.executable, "-m", "training.serving"]
    process = subprocess.Popen(
        command, cwd=config.ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_it_answers(process, port)
        yield process
    finally:
        process.kill()
        process.wait(10)


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


class FarPhone:
    """A browser on the other side of a real connection."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """Open a page."""
        with self.opener.open(self.site + path, timeout=10) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, Any]) -> tuple[str, str]:
        """Send a form and return the address it led to and the page there."""
        data = urllib.parse.urlencode(fields | {"csrf_token": self.token}).encode()
        with self.opener.open(self.site + path, data, timeout=10) as answer:
            return answer.geturl(), answer.read().decode()

    def sign_in(self) -> None:
        """Sign the elder in."""
        self.token = self._token("/sign-in")
        self.post("/sign-in", {"name": "0900000001", "pin": PIN, "is_own_phone": "y"})
        self.token = self._token(QUIZ)

    def _token(self, path: str) -> str:
        found = TOKEN.search(self.get(path))
        assert found
        return found[1]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_answer_with_a_receipt_survives_a_server_that_is_killed(
    kind: str, tmp_path: Path, missing: Any
) -> None:
    with databases.fresh(kind, tmp_path, missing) as address:
        app = build_app(address, tmp_path)
        databases.fill(app)
        with app.app_context():
            db.engine.dispose()
        port = _free_port()
        given = {
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": address,
            "SECRET_KEY": "t" * 40,
            "PORT": str(port),
        }
        environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | given
        with serving(environ, port) as server:
            acknowledged = _save_until_killed(port, server)
        assert len(acknowledged) >= 20
        with serving(environ, port):
            phone = FarPhone(port)
            phone.sign_in()
        assert acknowledged <= _journalled(app)
        with app.app_context():
            assert list(list_differences()) == []
            db.session.remove()
            db.engine.dispose()


def _save_until_killed(port: int, server: subprocess.Popen[bytes]) -> set[str]:
    phone = FarPhone(port)
    phone.sign_in()
    place, _page = phone.post(f"{QUIZ}/attempts", {"entry_id": new_id()})
    attempt = place.split("/attempts/")[1].split("/")[0]
    acknowledged = set()
    for turn in range(2000):
        entry = str(new_id())
        fields = parcel(turn % 10 + 1, "a", entry=entry, sequence=turn)
        if turn == 30:
            Timer(0.05, os.kill, (server.pid, signal.SIGKILL)).start()
        try:
            phone.post(f"/quizzes/attempts/{attempt}/answers", fields)
        except (OSError, urllib.error.URLError):
            return acknowledged
        acknowledged.add(entry)
    raise AssertionError("the server was not killed")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
