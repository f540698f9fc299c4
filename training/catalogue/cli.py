"""Commands for people who keep courses as files."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from training.activities.source import Problem
from training.catalogue import actions, queries
from training.content.check import check_package, errors
from training.content.document import REFERENCES_FILE
from training.content.package import course_folders, read_package, write_files
from training.content.parse import parse_references
from training.content.reading.citations import check_library
from training.content.reading.hard_words import read_hard_words
from training.content.reading.report import CourseReport, report_course
from training.content.reading.table import note, report_lines
from training.content.write import write_package, write_references
from training.core import clock
from training.core.db import unit_of_work

courses = AppGroup("courses", help="Check, publish and export courses.")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@courses.command("check")
@click.argument("path", type=FOLDER, required=False)
def check_courses(path: Path | None) -> None:
    """Check one course, or all of them; ends with status 1 when there are errors."""
    found = [problem for folder in _folders(path) for problem in _check(folder)]
    if errors(found):
        raise SystemExit(1)


@courses.command("report")
@click.argument("path", type=FOLDER, required=False)
def report_courses(path: Path | None) -> None:
    """Tell how easy to read and how complete one course is, or all of them; status 1 when there are errors."""
    reports = [_report(folder) for folder in _folders(path)]
    if path is None and reports:
        # Only all courses together can tell which references nobody needs.
        documents = [report.document for report in reports]
        _show(Path(current_app.config["COURSES_DIR"]), check_library(documents[0].library, documents))
    click.echo(f"\n{note()}")
    if any(errors(report.problems) for report in reports):
        raise SystemExit(1)


@courses.command("import")
@click.argument("path", type=FOLDER, required=False)
def import_courses(path: Path | None) -> None:
    """Publish one course, or all of them; a course that has not changed keeps its revision."""
    refused = False
    for folder in _folders(path):
        try:
            with unit_of_work():
                revision = actions.publish(read_package(folder))
            click.echo(f"{folder.name}: revision {revision.number}")
        except actions.PackageRefused as refusal:
            refused = True
            _show(folder, refusal.problems)
    if refused:
        raise SystemExit(1)


@courses.command("format")
@click.argument("path", type=FOLDER)
def format_course(path: Path) -> None:
    """Rewrite a course, and the references beside it, in the one form all courses have."""
    package = read_package(path)
    document, problems = check_package(package, clock.today())
    if errors(problems):
        _show(path, errors(problems))
        raise SystemExit(1)
    changed = write_files(path, write_package(document))
    if package.references:
        references = parse_references(package.references, [])
        changed += write_files(path.parent, {REFERENCES_FILE: write_references(references)})
    for written in changed:
        click.echo(f"{written}")


@courses.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_course(slug: str, folder: Path) -> None:
    """Write the current revision of a course as files."""
    revision = queries.get_current_revision(slug)
    for written in actions.export(revision.id, folder):
        click.echo(f"{written}")


def _folders(path: Path | None) -> list[Path]:
    return [path] if path else course_folders(Path(current_app.config["COURSES_DIR"]))


def _check(folder: Path) -> list[Problem]:
    _document, problems = check_package(read_package(folder), clock.today())
    _show(folder, problems)
    return problems


def _report(folder: Path) -> CourseReport:
    report = report_course(read_package(folder), read_hard_words(), clock.today())
    for line in report_lines(report):
        click.echo(line)
    click.echo()
    _show(folder, (*report.problems, *report.findings))
    click.echo()
    return report


def _show(folder: Path, problems: Iterable[Problem]) -> None:
    for problem in problems:
        mark = "warning: " if problem.is_warning else ""
        path = (folder / problem.file).resolve()
        click.echo(f"{path}:{problem.line}: {mark}{problem.message} – {problem.remedy}")
