"""Tiny made-up courses, so that load data has several courses even where one is published."""

from training.catalogue import queries as catalogue
from training.catalogue.actions import publish
from training.content.document import Package

_COURSE = """\
slug: load-{number}
title:
  vi: Khóa thử tải số {number}
  en: Load test course {number}
summary:
  vi: Khóa bịa, chỉ để thử tải.
  en: A made-up course, for load tests only.
skills:
  - key: load
    title:
      vi: Thử tải
      en: Load testing
    digcomp: ['1.1']
items:
  - lesson: 01-one
  - lesson: 02-two
  - quiz: final
references: []
"""

_LESSON = """\
---
title: {title}
minutes: 5
---

{text}
"""

_QUIZ = """\
quizzes:
  - key: final
    title:
      vi: Bài kiểm tra
      en: Quiz
    draw: 1
    pass_percent: 70
    tries: 0
    explain: passing
questions:
  - key: made-up
    in: final
    kind: true_false
    skill: load
    lesson: 01-one
    points: 1
    prompt:
      vi: Khóa này là khóa bịa.
      en: This course is made up.
    answer: true
    feedback:
      'true':
        vi: Đúng.
        en: 'Yes.'
      'false':
        vi: Chưa đúng.
        en: 'No.'
    explanation:
      vi: Khóa này chỉ để thử tải.
      en: This course is for load tests only.
"""


def package(number: int) -> Package:
    """Return the made-up course `load-<number>`."""
    texts = {"course.yaml": _COURSE.format(number=number), "quiz.yaml": _QUIZ}
    for key in ("01-one", "02-two"):
        texts[f"{key}.vi.md"] = _LESSON.format(
            title=f"Bài {key[:2]}", text="Một đoạn văn bịa, chỉ để thử tải."
        )
        texts[f"{key}.en.md"] = _LESSON.format(
            title=f"Lesson {key[:2]}", text="A made-up paragraph for load tests."
        )
    return Package(f"load-{number}", {path: text.encode() for path, text in sorted(texts.items())}, b"")


def fill_up(count: int) -> None:
    """Publish made-up courses until `count` courses are published."""
    missing = count - len(catalogue.list_courses())
    for number in range(1, missing + 1):
        publish(package(number))
