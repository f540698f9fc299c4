"""Which references nobody cites, and how long ago the cited ones were checked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from training.activities.source import N_, Problem
from training.content.check import used_references
from training.content.check_text import cited_keys
from training.content.document import REFERENCES_FILE, CourseDocument, Reference


def check_citations(document: CourseDocument) -> Iterator[Problem]:
    """Yield the references a course lists and neither its lessons nor its notes cite.

    Old and replaced ones are named by `training.content.check`.
    """
    texts = [
        text
        for lesson in document.lessons.values()
        for words in (lesson.body, lesson.notes)
        for text in words.values()
    ]
    cited = {key for text in texts for key in cited_keys(text)}
    for key in document.references:
        if key in document.library and key not in cited:
            yield Problem(
                "course.yaml",
                1,
                N_("The reference “%(key)s” is listed and never cited."),
                N_("Cite it where a lesson relies on it, or take it off the list."),
                {"key": key},
                is_warning=True,
            )


def check_library(library: Mapping[str, Reference], documents: Iterable[CourseDocument]) -> Iterator[Problem]:
    """Yield the references that no course uses.

    Args:
        library: all references.
        documents: all courses.

    Yields:
        Problems whose file is the file of references itself.
    """
    used = {key for document in documents for key in used_references(document)}
    successors = {reference.replaced_by for reference in library.values()}
    for key, reference in library.items():
        if key not in used and key not in successors:
            yield Problem(
                REFERENCES_FILE,
                reference.line,
                N_("No course uses the reference “%(key)s”."),
                N_("Cite it or remove it."),
                {"key": key},
                is_warning=True,
            )


def oldest_check(document: CourseDocument, today: date) -> int:
    """Return how many days ago the reference of a course that waited longest was checked; 0 without references."""
    days = [(today - document.library[key].checked_on).days for key in used_references(document)]
    return max(days, default=0)
