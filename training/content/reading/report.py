"""All that can be said about the quality of one course."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from training.activities.source import Problem
from training.activities.words import LANGUAGES
from training.content.check import check_package
from training.content.document import CourseDocument, Package
from training.content.reading.banks import check_banks
from training.content.reading.citations import check_citations, oldest_check
from training.content.reading.hard_words import HardWords
from training.content.reading.keys import Share, check_keys, measure_keys
from training.content.reading.lessons import (
    LessonReading,
    check_company,
    check_reading,
    check_weights,
    measure_lesson,
)
from training.content.reading.questions import check_question_wording, measure_questions
from training.content.reading.wording import Wording


@dataclass(frozen=True)
class CourseReport:
    """The measures of a course and what was found.

    ``problems`` are those of `training.content.check`, errors among them; ``findings`` is what the report adds,
    all of it warnings.
    """

    document: CourseDocument
    readings: tuple[LessonReading, ...]
    questions: tuple[Wording, ...]
    shares: tuple[Share, ...]
    oldest_check: int
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...]


def report_course(package: Package, words: Mapping[str, HardWords], today: date) -> CourseReport:
    """Measure a course.

    Args:
        package: the course folder and the references.
        words: the hard words by language.
        today: the day from which the age of references is counted.

    Returns:
        The report; also for a course with errors, as far as it could be read.
    """
    document, problems = check_package(package, today)
    readings = tuple(
        measure_lesson(document, lesson, language, words[language])
        for lesson in document.lessons.values()
        for language in lesson.body
    )
    questions = tuple(measure_questions(document, language, words[language]) for language in LANGUAGES)
    shares = tuple(measure_keys(document))
    findings = [
        *(problem for reading in readings for problem in check_reading(reading)),
        *(problem for lesson in document.lessons.values() for problem in check_company(document, lesson)),
        *(problem for wording in questions for problem in check_question_wording(wording)),
        *check_weights(document),
        *check_keys(document, shares),
        *check_banks(document),
        *check_citations(document),
    ]
    findings.sort(key=lambda problem: (problem.file, problem.line))
    return CourseReport(
        document, readings, questions, shares, oldest_check(document, today), tuple(problems), tuple(findings)
    )
