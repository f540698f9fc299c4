"""What is taught: every course in courses/ is right and every kind of question complete."""

from pathlib import Path

import pytest
from flask import Flask

from tests.house import source
from training.activities.questions.base import QuestionKind
from training.activities.questions.registry import KINDS
from training.catalogue.actions import export
from training.catalogue.queries import get_current_revision
from training.content.check import check_package, errors
from training.content.package import course_folders, read_package
from training.core import clock

COURSES = course_folders(source.ROOT / "courses")
KIND_FILES = {path.stem for path in (source.PROGRAM / "activities/questions").glob("*.py")}
NOT_KINDS = {"__init__", "base", "registry", "choice", "numerals", "parts", "picture", "written"}


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_every_course_we_ship_checks_without_an_error(folder: Path) -> None:
    _document, problems = check_package(read_package(folder), clock.today())
    assert [str(problem) for problem in errors(problems)] == []


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_a_published_course_is_given_back_byte_for_byte(app: Flask, folder: Path, tmp_path: Path) -> None:
    export(get_current_revision(folder.name).id, tmp_path)
    assert read_package(tmp_path / folder.name).files == read_package(folder).files


def test_every_file_of_a_kind_is_in_the_registry() -> None:
    assert KIND_FILES - NOT_KINDS == set(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_of_question_can_do_everything_a_kind_does(name: str) -> None:
    wanted = {verb for verb in vars(QuestionKind) if not verb.startswith("_")}
    assert wanted <= set(dir(KINDS[name]))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_of_question_can_be_asked_reviewed_and_printed(app: Flask, name: str) -> None:
    module = app.jinja_env.get_template(f"questions/{name}.html").module
    assert all(hasattr(module, macro) for macro in ("ask", "review", "print"))


def test_every_course_has_a_lesson_for_every_question() -> None:
    for folder in COURSES:
        document, _problems = check_package(read_package(folder), clock.today())
        assert {question.lesson for question in document.questions} <= set(document.lessons)
