"""Three believable months of learning, made through the same actions as the pages use.

Every moment is counted back from the day of loading, and every choice comes from one random source, so that two
loads on one day give the same history.
"""

import random
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.accounts import actions as accounts
from training.accounts import queries as people
from training.accounts.models import Person, PostKind
from training.activities.questions.base import Question
from training.activities.questions.choice import ChoiceQuestion
from training.activities.questions.registry import kind_of
from training.catalogue import queries as catalogue
from training.catalogue.models import Course
from training.catalogue.views import RevisionView
from training.core import clock
from training.core.db import db
from training.devtools.province import FILLED, Builder, Province
from training.enrolment import actions as enrolment
from training.enrolment import queries as enrolments
from training.journal.actions import Origin
from training.journal.models import Mode
from training.lessons.actions import finish_lesson
from training.org import actions as org
from training.quizzes import actions as quizzes

ASSIGNED_DAYS_AGO = 85
# Days from the day of loading, by filled commune: one is over, one is soon, one is far.
DUE_IN_DAYS = (-10, 20, 45)
MODES = (Mode.PHONE, Mode.ASSISTED, Mode.WORKSHOP, Mode.PAPER)
MODE_WEIGHTS = (10, 4, 4, 2)
# The share of people who answer the pre-test, and how much of it they know.
ASKED_BEFORE, KNOWN_BEFORE = 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Fate:
    """How far someone comes: share of the lessons, then the results of their tries as shares of right answers."""

    lessons: float
    tries: tuple[float, ...] = ()
    leaves_open: bool = False


FATES = {
    "passed": Fate(1.0, (0.9,)),
    "passed_at_once": Fate(1.0, (1.0,)),
    "passed_later": Fate(1.0, (0.5, 0.8)),
    "passed_third": Fate(1.0, (0.4, 0.6, 0.9)),
    "not_passed": Fate(1.0, (0.5,)),
    "not_passed_twice": Fate(1.0, (0.4, 0.5)),
    "in_quiz": Fate(1.0, (0.5,), leaves_open=True),
    "half": Fate(0.5),
    "begun": Fate(0.15),
    "not_started": Fate(0.0),
}
WEIGHTS = (9, 4, 6, 2, 3, 2, 2, 5, 4, 7)
# The first learners are the ones shown to visitors: one of every kind.
SHOWN = ("half", "passed_later", "not_started", "not_passed", "passed_at_once", "in_quiz", "begun")


class Historian:
    """Lets the people of the demo live through three months."""

    def __init__(self, rng: random.Random, now: datetime) -> None:
        self.rng = rng
        self.now = now
        self.origins = 0

    def at(self, days_ago: float, hour: float = 9.0) -> datetime:
        """Return a moment so many days back, at an hour of the Vietnamese day; never in the future."""
        day = clock.local(self.now - timedelta(days=days_ago)).date()
        return min(clock.day_start(day) + timedelta(hours=hour), self.now - timedelta(hours=1))

    def live(self, builder: Builder, courses: Sequence[Course]) -> Province:
        """Build the province, assign the courses, learn, and do what staff do."""
        with clock.frozen(self.at(ASSIGNED_DAYS_AGO + 5, 8)):
            province = builder.build()
        self.assign(province, courses)
        self.newcomers(builder, province)
        for course_index, course in enumerate(courses):
            self.learn(province, course, course_index)
        self.office_work(province)
        return province

    def assign(self, province: Province, courses: Sequence[Course]) -> None:
        """Assign every course to the filled communes, with days that lie behind and ahead."""
        today = clock.local(self.now).date()
        for course_index, course in enumerate(courses):
            for index, filled in enumerate(FILLED):
                due_on = today + timedelta(days=DUE_IN_DAYS[(index + course_index) % len(DUE_IN_DAYS)])
                with clock.frozen(self.at(ASSIGNED_DAYS_AGO - 7 * course_index, 9 + index)):
                    enrolment.assign(
                        province.administrator.id, course, province.communes[filled.code], due_on
                    )

    def newcomers(self, builder: Builder, province: Province) -> None:
        """Let someone new take a post in each filled commune; they are enrolled by that."""
        for index, filled in enumerate(FILLED):
            with clock.frozen(self.at(30 - index)):
                cell = province.cells[filled.code][4]
                person = builder.learner(
                    province.administrator.id, cell, PostKind.DEPUTY_SECRETARY, clock.today()
                )
                province.learners[filled.code].append(person)

    def learn(self, province: Province, course: Course, course_index: int) -> None:
        """Let everybody come as far in one course as their fate says."""
        revision = catalogue.get_current_revision(course.slug)
        for index, filled in enumerate(FILLED):
            trainer = province.trainers[index % len(province.trainers)]
            for place, person in enumerate(province.learners[filled.code]):
                shown = self.shown(index, place, course_index)
                fate = shown or self.rng.choices(list(FATES), WEIGHTS)[0]
                mode = Mode.PHONE if shown else self.rng.choices(MODES, MODE_WEIGHTS)[0]
                Learner(self, person, trainer, revision, mode).follow(FATES[fate])
            db.session.flush()

    def shown(self, index: int, place: int, course_index: int) -> str | None:
        """Return the fixed fate of those the story needs: the first learners, and the one whose cell will close."""
        if index == 0 and place < len(SHOWN):
            return SHOWN[(place + course_index) % len(SHOWN)]
        return "not_started" if index == 2 and place == FILLED[2].cells - 1 else None

    def office_work(self, province: Province) -> None:
        """Do what staff do between: new PINs, a new name, a post that ends, a cell that closes."""
        admin, trainer = province.administrator.id, province.trainers[0].id
        first, second = FILLED[0].code, FILLED[2].code
        for days_ago, person in zip((52, 33, 12, 3), province.learners[first][8:12], strict=True):
            kept = person.pin_hash
            with clock.frozen(self.at(days_ago, 14)):
                accounts.reset_pin(trainer, person)
            person.pin_hash = kept
        cell = province.cells[second][5]
        with clock.frozen(self.at(40)):
            org.rename_unit(admin, cell, cell.name + " Mới", decision_number="07-QĐ/ĐU (thử)")
        closing = province.cells[second][-1]
        with clock.frozen(self.at(20, 15)):
            for post in people.list_posts_in(closing.id):
                accounts.leave_post(admin, post)
            org.close_unit(admin, closing, decision_number="12-QĐ/ĐU (thử)")

    def origin(self, mode: Mode, trainer_id: int) -> Origin:
        """Return where a change comes from, with an id (UUID version 7, RFC 9562) made from clock and seed."""
        self.origins += 1
        milliseconds = int(clock.now().timestamp() * 1000)
        noise = self.rng.getrandbits(74)
        value = milliseconds << 80 | 0x7 << 76 | (noise >> 62) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
        return Origin(uuid.UUID(int=value), mode, None if mode is Mode.PHONE else trainer_id)


class Learner:
    """One person in one course."""

    def __init__(
        self, historian: Historian, person: Person, trainer: Person, revision: RevisionView, mode: Mode
    ) -> None:
        self.historian = historian
        self.rng = historian.rng
        self.person = person
        self.trainer = trainer
        self.revision = revision
        self.mode = mode
        self.moment = historian.now

    def follow(self, fate: Fate) -> None:
        """Learn lesson by lesson, then try the quizzes."""
        row = enrolments.find_by_person_and_course(self.person.id, self.revision.course_id)
        if row is None:
            return
        age = (self.historian.now - row.enrolled_at).days
        self.moment = self.historian.at(self.rng.randrange(age // 3, max(age - 2, age // 3 + 1)), self.hour())
        if self.revision.pre_test and fate.lessons and self.rng.random() < ASKED_BEFORE:
            self.try_quiz(self.revision.pre_test.key, Fate(fate.lessons, (KNOWN_BEFORE,)))
        lessons = [item.key for item in self.revision.items if item.kind == "lesson"]
        for key in lessons[: round(len(lessons) * fate.lessons)]:
            with self.later(hours=26 if self.mode is Mode.PHONE else 0.3):
                finish_lesson(self.person.id, self.revision.slug, key, self.origin())
        for item in self.revision.counted_items:
            if item.kind == "quiz" and fate.tries:
                self.try_quiz(item.key, fate)

    def try_quiz(self, quiz_key: str, fate: Fate) -> None:
        """Answer a quiz as often as the fate says."""
        for index, right in enumerate(fate.tries):
            is_open = fate.leaves_open and index == len(fate.tries) - 1
            with self.later(hours=5):
                attempt = quizzes.start_attempt(self.person.id, self.revision.slug, quiz_key, self.origin())
            keys = attempt.question_keys
            count = round(len(keys) * right)
            answered = keys[: len(keys) // 2] if is_open else keys
            for place, key in enumerate(answered):
                fields = posted(self.revision.question(key), place < count, self.rng)
                with self.later(hours=0.015):
                    quizzes.save_answer(self.person.id, attempt.id, key, fields, place + 1, self.origin())
            if not is_open:
                with self.later(hours=0.02):
                    quizzes.hand_in(self.person.id, attempt.id, self.origin())

    def later(self, hours: float) -> AbstractContextManager[None]:
        """Move on by about so many hours, never past the day of loading, and hold the clock there."""
        wanted = self.moment + timedelta(seconds=round(hours * 3600 * self.rng.uniform(0.7, 1.3)) + 1)
        latest = self.historian.now - timedelta(minutes=5)
        self.moment = wanted if wanted < latest else self.moment + timedelta(seconds=1)
        return clock.frozen(self.moment)

    def origin(self) -> Origin:
        """Return the origin of one change of this person."""
        return self.historian.origin(self.mode, self.trainer.id)

    def hour(self) -> float:
        """Return an hour at which people in a village find the time."""
        return self.rng.choice((6.5, 11.8, 14.0, 19.3, 20.1)) + self.rng.random()


def posted(question: Question, is_right: bool, rng: random.Random) -> dict[str, list[str]]:
    """Return the form fields of a right or wrong answer; a kind without options gets none when it is wrong."""
    correct = kind_of(question.kind).correct_response(question)
    if not is_right:
        wrong = (
            [o.key for o in question.options if not o.is_correct]
            if isinstance(question, ChoiceQuestion)
            else []
        )
        return {"answer": [rng.choice(wrong)]} if wrong else {}
    if isinstance(correct, dict):
        return {f"answer.{part}": [str(value)] for part, value in correct.items()}
    return {"answer": [str(value) for value in (correct if isinstance(correct, list) else [correct])]}
