"""What one lesson asks of its reader, in one language, and what the report says about it."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from training.activities.source import N_, Problem
from training.content.check_text import picture_paths
from training.content.document import CourseDocument, Lesson
from training.content.page_words import PAGE_WORDS
from training.content.pictures import extension, inline_source
from training.content.reading import limits
from training.content.reading.hard_words import HardWords, find_hard_words
from training.content.reading.passages import READ, Passage, read_passages
from training.content.reading.sentences import count_words, read_sentences
from training.content.reading.wording import Wording, check_sentences, check_words
from training.content.render import render_lesson


@dataclass(frozen=True)
class LessonReading(Wording):
    """The measures of a lesson in one language.

    ``points`` are the items of its summary. ``page_bytes`` is what the page weighs on the wire, estimated
    from the compressed lesson and the frame of the page.
    """

    key: str
    first_line: int
    pictures: int
    has_try: bool
    points: int
    page_bytes: int

    @property
    def file(self) -> str:
        """The file of the lesson."""
        return f"{self.key}.{self.language}.md"


def measure_lesson(
    document: CourseDocument, lesson: Lesson, language: str, words: HardWords
) -> LessonReading:
    """Measure a lesson in one of its languages.

    Args:
        document: the course it belongs to.
        lesson: the lesson.
        language: which of its languages.
        words: the hard words of that language.

    Returns:
        The measures.
    """
    body, first_line = lesson.body[language], lesson.body_line[language]
    passages = read_passages(body, first_line)
    return LessonReading(
        key=lesson.key,
        language=language,
        first_line=first_line,
        words=sum(count_words(passage.text) for passage in passages if passage.kind in READ),
        sentences=tuple(read_sentences(passages)),
        hard=tuple(find_hard_words(passages, words, language)),
        pictures=len(picture_paths(body)),
        has_try=any(passage.box == "try" for passage in passages),
        points=sum(_is_point(passage) for passage in passages),
        page_bytes=_page_bytes(document, lesson, language),
    )


def check_reading(reading: LessonReading) -> Iterator[Problem]:
    """Yield what makes a lesson hard to read or incomplete in one language."""
    yield from check_sentences(reading.file, reading.language, reading.sentences)
    yield from _check_mean(reading)
    yield from check_words(reading.file, reading.hard)
    for applies, text, advice, values in (
        *_length_faults(reading),
        *_shape_faults(reading),
    ):
        if applies:
            yield Problem(reading.file, reading.first_line, text, advice, values, is_warning=True)


def check_company(document: CourseDocument, lesson: Lesson) -> Iterator[Problem]:
    """Yield what a lesson lacks around it: questions of its own, notes for the trainer."""
    file = f"{lesson.key}.vi.md"
    if not any(question.within == lesson.key for question in document.questions):
        yield Problem(
            file,
            1,
            N_("The lesson has no self-check."),
            N_("Add a question with “in: %(lesson)s” to quiz.yaml."),
            {"lesson": lesson.key},
            is_warning=True,
        )
    if not lesson.notes:
        yield Problem(
            file,
            1,
            N_("There are no notes for the trainer of this lesson."),
            N_("Write notes/%(lesson)s.vi.md and notes/%(lesson)s.en.md."),
            {"lesson": lesson.key},
            is_warning=True,
        )


def check_weights(document: CourseDocument) -> Iterator[Problem]:
    """Yield the pictures that take long to arrive."""
    for path, content in document.media.items():
        if len(content) > limits.HEAVY_PICTURE:
            yield Problem(
                path,
                1,
                N_("The picture has %(size)s KB; more than %(most)s are slow on a 2G line."),
                N_("Draw it with fewer lines, or save it smaller."),
                {
                    "size": round(len(content) / limits.KILOBYTE, 1),
                    "most": limits.HEAVY_PICTURE // limits.KILOBYTE,
                },
                is_warning=True,
            )


def _is_point(passage: Passage) -> bool:
    return passage.box == "summary" and passage.kind == "item"


def _page_bytes(document: CourseDocument, lesson: Lesson, language: str) -> int:
    def address(path: str) -> str:
        return inline_source(path, document.media.get(path, b"")) or _address(path)

    html = render_lesson(document, lesson, language, PAGE_WORDS[language], address)
    return len(gzip.compress(html.encode())) + limits.PAGE_FRAME


def _address(path: str) -> str:
    # As long, and as hard to compress, as the real one.
    return f"/media/{sha256(path.encode()).hexdigest()}.{extension(path)}"


def _check_mean(reading: LessonReading) -> Iterator[Problem]:
    most = limits.SENTENCES[reading.language].mean
    if reading.mean > most:
        yield Problem(
            reading.file,
            reading.first_line,
            N_("The sentences have %(mean)s words on average (at most %(most)s)."),
            N_("Make the longest ones shorter."),
            {"mean": round(reading.mean, 1), "most": most},
            is_warning=True,
        )


Fault = tuple[bool, str, str, dict[str, object]]


def _length_faults(reading: LessonReading) -> tuple[Fault, ...]:
    low, high = limits.FEWEST_WORDS, limits.MOST_WORDS
    values: dict[str, object] = {"words": reading.words, "low": low, "high": high}
    budget = limits.PAGE_BUDGET
    return (
        (
            reading.words < low,
            N_("The lesson has %(words)s words; a lesson has %(low)s to %(high)s."),
            N_("Say more, or join it to another lesson."),
            values,
        ),
        (
            reading.words > high,
            N_("The lesson has %(words)s words; a lesson has %(low)s to %(high)s."),
            N_("Leave something out, or make two lessons of it."),
            values,
        ),
        (
            reading.page_bytes > budget,
            N_("The page weighs about %(size)s KB; it may weigh %(most)s."),
            N_("Make the lesson shorter."),
            {
                "size": round(reading.page_bytes / limits.KILOBYTE, 1),
                "most": budget // limits.KILOBYTE,
            },
        ),
    )


def _shape_faults(reading: LessonReading) -> tuple[Fault, ...]:
    return (
        (
            reading.pictures < limits.FEWEST_PICTURES,
            N_("The lesson has fewer than %(fewest)s pictures (%(count)s)."),
            N_("Draw what words explain badly."),
            {"fewest": limits.FEWEST_PICTURES, "count": reading.pictures},
        ),
        (
            not reading.has_try,
            N_("The lesson has no box of the type “try”."),
            N_('Add “!!! try "…"” with something to do at once.'),
            {},
        ),
        (
            reading.points != limits.SUMMARY_POINTS,
            N_("The summary of the lesson does not have %(wanted)s points (%(count)s)."),
            N_('End the lesson with “!!! summary "…"” and a list of %(wanted)s points.'),
            {"wanted": limits.SUMMARY_POINTS, "count": reading.points},
        ),
    )
