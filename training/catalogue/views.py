"""A published revision as the rest of the program sees it: frozen, complete, and ready to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from markupsafe import Markup

from training.activities.questions.base import Question
from training.activities.questions.picture import ShownPicture
from training.activities.questions.registry import from_json
from training.activities.words import Words, in_language
from training.core.errors import NotFound

T = TypeVar("T")


@dataclass(frozen=True)
class SkillView:
    """A skill the course teaches."""

    key: str
    title: Words
    digcomp: tuple[str, ...]


@dataclass(frozen=True)
class ItemView:
    """One step of the course; ``kind`` is ``lesson`` or ``quiz``. A pre-test is not counted: it may be skipped."""

    kind: str
    key: str
    title: Words
    minutes: int
    is_counted: bool = True


@dataclass(frozen=True)
class LessonView:
    """A lesson with its finished HTML by language, and that of the notes for its trainer, if there are any."""

    key: str
    title: Words
    minutes: int
    html: Mapping[str, Markup]
    notes: Mapping[str, Markup]


@dataclass(frozen=True)
class QuizView:
    """How a quiz is put together and passed; ``tries`` 0 means no limit, ``minutes`` 0 no clock.

    ``draws`` says how many questions of which tag make up the ``draw``; the tag '' stands for all.
    """

    key: str
    title: Words
    draw: int
    pass_percent: int
    tries: int
    explain: str
    purpose: str = "final"
    draws: Sequence[Sequence[Any]] = ()
    wait_minutes: int = 0
    counts: str = "best"
    minutes: int = 0

    @property
    def is_pre_test(self) -> bool:
        """Whether it is asked before learning and counts for nothing."""
        return self.purpose == "pre_test"

    @property
    def blueprint(self) -> tuple[tuple[str, int], ...]:
        """How many questions of which tag are drawn, as (tag, count)."""
        return tuple((tag, count) for tag, count in self.draws) or (("", self.draw),)


@dataclass(frozen=True)
class RevisionView:
    """All of one revision. Made once per process and shared by all threads, so nobody may change it."""

    id: int
    course_id: int
    slug: str
    number: int
    digest: str
    published_at: datetime
    document: Mapping[str, Any]

    def title(self, language: str) -> str:
        """Return the title of the course."""
        return in_language(self.document["title"], language)

    def summary(self, language: str) -> str:
        """Return what the course is about, in a sentence or two."""
        return in_language(self.document["summary"], language)

    @cached_property
    def skills(self) -> tuple[SkillView, ...]:
        """The skills in the order of the course."""
        return tuple(
            SkillView(skill["key"], skill["title"], tuple(skill["digcomp"]))
            for skill in self.document["skills"]
        )

    @cached_property
    def items(self) -> tuple[ItemView, ...]:
        """The steps of the course in their order."""
        return tuple(ItemView(**item) for item in self.document["items"])

    @cached_property
    def counted_items(self) -> tuple[ItemView, ...]:
        """The steps that completing the course takes: all but the pre-test."""
        return tuple(item for item in self.items if item.is_counted)

    @cached_property
    def pre_test(self) -> ItemView | None:
        """The quiz asked before learning, if the course has one."""
        return next((item for item in self.items if not item.is_counted), None)

    @property
    def minutes(self) -> int:
        """How long the whole course takes, without the pre-test."""
        return sum(item.minutes for item in self.counted_items)

    @property
    def media(self) -> tuple[str, ...]:
        """The addresses of all pictures, for phones that fetch them ahead."""
        return tuple(self.document["media"])

    def skill(self, key: str) -> SkillView:
        """Return one skill.

        Raises:
            NotFound: the course has none of this key.
        """
        return _found(self._skills, key)

    def item(self, key: str) -> ItemView:
        """Return one step.

        Raises:
            NotFound: the course has none of this key.
        """
        return _found(self._items, key)

    def position(self, key: str) -> int:
        """Return the place of a step among those that count, from 1; 0 for the pre-test.

        Raises:
            NotFound: the course has none of this key.
        """
        item = self.item(key)
        return self.counted_items.index(item) + 1 if item.is_counted else 0

    def next_item(self, key: str) -> ItemView | None:
        """Return the step after another, or None after the last one.

        Raises:
            NotFound: the course has none of this key.
        """
        following = self.counted_items[self.position(key) :]
        return following[0] if following else None

    def lesson(self, key: str) -> LessonView:
        """Return one lesson.

        Raises:
            NotFound: the course has none of this key.
        """
        return _found(self._lessons, key)

    def quiz(self, key: str) -> QuizView:
        """Return one quiz.

        Raises:
            NotFound: the course has none of this key.
        """
        return _found(self._quizzes, key)

    def questions(self, within: str) -> tuple[Question, ...]:
        """Return the questions of a quiz, or of the self-check of a lesson, in the order of the file."""
        return tuple(question for question in self._questions.values() if question.within == within)

    def question(self, key: str) -> Question:
        """Return one question.

        Raises:
            NotFound: the course has none of this key.
        """
        return _found(self._questions, key)

    @cached_property
    def _skills(self) -> dict[str, SkillView]:
        return {skill.key: skill for skill in self.skills}

    @cached_property
    def _items(self) -> dict[str, ItemView]:
        return {item.key: item for item in self.items}

    @cached_property
    def _lessons(self) -> dict[str, LessonView]:
        return {key: _lesson(key, plain) for key, plain in self.document["lessons"].items()}

    @cached_property
    def _quizzes(self) -> dict[str, QuizView]:
        return {key: QuizView(key=key, **plain) for key, plain in self.document["quizzes"].items()}

    @cached_property
    def _questions(self) -> dict[str, Question]:
        questions = (from_json(plain) for plain in self.document["questions"])
        return {question.key: replace(question, shown=self._pictures) for question in questions}

    @cached_property
    def _pictures(self) -> dict[str, ShownPicture]:
        # Revisions published before questions could show pictures do not have the list.
        return {path: ShownPicture(**plain) for path, plain in self.document.get("pictures", {}).items()}


def _lesson(key: str, plain: Mapping[str, Any]) -> LessonView:
    return LessonView(
        key, plain["title"], plain["minutes"], _marked_up(plain["html"]), _marked_up(plain.get("notes", {}))
    )


def _marked_up(html: Mapping[str, str]) -> dict[str, Markup]:
    # Cleaned by nh3 when it was published.
    return {language: Markup(text) for language, text in html.items()}  # noqa: S704 - as the line above says


def _found(things: Mapping[str, T], key: str) -> T:
    if key not in things:
        raise NotFound
    return things[key]
