"""A commune committee: reads how far its cells are, finds the people behind a figure, takes the figures along."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import Maker
from tests.support.browser import heading, press, sign_in_staff
from tests.support.cast import COURSE, Cast
from tests.support.live import Learner

pytestmark = pytest.mark.browser


@pytest.fixture
def page(computer: Maker, learner: Learner) -> Page:
    """The committee's computer, signed in."""
    page = computer().new_page()
    sign_in_staff(page, "xuanvan")
    return page


def test_it_sees_its_own_commune_and_no_other(page: Page, people: Cast) -> None:
    assert page.url.endswith("/reports/completion")
    assert people.xuan_van.name in heading(page)
    rows = page.inner_text("table")
    assert people.na_sang.name in rows and people.khuoi_mo.name not in rows
    answer = page.goto(f"/reports/completion/units/{people.khau_vai.id}")
    assert answer is not None and answer.status == 404


def test_filters_stay_and_lead_to_the_people(page: Page, learner: Learner) -> None:
    page.select_option("form.filters select[name=course]", COURSE)
    press(page, "form.filters .button")
    assert f"course={COURSE}" in page.url
    assert page.input_value("form.filters select[name=course]") == COURSE
    press(page, ".tiles a")
    assert "/people" in page.url and f"course={COURSE}" in page.url
    assert learner.name in page.inner_text("table")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_figures_can_be_taken_along(page: Page, people: Cast, kind: str) -> None:
    with page.expect_download() as waiting:
        page.click(f'a[href*=".{kind}"]')
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    words = " ".join(cells(Path(waiting.value.path()), kind))
    assert people.na_sang.name in words


def cells(path: Path, kind: str) -> list[str]:
    """Return every cell of the file as text."""
    if kind == "csv":
        return path.read_text(encoding="utf-8-sig").splitlines()
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    return [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]


def test_the_sheet_prints_on_a4_without_bars_and_buttons(page: Page, people: Cast) -> None:
    press(page, 'a[href*="/print"]')
    assert page.locator("main.sheet table").count() == 1
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert people.na_sang.name in page.inner_text("main")
