"""The report of a course as lines of plain text, for a terminal 100 characters wide."""

from collections.abc import Iterator, Sequence

from training.content.document import CourseDocument
from training.content.reading import limits
from training.content.reading.banks import count_skills
from training.content.reading.keys import Share, describe_sign
from training.content.reading.report import CourseReport
from training.content.reading.wording import Wording

NOTE = (
    "Words are what stands between spaces: in Vietnamese, syllables. Long: share of sentences of more than "
    "{vi} syllables (vi) or {en} words (en). Hard: words neither plain nor explained. "
    "KB: the page on the wire, about."
)

_HEAD = ("lesson", "", "words", "sent.", "mean", "longest", "long", "hard", "pict.", "KB")
_SIGNS = ("share", "questions", "found", "fair", "")


def report_lines(report: CourseReport) -> Iterator[str]:
    """Yield the lines of a report: lessons, questions, references.

    What was found is not among them; it is shown like any problem, by file and line.
    """
    document = report.document
    errors = sum(not problem.is_warning for problem in report.problems)
    warnings = len(report.problems) - errors + len(report.findings)
    yield f"{document.slug}: {errors} errors, {warnings} warnings"
    yield ""
    yield from _texts(report)
    yield ""
    yield from _banks(document)
    yield ""
    yield from _shares(report.shares)
    yield ""
    yield f"References listed: {len(document.references)}; checked longest ago: {report.oldest_check} days."


def note() -> str:
    """Return what the columns of the tables mean."""
    return NOTE.format(**{language: limit.longest for language, limit in limits.SENTENCES.items()})


def _texts(report: CourseReport) -> Iterator[str]:
    rows = [
        (
            reading.key,
            *_measures(reading),
            f"{reading.pictures}",
            f"{reading.page_bytes / limits.KILOBYTE:.1f}",
        )
        for reading in report.readings
    ]
    rows += [("(all questions)", *_measures(wording), "", "") for wording in report.questions]
    yield from _table(_HEAD, rows)


def _measures(wording: Wording) -> tuple[str, ...]:
    return (
        wording.language,
        f"{wording.words}",
        f"{len(wording.sentences)}",
        f"{wording.mean:.1f}",
        f"{wording.longest}",
        f"{100 * wording.long_share:.0f} %",
        f"{len(wording.hard)}",
    )


def _banks(document: CourseDocument) -> Iterator[str]:
    rows = [
        (quiz.key, skill, f"{held}", f"{drawn}" if drawn else "–")
        for quiz in document.quizzes
        for skill, held, drawn in count_skills(document, quiz)
    ]
    yield from _table(("quiz", "skill", "held", "drawn"), rows)


def _shares(shares: Sequence[Share]) -> Iterator[str]:
    rows = [
        (
            f"{share.bank or 'all questions'}: {describe_sign(share)}",
            f"{share.total}",
            f"{100 * share.share:.0f} %",
            f"{100 * share.fair:.0f} %",
            "!" if share.is_off else "",
        )
        for share in shares
    ]
    yield from _table(_SIGNS, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    # Words stand left, figures right.
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    is_figure = [any(row[column][:1].isdigit() for row in rows) and column > 0 for column in range(len(head))]
    for row in (head, *rows):
        cells = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, is_figure, strict=True)
        )
        yield "  ".join(cells).rstrip()
