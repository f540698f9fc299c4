"""What the learner's pages show, gathered from enrolment and catalogue: frozen, ready for the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from training.accounts import queries as accounts
from training.catalogue import queries as catalogue
from training.catalogue.views import ItemView, RevisionView
from training.core import clock
from training.core.permissions import Viewer
from training.enrolment import queries as enrolment
from training.enrolment import rules
from training.enrolment.queries import EnrolmentRow
from training.journal import queries as journal


@dataclass(frozen=True)
class KeyedIn:
    """A try that somebody else keyed in: which one, answered in which way, by whom."""

    number: int
    mode: str
    full_name: str


@dataclass(frozen=True)
class CourseCard:
    """One course on the learner's home; ``keyed_in`` holds the latest such try by the key of its quiz."""

    row: EnrolmentRow
    revision: RevisionView
    today: date
    keyed_in: Mapping[str, KeyedIn]

    @property
    def is_overdue(self) -> bool:
        """Whether the due day is over without a pass."""
        return rules.is_overdue(self.row.due_on, self.row.passed_at is not None, self.today)

    @property
    def days_late(self) -> int:
        """How many days the due day is over; 0 when it is not."""
        return (self.today - self.row.due_on).days if self.is_overdue and self.row.due_on else 0


@dataclass(frozen=True)
class CoursePage:
    """A learner in one course: what is done, what comes next."""

    row: EnrolmentRow
    revision: RevisionView
    outcomes: Mapping[str, bool]

    @property
    def next_item(self) -> ItemView | None:
        """The item to go on with, or None when all is passed; the pre-test only where nothing is done yet."""
        if self.revision.pre_test and not self.outcomes:
            return self.revision.pre_test
        keys = [item.key for item in self.revision.counted_items]
        passed = {key for key, is_passed in self.outcomes.items() if is_passed}
        key = rules.next_item(keys, self.outcomes.keys(), passed)
        return self.revision.item(key) if key else None

    @property
    def done_count(self) -> int:
        """How many of the counted items are done."""
        return sum(item.key in self.outcomes for item in self.revision.counted_items)

    def is_done(self, key: str) -> bool:
        """Whether an item counts as done."""
        return key in self.outcomes


def course_page(person_id: int, slug: str) -> CoursePage:
    """Return the learner's page of a course; two statements.

    Raises:
        NotFound: the person is not enrolled in it.
    """
    row = enrolment.get_of_person(person_id, slug)
    outcomes = enrolment.list_outcomes_of([row.id])[row.id]
    return CoursePage(row, catalogue.get_revision(row.revision_id), outcomes)


def readable_revision(viewer: Viewer, slug: str) -> RevisionView:
    """Return the revision of a course that somebody may read: a learner their own, staff what is published today.

    Raises:
        NotFound: there is no such course, or a learner is not enrolled in it.
    """
    if viewer.is_learner and not viewer.is_staff:
        return catalogue.get_revision(enrolment.get_of_person(viewer.person_id, slug).revision_id)
    return catalogue.get_current_revision(slug)


def course_cards(person_id: int) -> list[CourseCard]:
    """Return the learner's courses, the one to go on with first."""
    today = clock.today()
    rows = enrolment.list_of_person(person_id)
    keyed_in = _list_keyed_in(person_id) if any(row.started_at for row in rows) else {}
    return [
        CourseCard(
            row, catalogue.get_revision(row.revision_id), today, keyed_in.get(f"enrolment:{row.id}", {})
        )
        for row in rows
    ]


def _list_keyed_in(person_id: int) -> dict[str, dict[str, KeyedIn]]:
    """Return journal subject of an enrolment → quiz key → its latest try that somebody else keyed in."""
    entries = journal.list_keyed_in(person_id)
    names = accounts.list_names(entry.entered_by_id for entry in entries)
    found: dict[str, dict[str, KeyedIn]] = {}
    for entry in entries:
        name = names.get(entry.entered_by_id or 0, "")
        latest = KeyedIn(entry.payload["number"], entry.mode, name)
        found.setdefault(entry.subject, {})[entry.payload["quiz"]] = latest
    return found


def present_course(cards: list[CourseCard]) -> CoursePage | None:
    """Return the course to go on with: the first that is not passed, or None when there is none."""
    for card in cards:
        if card.row.passed_at is None:
            outcomes = enrolment.list_outcomes_of([card.row.id])[card.row.id]
            return CoursePage(card.row, card.revision, outcomes)
    return None
