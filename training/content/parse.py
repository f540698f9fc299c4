"""From the files of a package to a document; what does not fit together is left to `check`."""

import re
from collections.abc import Mapping
from datetime import date

from training.activities.questions.base import Question
from training.activities.questions.registry import KINDS, kind_of
from training.activities.source import N_, Problem, Source, nearest
from training.activities.words import LANGUAGES
from training.content.document import (
    CONFIDENCES,
    COUNTED_TRIES,
    EXPLAIN_MOMENTS,
    ITEM_KINDS,
    QUIZ_PURPOSES,
    REFERENCE_KINDS,
    REFERENCES_FILE,
    CourseDocument,
    Draw,
    Item,
    Lesson,
    Package,
    Quiz,
    Reference,
    Skill,
)
from training.content.source import read_text, read_yaml

LESSON_FILE = re.compile(r"(?P<key>[^/]+)\.(?P<language>[a-z]{2})\.md")
NOTES_FILE = re.compile(r"notes/" + LESSON_FILE.pattern)
SHORTEST, LONGEST = 1, 30
MOST_DRAWN = 100
MOST_MINUTES = 60 * 24 * 30
COURSE_FIELDS = ("slug", "title", "summary", "skills", "items", "references")
SKILL_FIELDS = ("key", "title", "digcomp")
LESSON_FIELDS = ("title", "minutes")
PRE_TEST_FIELDS = ("key", "purpose", "title", "draw")
QUIZ_FIELDS = (*PRE_TEST_FIELDS, "pass_percent", "tries", "wait_minutes", "counts", "minutes", "explain")
DRAW_FIELDS = ("tag", "count")
REFERENCE_FIELDS = (
    "key", "kind", "title", "number", "issued_on", "url", "checked_on", "confidence", "note", "replaced_by",
)  # fmt: skip
DIGCOMP = re.compile(r"[1-5]\.[1-6]")


def parse_package(package: Package) -> tuple[CourseDocument, list[Problem]]:
    """Read all files of a package.

    Args:
        package: the bytes.

    Returns:
        The document, with harmless values wherever a file could not be read, and the problems found.
    """
    problems: list[Problem] = []
    course = _yaml(package.files, "course.yaml", problems)
    course.only(COURSE_FIELDS)
    quiz_file = _yaml(package.files, "quiz.yaml", problems) if "quiz.yaml" in package.files else None
    if quiz_file:
        quiz_file.only(("quizzes", "questions"))
    questions, lines = _questions(quiz_file)
    document = CourseDocument(
        slug=course.get("slug").key(),
        title=course.get("title").words(),
        summary=course.get("summary").words(),
        skills=tuple(_skill(entry) for entry in course.get("skills").entries()),
        items=tuple(_item(entry) for entry in course.get("items").entries()),
        references=tuple(entry.key() for entry in course.get("references").entries()),
        lessons=_lessons(package.files, problems),
        quizzes=tuple(_quiz(entry) for entry in quiz_file.get("quizzes").entries()) if quiz_file else (),
        questions=questions,
        question_lines=lines,
        media={path: body for path, body in package.files.items() if path.startswith("media/")},
        library=parse_references(package.references, problems),
    )
    return document, problems


def parse_references(content: bytes, problems: list[Problem]) -> dict[str, Reference]:
    """Read the shared file of references.

    Args:
        content: the bytes of ``references.yaml``, or none.
        problems: where mistakes are noted.

    Returns:
        The references by key.
    """
    name = f"../{REFERENCES_FILE}"
    found: dict[str, Reference] = {}
    for entry in read_yaml(read_text(content, name, problems), name, problems).entries():
        reference = _reference(entry)
        if reference.key in found:
            entry.get("key").problem(
                N_("The reference “%(key)s” is there twice."),
                N_("Give one of them another key."),
                key=reference.key,
            )
        found[reference.key] = reference
    return found


def _yaml(files: Mapping[str, bytes], name: str, problems: list[Problem]) -> Source:
    return read_yaml(read_text(files.get(name, b""), name, problems), name, problems)


def _skill(entry: Source) -> Skill:
    entry.only(SKILL_FIELDS)
    codes = []
    for code in entry.get("digcomp").entries():
        if not DIGCOMP.fullmatch(code.text()):
            code.problem(
                N_("“%(code)s” is not a DigComp code."),
                N_("Write area and skill between quotation marks, such as '1.2'."),
                code=code.raw,
            )
        codes.append(code.raw.strip())
    return Skill(entry.get("key").key(), entry.get("title").words(), tuple(codes))


def _item(entry: Source) -> Item:
    entry.only(ITEM_KINDS)
    for kind in ITEM_KINDS:
        if not entry.get(kind).is_missing:
            return Item(kind, entry.get(kind).key(), entry.line)
    entry.problem(
        N_("This step of the course is neither a lesson nor a quiz."),
        N_("Write “- lesson: its-key” or “- quiz: its-key”."),
    )
    return Item("lesson", "", entry.line)


def _quiz(entry: Source) -> Quiz:
    stated = entry.get("purpose")
    purpose = "final" if stated.is_missing else stated.one_of(QUIZ_PURPOSES, "final")
    is_pre_test = purpose == "pre_test"
    entry.only(PRE_TEST_FIELDS if is_pre_test else QUIZ_FIELDS)
    counts, explain = entry.get("counts"), entry.get("explain")
    return Quiz(
        key=entry.get("key").key(),
        purpose=purpose,
        title=entry.get("title").words(),
        draws=_draws(entry.get("draw")),
        pass_percent=0 if is_pre_test else entry.get("pass_percent").number(0, 100),
        tries=1 if is_pre_test else entry.get("tries").number(0, 100, default=0),
        wait_minutes=entry.get("wait_minutes").number(0, MOST_MINUTES, default=0),
        counts="best" if counts.is_missing else counts.one_of(COUNTED_TRIES, "best"),
        minutes=entry.get("minutes").number(0, MOST_MINUTES, default=0),
        explain=_explain(explain, is_pre_test=is_pre_test),
        line=entry.line,
    )


def _explain(source: Source, *, is_pre_test: bool) -> str:
    if is_pre_test:
        return "never"
    return "passing" if source.is_missing else source.one_of(EXPLAIN_MOMENTS, "passing")


def _draws(source: Source) -> tuple[Draw, ...]:
    if not isinstance(source.value, list):
        return (Draw("", source.number(1, MOST_DRAWN), source.line),)
    for entry in source.entries():
        entry.only(DRAW_FIELDS)
    return tuple(
        Draw(entry.get("tag").key(), entry.get("count").number(1, MOST_DRAWN), entry.line)
        for entry in source.entries()
    )


def _questions(quiz_file: Source | None) -> tuple[tuple[Question, ...], dict[str, int]]:
    questions: list[Question] = []
    lines: dict[str, int] = {}
    for entry in quiz_file.get("questions").entries() if quiz_file else ():
        kind = entry.get("kind").raw.strip()
        if kind not in KINDS:
            entry.get("kind").problem(
                N_("There is no kind of question called “%(kind)s”."),
                N_("Did you mean: %(known)s?"),
                kind=kind,
                known=nearest(kind, tuple(KINDS)),
            )
            continue
        question = kind_of(kind).parse(entry)
        if question.key in lines:
            entry.get("key").problem(
                N_("Two questions have the key “%(key)s”."),
                N_("Give one of them another key."),
                key=question.key,
            )
        lines.setdefault(question.key, entry.line)
        questions.append(question)
    return tuple(questions), lines


def _lessons(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, Lesson]:
    found: dict[str, dict[str, str]] = {}
    for path in files:
        match = LESSON_FILE.fullmatch(path)
        if match and match["language"] in LANGUAGES:
            text = read_text(files[path], path, problems)
            found.setdefault(match["key"], {})[match["language"]] = text
    return {
        key: _lesson(key, texts, _notes(files, key, problems), problems)
        for key, texts in sorted(found.items())
    }


def _notes(files: Mapping[str, bytes], key: str, problems: list[Problem]) -> dict[str, str]:
    names = {language: f"notes/{key}.{language}.md" for language in LANGUAGES}
    found = {
        language: read_text(files[name], name, problems).strip("\n")
        for language, name in names.items()
        if name in files
    }
    for language in LANGUAGES if found else ():
        if language not in found:
            problems.append(
                Problem(next(names[other] for other in found), 1,
                        N_("The notes on the lesson “%(key)s” lack a language."), N_("Add %(file)s."),
                        {"key": key, "file": names[language]})
            )  # fmt: skip
    return found


def _lesson(key: str, texts: Mapping[str, str], notes: Mapping[str, str], problems: list[Problem]) -> Lesson:
    titles: dict[str, str] = {}
    bodies: dict[str, str] = {}
    lines: dict[str, int] = {}
    minutes: list[int] = []
    for language in LANGUAGES:
        file = f"{key}.{language}.md"
        if language not in texts:
            problems.append(
                Problem(file, 1, N_("The lesson “%(key)s” has no file for this language."), N_("Add %(file)s."),
                        {"key": key, "file": file})
            )  # fmt: skip
            continue
        front, bodies[language], lines[language] = split_front_matter(texts[language])
        header = read_yaml(front, file, problems, first_line=2)
        header.only(LESSON_FIELDS)
        titles[language] = header.get("title").text()
        stated = header.get("minutes")
        minutes.append(stated.number(SHORTEST, LONGEST))
        if minutes[0] != minutes[-1]:
            stated.problem(
                N_("The lesson takes %(here)s minutes in this language and %(there)s in the other."),
                N_("Write the same number in both files."),
                here=minutes[-1],
                there=minutes[0],
            )
    return Lesson(key, titles, minutes[0], bodies, lines, notes)


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Split a lesson file.

    Args:
        text: the whole file.

    Returns:
        The front matter between the ``---`` lines ('' when there is none), the Markdown after it without
        blank lines at either end, and the line number of its first line.
    """
    lines = text.split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else -1
    start = end + 1
    while start < len(lines) - 1 and not lines[start].strip():
        start += 1
    return "\n".join(lines[1 : max(end, 0)]), "\n".join(lines[start:]).strip("\n"), start + 1


def _reference(entry: Source) -> Reference:
    entry.only(REFERENCE_FIELDS)
    note = entry.get("note")
    issued = entry.get("issued_on")
    return Reference(
        key=entry.get("key").key(),
        kind=entry.get("kind").one_of(REFERENCE_KINDS, "website"),
        title=entry.get("title").words(),
        number=entry.get("number").optional_text(),
        issued_on=None if issued.is_missing else issued.day(),
        url=_address(entry.get("url")),
        checked_on=entry.get("checked_on").day() or date.min,
        confidence=entry.get("confidence").one_of(CONFIDENCES, "unofficial"),
        note={} if note.is_missing else note.words(),
        replaced_by=entry.get("replaced_by").optional_text(),
        line=entry.line,
    )


def _address(source: Source) -> str:
    address = source.optional_text()
    if address and not re.fullmatch(r"https?://[^\s<>\"']+", address):
        source.problem(
            N_("“%(url)s” is not a web address."),
            N_("Write the whole address, starting with https://."),
            url=address,
        )
        return ""
    return address
