"""From the Markdown of a lesson to HTML that is safe to show as it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from training.content.check_text import CITATION, NOTE_KINDS, cited_keys
from training.content.document import CourseDocument, Lesson
from training.content.page_words import PageWords
from training.content.pictures import INLINE_START, picture_size
from training.content.sources import SOURCE_ID, sources_section

# Raise it whenever the HTML below changes: learners then get a new revision at the next import.
RENDERING = 2

_TEXT_TAGS = (
    "p h2 h3 h4 h5 h6 strong em code pre br hr ul ol li blockquote table thead tbody tr th td "
    "a img figure figcaption div section span sup"
)
_ATTRIBUTES = {
    "a": {"href", "rel", "class", "aria-label"},
    "div": {"class"},
    "figure": {"class"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"class"},
    "span": {"class"},
    "sup": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
}
# Each type of box wears a look the stylesheet has; "try" and "warning" keep the plain attention look.
_NOTE_LOOKS = {"try": "", "summary": "note--good", "warning": "", "example": "note--plain"}
_CLASSES = frozenset(
    "figure note note__title note--good note--plain num sources source-facts citation".split()
) | frozenset(f"note-{kind}" for kind in NOTE_KINDS)
_SOURCE_ID = re.compile(SOURCE_ID.replace("%d", r"\d+"))
_CLEANER = nh3.Cleaner(
    tags=set(_TEXT_TAGS.split()),
    attributes=_ATTRIBUTES,
    attribute_filter=lambda tag, name, value: _allowed(tag, name, value),
    url_schemes={"https", "http", "tel", "mailto", "data"},
    link_rel=None,
)

# Gives the address of a picture from its path in the course, or None when there is no such picture.
PictureAddress = Callable[[str], str | None]


@dataclass(frozen=True)
class _Page:
    """What the processors need to know about the lesson being rendered."""

    document: CourseDocument
    citations: tuple[str, ...]
    words: PageWords
    picture_address: PictureAddress


def render_lesson(
    document: CourseDocument,
    lesson: Lesson,
    language: str,
    words: PageWords,
    picture_address: PictureAddress,
) -> str:
    """Render one lesson in one language.

    Args:
        document: the course it belongs to.
        lesson: the lesson.
        language: which of its languages.
        words: what is written around sources in that language.
        picture_address: where each picture can be fetched.

    Returns:
        HTML whose headings start at h2, with the list of cited sources at the end. It holds no script, no
        style and no ids but those of the sources, whatever the Markdown holds.
    """
    return _render(document, lesson.body.get(language, ""), language, words, picture_address)


def _render(
    document: CourseDocument, body: str, language: str, words: PageWords, picture_address: PictureAddress
) -> str:
    cited = tuple(key for key in cited_keys(body) if key in document.library)
    page = _Page(document, cited, words, picture_address)
    markdown = Markdown(
        extensions=[TableExtension(), AdmonitionExtension(), SaneListExtension(), _LessonExtension(page)],
        output_format="html",
    )
    html = markdown.convert(body)
    if cited:
        section = sources_section(document, cited, language, words)
        _secure_links(section)
        html += "\n" + tostring(section, encoding="unicode", method="html")
    return clean(html)


def clean(html: str) -> str:
    """Return HTML reduced to what a lesson may hold."""
    return _CLEANER.clean(html)


def _allowed(tag: str, name: str, value: str) -> str | None:
    if value.startswith("data:"):
        return value if (tag, name) == ("img", "src") and value.startswith(INLINE_START) else None
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES) or None
    if name == "id":
        return value if _SOURCE_ID.fullmatch(value) else None
    return value


class _LessonExtension(Extension):
    """Our own Markdown: no raw HTML, citations, figures, boxes, links that tell nobody where they came from."""

    def __init__(self, page: _Page) -> None:
        super().__init__()
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is the library's)
        """Register our processors; called by Python-Markdown."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Above the library's links (160–180), which would otherwise take the square brackets.
        md.inlinePatterns.register(_Citation(self.page), "citation", 185)
        # After "inline" (20), which makes links and pictures out of text.
        md.treeprocessors.register(_Shape(self.page), "lesson", 15)


class _Citation(InlineProcessor):
    """``[@key]`` becomes a small numbered link to the list of sources; an unknown key disappears."""

    def __init__(self, page: _Page) -> None:
        super().__init__(CITATION.pattern)
        self.page = page

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802 (the library's)
        """Make the element; called by Python-Markdown."""
        if m[1] not in self.page.citations:
            return "", m.start(0), m.end(0)
        number = self.page.citations.index(m[1]) + 1
        mark = Element("sup", {"class": "citation"})
        label = self.page.words.citation % {"number": number}
        link = SubElement(mark, "a", {"href": "#" + SOURCE_ID % number, "aria-label": label})
        link.text = f"[{number}]"
        return mark, m.start(0), m.end(0)


class _Shape(Treeprocessor):
    """Gives the tree the shapes the stylesheet knows."""

    def __init__(self, page: _Page) -> None:
        super().__init__()
        self.page = page

    def run(self, root: Element) -> None:
        """Change the whole tree; called by Python-Markdown."""
        _secure_links(root)
        for element in root.iter():
            if element.tag == "p":
                self._picture(element)
            elif element.get("class", "").startswith("admonition "):
                _note(element)
            elif element.tag == "h1":
                element.tag = "h2"
            elif element.tag in ("td", "th"):
                _cell(element)

    def _picture(self, paragraph: Element) -> None:
        images = list(paragraph.iter("img"))
        for image in images:
            self._address(image)
        is_alone = len(images) == 1 and len(paragraph) == 1 and paragraph[0] is images[0]
        if not is_alone or (paragraph.text or "").strip() or (images[0].tail or "").strip():
            return
        paragraph.tag = "figure"
        paragraph.set("class", "figure")
        caption = images[0].attrib.pop("title", "")
        if caption:
            SubElement(paragraph, "figcaption").text = caption

    def _address(self, image: Element) -> None:
        path = image.get("src", "")
        address = self.page.picture_address(path)
        image.set("src", address or "")
        size = picture_size(path, self.page.document.media.get(path, b""))
        if size:
            # Known before it arrives, so the text does not jump when the picture comes.
            image.set("width", str(size[0]))
            image.set("height", str(size[1]))
        image.set("loading", "lazy")
        image.set("decoding", "async")


def _secure_links(root: Element) -> None:
    for link in root.iter("a"):
        if link.get("href", "").startswith(("http://", "https://")):
            link.set("rel", "noopener noreferrer external")


def _note(box: Element) -> None:
    kind = next((word for word in box.get("class", "").split() if word in NOTE_KINDS), "")
    box.set("class", f"note note-{kind} {_NOTE_LOOKS.get(kind, '')}".strip())
    for paragraph in box:
        if paragraph.get("class") == "admonition-title":
            paragraph.set("class", "note__title")


def _cell(cell: Element) -> None:
    # The library aligns by inline style, which the content security policy forbids.
    if "right" in cell.attrib.pop("style", ""):
        cell.set("class", "num")
    if cell.tag == "th" and not (cell.text or "").strip() and len(cell) == 0:
        # An empty corner is no heading; screen readers would announce nothing.
        cell.tag = "td"
    elif cell.tag == "th":
        cell.set("scope", "col")


def render_all(
    document: CourseDocument, words: Mapping[str, PageWords], picture_address: PictureAddress
) -> dict[str, dict[str, str]]:
    """Render every lesson of a course.

    Returns:
        HTML by lesson key and language.
    """
    return {
        key: {
            language: render_lesson(document, lesson, language, words[language], picture_address)
            for language in lesson.body
        }
        for key, lesson in document.lessons.items()
    }


def render_notes(
    document: CourseDocument, words: Mapping[str, PageWords], picture_address: PictureAddress
) -> dict[str, dict[str, str]]:
    """Render the notes for the trainer of every lesson of a course.

    Returns:
        HTML by lesson key and language; {} for a lesson without notes.
    """
    return {
        key: {
            language: _render(document, text, language, words[language], picture_address)
            for language, text in lesson.notes.items()
        }
        for key, lesson in document.lessons.items()
    }
