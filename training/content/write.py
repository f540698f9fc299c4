"""From a document back to files, in the one form every course has.

Writing what was read from files in this form gives the same bytes, so a course changed in the browser and
one changed in an editor differ only where somebody changed them. Comments are not part of the form.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from training.activities.questions.registry import to_json
from training.content.check import used_references
from training.content.document import CourseDocument, Lesson, Quiz, Reference, Skill

# One text, one line: a change of a word then shows as a change of that line, not of a paragraph.
LINE_WIDTH = 1_000_000


class _Dumper(yaml.SafeDumper):
    """YAML with indented lists, text over several lines as a block, and short lists of codes on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their name; called by PyYAML."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write equal values out twice; called by PyYAML."""
        return True


class _Codes(list[str]):
    """A list to be written on one line."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _codes(dumper: _Dumper, codes: _Codes) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", codes, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Codes, _codes)


def write_package(document: CourseDocument) -> dict[str, bytes]:
    """Return the files of a course folder.

    Args:
        document: a document without errors.

    Returns:
        Bytes by relative path, sorted by path.
    """
    files = {"course.yaml": _yaml(_course(document)), **document.media}
    for lesson in document.lessons.values():
        files |= {f"{lesson.key}.{language}.md": _lesson(lesson, language) for language in lesson.body}
    for lesson in document.lessons.values():
        files |= {
            f"notes/{lesson.key}.{language}.md": _trimmed(text) for language, text in lesson.notes.items()
        }
    if document.quizzes or document.questions:
        quizzes = [_quiz(quiz) for quiz in document.quizzes]
        questions = [to_json(question) for question in document.questions]
        files["quiz.yaml"] = _yaml({"quizzes": quizzes, "questions": questions})
    return dict(sorted(files.items()))


def write_references(references: Mapping[str, Reference]) -> bytes:
    """Return the file of references holding the given ones."""
    return _yaml([_reference(reference) for reference in references.values()]) if references else b""


def write_used_references(document: CourseDocument) -> bytes:
    """Return the file of references holding only those a course uses."""
    return write_references({key: document.library[key] for key in used_references(document)})


def _yaml(value: object) -> bytes:
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH)
    return text.encode()


def _course(document: CourseDocument) -> dict[str, object]:
    plain: dict[str, object] = {
        "slug": document.slug,
        "title": dict(document.title),
        "summary": dict(document.summary),
        "skills": [_skill(skill) for skill in document.skills],
        "items": [{item.kind: item.key} for item in document.items],
    }
    return {**plain, "references": list(document.references)} if document.references else plain


def _skill(skill: Skill) -> dict[str, object]:
    plain: dict[str, object] = {"key": skill.key, "title": dict(skill.title)}
    return {**plain, "digcomp": _Codes(skill.digcomp)} if skill.digcomp else plain


def _quiz(quiz: Quiz) -> dict[str, object]:
    is_plain = [draw.tag for draw in quiz.draws] == [""]
    draws = [{"tag": draw.tag, "count": draw.count} for draw in quiz.draws]
    head = {
        "key": quiz.key,
        **({"purpose": quiz.purpose} if quiz.is_pre_test else {}),
        "title": dict(quiz.title),
    }
    plain: dict[str, object] = {**head, "draw": quiz.draw if is_plain else draws}
    if quiz.is_pre_test:
        return plain
    return {
        **plain,
        "pass_percent": quiz.pass_percent,
        "tries": quiz.tries,
        **({"wait_minutes": quiz.wait_minutes} if quiz.wait_minutes else {}),
        **({"counts": quiz.counts} if quiz.counts != "best" else {}),
        **({"minutes": quiz.minutes} if quiz.minutes else {}),
        "explain": quiz.explain,
    }


def _lesson(lesson: Lesson, language: str) -> bytes:
    front = _yaml({"title": lesson.title[language], "minutes": lesson.minutes}).decode()
    return f"---\n{front}---\n\n".encode() + _trimmed(lesson.body[language])


def _trimmed(text: str) -> bytes:
    body = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return f"{body}\n".encode()


def _reference(reference: Reference) -> dict[str, object]:
    return {
        "key": reference.key,
        "kind": reference.kind,
        "title": dict(reference.title),
        **({"number": reference.number} if reference.number else {}),
        **({"issued_on": reference.issued_on} if reference.issued_on else {}),
        **({"url": reference.url} if reference.url else {}),
        "checked_on": reference.checked_on,
        "confidence": reference.confidence,
        **({"note": dict(reference.note)} if reference.note else {}),
        **({"replaced_by": reference.replaced_by} if reference.replaced_by else {}),
    }
