"""What a lesson becomes: the shapes the stylesheet knows, and nothing that runs."""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.samples import sample
from training.content.check import check_package
from training.content.page_words import PAGE_WORDS
from training.content.pictures import INLINE_START
from training.content.render import render_lesson

HARMLESS = {
    "href", "rel", "class", "aria-label", "src", "alt", "width", "height", "loading", "decoding", "id", "start", "scope", "title",
}  # fmt: skip


class Seen(HTMLParser):
    """Collects the tags and attributes of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def render(body: str, language: str = "vi") -> str:
    """Render a text as the lesson of the sample course."""
    document, _problems = check_package(sample(), date(2026, 11, 23))
    lesson = document.lessons["01-one"]
    lesson = type(lesson)(**{**vars(lesson), "body": {language: body}})
    addresses = {"media/line.svg": "/media/abc.svg"}
    return render_lesson(document, lesson, language, PAGE_WORDS[language], addresses.get)


def test_a_picture_alone_becomes_a_figure_with_its_size() -> None:
    html = render('![Một đường](media/line.svg "Chú thích")')
    assert '<figure class="figure">' in html
    assert 'src="/media/abc.svg"' in html
    assert 'width="20"' in html
    assert 'height="10"' in html
    assert "<figcaption>Chú thích</figcaption>" in html


def test_only_a_picture_may_hold_data_and_only_a_drawing() -> None:
    assert "data:" not in render("[Bấm](data:image/svg+xml,<svg/>) [đây](data:text/html,x)")
    document, _problems = check_package(sample(), date(2026, 11, 23))
    for held, is_kept in ((INLINE_START + "%3Csvg/%3E", True), ("data:text/html,x", False)):
        html = render_lesson(
            document, document.lessons["01-one"], "vi", PAGE_WORDS["vi"], lambda _path, it=held: it
        )
        assert (held in html) == is_kept


def test_a_box_carries_its_type_and_title() -> None:
    html = render('!!! summary "Ba điều"\n    Một.')
    assert '<div class="note note-summary note--good">' in html
    assert '<p class="note__title">Ba điều</p>' in html


def test_citations_are_numbered_links_to_the_list_of_sources() -> None:
    html = render("Một [@law-a], hai [@law-a], lạ [@none].")
    assert html.count('href="#source-1"') == 2
    assert '<li id="source-1">' in html
    assert "Luật A, 1/2026/QH, ngày 02/01/2026" in html
    assert "Kiểm tra ngày 01/11/2026." in html
    assert "none" not in html
    assert "Checked on 01/11/2026." in render("One [@law-a].", "en")


def test_headings_leave_the_first_level_to_the_title() -> None:
    assert "<h1" not in render("# Một\n\n## Hai")


def test_links_outside_tell_nobody_where_they_came_from() -> None:
    assert 'rel="noopener noreferrer external"' in render("[x](https://example.org)")


def test_numbers_in_tables_are_aligned_by_class_not_by_style() -> None:
    html = render("| | b |\n|---|--:|\n| c | 1 |")
    assert '<td class="num">1</td>' in html
    assert "style" not in html
    assert '<th scope="col"></th>' not in html


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>1</script>)",
        "![x](javascript:alert(1))",
        '![x](media/line.svg "\\"><script>1</script>")',
        "<javascript:alert(1)>",
        '!!! try "<script>1</script>"\n    x',
        "<style>*{display:none}</style>",
        "<iframe src=//x></iframe>",
        '[x](https://e.org "onmouseover=alert(1)")',
        "[@<script>]",
    ],
)
def test_nothing_that_runs_survives(body: str) -> None:
    assert_harmless(render(body))


@given(st.text(st.sampled_from("<>[]()!@#\"'&:/ \n=|-*`ascript:onlaw1"), max_size=60))
def test_no_text_makes_html_that_runs(body: str) -> None:
    assert_harmless(render(body))


def assert_harmless(html: str) -> None:
    """Fail when the HTML holds an element, attribute or address that could do anything."""
    seen = Seen(html)
    assert not seen.tags & {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "svg",
        "h1",
        "base",
    }
    for name, value in seen.attributes:
        assert name in HARMLESS
        assert not value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
