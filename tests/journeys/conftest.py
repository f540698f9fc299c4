"""What the journeys share: one real server with the cast, one browser, a phone or a computer for each story."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.support import browser as browsing
from tests.support import live as running
from tests.support.cast import Cast
from tests.support.cast import read as read_cast

Maker = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser(missing: Any) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    program = browsing.find_program()
    if program is None:
        missing("browser journeys", "install Chromium: sudo apt install chromium")
    assert program is not None
    with browsing.opened(program) as opened:
        yield opened


@pytest.fixture(scope="session")
def live(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Live]:
    """The production server with the cast; each story brings its own learners."""
    with running.with_cast(tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture(scope="session")
def people(live: running.Live) -> Cast:
    """The cast as the server's database has it, to be read only."""
    return _detached(live.app)


def _detached(app: Flask) -> Cast:
    with app.app_context():
        return read_cast()


@pytest.fixture
def learner(live: running.Live, people: Cast) -> running.Learner:
    """A secretary of this story alone."""
    return live.learner(people.na_sang)


@pytest.fixture
def phone(browser: Browser, live: running.Live) -> Iterator[Maker]:
    """Make phones with an empty memory."""
    yield from _makers(browser, live, browsing.phone)


@pytest.fixture
def computer(browser: Browser, live: running.Live) -> Iterator[Maker]:
    """Make office computers."""
    yield from _makers(browser, live, browsing.computer)


def _makers(browser: Browser, live: running.Live, make: Maker) -> Iterator[Maker]:
    made: list[BrowserContext] = []

    def maker(**options: Any) -> BrowserContext:
        made.append(make(browser, live.address, **options))
        return made[-1]

    yield maker
    for context in made:
        context.close()
