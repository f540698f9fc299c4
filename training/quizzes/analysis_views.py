"""What the pages about the questions of a quiz show: frozen, ready for the template."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of
from training.activities.words import in_language
from training.catalogue import queries as catalogue
from training.catalogue.views import LessonView, QuizView, RevisionView
from training.core.errors import NotFound
from training.core.numbers import percent
from training.core.permissions import Permission, Viewer
from training.org import queries as org
from training.org.models import COMMUNE_LEVEL, Unit
from training.quizzes import analysis, comparison, rules
from training.quizzes import analysis_queries as queries
from training.quizzes.analysis import Chosen, Figures, Reply
from training.quizzes.analysis_queries import FirstTry, Wanted

# More first tries than this change no figure by as much as its rounding: with 3,000 a share is uncertain by
# 1.8 points of a hundred at most, and the page is read in about a second.
MOST_TRIES = 3000

_TOP = 1_000_000


@dataclass(frozen=True)
class Asked:
    """Which quiz, and how far: everywhere in reach, or (`unit`) in one commune."""

    viewer: Viewer
    revision: RevisionView
    quiz: QuizView
    unit: Unit | None
    communes: Sequence[Unit]

    @property
    def unit_id(self) -> int | None:
        """The commune's id for addresses."""
        return self.unit.id if self.unit else None

    @property
    def wanted(self) -> Wanted:
        """Which attempts are looked at."""
        path = self.unit.path if self.unit else None
        return Wanted(self.viewer, self.revision.course_id, self.quiz.key, path)

    @property
    def skill_keys(self) -> list[str]:
        """The skills the quiz asks about, in the order of the course."""
        asked = {question.skill for question in self.revision.questions(self.quiz.key)}
        return [skill.key for skill in self.revision.skills if skill.key in asked]

    def skill_title(self, key: str, language: str) -> str:
        """Return the name of a skill; its key where the course does not teach it any more."""
        titles = {skill.key: skill.title for skill in self.revision.skills}
        return in_language(titles[key], language) if key in titles else key

    def find_lesson(self, key: str) -> LessonView | None:
        """Return a lesson to link to; None where the course does not have it any more."""
        is_there = any(item.key == key and item.kind == "lesson" for item in self.revision.items)
        return self.revision.lesson(key) if is_there else None


@dataclass(frozen=True)
class Item:
    """A question in its newest form with its figures.

    ``left_out`` counts people who were asked an older form with other options, of whom nothing else is counted;
    ``has_other_words`` and ``has_other_key`` tell whether some of those counted were asked, or are marked, differently.
    ``is_gone`` when the quiz asks it no more.
    """

    place: int
    question: Question
    figures: Figures
    left_out: int
    has_other_words: bool
    has_other_key: bool
    is_gone: bool

    @property
    def facility_percent(self) -> int | None:
        """The facility in whole per cent, rounded half up."""
        value = self.figures.facility
        return None if value is None else percent(round(value * _TOP), _TOP)

    @property
    def order(self) -> tuple[str, ...]:
        """The order in which the question is shown here: that of the figures, where its kind has options."""
        keys = [one.key for one in self.figures.chosen]
        order = kind_of(self.question.kind).order(self.question, "")
        return tuple(sorted(order, key=lambda key: keys.index(key) if key in keys else 0))

    def words(self, one: Chosen, language: str) -> str:
        """Return in words what could be chosen."""
        return kind_of(self.question.kind).words_of(self.question, one.key, language)

    def key_in_words(self, language: str) -> str:
        """Return the right answer in words."""
        return comparison.key_in_words(self.question, language)


@dataclass(frozen=True)
class AnalysisPage:
    """The questions of a quiz with their figures; `is_cut` when only the latest tries were looked at."""

    asked: Asked
    items: tuple[Item, ...]
    tries: int
    is_cut: bool

    @property
    def untold_count(self) -> int:
        """How many questions too few people have answered to say anything."""
        return sum(item.figures.facility is None for item in self.items)


# How the table may be sorted; what cannot be told stands last.
ORDERS: Mapping[str, Callable[[Item], float | None]] = {
    "place": lambda item: item.place,
    "facility": lambda item: item.figures.facility,
    "discrimination": lambda item: item.figures.discrimination,
}


def asked(viewer: Viewer, slug: str, quiz_key: str, unit_id: int | None) -> Asked:
    """Return what is asked for.

    Raises:
        NotFound: no such course or quiz, or the commune is out of reach.
    """
    revision = catalogue.get_current_revision(slug)
    quiz = revision.quiz(quiz_key)
    unit = org.get_unit(viewer, Permission.SEE_ANSWERS, unit_id) if unit_id is not None else None
    communes = org.list_units(viewer, Permission.SEE_ANSWERS, COMMUNE_LEVEL)
    return Asked(viewer, revision, quiz, unit, communes)


def analysis_page(
    wanted: Asked, skill: str = "", sort: str = "place", descending: bool = False
) -> AnalysisPage:
    """Return the questions of a quiz with what the first tries tell about them.

    Args:
        wanted: which quiz, how far.
        skill: only the questions about this one; all when ''.
        sort: a key of `ORDERS`.
        descending: from the largest.
    """
    tries, is_cut = _tries(wanted)
    heard = _Heard(wanted, tries)
    for answers in queries.list_answers([one.id for one in tries]):
        heard.take(answers)
    items = [item for item in heard.items() if skill in ("", item.question.skill)]
    return AnalysisPage(wanted, _sorted(items, sort, descending), len(tries), is_cut)


def question_page(wanted: Asked, question_key: str) -> AnalysisPage:
    """Return the analysis of one question alone.

    Raises:
        NotFound: the quiz has no such question, and had none in these tries.
    """
    tries, is_cut = _tries(wanted)
    heard = _Heard(wanted, tries, question_key)
    for answers in queries.list_answers([one.id for one in heard.tries], question_key):
        heard.take(answers)
    items = [item for item in heard.items() if item.question.key == question_key]
    if not items:
        raise NotFound
    return AnalysisPage(wanted, tuple(items), len(tries), is_cut)


def _tries(wanted: Asked) -> tuple[list[FirstTry], bool]:
    tries = queries.list_first_tries(wanted.wanted, MOST_TRIES + 1)
    return tries[:MOST_TRIES], len(tries) > MOST_TRIES


def _sorted(items: Sequence[Item], sort: str, descending: bool) -> tuple[Item, ...]:
    value = ORDERS.get(sort, ORDERS["place"])
    known = [item for item in items if value(item) is not None]
    unknown = [item for item in items if value(item) is None]
    return (*sorted(known, key=lambda item: value(item) or 0.0, reverse=descending), *unknown)


@dataclass(frozen=True, slots=True)
class _Form:
    """How one question stood in the tries of one revision, marked by the keys of another."""

    is_comparable: bool
    weight: int
    has_other_words: bool
    has_other_key: bool


class _Heard:
    """Replies by question, collected batch by batch."""

    def __init__(self, wanted: Asked, tries: Sequence[FirstTry], only: str | None = None) -> None:
        self.quiz_key = wanted.quiz.key
        self.tries = [one for one in tries if only is None or only in one.question_keys]
        self.only = only
        self.waiting = {one.id: one for one in self.tries}
        self.present = {question.key for question in wanted.revision.questions(self.quiz_key)}
        self.newest = self._newest(wanted.revision)
        self.replies: dict[str, list[Reply]] = defaultdict(list)
        self.forms: dict[str, set[_Form]] = defaultdict(set)
        self.left_out: dict[str, int] = defaultdict(int)
        self.form = cache(self._form)

    def _newest(self, current: RevisionView) -> dict[str, Question]:
        """Return every question asked today or in these tries, in its newest form."""
        used = {one.revision_id for one in self.tries} | {one.key_revision_id for one in self.tries}
        found: dict[str, Question] = {}
        for revision in [*(catalogue.get_revision(number) for number in sorted(used)), current]:
            found |= {question.key: question for question in revision.questions(self.quiz_key)}
        in_order = [question.key for question in current.questions(self.quiz_key)]
        return {key: found[key] for key in [*in_order, *sorted(found.keys() - set(in_order))]}

    def _form(self, revision_id: int, key_revision_id: int, key: str) -> _Form:
        own = catalogue.get_revision(revision_id).question(key)
        newer = {q.key: q for q in catalogue.get_revision(key_revision_id).questions(self.quiz_key)}
        marked_by, today = rules.keyed(own, newer.get(key)), self.newest[key]
        return _Form(
            is_comparable=rules.has_same_parts(own, today),
            weight=marked_by.points,
            has_other_words=not comparison.has_same_words(own, today),
            has_other_key=not comparison.has_same_key(marked_by, today),
        )

    def take(self, answers: Mapping[tuple[Any, str], tuple[Any, float]]) -> None:
        """Take the answers of a batch of attempts."""
        for attempt_id in {attempt_id for attempt_id, _key in answers}:
            self._take_try(self.waiting.pop(attempt_id), answers)

    def _take_try(self, one: FirstTry, answers: Mapping[tuple[Any, str], tuple[Any, float]]) -> None:
        for key in one.question_keys:
            if self.only not in (None, key) or key not in self.newest:
                continue
            form = self.form(one.revision_id, one.key_revision_id, key)
            if not form.is_comparable:
                self.left_out[key] += 1
                continue
            response, fraction = answers.get((one.id, key), (None, 0.0))
            rest = analysis.rest_share(one.points, one.points_of, fraction, form.weight)
            self.replies[key].append(Reply(response, fraction, rest))
            self.forms[key].add(form)

    def items(self) -> list[Item]:
        """Return all questions with their figures, those the quiz asks no more at the end."""
        for one in list(self.waiting.values()):  # Handed in without a single answer.
            self._take_try(one, {})
        self.waiting.clear()
        return [
            Item(
                place=place,
                question=question,
                figures=analysis.figures(question, self.replies[key]),
                left_out=self.left_out[key],
                has_other_words=any(form.has_other_words for form in self.forms[key]),
                has_other_key=any(form.has_other_key for form in self.forms[key]),
                is_gone=key not in self.present,
            )
            for place, (key, question) in enumerate(self.newest.items(), 1)
            if self.only in (None, key) and (key in self.present or self.replies[key] or self.left_out[key])
        ]
