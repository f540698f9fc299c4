"""What can go wrong inside the Markdown of a lesson."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from training.activities.source import N_, Problem, nearest
from training.content.document import CourseDocument, Lesson

NOTE_KINDS = ("try", "summary", "warning", "example")

CITATION = re.compile(r"\[@([^\]\s]+)\]")
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]*)(?:\s+\"(?P<caption>[^\"]*)\")?\s*\)")
HEADING = re.compile(r"(?P<marks>#{1,6})\s*\S")
NOTE = re.compile(r"!!!\s*(?P<kind>[\w-]*)\s*(?P<title>.*)")
LINK = re.compile(r"(?<!!)\[[^\]@][^\]]*\]\((?P<url>[^)\s]*)")
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
LINK_STARTS = ("https://", "http://", "tel:", "mailto:")


@dataclass(frozen=True)
class _Text:
    """The Markdown of one lesson in one language, with the file it stands in."""

    file: str
    first_line: int
    body: str

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield line number and text of every line."""
        yield from enumerate(self.body.split("\n"), start=self.first_line)

    def problem(self, line: int, text: str, advice: str, /, **values: object) -> Problem:
        """Make a problem at a line of the file."""
        return Problem(self.file, line, text, advice, values)


def check_lesson(document: CourseDocument, lesson: Lesson) -> Iterator[Problem]:
    """Yield what is wrong in the text of a lesson, in all its languages."""
    for language, body in lesson.body.items():
        text = _Text(f"{lesson.key}.{language}.md", lesson.body_line[language], body)
        if not body.strip():
            yield text.problem(
                text.first_line, N_("The lesson has no text."), N_("Write it below the second “---”.")
            )
        yield from _headings(text)
        for line, content in text.lines():
            yield from _pictures(text, line, content, document.media)
            yield from _citations(text, line, content, document.references)
            yield from _notes(text, line, content)
            yield from _markup(text, line, content)


def cited_keys(body: str) -> list[str]:
    """Return the keys cited in a Markdown text, each once, in the order they first appear."""
    return list(dict.fromkeys(CITATION.findall(body)))


def picture_paths(body: str) -> list[str]:
    """Return the files shown by a Markdown text."""
    return [match["path"] for match in PICTURE.finditer(body)]


def _headings(text: _Text) -> Iterator[Problem]:
    level = 1
    for line, content in text.lines():
        match = HEADING.match(content)
        if not match:
            continue
        found = len(match["marks"])
        if found == 1:
            yield text.problem(
                line,
                N_("Only the title of the lesson is a heading of the first level."),
                N_("Start the line with “##”."),
            )
        elif found > level + 1:
            yield text.problem(
                line,
                N_("This heading skips a level."),
                N_("Start the line with “%(marks)s”."),
                marks="#" * (level + 1),
            )
        level = max(found, 2)


def _pictures(text: _Text, line: int, content: str, media: Collection[str]) -> Iterator[Problem]:
    for match in PICTURE.finditer(content):
        if not match["alt"].strip():
            yield text.problem(
                line,
                N_("The picture has no words for those who cannot see it."),
                N_("Write what it shows between the square brackets: ![…](%(path)s)."),
                path=match["path"],
            )
        if match["path"] not in media:
            yield text.problem(
                line,
                N_("The picture “%(path)s” is not in the course folder."),
                N_("Did you mean: %(known)s?"),
                path=match["path"],
                known=nearest(match["path"], sorted(media)) or "media/….svg",
            )
        if content.strip() != match[0]:
            yield text.problem(
                line, N_("The picture stands inside a line of text."), N_("Put it on a line of its own.")
            )


def _citations(text: _Text, line: int, content: str, known: Collection[str]) -> Iterator[Problem]:
    for key in CITATION.findall(content):
        if key not in known:
            yield text.problem(
                line,
                N_("The source “%(key)s” is not in the list “references” of course.yaml."),
                N_("Add it there. Listed now: %(known)s."),
                key=key,
                known=nearest(key, sorted(known)) or "–",
            )


def _notes(text: _Text, line: int, content: str) -> Iterator[Problem]:
    match = NOTE.match(content)
    if not match:
        return
    if match["kind"] not in NOTE_KINDS:
        yield text.problem(
            line,
            N_("There is no box of the type “%(kind)s”."),
            N_("Use one of: %(known)s."),
            kind=match["kind"],
            known=nearest(match["kind"], NOTE_KINDS),
        )
    if not re.fullmatch(r'"[^"]*[^"\s][^"]*"', match["title"].strip()):
        yield text.problem(
            line,
            N_("The box has no title."),
            N_('Write it between quotation marks: !!! %(kind)s "…".'),
            kind=match["kind"],
        )


def _markup(text: _Text, line: int, content: str) -> Iterator[Problem]:
    if TAG.search(content) and not re.fullmatch(r"<https?://\S+>", TAG.findall(content)[0]):
        yield text.problem(
            line, N_("HTML is not used in lessons."), N_("Write it in Markdown, or leave it out.")
        )
    for match in LINK.finditer(content):
        if not match["url"].startswith(LINK_STARTS):
            yield text.problem(
                line,
                N_("The link “%(url)s” leads nowhere."),
                N_("Write the whole address, starting with https:// or tel:."),
                url=match["url"],
            )
