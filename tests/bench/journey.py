"""A whole evening on 2G in a real browser with scripts: sign in, the last lesson, the quiz, the result.

Every request is named, with what it brought and sent and how long somebody waited, so that one can see what to cut.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, CDPSession, Page

from tests.bench.wire import SLOW, SLOW_CPU
from tests.journeys.answering import choose_right, keys_of
from tests.support.browser import phone
from tests.support.cast import COURSE, PIN
from tests.support.live import Learner
from training.catalogue.queries import get_current_revision
from training.core.db import db, unit_of_work
from training.core.ids import new_id
from training.journal.actions import Origin
from training.lessons.actions import finish_lesson

# The bars of the journey: requests, kilobytes received, seconds of waiting.
BARS = (12, 60.0, 20.0)
NEXT, HAND_IN = "[data-next]", "[data-hand-in] .button"
PATIENCE = 120_000  # ms
# From the tap until the next question is painted, as the page itself sees it: driving a slowed browser takes time of its own.
TURNS = """() => {
  window.turns = [];
  addEventListener("click", (event) => {
    if (!event.target.closest("[data-next]")) return;
    const note = () => window.turns.push(performance.now() - event.timeStamp);
    addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(note)), { once: true });
  }, true);
}"""


@dataclass
class Request:
    """One request as the browser reports it; bytes with headers, sent ones without HTTP's own line."""

    step: str
    name: str
    kind: str
    received: float = 0.0
    sent: float = 0.0
    status: int = 0
    began: float = 0.0
    ended: float = 0.0

    @property
    def seconds(self) -> float:
        """From asking to the last byte."""
        return max(0.0, self.ended - self.began)


@dataclass
class Ledger:
    """All requests of a page by step, redirects counted on their own."""

    session: CDPSession
    step: str = ""
    requests: list[Request] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    _open: dict[str, Request] = field(default_factory=dict)
    _early: dict[str, float] = field(default_factory=dict)

    def watch(self) -> None:
        """Begin to write down."""
        self.session.send("Network.enable")
        for event, note in (
            ("requestWillBeSent", self._sent),
            ("requestWillBeSentExtraInfo", self._headers),
            ("responseReceived", self._answered),
            ("loadingFinished", self._finished),
        ):
            self.session.on(f"Network.{event}", note)

    @property
    def crossing(self) -> list[Request]:
        """What crossed the network: answers from the phone's own memory bring no byte."""
        return [request for request in self.requests if request.received]

    def _sent(self, event: dict[str, Any]) -> None:
        passed_on = event.get("redirectResponse")
        if passed_on:
            self._close(event, passed_on["encodedDataLength"], passed_on["status"])
        asked = event["request"]
        if asked["url"].startswith("data:"):
            # A drawing that stands in the page itself crosses nothing.
            return
        name = f"{asked['method']} {urlsplit(asked['url']).path}"
        made = Request(self.step, name, event.get("type", ""), began=event["timestamp"])
        made.sent = self._early.pop(event["requestId"], 0.0)
        made.sent += sum(len(piece.get("bytes", "")) * 3 / 4 for piece in asked.get("postDataEntries", []))
        self._open[event["requestId"]] = made
        self.requests.append(made)

    def _headers(self, event: dict[str, Any]) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in event["headers"].items())
        request = self._open.get(event["requestId"])
        if request:
            request.sent += size
        else:
            # For what a document asks for, the headers are reported before the request itself.
            self._early[event["requestId"]] = size

    def _answered(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._open:
            self._open[event["requestId"]].status = event["response"]["status"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._open:
            self._close(event, event["encodedDataLength"], self._open[event["requestId"]].status)

    def _close(self, event: dict[str, Any], received: float, status: int) -> None:
        request = self._open.pop(event["requestId"])
        request.received, request.status, request.ended = received, status, event["timestamp"]


def prepare(app: Flask, person_id: int) -> None:
    """Finish every lesson but the last, so that one evening leads from sign-in to the result."""
    with app.app_context():
        lessons = [item.key for item in get_current_revision(COURSE).counted_items if item.kind == "lesson"]
        with unit_of_work():
            for key in lessons[:-1]:
                finish_lesson(person_id, COURSE, key, Origin(new_id()))
        db.session.remove()


def walk(browser: Browser, address: str, app: Flask, learner: Learner) -> Ledger:
    """Go the whole way with an empty cache, only by what can be pressed on the pages."""
    prepare(app, learner.id)
    context = phone(browser, address)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    ledger = Ledger(session)
    ledger.watch()
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    _wait(ledger, page, "sign-in page", lambda: page.goto("/sign-in", wait_until="commit"))
    page.fill("#name", learner.phone)
    page.fill("#pin", PIN)
    _wait(ledger, page, "signing in: home", lambda: _tap(page, "main .button"))
    _wait(ledger, page, "the lesson", lambda: _tap(page, ".card--now .button"))
    _wait(ledger, page, "lesson done: the quiz", lambda: _tap(page, ".foot .button"))
    _wait(ledger, page, "begin: all questions", lambda: _tap(page, ".foot .button"))
    page.wait_for_function("() => location.hash.startsWith('#question-')", polling=50)
    _answer_all(ledger, page, app)
    _hand_in(ledger, page)
    page.wait_for_load_state("networkidle")
    context.close()
    return ledger


def _tap(page: Page, selector: str) -> None:
    page.locator(selector).first.click(no_wait_after=True)


def _wait(ledger: Ledger, page: Page, step: str, act: Callable[[], object]) -> None:
    """Press, and count the seconds until another document stands there with its heading, styled."""
    page.wait_for_load_state("load")
    before = page.evaluate("performance.timeOrigin")
    ledger.step = step
    began = time.monotonic()
    act()
    page.wait_for_function(
        "(before) => performance.timeOrigin !== before && document.querySelector('h1')"
        " && performance.getEntriesByType('paint').length > 0",
        arg=before,
        polling=50,
    )
    ledger.seconds[step] = time.monotonic() - began


def _answer_all(ledger: Ledger, page: Page, app: Flask) -> None:
    """Answer one question after the other; only the turning of pages is waiting, thinking is not."""
    ledger.step = "answering, last check"
    page.evaluate(TURNS)
    keys = keys_of(app, page.url.split("/attempts/")[1].split("/")[0])
    for place, key in enumerate(keys, 1):
        choose_right(app, page, key)
        _tap(page, NEXT)
        page.wait_for_function("(place) => window.turns.length === place", arg=place, polling=50)
    ledger.seconds[ledger.step] = page.evaluate("window.turns.reduce((sum, turn) => sum + turn, 0)") / 1000


def _hand_in(ledger: Ledger, page: Page) -> None:
    ledger.step = "handing in: the result"
    began = time.monotonic()
    _tap(page, HAND_IN)
    page.wait_for_function(
        "() => !location.pathname.endsWith('questions') && !document.querySelector('#answers')", polling=50
    )
    ledger.seconds[ledger.step] = time.monotonic() - began


def rows_of(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Return a row for each step, one for the whole way beside its bars, and one for each request."""
    rows = []
    for step, seconds in ledger.seconds.items():
        mine = [request for request in ledger.crossing if request.step == step]
        rows.append((f"2G journey: {step}", f"{seconds:.1f} s", _summed(mine)))
    whole = sum(ledger.seconds.values())
    bars = "bars: {} requests, {:.0f} KB, {:.0f} s".format(*BARS)
    rows.append(("2G journey: all", f"{whole:.1f} s", f"{_summed(ledger.crossing)} ({bars})"))
    for place, request in enumerate(ledger.crossing, 1):
        size = f"{request.received / 1000:.1f} KB"
        more = f"{request.name} → {request.status} ({request.kind}, {request.seconds:.1f} s, {request.sent / 1000:.1f} KB up)"
        rows.append((f"2G request {place}, {request.step}", size, more))
    return rows


def _summed(requests: list[Request]) -> str:
    down = sum(request.received for request in requests) / 1000
    up = sum(request.sent for request in requests) / 1000
    return f"{len(requests)} requests · {down:.1f} KB down · {up:.1f} KB up"
