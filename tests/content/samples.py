"""A small complete course to break in one place at a time."""

from training.content.document import Package

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20"/></svg>'

COURSE = """\
slug: sample
title:
  vi: Mẫu
  en: Sample
summary:
  vi: Một khóa mẫu.
  en: A sample course.
skills:
  - key: signs
    title:
      vi: Dấu hiệu
      en: Signs
    digcomp: ['1.2']
items:
  - lesson: 01-one
  - quiz: final
references:
  - law-a
"""

LESSON = """\
---
title: Bài một
minutes: 5
---

## Đầu

Một câu [@law-a].

![Một đường](media/line.svg "Chú thích")

!!! try "Làm thử ngay"
    Mở máy.
"""

QUIZ = """\
quizzes:
  - key: final
    title:
      vi: Kiểm tra
      en: Quiz
    draw: 1
    pass_percent: 70
    tries: 0
    explain: passing
questions:
  - key: dam
    in: final
    kind: single_choice
    skill: signs
    lesson: 01-one
    points: 1
    shuffle: true
    prompt:
      vi: Hỏi?
      en: Ask?
    options:
      - key: a
        correct: true
        text:
          vi: A
          en: A
        feedback:
          vi: Phải.
          en: Yes.
      - key: b
        text:
          vi: B
          en: B
        feedback:
          vi: Chưa.
          en: 'No'
      - key: c
        text:
          vi: C
          en: C
        feedback:
          vi: Chưa.
          en: Not yet.
    explanation:
      vi: Vì thế.
      en: Because.
"""

REFERENCES = """\
- key: law-a
  kind: law
  title:
    vi: Luật A
    en: Law A
  number: 1/2026/QH
  issued_on: 2026-01-02
  url: https://example.org/a
  checked_on: 2026-11-01
  confidence: official
"""


def sample(
    replace: str = "", by: str = "", *, add: dict[str, bytes] | None = None, drop: str = ""
) -> Package:
    """Return the course with one text replaced wherever it stands, a file added or a file taken away."""
    texts = {
        "course.yaml": COURSE,
        "quiz.yaml": QUIZ,
        "01-one.vi.md": LESSON,
        "01-one.en.md": LESSON,
    }
    files = {path: (text.replace(replace, by) if replace else text).encode() for path, text in texts.items()}
    files |= {"media/line.svg": SVG} | (add or {})
    files.pop(drop, None)
    references = REFERENCES.replace(replace, by) if replace else REFERENCES
    return Package("sample", dict(sorted(files.items())), references.encode())
