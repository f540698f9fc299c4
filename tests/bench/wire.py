"""What crosses the network, counted in a real browser, and how long a phone on 2G waits."""

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from tests.support.browser import phone
from tests.support.cast import COURSE, PIN

LESSON = f"/courses/{COURSE}/lessons/01-three-things"
NEXT_LESSON = f"/courses/{COURSE}/lessons/02-stop-ask-find-report"
# 50 kbps and 800 ms there and back; a phone six times slower than this machine.
SLOW = {"offline": False, "latency": 800, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
SLOW_CPU = 6


@dataclass
class Wire:
    """Requests and bytes since the last look."""

    session: CDPSession
    sizes: list[float] = field(default_factory=list)
    held: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Begin to count."""
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", self._look)
        self.session.on("Network.loadingFinished", self._note)

    def _look(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            self.held.add(event["requestId"])

    def _note(self, event: dict[str, Any]) -> None:
        # What the phone's own memory answers, or the page itself holds, crosses nothing and counts nothing.
        if event["encodedDataLength"] and event["requestId"] not in self.held:
            self.sizes.append(event["encodedDataLength"])

    def take(self, page: Page) -> tuple[int, float]:
        """Return (requests, kilobytes of 1,000 bytes) since the last look."""
        page.wait_for_load_state("networkidle")
        taken = (len(self.sizes), sum(self.sizes) / 1000)
        self.sizes.clear()
        return taken


def first_and_next(browser: Browser, address: str, cookie: dict[str, str]) -> list[tuple[str, int, float]]:
    """Return (what, requests, KB) of a first visit to a lesson with an empty cache, and of the next one."""
    context = phone(browser, address)
    context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookie.items()])  # type: ignore[list-item]
    page = context.new_page()
    wire = Wire(context.new_cdp_session(page))
    wire.watch()
    rows = []
    for what, path in (
        ("first visit to a lesson", LESSON),
        ("next lesson", NEXT_LESSON),
        ("the same again", NEXT_LESSON),
    ):
        page.goto(path)
        rows.append((what, *wire.take(page)))
    context.close()
    return rows


def on_2g(browser: Browser, address: str, name: str) -> list[tuple[str, float]]:
    """Return seconds: sign-in page from a cold cache, sign-in to first lesson readable, next page."""
    context = phone(browser, address)
    context.set_default_timeout(120_000)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    rows = [("sign-in page, cold cache", _readable(page, lambda: page.goto("/sign-in", wait_until="commit")))]
    page.fill("#name", name)
    page.fill("#pin", PIN)
    home = _readable(page, lambda: page.click("main .button"))
    lesson = _readable(page, lambda: page.click(".card--now .button"))
    rows.append(("home after sign-in was sent", home))
    rows.append(("first lesson readable after sign-in was sent", home + lesson))
    rows.append(("next page: lesson done, next lesson", _readable(page, lambda: page.click(".foot .button"))))
    rows.append(("next page: a link", _readable(page, lambda: page.click(".bar__home"))))
    context.close()
    return rows


def _readable(page: Page, act: object) -> float:
    """Return seconds until another document stands there with its heading, styled."""
    before = page.evaluate("performance.timeOrigin")
    began = time.monotonic()
    act()  # type: ignore[operator]
    page.wait_for_function(
        "(before) => performance.timeOrigin !== before && document.querySelector('h1')"
        " && performance.getEntriesByType('paint').length > 0",
        arg=before,
        polling=50,
    )
    return time.monotonic() - began
