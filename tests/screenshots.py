"""`make screenshots`: pictures of the pages of the demo, in `screenshots/`; the README's own in `static/img/readme/`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

import config
from tests.journeys.answering import choose_right, keys_of
from tests.support import browser as browsing
from tests.support.browser import press, sign_in, sign_in_staff
from tests.support.cast import COURSE
from tests.support.live import open_app, started
from training.devtools.province import PASSWORD

PICTURES = config.ROOT / "screenshots"
README = config.ROOT / "static" / "img" / "readme"
FOR_README = {"home-360", "question-360", "result-360", "lesson-360", "report-1280"}


def main() -> int:
    """Take every picture."""
    program = browsing.find_program()
    if program is None:
        print("Pictures need a browser. Install Chromium: sudo apt install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, started(Path(folder), "--demo") as (address, _process):
        with browsing.opened(program) as browser:
            learn(browser, address, Path(folder))
            look_after(browser, address)
    return 0


def take(page: Page, name: str, *, is_whole: bool = False) -> None:
    """Save a picture of what is on the screen, or of the whole page."""
    PICTURES.mkdir(exist_ok=True)
    size = page.viewport_size
    if is_whole and size:
        # As high as the page, so that the bar at the bottom of the screen covers nothing.
        height = page.evaluate("document.scrollingElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": height})
    page.screenshot(path=PICTURES / f"{name}.png")
    if size:
        page.set_viewport_size(size)
    if name in FOR_README:
        README.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=README / f"{name}.png")


def learn(browser: Browser, address: str, data_dir: Path) -> None:
    """Follow a secretary who has begun."""
    page = browsing.phone(browser, address, viewport={"width": 360, "height": 740}).new_page()
    page.goto("/sign-in")
    take(page, "sign-in-360")
    sign_in(page, "0900000001")
    take(page, "home-360")
    press(page, ".card--now .button")
    course = f"/courses/{COURSE}"
    page.goto(f"{course}/lessons/01-three-things")
    take(page, "lesson-360")
    take(page, "lesson-whole-360", is_whole=True)
    page.locator("#checks input:not([type=hidden])").first.check()
    page.locator("#checks .button").first.click()
    page.locator("[data-feedback]").scroll_into_view_if_needed()
    take(page, "self-check-360")
    page.goto(course)
    take(page, "course-360", is_whole=True)
    take_the_quiz(page, course, data_dir)
    page.goto("/me/results")
    take(page, "my-results-360", is_whole=True)


def take_the_quiz(page: Page, course: str, data_dir: Path) -> None:
    """Answer two questions wrong or not at all, the others right."""
    app = open_app(data_dir)
    page.goto(f"{course}/quizzes/final")
    take(page, "quiz-360")
    press(page, ".foot .button")
    attempt = page.url.split("/attempts/")[1].split("/")[0]
    keys = keys_of(app, attempt)
    for number, key in enumerate(keys, 1):
        if number != 4:
            choose_right(app, page, key)
        if number == 3:
            page.wait_for_selector('[data-question="3"] .is-saved')
            take(page, "question-360")
        page.click("[data-next]")
    take(page, "last-check-360", is_whole=True)
    page.click("[data-hand-in] .button")
    page.wait_for_selector("#answers", state="detached")
    take(page, "result-360")
    take(page, "result-whole-360", is_whole=True)


def look_after(browser: Browser, address: str) -> None:
    """Follow a committee on a computer and on a phone, then an administrator."""
    page = browsing.computer(browser, address).new_page()
    sign_in_staff(page, "ban.xuanvan", PASSWORD)
    take(page, "report-1280")
    people = page.get_attribute(".tiles a", "href") or ""
    printed = page.get_attribute('a[href*="/print"]', "href") or ""
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    take(page, "report-360", is_whole=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(people)
    take(page, "report-people-1280")
    page.goto(printed)
    page.emulate_media(media="print")
    take(page, "print-1280", is_whole=True)
    trainer = browsing.computer(browser, address).new_page()
    sign_in_staff(trainer, "giangvien1", PASSWORD)
    quiz = "/courses/fake-news/quizzes/final"
    for name, path in (
        ("quizzes", "/quizzes"), ("attempts", "/quizzes/fake-news/final/attempts"), ("analysis", f"{quiz}/analysis"),
        ("papers", f"{quiz}/papers"), ("preview", f"{quiz}/preview?number=44"),
    ):  # fmt: skip
        trainer.goto(path)
        take(trainer, f"{name}-1280")
    admin = browsing.computer(browser, address).new_page()
    sign_in_staff(admin, "quantri", PASSWORD)
    take(admin, "report-province-1280")
    for name, path in (
        ("people", "/people"), ("units", "/units"), ("unit", "/units/2"), ("assignments", "/assignments"),
        ("new-assignment", "/assignments/new?unit=2"), ("audit", "/audit"), ("health", "/admin/health"), ("person", "/people/3"),
    ):  # fmt: skip
        admin.goto(path)
        take(admin, f"{name}-1280")


if __name__ == "__main__":
    sys.exit(main())
