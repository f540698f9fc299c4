"""How a quiz is written: settings, drawing by tag, the pre-test and its pairs, notes for the trainer."""

from datetime import date

import pytest

from tests.content.samples import QUIZ, sample
from training.catalogue.rules import revision_document
from training.content.check import check_package
from training.content.document import CourseDocument, Package
from training.content.write import write_package

TODAY = date(2026, 11, 23)

TAGGED = "    lesson: 01-one\n"
BY_TAG = "    draw:\n      - tag: signs\n        count: 1\n"
PRE_TEST = """\
  - key: before
    purpose: pre_test
    title:
      vi: Trước khi học
      en: Before learning
    draw: 1
"""


def read(package: Package) -> tuple[CourseDocument, list[str]]:
    """Return the document and what the checker says."""
    document, problems = check_package(package, TODAY)
    return document, [str(problem) for problem in problems]


def with_pre_test(tag: str = "pair-1", other_tag: str = "pair-1") -> Package:
    """Return the sample with a pre-test whose one question has a counterpart in the final quiz."""
    head, question = QUIZ.split("questions:\n")
    tagged = question.replace("    skill: signs\n", f"    skill: signs\n    tags:\n      - {other_tag}\n")
    before = question.replace("key: dam", "key: rain").replace("in: final", "in: before")
    before = before.replace("    skill: signs\n", f"    skill: signs\n    tags:\n      - {tag}\n")
    quiz = head.replace("quizzes:\n", f"quizzes:\n{PRE_TEST}") + "questions:\n" + before + tagged
    package = sample(add={"quiz.yaml": quiz.encode()})
    course = package.files["course.yaml"].decode().replace("items:\n", "items:\n  - quiz: before\n")
    return Package("sample", {**package.files, "course.yaml": course.encode()}, package.references)


@pytest.mark.parametrize(
    "lines",
    [
        "    wait_minutes: 30\n    counts: last\n    minutes: 20\n",
        "    counts: first\n",
        "    minutes: 45\n",
    ],
)
def test_every_setting_is_read_and_written_as_it_was(lines: str) -> None:
    package = sample("    explain: passing\n", f"{lines}    explain: passing\n")
    document, problems = read(package)
    assert problems == []
    assert write_package(document) == package.files


def test_what_is_left_out_has_its_sane_value() -> None:
    quiz = read(sample("    tries: 0\n    explain: passing\n", ""))[0].quizzes[0]
    assert (quiz.tries, quiz.wait_minutes, quiz.counts, quiz.minutes, quiz.explain) == (
        0,
        0,
        "best",
        0,
        "passing",
    )


def test_a_quiz_may_be_drawn_by_tag() -> None:
    package = sample("    draw: 1\n", BY_TAG)
    document, problems = read(package)
    assert problems == [] and document.quizzes[0].draw == 1
    assert write_package(document) == package.files


def test_a_tag_with_too_few_questions_is_named_with_its_line() -> None:
    wrong = BY_TAG.replace("tag: signs", "tag: sings")
    _document, problems = read(sample("    draw: 1\n", wrong))
    assert problems[0].startswith(
        "quiz.yaml:7: The quiz “final” draws 1 questions tagged “sings” but has only 0"
    )
    assert "signs" in problems[0]


def test_a_pre_test_takes_no_settings_and_its_pair_must_exist() -> None:
    package = with_pre_test()
    document, problems = read(package)
    assert problems == []
    assert write_package(document) == package.files
    assert (document.quizzes[0].is_pre_test, document.quizzes[0].tries, document.quizzes[0].explain) == (
        True,
        1,
        "never",
    )
    assert [item.get("is_counted", True) for item in revision_document(document)["items"]] == [
        False,
        True,
        True,
    ]
    _document, alone = read(with_pre_test(other_tag="pair-2"))
    assert "has no counterpart tagged “pair-1”" in alone[0]
    settings = (
        with_pre_test()
        .files["quiz.yaml"]
        .replace(b"    draw: 1\n  - key", b"    draw: 1\n    tries: 3\n  - key")
    )
    _document, refused = read(Package("sample", {**package.files, "quiz.yaml": settings}, package.references))
    assert "“tries” is not known here" in refused[0]


def test_notes_for_the_trainer_come_in_both_languages_and_belong_to_a_lesson() -> None:
    notes = {
        "notes/01-one.vi.md": b"## Cho xem\n\nM\xc3\xa1y.\n",
        "notes/01-one.en.md": b"## What to show\n\nA phone.\n",
    }
    package = sample(add=notes)
    document, problems = read(package)
    assert problems == []
    assert write_package(document) == package.files
    assert revision_document(document)["lessons"]["01-one"]["notes"]["en"].startswith("<h2>What to show")
    _document, half = read(sample(add={"notes/01-one.vi.md": b"x\n"}))
    assert "lack a language" in half[0]
    _document, lost = read(sample(add={"notes/01-on.vi.md": b"x\n", "notes/01-on.en.md": b"x\n"}))
    assert any("belong to no lesson" in line and "01-one" in line for line in lost)
