"""Every page, for the role it is made for: axe finds nothing, nothing overflows a phone, fingers hit what they aim at."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.journeys import addresses
from tests.journeys.conftest import Maker
from tests.support.browser import DESK, PHONE, prefer, sign_in, sign_in_staff
from tests.support.cast import Cast
from tests.support.live import Learner, Live

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ("vi", "en")
SIZES = (1, 2, 3)
TARGET = 48  # px

RUN = """async (options) => (await axe.run(document, options)).violations.map(
  (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ") + " – " + n.failureSummary.split("\\n").pop().trim()).join("; ")}`)"""

# What fingers aim at. Links inside running text are exempt (WCAG 2.5.8), and so is what a label covers.
SMALL = """(least) => [...document.querySelectorAll("button, summary, input:not([type=hidden]), select, textarea, a:not(sup > a)")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > 1 && !e.matches(".skip"))
  .filter((e) => !e.matches("a") || getComputedStyle(e).display !== "inline" || e.parentElement.innerText.trim() === e.innerText.trim())
  .map((e) => { const b = (e.matches("input") && e.labels?.length && e.matches("[type=radio], [type=checkbox]") ? e.labels[0] : e)
    .getBoundingClientRect(); return [e.outerHTML.slice(0, 90), Math.round(b.width), Math.round(b.height)]; })
  .filter(([, width, height]) => width < least || height < least)"""


@pytest.fixture(scope="module")
def story(live: Live, people: Cast) -> tuple[Learner, addresses.Places]:
    """A learner with attempts in every state, and the addresses around them."""
    learner = live.learner(people.na_sang)
    return learner, addresses.prepare(live, people, learner)


def faults(page: Page, *, is_learner: bool) -> list[str]:
    """Return what axe finds wrong with the page as it stands; enhanced contrast counts for learners."""
    page.evaluate(AXE)
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {"color-contrast-enhanced": {"enabled": is_learner}},
        "resultTypes": ["violations"],
    }
    found: list[str] = page.evaluate(RUN, options)
    return found


def walk(page: Page, pages: dict[str, str], *, is_learner: bool) -> list[str]:
    """Return everything axe finds on these pages in the present language, on a phone and on a desk."""
    found = []
    for name, address in pages.items():
        answer = page.goto(address)
        assert answer is not None and answer.status in (200, 404), f"{name}: {address} answers {answer}"
        for size in (PHONE, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            at = f"{name} ({address}) at {size['width']} px"
            found += [f"{at}: {fault}" for fault in faults(page, is_learner=is_learner)]
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            if wide > size["width"]:
                found.append(f"{at}: {wide} px wide")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_learner_pages_have_no_fault(
    phone: Maker, story: tuple[Learner, addresses.Places], language: str
) -> None:
    learner, places = story
    page = phone(reduced_motion="reduce").new_page()
    page.goto("/sign-in")
    prefer(page, language=language)
    found = walk(page, addresses.public_pages(), is_learner=True)
    sign_in(page, learner.phone)
    prefer(page, language=language)
    found += walk(page, addresses.learner_pages(places), is_learner=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_pages_have_no_fault(
    computer: Maker, people: Cast, story: tuple[Learner, addresses.Places], language: str
) -> None:
    learner, places = story
    page = computer(reduced_motion="reduce").new_page()
    sign_in_staff(page, "quantri")
    prefer(page, language=language)
    found = walk(page, addresses.staff_pages(people, learner, places), is_learner=False)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text_size", SIZES)
def test_learner_pages_fit_a_small_phone_and_a_thumb(
    phone: Maker, story: tuple[Learner, addresses.Places], text_size: int
) -> None:
    learner, places = story
    page = phone().new_page()
    sign_in(page, learner.phone)
    prefer(page, text_size=text_size)
    found = []
    for name, address in addresses.learner_pages(places).items():
        page.goto(address)
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > PHONE["width"]:
            found.append(f"{name}: {wide} px wide")
        found += [
            f"{name}: {width}×{height} px: {what}" for what, width, height in page.evaluate(SMALL, TARGET)
        ]
    assert not found, "\n".join(found)


def test_every_page_is_walked(live: Live, people: Cast, story: tuple[Learner, addresses.Places]) -> None:
    learner, places = story
    known = {
        *addresses.public_pages(),
        *addresses.learner_pages(places),
        *addresses.staff_pages(people, learner, places),
    }
    walked = {name.split()[0] for name in known} | addresses.NO_PAGES
    all_of_them = {r.endpoint for r in live.app.url_map.iter_rules() if "GET" in (r.methods or ())}
    assert all_of_them - walked == set(), "pages that the walk does not know"
