"""A small course whose quizzes can be set as a story needs them."""

from training.catalogue.actions import publish
from training.catalogue.models import Revision
from training.content.document import Package

SLUG = "little"
OPTIONS = "abcd"

_COURSE = """\
slug: little
title: {vi: Khóa nhỏ, en: Little course}
summary: {vi: Một khóa bịa., en: A made-up course.}
skills:
  - key: looking
    title: {vi: Nhìn, en: Looking}
  - key: asking
    title: {vi: Hỏi, en: Asking}
items:
  - quiz: before
  - lesson: 01-one
  - quiz: final
"""

_LESSON = "---\ntitle: Một\nminutes: 3\n---\n\nMột bài bịa.\n"

_QUIZZES = """\
quizzes:
  - key: before
    purpose: pre_test
    title: {vi: Trước khi học, en: Before learning}
    draw: 2
  - key: final
    title: {vi: Kiểm tra, en: Quiz}
    draw: 10
    pass_percent: 70
"""


def right_option(number: int) -> str:
    """Return the key of the right option of question `number` as the course is first written."""
    return OPTIONS[number % 4]


def _question(number: int, within: str, right: str, options: str = OPTIONS) -> str:
    lines = [
        f"  - key: q{number}",
        f"    in: {within}",
        "    kind: single_choice",
        f"    skill: {'looking' if number % 2 else 'asking'}",
        "    lesson: 01-one",
        f"    prompt: {{vi: 'Hỏi {number}?', en: 'Question {number}?'}}",
        "    options:",
    ]
    for key in options:
        lines.append(f"      - key: {key}")
        if key == right:
            lines.append("        correct: true")
        lines.append(f"        text: {{vi: Chọn {key}, en: Choose {key}}}")
        lines.append(f"        feedback: {{vi: Về {key}., en: About {key}.}}")
    lines.append("    explanation: {vi: Vì thế., en: That is why.}")
    return "\n".join(lines) + "\n"


def package(
    settings: str = "", keys: dict[int, str] | None = None, count: int = 12, extra_option: int = 0
) -> Package:
    """Return the course.

    Args:
        settings: further lines of the final quiz, such as ``tries: 2``, separated by line breaks.
        keys: other right options than `right_option`, by number of the question.
        count: how many questions the final quiz may draw from.
        extra_option: number of a question that has one more option, e; none when 0.
    """
    keys = keys or {}
    extra = "".join(f"    {line}\n" for line in settings.splitlines())
    questions = "".join(
        _question(
            n,
            "final" if n <= count else "before",
            keys.get(n, right_option(n)),
            OPTIONS + "e" * (n == extra_option),
        )
        for n in range(1, count + 3)
    )
    files = {
        "course.yaml": _COURSE,
        "01-one.vi.md": _LESSON,
        "01-one.en.md": _LESSON,
        "quiz.yaml": f"{_QUIZZES}{extra}questions:\n{questions}",
    }
    return Package(SLUG, {path: text.encode() for path, text in files.items()}, b"")


def publish_course(
    settings: str = "", keys: dict[int, str] | None = None, count: int = 12, extra_option: int = 0
) -> Revision:
    """Publish the course as `package` writes it."""
    return publish(package(settings, keys, count, extra_option))
