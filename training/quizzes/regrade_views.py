"""What the pages about corrected keys show: frozen, ready for the template."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training.accounts import queries as accounts
from training.activities.questions.base import Question
from training.catalogue import queries as catalogue
from training.catalogue.views import QuizView, RevisionView
from training.core.errors import NotFound
from training.core.permissions import Viewer
from training.quizzes import comparison, corrections, rules
from training.quizzes import regrade_queries as queries
from training.quizzes.corrections import Proposal
from training.quizzes.models import Attempt, Regrade
from training.quizzes.regrade_queries import ChangeRow, Reach, Who

# Names on one page; all are counted and all are changed, whether they are shown or not.
MOST_NAMES = 200
# Revisions looked at, the newest first: a key is corrected soon after it was published.
MOST_REVISIONS = 20


@dataclass(frozen=True)
class Asked:
    """Which quiz, as it is published today, and whose attempts."""

    revision: RevisionView
    quiz: QuizView
    reach: Reach


@dataclass(frozen=True)
class KeyChange:
    """A question whose key is another in a newer revision; not `is_usable` where its options are others, too.

    An answer to other options cannot be marked by the new key and stays as it is.
    """

    before: Question
    after: Question
    is_usable: bool

    def key_before(self, language: str) -> str:
        """Return the right answer until now, in words."""
        return comparison.key_in_words(self.before, language)

    def key_after(self, language: str) -> str:
        """Return the right answer of the newer revision, in words."""
        return comparison.key_in_words(self.after, language)


@dataclass(frozen=True)
class RevisionLine:
    """A newer revision, what of the keys it changes, and how many tries are marked by older ones."""

    number: int
    published_at: datetime
    changes: Sequence[KeyChange]
    tries: int


@dataclass(frozen=True)
class RegradeLine:
    """A regrade that was done, and how many results in reach it changed."""

    regrade: Regrade
    number: int
    name: str
    changed: int


@dataclass(frozen=True)
class RevisionsPage:
    """The newer revisions of a quiz's course, and what was regraded so far."""

    asked: Asked
    lines: Sequence[RevisionLine]
    regrades: Sequence[RegradeLine]
    tries: int


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One result before and after."""

    who: Who
    number: int
    points_before: float
    of_before: float
    points_after: float
    of_after: float
    was_passed: bool
    is_passed: bool
    is_lower: bool


@dataclass(frozen=True)
class ProposalPage:
    """What a newer key would make of all results in reach; nothing is changed yet."""

    asked: Asked
    target: RevisionView
    changes: Sequence[KeyChange]
    lines: Sequence[ResultLine]
    gains: int
    losses: int
    same: int
    open_count: int

    @property
    def tries(self) -> int:
        """How many tries the newer key concerns at all."""
        return self.gains + self.losses + self.same + self.open_count


@dataclass(frozen=True)
class RegradePage:
    """What a regrade did."""

    asked: Asked
    line: RegradeLine
    rows: Sequence[ChangeRow]


def asked(viewer: Viewer, slug: str, quiz_key: str) -> Asked:
    """Return what is asked for.

    Raises:
        NotFound: no such course or quiz.
    """
    revision = catalogue.get_current_revision(slug)
    quiz = revision.quiz(quiz_key)
    return Asked(revision, quiz, Reach(viewer, revision.course_id, quiz.key))


def revisions_page(wanted: Asked) -> RevisionsPage:
    """Return the revisions newer than those by whose keys attempts are marked, the newest first."""
    counts = queries.count_by_key_revision(wanted.reach)
    editions = catalogue.list_editions(wanted.revision.course_id, MOST_REVISIONS)
    lines = []
    for revision_id, number, published_at in editions:
        older = {marked_by: count for marked_by, count in counts.items() if marked_by < revision_id}
        if older:
            changes = _key_changes(wanted.quiz.key, sorted(older), catalogue.get_revision(revision_id))
            lines.append(RevisionLine(number, published_at, changes, sum(older.values())))
    return RevisionsPage(wanted, lines, _regrades(wanted), sum(counts.values()))


def _key_changes(quiz_key: str, older: Sequence[int], newer: RevisionView) -> list[KeyChange]:
    """Return the questions with another key than in any of the older revisions, each pair of keys once."""
    found: list[KeyChange] = []
    for question in newer.questions(quiz_key):
        seen: list[Question] = []
        for revision_id in older:
            before = {q.key: q for q in catalogue.get_revision(revision_id).questions(quiz_key)}.get(
                question.key
            )
            known = before is None or any(comparison.has_same_key(before, other) for other in seen)
            if before is not None and not known and not comparison.has_same_key(before, question):
                seen.append(before)
                found.append(KeyChange(before, question, rules.has_same_parts(before, question)))
    return found


def _regrades(wanted: Asked) -> list[RegradeLine]:
    made = queries.list_regrades(wanted.reach)
    names = accounts.list_names([regrade.applied_by_id for regrade, _count in made])
    return [_regrade_line(regrade, count, names) for regrade, count in made]


def _regrade_line(regrade: Regrade, count: int, names: Mapping[int, str]) -> RegradeLine:
    number = catalogue.get_revision(regrade.key_revision_id).number
    return RegradeLine(regrade, number, names.get(regrade.applied_by_id or 0, ""), count)


def target(wanted: Asked, number: int) -> RevisionView:
    """Return the revision of the course with this number.

    Raises:
        NotFound: there is none, or it does not have the quiz.
    """
    revision_id = catalogue.find_revision_id(wanted.revision.course_id, number)
    if revision_id is None:
        raise NotFound
    revision = catalogue.get_revision(revision_id)
    revision.quiz(wanted.quiz.key)
    return revision


def attempts_to_regrade(wanted: Asked, newer: RevisionView) -> Iterator[Attempt]:
    """Yield the attempts in reach that are marked by older keys, each held until the transaction ends."""
    for batch in queries.walk_attempts(wanted.reach, newer.id, hold=True):
        yield from batch


def proposal_page(wanted: Asked, newer: RevisionView) -> ProposalPage:
    """Return what the keys of a newer revision would make of every result in reach.

    It reads all attempts, a batch at a time: two statements for each 200 of them.
    """
    counts = queries.count_by_key_revision(wanted.reach)
    older = sorted(revision_id for revision_id in counts if revision_id < newer.id)
    found: list[_Changed] = []
    same = open_count = 0
    for batch in queries.walk_attempts(wanted.reach, newer.id):
        handed_in = [attempt for attempt in batch if attempt.handed_in_at is not None]
        proposals = list(corrections.propose(handed_in, newer.id))
        changed = [_changed(proposal) for proposal in proposals if proposal.is_change]
        found += changed
        same += len(proposals) - len(changed)
        open_count += len(batch) - len(handed_in)
    losses = sum(one.line.is_lower for one in found)
    return ProposalPage(
        asked=wanted,
        target=newer,
        changes=_key_changes(wanted.quiz.key, older, newer),
        lines=_named(found),
        gains=len(found) - losses,
        losses=losses,
        same=same,
        open_count=open_count,
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    attempt_id: uuid.UUID
    line: ResultLine


_NOBODY = Who("", "", None)


def _changed(proposal: Proposal) -> _Changed:
    attempt = proposal.attempt
    line = ResultLine(
        who=_NOBODY,
        number=attempt.number,
        points_before=attempt.points or 0.0,
        of_before=attempt.points_of or 0.0,
        points_after=proposal.points_after,
        of_after=proposal.points_of_after,
        was_passed=bool(attempt.is_passed),
        is_passed=proposal.is_passed_after,
        is_lower=proposal.is_lower,
    )
    return _Changed(attempt.id, line)


def _named(found: Sequence[_Changed]) -> list[ResultLine]:
    """Return the lines to show with their names: those who would lose first, then those whose verdict changes."""
    urgent = sorted(found, key=lambda one: (not one.line.is_lower, one.line.was_passed == one.line.is_passed))
    shown = urgent[:MOST_NAMES]
    who = queries.list_who([one.attempt_id for one in shown]) if shown else {}
    return [replace(one.line, who=who[one.attempt_id]) for one in shown]


def regrade_page(wanted: Asked, regrade_id: int) -> RegradePage:
    """Return what a regrade did to results in reach.

    Raises:
        NotFound: the quiz has none of this number.
    """
    made, count = queries.get_regrade(wanted.reach, regrade_id)
    line = _regrade_line(made, count, accounts.list_names([made.applied_by_id]))
    return RegradePage(wanted, line, queries.list_changes(wanted.reach, regrade_id, MOST_NAMES))
