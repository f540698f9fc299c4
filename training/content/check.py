"""Everything a trainer can get wrong in a course, found before it is published."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain

from training.activities.source import N_, Problem, nearest
from training.content.check_questions import check_question_pictures, question_picture_paths
from training.content.check_quizzes import check_quizzes
from training.content.check_text import check_lesson, cited_keys, picture_paths
from training.content.document import REFERENCES_FILE, CourseDocument, Package
from training.content.parse import LESSON_FILE, NOTES_FILE, parse_package
from training.content.pictures import picture_faults

# Rules in this field change several times a year.
STALE_AFTER_DAYS = 365


def check_package(package: Package, today: date) -> tuple[CourseDocument, list[Problem]]:
    """Read a package and find everything that is wrong with it.

    Args:
        package: the bytes of the course folder and of the references.
        today: the day from which the age of references is counted.

    Returns:
        The document, and the problems by file and line. It may be used when no problem is an error.
    """
    document, problems = parse_package(package)
    found = chain(
        problems,
        _check_files(package),
        _check_notes(package, document),
        _check_slug(document, package.slug),
        _check_keys(document),
        _check_items(document),
        _check_questions(document),
        check_question_pictures(document),
        check_quizzes(document),
        *(check_lesson(document, lesson) for lesson in document.lessons.values()),
        _check_media(document),
        _check_references(document, today),
    )
    return document, sorted(found, key=lambda problem: (problem.file, problem.line))


def errors(problems: Collection[Problem]) -> list[Problem]:
    """Return the problems that keep a course from being published."""
    return [problem for problem in problems if not problem.is_warning]


def _check_files(package: Package) -> Iterator[Problem]:
    if "course.yaml" not in package.files:
        yield Problem("course.yaml", 1, N_("The course has no course.yaml."), N_("Add the file."))
    for path in package.files:
        is_known = path in ("course.yaml", "quiz.yaml") or path.startswith("media/")
        if not is_known and not LESSON_FILE.fullmatch(path) and not NOTES_FILE.fullmatch(path):
            yield Problem(
                path,
                1,
                N_("This file does not belong in a course."),
                N_("Remove it; lessons are called like 01-name.vi.md, pictures stand in media/."),
            )


def _check_notes(package: Package, document: CourseDocument) -> Iterator[Problem]:
    for path in package.files:
        match = NOTES_FILE.fullmatch(path)
        if match and match["key"] not in document.lessons:
            yield Problem(
                path,
                1,
                N_("These notes belong to no lesson."),
                N_("Did you mean: %(known)s?"),
                {"known": nearest(match["key"], sorted(document.lessons)) or "–"},
            )


def _check_slug(document: CourseDocument, folder: str) -> Iterator[Problem]:
    if document.slug and document.slug != folder:
        yield Problem(
            "course.yaml",
            1,
            N_("The slug “%(slug)s” is not the name of the folder."),
            N_("Write “slug: %(folder)s”, or rename the folder."),
            {"slug": document.slug, "folder": folder},
        )


def _check_keys(document: CourseDocument) -> Iterator[Problem]:
    names = {
        N_("skills"): [skill.key for skill in document.skills],
        N_("items"): [item.key for item in document.items],
        N_("references"): list(document.references),
    }
    for name, keys in names.items():
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Problem(
                "course.yaml",
                1,
                N_("“%(key)s” is listed twice under “%(name)s”."),
                N_("Keep one of the two."),
                {"key": key, "name": name},
            )
    quizzes = [quiz.key for quiz in document.quizzes]
    for quiz in document.quizzes:
        if quizzes.count(quiz.key) > 1 or quiz.key in document.lessons:
            yield Problem(
                "quiz.yaml",
                quiz.line,
                N_("The key “%(key)s” is used more than once."),
                N_("Give the quiz a key of its own."),
                {"key": quiz.key},
            )


def _check_items(document: CourseDocument) -> Iterator[Problem]:
    known = {"lesson": list(document.lessons), "quiz": [quiz.key for quiz in document.quizzes]}
    if not document.items:
        yield Problem(
            "course.yaml", 1, N_("The course has no lesson."), N_("List its lessons under “items”.")
        )
    if not document.skills:
        yield Problem(
            "course.yaml", 1, N_("The course names no skill."), N_("List what is learned under “skills”.")
        )
    for item in document.items:
        if item.key and item.key not in known[item.kind]:
            yield Problem(
                "course.yaml",
                item.line,
                N_("There is no %(kind)s called “%(key)s”."),
                N_("Did you mean: %(known)s?"),
                {"kind": item.kind, "key": item.key, "known": nearest(item.key, known[item.kind]) or "–"},
            )
    listed = {(item.kind, item.key) for item in document.items}
    for key in document.lessons:
        if ("lesson", key) not in listed:
            yield _not_listed(f"{key}.vi.md", 1, "lesson", key)
    for quiz in document.quizzes:
        if ("quiz", quiz.key) not in listed:
            yield _not_listed("quiz.yaml", quiz.line, "quiz", quiz.key)


def _not_listed(file: str, line: int, kind: str, key: str) -> Problem:
    return Problem(
        file,
        line,
        N_("The %(kind)s “%(key)s” is not part of the course."),
        N_("Add “- %(kind)s: %(key)s” under “items” in course.yaml, or remove it."),
        {"kind": kind, "key": key},
    )


def _check_questions(document: CourseDocument) -> Iterator[Problem]:
    skills = [skill.key for skill in document.skills]
    lessons = list(document.lessons)
    places = [*lessons, *(quiz.key for quiz in document.quizzes)]
    for question in document.questions:
        for name, key, known in (
            ("skill", question.skill, skills),
            ("lesson", question.lesson, lessons),
            ("in", question.within, places),
        ):
            if key and key not in known:
                yield Problem(
                    "quiz.yaml",
                    document.question_lines.get(question.key, 1),
                    N_("The question “%(question)s” names an unknown “%(name)s”: “%(key)s”."),
                    N_("Did you mean: %(known)s?"),
                    {"question": question.key, "name": name, "key": key, "known": nearest(key, known) or "–"},
                )


def _check_media(document: CourseDocument) -> Iterator[Problem]:
    shown = {
        path
        for lesson in document.lessons.values()
        for body in lesson.body.values()
        for path in picture_paths(body)
    } | question_picture_paths(document)
    for path, content in document.media.items():
        for text, advice in picture_faults(path, content):
            yield Problem(path, 1, text, advice)
        if path not in shown:
            yield Problem(
                path,
                1,
                N_("No lesson and no question shows this picture."),
                N_("Show it or remove it."),
                is_warning=True,
            )


def _check_references(document: CourseDocument, today: date) -> Iterator[Problem]:
    for key in document.references:
        if key not in document.library:
            yield Problem(
                "course.yaml",
                1,
                N_("The reference “%(key)s” is not in references.yaml."),
                N_("Did you mean: %(known)s?"),
                {"key": key, "known": nearest(key, sorted(document.library)) or "–"},
            )
    for key in used_references(document):
        reference = document.library[key]
        age = (today - reference.checked_on).days
        if age > STALE_AFTER_DAYS:
            yield Problem(
                f"../{REFERENCES_FILE}",
                reference.line,
                N_("The reference “%(key)s” was last checked %(age)s days ago."),
                N_("Check that it still holds, correct the lessons, then write today under “checked_on”."),
                {"key": key, "age": age},
                is_warning=True,
            )
        if reference.replaced_by:
            yield _replaced(document, key, reference.replaced_by, reference.line)


def _replaced(document: CourseDocument, key: str, successor: str, line: int) -> Problem:
    if successor not in document.library:
        return Problem(
            f"../{REFERENCES_FILE}",
            line,
            N_("“%(key)s” is replaced by “%(successor)s”, which is not in the list."),
            N_("Did you mean: %(known)s?"),
            {"key": key, "successor": successor, "known": nearest(successor, sorted(document.library))},
        )
    return Problem(
        f"../{REFERENCES_FILE}",
        line,
        N_("The reference “%(key)s” has been replaced by “%(successor)s”."),
        N_("Cite the new one in the lessons."),
        {"key": key, "successor": successor},
        is_warning=True,
    )


def used_references(document: CourseDocument) -> list[str]:
    """Return the keys of the references a course lists or cites and that exist, in the order it lists them."""
    bodies = [body for lesson in document.lessons.values() for body in lesson.body.values()]
    cited = [key for body in bodies for key in cited_keys(body)]
    return [key for key in dict.fromkeys([*document.references, *cited]) if key in document.library]
