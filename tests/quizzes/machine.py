"""A phone, a network and a server that do to each other whatever can happen, and what must hold all the same.

Five people learn on one phone. The phone keeps what it could not send; the network loses, doubles and reorders; the
server is killed between any two statements, before a commit or right after it; the phone's clock shows anything and
the server's clock jumps ahead. Requests run through the very functions the pages call, on a real database with real
commits.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.quizzes.course import SLUG, right_option
from training.accounts import actions as accounts
from training.accounts.models import PostKind
from training.core import clock
from training.core.db import db, unit_of_work
from training.core.errors import Conflict
from training.core.ids import new_id
from training.enrolment.models import Enrolment
from training.enrolment.verification import differences as enrolment_differences
from training.journal.actions import Origin
from training.journal.models import EntryKind, JournalEntry
from training.org.models import Unit
from training.quizzes import actions
from training.quizzes.actions import SentAnswer
from training.quizzes.models import Answer, Attempt, LateAnswer
from training.quizzes.verification import differences

PEOPLE = 5
NEVER = 10**6

# Points, of how many, passed, and when it was handed in.
Result = tuple[float | None, float | None, bool | None, datetime | None]

# What was done in this process: the test asks for enough of everything.
happened: Counter[str] = Counter()


class Killed(BaseException):
    """The server died here; nobody catches it."""


@dataclass
class Learner:
    """One of the people on the phone: what the phone keeps for them, and what they were promised."""

    person_id: int
    enrolment_id: int
    attempt_id: uuid.UUID | None = None
    start_entry: uuid.UUID = field(default_factory=new_id)
    submission_entry: uuid.UUID = field(default_factory=new_id)
    questions: list[str] = field(default_factory=list)
    sequence: int = 0
    # What stands on the screen, by question; sent with handing in.
    screen: dict[str, SentAnswer] = field(default_factory=dict)
    # Promised as saved: entry id → (question, sequence, whether it came late).
    promised: dict[uuid.UUID, tuple[str, int, bool]] = field(default_factory=dict)
    results: dict[uuid.UUID, Result] = field(default_factory=dict)


@dataclass(frozen=True)
class Fate:
    """What becomes of a request under way, and of the server while it works on it."""

    is_delayed: bool = False
    is_doubled: bool = False
    is_unheard: bool = False
    dies_after: int = NEVER
    dies_at_commit: bool = False


@dataclass(frozen=True, eq=False)
class Request:
    """Something on its way to the server: what it does there, what its reply changes on the phone."""

    work: Callable[[], Any]
    arrive: Callable[[Any], None]


class Fuse:
    """Kills the server at a chosen statement of a request, at its commit, or right after it."""

    def __init__(self, engine: sa.Engine) -> None:
        self.left = NEVER
        self.at_commit = False
        sa.event.listen(engine, "before_cursor_execute", self._on_statement)
        sa.event.listen(engine, "commit", self._on_commit)
        self.engine = engine

    def remove(self) -> None:
        """Let go of the engine."""
        sa.event.remove(self.engine, "before_cursor_execute", self._on_statement)
        sa.event.remove(self.engine, "commit", self._on_commit)

    def _on_statement(self, *_told: Any) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def _on_commit(self, _connection: Any) -> None:
        if self.at_commit:
            raise Killed

    @contextmanager
    def lit(self, after: int, at_commit: bool) -> Iterator[None]:
        """Let the block die after so many statements, or at its commit."""
        self.left, self.at_commit = after, at_commit
        try:
            yield
        finally:
            self.left, self.at_commit = NEVER, False


def result_of(attempt: Attempt) -> Result:
    """Return what came of an attempt."""
    return attempt.points, attempt.points_of, attempt.is_passed, attempt.handed_in_at


WHO = st.integers(0, PEOPLE - 1)
# Mostly the same few questions, so that changes of one answer meet each other on the way.
PLACES = st.sets(st.one_of(st.integers(0, 2), st.integers(0, 9)), min_size=1, max_size=4)
FATES = st.one_of(
    st.just(Fate()),
    st.just(Fate()),
    st.just(Fate(is_delayed=True)),
    st.just(Fate(is_delayed=True)),
    st.sampled_from([Fate(is_doubled=True), Fate(is_unheard=True)]),
    st.integers(1, 20).map(lambda count: Fate(dies_after=count)),
    st.just(Fate(dies_at_commit=True)),
)


class Village(RuleBasedStateMachine):
    """The machine; `app` and `cell_id` are set by the test that runs it."""

    app: Flask
    cell_id: int
    fuse: Fuse

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.now = datetime(2026, 11, 1, 12, tzinfo=UTC)
        self.phone_shift = timedelta()
        self.learners: list[Learner] = []
        self.delayed: list[Request] = []

    @initialize()
    def arrive(self) -> None:
        """Five people come to the village."""
        with clock.frozen(self.now), unit_of_work():
            cell = db.session.get_one(Unit, self.cell_id)
            for _ in range(PEOPLE):
                person = accounts.create_person(None, "Lò Văn Thử")
                accounts.take_post(None, person, cell, PostKind.SECRETARY)
                query = sa.select(Enrolment.id).where(Enrolment.person_id == person.id)
                course = sa.text(f"course_id = (select id from course where slug = '{SLUG}')")
                self.learners.append(Learner(person.id, db.session.scalars(query.where(course)).one()))
        for who in range(PEOPLE - 1):
            request = self._start(who)
            with clock.frozen(self.now), unit_of_work():
                reply = request.work()
            request.arrive(reply)

    def teardown(self) -> None:
        """Check everything once more, then leave."""
        try:
            for learner in self.learners:
                self.check(learner)
        finally:
            db.session.remove()
            self.context.pop()

    # What people do.

    @rule(who=WHO, fate=FATES)
    def press_start(self, who: int, fate: Fate) -> None:
        """Press Start; pressed twice, the same request goes out again."""
        self.travel(self._start(who), fate)

    @rule(who=WHO, places=PLACES, is_right=st.booleans(), fate=FATES)
    def tap(self, who: int, places: set[int], is_right: bool, fate: Fate) -> None:
        """Choose answers; the phone keeps them and sends them, with some it has sent before."""
        learner = self.learners[who]
        for key in (learner.questions[place] for place in places if learner.questions):
            good = right_option(int(key[1:]))
            choice = good if is_right else next(o for o in "abcd" if o != good)
            learner.sequence += 1
            told = self.now + self.phone_shift
            learner.screen[key] = SentAnswer(
                key, {"answer": [choice]}, learner.sequence, new_id(), claimed_at=told
            )
        self.send_again(who, places | {min(places) // 2}, fate)

    @rule(who=WHO, places=PLACES, fate=FATES)
    def send_again(self, who: int, places: set[int], fate: Fate) -> None:
        """Send some of what the phone keeps, whether it was sent before or not."""
        learner = self.learners[who]
        chosen = [learner.questions[place] for place in places if learner.questions]
        parcels = [learner.screen[key] for key in chosen if key in learner.screen]
        if not parcels or learner.attempt_id is None:
            return
        attempt_id = learner.attempt_id

        def work() -> list[actions.SavedAnswer]:
            return actions.save_answers(learner.person_id, attempt_id, parcels)

        def arrived(receipts: list[actions.SavedAnswer]) -> None:
            for parcel, receipt in zip(parcels, receipts, strict=True):
                happened["promised late" if receipt.is_late else "promised"] += 1
                learner.promised[parcel.entry_id] = (parcel.question_key, parcel.sequence, receipt.is_late)

        self.travel(Request(work, arrived), fate)

    @rule(who=WHO, fate=FATES)
    def press_hand_in(self, who: int, fate: Fate) -> None:
        """Hand in with all that stands on the screen."""
        learner = self.learners[who]
        if learner.attempt_id is None:
            return
        attempt_id, origin = learner.attempt_id, Origin(learner.submission_entry)
        carried = list(learner.screen.values())

        def work() -> Result:
            return result_of(actions.hand_in(learner.person_id, attempt_id, origin, carried))

        def arrived(result: Result) -> None:
            happened["result again" if attempt_id in learner.results else "result"] += 1
            first = learner.results.setdefault(attempt_id, result)
            assert first == result, "a replayed handing in shows the first result"

        self.travel(Request(work, arrived), fate)

    def _start(self, who: int) -> Request:
        learner = self.learners[who]
        if learner.attempt_id in learner.results:
            learner.attempt_id, learner.screen, learner.questions = None, {}, []
            learner.start_entry, learner.submission_entry = new_id(), new_id()
        entry = learner.start_entry

        def work() -> tuple[uuid.UUID, list[str]]:
            attempt = actions.start_attempt(learner.person_id, SLUG, "final", Origin(entry))
            return attempt.id, list(attempt.question_keys)

        def arrived(reply: tuple[uuid.UUID, list[str]]) -> None:
            if learner.attempt_id is None and learner.start_entry == entry:
                learner.attempt_id, learner.questions = reply

        return Request(work, arrived)

    # What the network and the server do to it.

    def travel(self, request: Request, fate: Fate) -> None:
        """Send a request on its way."""
        if fate.is_delayed or fate.is_doubled:
            self.delayed.append(request)
        if not fate.is_delayed:
            self.serve(request, fate)

    @rule(index=st.integers(0, 50), count=st.integers(1, 4), fate=FATES)
    def delayed_requests_arrive(self, index: int, count: int, fate: Fate) -> None:
        """Let some of the requests still under way reach the server; they may arrive once more later."""
        for _ in range(min(count, len(self.delayed))):
            request = self.delayed[index % len(self.delayed)]
            if not fate.is_doubled:
                self.delayed.remove(request)
            self.serve(request, fate)

    def serve(self, request: Request, fate: Fate) -> None:
        """Let the server work on a request; it may die over it, and the reply may be lost."""
        try:
            with clock.frozen(self.now), self.fuse.lit(fate.dies_after, fate.dies_at_commit), unit_of_work():
                reply = request.work()
        except Killed:
            happened["killed"] += 1
            db.session.remove()
            return
        except Conflict:
            # The phone asks for a fresh page; nothing of what it keeps is gone.
            happened["refused"] += 1
            return
        happened["served"] += 1
        if not fate.is_unheard:
            request.arrive(reply)

    @rule(minutes=st.integers(0, 12))
    def time_goes_by(self, minutes: int) -> None:
        """Let the server's clock move on."""
        self.now += timedelta(minutes=minutes, seconds=1)

    @rule(hours=st.integers(-50_000, 50_000))
    def clocks_turn(self, hours: int) -> None:
        """Set the phone's clock to anything, and let the server's timer close what is over."""
        self.phone_shift = timedelta(hours=hours)
        with clock.frozen(self.now), unit_of_work():
            happened["closed by the clock"] += actions.close_overdue()

    # What must hold.

    @invariant()
    def nothing_promised_is_lost(self) -> None:
        """Check one person after every step; all of them are checked at the end."""
        happened["step"] += 1
        if self.learners:
            self.check(self.learners[happened["step"] % PEOPLE])

    def check(self, learner: Learner) -> None:
        """Hold everything one person was promised against the database."""
        attempts = db.session.scalars(
            sa.select(Attempt).where(Attempt.enrolment_id == learner.enrolment_id).order_by(Attempt.number)
        ).all()
        assert [a.number for a in attempts] == list(range(1, len(attempts) + 1))
        assert sum(a.handed_in_at is None for a in attempts) <= 1
        self._check_promises(learner)
        for attempt in attempts:
            assert attempt.person_id == learner.person_id
            assert list(differences(attempt)) == []
            if attempt.handed_in_at is not None:
                assert 0 <= (attempt.points or 0) <= (attempt.points_of or 0)
                assert learner.results.get(attempt.id, result_of(attempt)) == result_of(attempt)
        assert list(enrolment_differences(learner.enrolment_id)) == []
        row = db.session.get_one(Enrolment, learner.enrolment_id)
        assert 0 <= row.done_count <= row.item_count
        db.session.rollback()
        db.session.expunge_all()

    def _check_promises(self, learner: Learner) -> None:
        told = db.session.scalars(
            sa.select(JournalEntry).where(JournalEntry.person_id == learner.person_id)
        ).all()
        saved = {entry.id: entry for entry in told if entry.kind == EntryKind.ANSWER_SAVED}
        assert set(learner.promised) <= set(saved)
        mine = sa.select(Attempt.id).where(Attempt.person_id == learner.person_id)
        late = set(db.session.scalars(sa.select(LateAnswer.entry_id).where(LateAnswer.attempt_id.in_(mine))))
        assert late <= set(saved)
        kept = {
            (f"attempt:{a.attempt_id}", a.question_key): a.sequence
            for a in db.session.scalars(sa.select(Answer).where(Answer.attempt_id.in_(mine)))
        }
        for entry_id, (question, sequence, is_late) in learner.promised.items():
            if is_late:
                assert entry_id in late
            else:
                assert kept[saved[entry_id].subject, question] >= sequence
