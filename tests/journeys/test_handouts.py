"""Every lesson on paper: both sides of one sheet of A4 are enough."""

import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Maker
from tests.support.browser import prefer, sign_in_staff
from tests.support.live import Live
from training.catalogue.queries import get_revision, list_courses

pytestmark = pytest.mark.browser
PAGE = re.compile(rb"/Type\s*/Page\b")


def test_every_lesson_fits_on_both_sides_of_a_sheet(live: Live, computer: Maker, browser: Browser) -> None:
    with live.app.app_context():
        lessons = [
            (revision.slug, item.key)
            for course in list_courses()
            for revision in [get_revision(course.current_revision_id or 0)]
            for item in revision.counted_items
            if item.kind == "lesson"
        ]
    page = computer().new_page()
    sign_in_staff(page, "quantri")
    long = {}
    for language in ("vi", "en"):
        page.goto("/teaching/lessons")
        prefer(page, language=language)
        for slug, key in lessons:
            page.goto(f"/courses/{slug}/lessons/{key}/handout")
            page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
            page.evaluate("Promise.all([...document.images].map(image => image.decode().catch(() => null)))")
            count = len(PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True)))
            if count > 2:
                long[f"{slug}/{key}.{language}"] = count
    assert long == {}
