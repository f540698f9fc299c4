"""A real browser, and what every journey does with it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.support.cast import PASSWORD, PIN

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 900}
PATIENCE = 10_000  # ms


def find_program() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, or the first that is installed; None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, PROGRAMS) if path), None)


@contextmanager
def opened(program: str) -> Iterator[Browser]:
    """Run Chromium without a window."""
    with sync_playwright() as playwright:
        browser = launch(playwright, program)
        try:
            yield browser
        finally:
            browser.close()


def launch(playwright: Playwright, program: str) -> Browser:
    """Start Chromium without a window."""
    return playwright.chromium.launch(executable_path=program, args=list(FLAGS), headless=True)


def phone(browser: Browser, address: str, **options: Any) -> BrowserContext:
    """Return a phone with an empty memory that opens paths of `address`."""
    settings: dict[str, Any] = {"viewport": PHONE, "base_url": address, "locale": "vi-VN", "has_touch": True}
    context = browser.new_context(**settings | options)
    context.set_default_timeout(PATIENCE)
    return context


def computer(browser: Browser, address: str, **options: Any) -> BrowserContext:
    """Return an office computer that opens paths of `address`."""
    return phone(browser, address, **{"viewport": DESK, "has_touch": False} | options)


def sign_in(page: Page, name: str, *, is_own_phone: bool = False) -> None:
    """Sign a learner in with phone or card and PIN."""
    page.goto("/sign-in")
    page.fill("#name", name)
    page.fill("#pin", PIN)
    if is_own_phone:
        page.check("#is_own_phone")
    press(page, "main .button")


def sign_in_staff(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign a member of staff in with user name and password."""
    page.goto("/staff/sign-in")
    page.fill("#name", username)
    page.fill("#password", password)
    press(page, "main .button")


def press(page: Page, selector: str) -> None:
    """Press what leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.click(selector)


def heading(page: Page) -> str:
    """Return the words of the page's heading."""
    return page.inner_text("h1")


def prefer(page: Page, *, language: str | None = None, text_size: int | None = None) -> None:
    """Set language or text size as the top bar does, without leaving the page."""
    token = page.locator('input[name="csrf_token"]').first.get_attribute("value")
    wanted = {"csrf_token": token, "language": language, "text_size": text_size, "next": "/sign-in"}
    form = {name: str(value) for name, value in wanted.items() if value is not None}
    assert page.request.post("/preferences", form=form).ok
