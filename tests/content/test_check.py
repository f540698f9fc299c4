"""Every mistake a trainer can make is named with file, line and what to write instead."""

from datetime import date

import pytest

from tests.content.samples import SVG, sample
from training.content.check import check_package, errors
from training.content.document import Package
from training.content.source import Problem

TODAY = date(2026, 11, 23)


def problems(package: Package) -> list[Problem]:
    """Return what the checker says on the day of these tests."""
    return check_package(package, TODAY)[1]


def test_a_correct_course_has_no_problem() -> None:
    assert problems(sample()) == []


@pytest.mark.parametrize(
    ("replace", "by", "place", "message", "remedy"),
    [
        ("  en: Sample\n", "", "course.yaml:2", "no text in the language “en”", "Add “en: …” under “title”"),
        ("summary:", "sumary:", "course.yaml:5", "“sumary” is not known", "Did you mean: summary?"),
        ("slug: sample", "slug: other", "course.yaml:1", "not the name of the folder", "slug: sample"),
        (
            "  - lesson: 01-one",
            "  - lesson: 01-oen",
            "course.yaml:15",
            "no lesson called",
            "Did you mean: 01-one?",
        ),
        ("- quiz: final", "- quiz: finel", "course.yaml:16", "no quiz called", "Did you mean: final?"),
        (
            "    digcomp: ['1.2']",
            "    digcomp: ['9.2']",
            "course.yaml:13",
            "not a DigComp code",
            "such as '1.2'",
        ),
        (
            "  - law-a\n",
            "  - law-b\n",
            "course.yaml:1",
            "“law-b” is not in references.yaml",
            "Did you mean: law-a?",
        ),
        ("minutes: 5", "minutes: 45", "01-one.vi.md:3", "whole number from 1 to 30", "minutes: 1"),
        ("minutes: 5", "minuts: 5", "01-one.vi.md:3", "“minuts” is not known", "Did you mean: minutes?"),
        ("## Đầu", "#### Đầu", "01-one.vi.md:6", "skips a level", "Start the line with “##”"),
        ("## Đầu", "# Đầu", "01-one.vi.md:6", "Only the title", "Start the line with “##”"),
        ("[@law-a]", "[@law-b]", "01-one.vi.md:8", "“law-b” is not in the list", "Add it there"),
        (
            "![Một đường]",
            "![]",
            "01-one.vi.md:10",
            "no words for those who cannot see",
            "![…](media/line.svg)",
        ),
        ("media/line.svg", "media/lien.svg", "01-one.vi.md:10", "not in the course folder", "media/line.svg"),
        ("!!! try", "!!! tri", "01-one.vi.md:12", "no box of the type “tri”", "Use one of: try"),
        ('!!! try "Làm thử ngay"', "!!! try", "01-one.vi.md:12", "no title", "quotation marks"),
        ("Một câu", "Một <b>câu</b>", "01-one.vi.md:8", "HTML is not used", "Markdown"),
        ("Một câu", "[x](javascript:alert)", "01-one.vi.md:8", "leads nowhere", "https://"),
        (
            "kind: single_choice",
            "kind: single_choise",
            "quiz.yaml:13",
            "no kind of question",
            "single_choice",
        ),
        ("skill: signs", "skill: sings", "quiz.yaml:11", "unknown “skill”: “sings”", "Did you mean: signs?"),
        ("lesson: 01-one\n    points", "lesson: x\n    points", "quiz.yaml:11", "unknown “lesson”", "01-one"),
        ("in: final", "in: finale", "quiz.yaml:11", "unknown “in”: “finale”", "Did you mean: final?"),
        ("        correct: true\n", "", "quiz.yaml:21", "exactly one correct option", "correct: true"),
        ("      - key: b", "      - key: a", "quiz.yaml:30", "“a” is used twice", "its own key"),
        ("draw: 1", "draw: 10", "quiz.yaml:2", "draws 10 questions but has only 1", "lower “draw”"),
        ("pass_percent: 70", "pass_percent: 700", "quiz.yaml:7", "from 0 to 100", "pass_percent: 0"),
        ("explain: passing", "explain: pasing", "quiz.yaml:9", "not a value of “explain”", "passing"),
        ("          en: Not yet.\n", "", "quiz.yaml:41", "no text in the language “en”", "under “feedback”"),
        (
            "        feedback:\n          vi: Phải.\n          en: Yes.\n",
            "",
            "quiz.yaml:22",
            "“feedback” is missing",
            "Add",
        ),
        ("    points: 1", "    points: 1\n    points: 2", "quiz.yaml:17", "written twice", "Keep one"),
        ("    explanation:", "    explain:", "quiz.yaml:44", "“explain” is not known", "explanation"),
        ("confidence: official", "confidence: offical", "../references.yaml:10", "not a value", "official"),
        (
            "url: https://example.org/a",
            "url: example",
            "../references.yaml:8",
            "not a web address",
            "https://",
        ),
        (
            "checked_on: 2026-11-01",
            "checked_on: 1/11/2026",
            "../references.yaml:9",
            "must be a date",
            "2026-11-23",
        ),
        ("title:\n  vi: Mẫu", "title:\n vi: Mẫu", "course.yaml:4", "cannot be read", "indentation"),
    ],
)
def test_a_mistake_is_shown_with_its_place_and_remedy(
    replace: str, by: str, place: str, message: str, remedy: str
) -> None:
    said = [str(problem) for problem in problems(sample(replace, by))]
    hits = [text for text in said if text.startswith(f"{place}: ") and message in text and remedy in text]
    assert hits, "\n".join(said)


@pytest.mark.parametrize("name", ["course.yaml", "01-one.en.md", "quiz.yaml", "media/line.svg"])
def test_a_missing_file_is_an_error(name: str) -> None:
    assert errors(problems(sample(drop=name)))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (SVG.replace(b"<path", b"<script>1</script><path"), "not part of a drawing"),
        (SVG.replace(b"<path", b"<foreignObject/><path"), "not part of a drawing"),
        (SVG.replace(b"<path", b'<image href="http://x/y.png"/><path'), "fetches something from outside"),
        (SVG.replace(b"<path", b'<use href="http://x/y.svg#a"/><path'), "fetches something from outside"),
        (SVG.replace(b"<path", b'<path fill="url(http://x/y)"/><path'), "fetches something from outside"),
        (SVG.replace(b"<path", b"<style>@import 'x';</style><path"), "fetches something from outside"),
        (SVG.replace(b"<path", b'<path onclick="alert(1)"'), "reacts to events"),
        (b"<!DOCTYPE svg>" + SVG, "cannot be read"),
        (b"<html/>", "not an SVG"),
        (b"not xml", "cannot be read"),
        (SVG.replace(b'viewBox="0 0 20 10"', b""), "how large"),
        (SVG + b" " * 40_000, "larger than 40 KB"),
    ],
)
def test_a_harmful_picture_is_refused(body: bytes, message: str) -> None:
    said = problems(sample(add={"media/line.svg": body}))
    assert any(problem.file == "media/line.svg" and message in problem.message for problem in errors(said))


def test_an_old_reference_is_a_warning() -> None:
    said = problems(sample("checked_on: 2026-11-01", "checked_on: 2025-11-01"))
    assert errors(said) == []
    assert [str(problem) for problem in said] == [
        "../references.yaml:1: The reference “law-a” was last checked 387 days ago. – "
        "Check that it still holds, correct the lessons, then write today under “checked_on”."
    ]


def test_a_stray_file_is_named() -> None:
    assert [problem.file for problem in problems(sample(add={"notes.docx": b""}))] == ["notes.docx"]


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"[", b"a: &a [*a]", b"- " * 500 + b"a", b"", b"just words", b"{}"]
)
def test_no_file_however_broken_stops_the_checker(body: bytes) -> None:
    for name in ("course.yaml", "quiz.yaml", "01-one.vi.md"):
        assert errors(problems(sample(add={name: body})))


def test_anchors_cannot_make_a_small_file_large() -> None:
    lines = [b"a0: &a0 [x, x]"] + [b"a%d: &a%d [*a%d, *a%d]" % (n, n, n - 1, n - 1) for n in range(1, 60)]
    assert errors(problems(sample(add={"course.yaml": b"\n".join(lines)})))
