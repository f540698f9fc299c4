"""An administrator: adds somebody, gives a PIN, assigns a course; the new person can begin at once."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Maker
from tests.support.browser import heading, press, sign_in_staff
from tests.support.cast import COURSE, Cast

pytestmark = pytest.mark.browser
NAME, PHONE = "Bàn Thị Thử Mới", "0912000001"


@pytest.fixture
def page(computer: Maker) -> Page:
    """The administrator's computer, signed in."""
    page = computer().new_page()
    sign_in_staff(page, "quantri")
    return page


def add_person(page: Page, people: Cast) -> None:
    """Find the cell, write who it is, save."""
    page.goto("/people/new")
    page.fill("#search", "na sang")
    press(page, "form.filters .button")
    press(page, f'a[href="?unit={people.na_sang.id}"]')
    page.fill("#full_name", NAME)
    page.fill("#phone", PHONE)
    page.select_option("#duty", "deputy_secretary")
    press(page, "main form[method=post] .button")
    assert heading(page) == NAME


def give_pin(page: Page) -> str:
    """Make a new PIN and read it from the card."""
    press(page, 'a[href$="/pin"]')
    press(page, 'main form[action$="/pin"] .button')
    found = re.search(r"(?<!\d)(\d\s?){6}(?!\d)", page.inner_text("main").replace(PHONE, ""))
    assert found, "the card shows no PIN"
    return re.sub(r"\s", "", found[0])


def test_a_new_person_can_sign_in_and_has_the_course(page: Page, phone: Maker, people: Cast) -> None:
    add_person(page, people)
    pin = give_pin(page)
    learner = phone().new_page()
    learner.goto("/sign-in")
    learner.fill("#name", PHONE)
    learner.fill("#pin", pin)
    press(learner, "main .button")
    assert NAME.split()[-1] in heading(learner)
    assert learner.locator(f'a[href="/courses/{COURSE}"]').count() == 1


def test_a_course_is_assigned_and_the_reach_is_told(page: Page, people: Cast) -> None:
    page.goto("/assignments/new")
    page.fill("#search", "khuoi mo")
    press(page, "form.filters .button")
    press(page, f'a[href="?unit={people.khuoi_mo.id}"]')
    page.select_option("#course", COURSE)
    page.fill("#due_on", "2099-11-30")
    press(page, "main form[method=post] .button")
    assert page.url.endswith("/assignments")
    assert people.khuoi_mo.name in page.inner_text("[role=status]")
    assert people.khuoi_mo.name in page.inner_text("table")
