"""The report on a course: what errors do not say about its lessons, its questions and its references."""

from datetime import date

import pytest

from tests.content.samples import QUIZ, SVG, sample
from tests.content.test_quizzes import with_pre_test
from training.content.document import Package
from training.content.reading.citations import check_library
from training.content.reading.hard_words import read_hard_words
from training.content.reading.keys import Share, measure_keys
from training.content.reading.report import CourseReport, report_course
from training.content.reading.table import note, report_lines

TODAY = date(2026, 11, 23)
SENTENCE = "Bà con đi họp cho đông đủ nhé. "
GOOD = f"""\
---
title: Bài một
minutes: 5
---

{SENTENCE * 50}[@law-a]

![Một đường](media/line.svg "Chú thích")

![Hai đường](media/line.svg "Chú thích")

!!! try "Làm thử ngay"
    Mở máy.

!!! summary "Ba điều nên nhớ"
    - Một.
    - Hai.
    - Ba.
"""
NOTES = {"notes/01-one.vi.md": b"Ghi nho.\n", "notes/01-one.en.md": b"Remember.\n"}


def report(package: Package) -> CourseReport:
    """Return the report on the day of these tests."""
    return report_course(package, read_hard_words(), TODAY)


def said(package: Package, file: str = "") -> list[str]:
    """Return what the report finds in a file, or in all of them."""
    return [str(finding) for finding in report(package).findings if finding.file.startswith(file)]


def good(replace: str = "", by: str = "", quiz: str = QUIZ) -> Package:
    """Return a course with a lesson as it should be, changed in one place of its Vietnamese text."""
    check = QUIZ.split("questions:\n")[1].replace("key: dam", "key: check").replace("in: final", "in: 01-one")
    lesson = (GOOD.replace(replace, by) if replace else GOOD).encode()
    return sample(
        add={
            "01-one.vi.md": lesson,
            "01-one.en.md": GOOD.encode(),
            "quiz.yaml": (quiz + check).encode(),
            **NOTES,
        }
    )


def choices(*lengths: tuple[int, ...]) -> Package:
    """Return the sample with questions whose options have so many letters; the first is the right one."""
    head, question = QUIZ.split("questions:\n")
    blocks = question.split("      - key: ")
    tail = "    explanation:" + blocks[-1].split("    explanation:")[1]
    text = head + "questions:\n"
    for number, sizes in enumerate(lengths):
        text += blocks[0].replace("key: dam", f"key: q{number}")
        for position, size in enumerate(sizes):
            correct = "        correct: true\n" if position == 0 else ""
            words = "x" * size
            text += (
                f"      - key: {'abcde'[position]}\n{correct}        text:\n          vi: {words}\n          en: {words}\n"
                "        feedback:\n          vi: Ừ.\n          en: Hm.\n"
            )
        text += tail
    return sample(add={"quiz.yaml": text.encode()})


def share(package: Package, sign: str, language: str = "vi") -> Share:
    """Return one share over all questions of a course."""
    found = [s for s in report(package).shares if (s.bank, s.sign, s.language) == ("", sign, language)]
    return found[0]


def test_a_good_lesson_has_nothing_to_be_said_about() -> None:
    assert said(good(), "01-one") == []


@pytest.mark.parametrize(
    ("replace", "by", "place", "message"),
    [
        (SENTENCE * 50, SENTENCE * 20, "01-one.vi.md:6", "a lesson has 300 to 600"),
        (SENTENCE * 50, SENTENCE * 90, "01-one.vi.md:6", "a lesson has 300 to 600"),
        (SENTENCE * 50, "cho " * 400, "01-one.vi.md:6", "A sentence of 40"),
        (SENTENCE * 50, "cho " * 400, "01-one.vi.md:6", "words on average (at most 20)"),
        (
            "![Hai đường](media/line.svg",
            "[Hai đường](https://x.vn",
            "01-one.vi.md:6",
            "fewer than 2 pictures (1)",
        ),
        ("!!! try", "!!! example", "01-one.vi.md:6", "no box of the type “try”"),
        ("    - Ba.\n", "", "01-one.vi.md:6", "does not have 3 points (2)"),
        ("Mở máy.", "Bấm link.", "01-one.vi.md:13", "“link” is a hard word"),
        ("Mở máy.", "Bấm link.", "01-one.vi.md:13", "Write “đường dẫn”"),
        ("Mở máy.", "Hỏi BCH.", "01-one.vi.md:13", "The abbreviation “BCH” is not explained"),
    ],
)
def test_what_a_lesson_lacks_is_named_with_its_line(replace: str, by: str, place: str, message: str) -> None:
    found = said(good(replace, by), "01-one")
    assert [text for text in found if text.startswith(f"{place}: ") and message in text], "\n".join(found)


def test_a_lesson_without_self_check_and_notes_says_so_once() -> None:
    found = said(sample())
    assert len([text for text in found if "no self-check" in text and "in: 01-one" in text]) == 1
    assert len([text for text in found if "no notes for the trainer" in text]) == 1


def test_a_lesson_too_heavy_for_its_page_says_so() -> None:
    signs = "".join(chr(0x1E00 + (number * 7919) % 4096) for number in range(6000))
    found = said(good("Mở máy.", signs), "01-one.vi")
    assert [text for text in found if "The page weighs about" in text and "it may weigh 10" in text]


def test_a_heavy_picture_is_named() -> None:
    heavy = SVG.replace(b"M0 0h20", b"M0 0" + b"h1" * 8000)
    found = said(sample(add={"media/line.svg": heavy}), "media/")
    assert [text for text in found if "The picture has 15.7 KB; more than 15" in text]


def test_the_words_of_questions_are_read_too() -> None:
    found = said(sample("vi: Vì thế.", "vi: Vì mã OTP chỉ để tự gõ."), "quiz.yaml")
    assert [text for text in found if text.startswith("quiz.yaml:11: “OTP” is a hard word")]
    # In an option somebody else may speak, and may speak officially.
    assert not [text for text in said(sample("vi: B", "vi: Triển khai ngay")) if "hard word" in text]


def test_a_right_option_that_is_always_the_longest_is_noticed() -> None:
    package = choices(*[(9, 8, 7, 8)] * 12)
    longest = share(package, "longest")
    assert (len(longest.keys), longest.total, longest.fair, longest.is_off) == (12, 12, 0.25, True)
    found = said(package, "quiz.yaml")
    assert [
        text for text in found if "the right option is the longest (vi) in 12 of 12 questions, 100" in text
    ]
    assert [text for text in found if "the right option is number 1 in the file" in text]
    assert not [text for text in found if "much longer" in text]


def test_where_two_options_are_equally_long_neither_tells_anything() -> None:
    longest = share(choices(*[(9, 9, 7)] * 12), "longest")
    assert (len(longest.keys), longest.fair, longest.is_off) == (0, 0, False)
    assert len(share(choices(*[(5, 9, 9)] * 12), "shortest").keys) == 12


def test_few_questions_are_never_suspected() -> None:
    assert share(choices(*[(9, 8, 7)] * 9), "longest").is_off is False


def test_one_option_much_longer_than_the_others_is_named_by_its_line() -> None:
    found = [text for text in said(choices((15, 10, 9))) if "much longer" in text]
    assert [text.split(" – ")[0] for text in found] == [
        "quiz.yaml:11: In “q0” the right option is much longer than the others (vi).",
        "quiz.yaml:11: In “q0” the right option is much longer than the others (en).",
    ]


def test_statements_that_are_mostly_true_are_noticed() -> None:
    lines = "    prompt:\n      vi: A.\n      en: A.\n    answer: {}\n    feedback:\n"
    lines += "      'true':\n        vi: A.\n        en: A.\n      'false':\n        vi: A.\n        en: A.\n"
    lines += "    explanation:\n      vi: A.\n      en: A.\n"
    text = QUIZ.split("questions:\n")[0] + "questions:\n"
    for number in range(12):
        text += (
            f"  - key: q{number}\n    in: final\n    kind: true_false\n    skill: signs\n    lesson: 01-one\n"
        )
        text += "    points: 1\n" + lines.format("true" if number else "false")
    package = sample(add={"quiz.yaml": text.encode()})
    assert report(package).problems == ()
    assert [text for text in said(package) if "the statement is true in 11 of 12 questions" in text]


def test_what_the_bank_of_a_final_quiz_lacks_is_named() -> None:
    found = said(sample(), "quiz.yaml")
    assert [
        text for text in found if "“final” has 1 questions; a second try needs others: at least 30" in text
    ]
    assert [text for text in found if "never asks in these ways: multiple_choice, true_false" in text]
    assert [text for text in found if "has 1 questions on the skill “signs” (draws 0)" in text]


def test_pairs_are_complete_on_both_sides() -> None:
    assert not [text for text in said(with_pre_test()) if "pair" in text]
    assert [
        text
        for text in said(with_pre_test(tag="other"))
        if "“rain” of the pre-test belongs to no pair" in text
    ]
    alone = [text for text in said(with_pre_test(other_tag="pair-9")) if "counterpart “pair-9”" in text]
    assert len(alone) == 1


def test_a_listed_reference_nobody_cites_is_named() -> None:
    assert not [text for text in said(sample()) if "never cited" in text]
    assert [text for text in said(sample(" [@law-a]", "")) if "“law-a” is listed and never cited" in text]
    assert not [text for text in said(good(" [@law-a]", "")) if "never cited" in text]


def test_a_reference_no_course_uses_is_named_with_its_line() -> None:
    document = report(sample()).document
    unused = [str(problem) for problem in check_library(document.library, [])]
    assert unused == ["references.yaml:1: No course uses the reference “law-a”. – Cite it or remove it."]
    assert list(check_library(document.library, [document])) == []


def test_old_references_and_errors_are_in_the_report_as_well() -> None:
    old = report(sample("checked_on: 2026-11-01", "checked_on: 2025-11-01"))
    assert old.oldest_check == 387 and "was last checked" in old.problems[0].message
    lines = list(report_lines(report(sample("![Một đường]", "![]"))))
    assert lines[0].startswith("sample: 2 errors, ")


def test_the_table_has_a_row_per_lesson_and_language() -> None:
    lines = list(report_lines(report(good())))
    row = next(line for line in lines if line.startswith("01-one") and " vi " in line)
    assert row.split()[:4] == ["01-one", "vi", "416", "54"]
    assert [line.split()[1] for line in lines if line.startswith("01-one")] == ["vi", "en"]
    assert all(len(line) <= 100 for line in lines)
    assert "30 syllables (vi)" in note() and "25 words (en)" in note()


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[", b"", b"just words", b"{}", b"---\n---\n"])
@pytest.mark.parametrize("name", ["course.yaml", "01-one.vi.md", "quiz.yaml", "media/line.svg"])
def test_no_file_however_broken_stops_the_report(name: str, body: bytes) -> None:
    assert list(report_lines(report(sample(add={name: body}))))


def test_a_course_without_a_language_of_a_lesson_is_still_reported() -> None:
    assert [reading.language for reading in report(sample(drop="01-one.en.md")).readings] == ["vi"]


def test_shares_are_measured_for_each_final_quiz() -> None:
    document = report(choices((9, 8, 7), (9, 8, 7))).document
    assert {s.bank for s in measure_keys(document)} == {"", "final"}
