"""The Markdown of a lesson taken apart into what is read in one go, each word with its line.

Not a second renderer: it knows only the Markdown that `courses/FORMAT.md` allows, and needs to know where a
paragraph, an item or a box stands, which the renderer forgets.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.content.check_text import CITATION, NOTE, PICTURE

# Kinds of passages that are made of sentences; the others are names of things.
RUNNING = ("text", "item", "quote")
READ = (*RUNNING, "heading", "cell", "title", "caption")

_HEADING = re.compile(r"#{1,6}\s+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_QUOTE = re.compile(r"\s*>\s?")
_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"[\s|:-]*")
_BOX_LINE = re.compile(r"(?: {4}|\t)")
_CITED = re.compile(r"\s*" + CITATION.pattern)
_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"\*+|`")

Line = tuple[int, str]


@dataclass(frozen=True)
class Passage:
    """A piece of a lesson read in one go.

    ``kind`` is one of `READ` or ``alt``; ``box`` the kind of box it stands in, or ''. ``lines`` holds its
    text without marks, by line of the file.
    """

    kind: str
    box: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The whole text, one space where a line of the file ended."""
        return " ".join(text for _line, text in self.lines)

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which the character at an offset of `text` stands."""
        end = 0
        for line, text in self.lines:
            end += len(text) + 1
            if offset < end:
                return line
        return self.lines[-1][0]


def read_passages(body: str, first_line: int) -> list[Passage]:
    """Take a lesson apart.

    Args:
        body: its Markdown.
        first_line: the line of the file at which the Markdown begins.

    Returns:
        The passages that hold any text, in the order of the file.
    """
    return [passage for passage in _read(list(enumerate(body.split("\n"), first_line)), "") if passage.text]


def plain(text: str) -> str:
    """Return a line without citations, addresses of links, and marks of emphasis."""
    return _EMPHASIS.sub("", _LINKED.sub(r"\1", _CITED.sub("", text))).strip()


def _read(lines: list[Line], box: str) -> Iterator[Passage]:
    rest = lines
    while rest:
        note = NOTE.match(rest[0][1]) if not box else None
        if note:
            inside, after = _box(rest[1:])
            title = note["title"].strip().strip('"')
            yield _passage("title", note["kind"], [(rest[0][0], title)])
            yield from _read(inside, note["kind"])
            rest = after
        else:
            block, rest = _block(rest)
            yield from _passages(block, box)


def _box(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    # A box goes on as long as lines are indented; blank lines may stand between them.
    count = 0
    while count < len(lines) and (_BOX_LINE.match(lines[count][1]) or not lines[count][1].strip()):
        count += 1
    inside = [(number, _BOX_LINE.sub("", text, count=1)) for number, text in lines[:count]]
    return inside, lines[count:]


def _block(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    # Lines up to the next blank line or box.
    count = 1
    while count < len(lines) and lines[count][1].strip() and not NOTE.match(lines[count][1]):
        count += 1
    return [line for line in lines[:count] if line[1].strip()], lines[count:]


def _passages(block: list[Line], box: str) -> Iterator[Passage]:
    gathered: list[Line] = []
    kind = "text"
    for number, text in block:
        begins = _kind(text)
        if begins == "" or begins == kind == "quote":
            gathered.append((number, _QUOTE.sub("", text, count=1) if begins == "quote" else text))
            continue
        yield from _close(kind, box, gathered)
        kind, gathered = begins, []
        if begins in ("item", "quote", "heading"):
            gathered = [(number, _strip_mark(begins, text))]
        else:
            yield from _pieces(begins, box, number, text)
            kind = "text"
    yield from _close(kind, box, gathered)


def _kind(text: str) -> str:
    # What a line begins; '' when it goes on with what stands above it.
    if PICTURE.fullmatch(text.strip()):
        return "picture"
    for kind, pattern in (("heading", _HEADING), ("row", _ROW), ("quote", _QUOTE), ("item", _ITEM)):
        if pattern.match(text):
            return kind
    return ""


def _strip_mark(kind: str, text: str) -> str:
    pattern = {"item": _ITEM, "quote": _QUOTE, "heading": _HEADING}[kind]
    return pattern.sub("", text, count=1)


def _pieces(kind: str, box: str, number: int, text: str) -> Iterator[Passage]:
    if kind == "picture":
        match = PICTURE.fullmatch(text.strip())
        if match:
            yield _passage("alt", box, [(number, match["alt"])])
            yield _passage("caption", box, [(number, match["caption"] or "")])
    elif not _RULE.fullmatch(text):
        for cell in text.strip().strip("|").split("|"):
            yield _passage("cell", box, [(number, cell)])


def _close(kind: str, box: str, gathered: list[Line]) -> Iterator[Passage]:
    if gathered:
        yield _passage(kind, box, gathered)


def _passage(kind: str, box: str, lines: Iterable[Line]) -> Passage:
    cleaned = ((number, plain(text)) for number, text in lines)
    return Passage(kind, box, tuple((number, text) for number, text in cleaned if text))
