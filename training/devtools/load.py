"""Made-up people in any number, written in bulk for load tests.

They stand in the communes that the demo leaves empty. Each has a post, an enrolment per course and the results of
its items, consistent with the completion rule; there is no journal and there are no attempts behind them.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table, func, select

from training.accounts.models import Person, Post, PostKind
from training.accounts.rules import CARD_ALPHABET, CARD_LENGTH
from training.catalogue import queries as catalogue
from training.catalogue.views import ItemView, RevisionView
from training.core import clock
from training.core.db import Base, db, unit_of_work
from training.core.text import fold, name_key, vi_key
from training.core.tree import child_path
from training.devtools import demo, names, synthetic
from training.devtools.province import FILLED, MERGED_ON, PROVINCE_CODE
from training.enrolment import actions as enrolment
from training.enrolment import rules
from training.enrolment.models import Enrolment, ItemOutcome
from training.journal.models import Mode
from training.org.models import COMMUNE_LEVEL, Unit, UnitEvent, UnitEventKind, UnitKind
from training.org.queries import find_by_code, list_children

COURSES = 4
BATCH = 5_000
MOST_CELLS = 120
FIRST_CODE = "T1"
SEED = 34
DUE_IN_DAYS = (-10, 5, 20, 45)
# Weights of: not started, learning, finished without passing, passed.
STATES = (rules.State.NOT_STARTED, rules.State.LEARNING, rules.State.FINISHED, rules.State.PASSED)
WEIGHTS = (25, 25, 8, 42)
MODES = (Mode.PHONE, Mode.ASSISTED, Mode.WORKSHOP, Mode.PAPER)
MODE_WEIGHTS = (60, 15, 15, 10)

# Points of a quiz that is passed, of one that is not, and of how many.
GOOD, POOR, FULL = 9.0, 5.0, 10.0

Row = dict[str, Any]
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Task:
    """A course to enrol in: its published revision and its assignment to the province."""

    revision: RevisionView
    assignment_id: int
    due_on: date


def load_people(count: int, progress: Progress | None = None) -> int:
    """Load the demo if it is missing, then `count` made-up learners, in one transaction.

    Args:
        count: how many people, 1 to 1,000,000.
        progress: called with the number of people of each batch that was written.

    Returns:
        How many were made; 0 when made-up people are there already.
    """
    demo.load()
    with unit_of_work():
        if find_by_code(FIRST_CODE) is not None:
            return 0
        synthetic.fill_up(COURSES)
        rng = random.Random(SEED)  # noqa: S311 - decides a story, guards nothing
        loader = Loader(rng, _assign_to_province())
        cells = _open_cells(count)
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            loader.write(start, size, cells)
            if progress is not None:
                progress(size)
        for table in (Unit, UnitEvent, Person, Post, Enrolment, ItemOutcome):
            _reset_sequence(_table(table))
    return count


def _assign_to_province() -> list[Task]:
    province, today = find_by_code(PROVINCE_CODE), clock.today()
    assert province is not None  # noqa: S101 - the demo was loaded above
    tasks = []
    for course, days in zip(catalogue.list_courses(), DUE_IN_DAYS, strict=False):
        due_on = today + timedelta(days=days)
        assignment = enrolment.assign(None, course, province, due_on)
        tasks.append(Task(catalogue.get_current_revision(course.slug), assignment.id, due_on))
    return tasks


def _open_cells(count: int) -> list[tuple[int, str, int]]:
    """Open cells in every commune the demo leaves empty; return (cell id, path, commune id) of each."""
    province = find_by_code(PROVINCE_CODE)
    assert province is not None  # noqa: S101 - the demo was loaded above
    filled = {place.code for place in FILLED}
    communes = [u for u in list_children(province) if u.kind in COMMUNE_LEVEL and u.code not in filled]
    per_commune = min(MOST_CELLS, -(-count // len(communes)))
    villages = list(islice(names.villages(random.Random(SEED)), MOST_CELLS))  # noqa: S311 - decides names, guards nothing
    first = _next_id(_table(Unit))
    rows: list[Row] = []
    for commune in communes:
        for village in villages[:per_commune]:
            unit_id = first + len(rows)
            rows.append(_cell(commune, unit_id, f"Chi bộ thôn {village}", f"T{len(rows) + 1}"))
    db.session.execute(sa.insert(_table(Unit)), rows)
    now = clock.now()
    opened = {"kind": UnitEventKind.OPENED, "effective_on": MERGED_ON, "recorded_at": now}
    db.session.execute(sa.insert(_table(UnitEvent)), [{"unit_id": row["id"], **opened} for row in rows])
    return [(row["id"], row["path"], row["parent_id"]) for row in rows]


def _cell(commune: Unit, unit_id: int, name: str, code: str) -> Row:
    return {
        "id": unit_id,
        "parent_id": commune.id,
        "path": child_path(commune.path or "/", unit_id),
        "kind": UnitKind.CELL,
        "code": code,
        "name": name,
        "sort_key": _vi_key(name),
        "search_key": fold(name),
        "opened_on": MERGED_ON,
    }


class Loader:
    """Writes people in batches with ids it counts itself."""

    def __init__(self, rng: random.Random, tasks: Sequence[Task]) -> None:
        self.rng = rng
        self.tasks = tasks
        self.now = clock.now().replace(microsecond=0)
        self.enrolled_at = self.now - timedelta(days=85)
        self.names = [(name, name_key(name), fold(name)) for name in names.people(rng)]
        self.pin_hash = db.session.scalar(
            select(Person.pin_hash).where(Person.pin_hash.is_not(None)).limit(1)
        )
        self.person_id = _next_id(_table(Person))
        self.enrolment_id = _next_id(_table(Enrolment))
        self.codes = card_codes(set(db.session.scalars(select(Person.card_code))))
        self.modes = rng.choices(MODES, MODE_WEIGHTS, k=997)

    def write(self, start: int, size: int, cells: Sequence[tuple[int, str, int]]) -> None:
        """Write one batch: people, posts, enrolments, outcomes."""
        people: list[Row] = []
        posts: list[Row] = []
        enrolments: list[Row] = []
        first = self.enrolment_id
        for number in range(start, start + size):
            cell = cells[number % len(cells)]
            people.append(self.person(number))
            posts.append(self.post(cell[0], is_first=number < len(cells)))
            enrolments += [self.enrol(task, cell) for task in self.tasks]
            self.person_id += 1
        for model, rows in ((Person, people), (Post, posts), (Enrolment, enrolments)):
            db.session.execute(sa.insert(_table(model)), rows)
        for task in self.tasks:
            for place, item in enumerate(task.revision.counted_items):
                write_outcomes(task, place, item, first)

    def person(self, number: int) -> Row:
        """Return one person; they sign in with a card, because no invented phone number is surely nobody's."""
        name, sort_key, search_key = self.names[number % len(self.names)]
        return {
            "id": self.person_id,
            "full_name": name,
            "sort_key": sort_key,
            "search_key": search_key,
            "address": "đồng chí",
            "card_code": next(self.codes),
            "pin_hash": self.pin_hash,
            "language": "vi",
            "text_size": 1,
            "created_at": self.now - timedelta(days=90),
        }

    def post(self, unit_id: int, *, is_first: bool) -> Row:
        """Return one post: the first in a cell is its secretary."""
        kind = PostKind.SECRETARY if is_first else PostKind.DEPUTY_SECRETARY
        return {"person_id": self.person_id, "unit_id": unit_id, "kind": kind, "started_on": MERGED_ON}

    def count_done(self, state: rules.State, count: int) -> int:
        """Return how many of `count` items are done in this state."""
        if state is rules.State.NOT_STARTED:
            return 0
        return self.rng.randrange(1, count) if state is rules.State.LEARNING else count

    def enrol(self, task: Task, cell: tuple[int, str, int]) -> Row:
        """Return one enrolment in some state."""
        items = task.revision.counted_items
        state = self.rng.choices(STATES, cum_weights=_CUMULATED)[0]
        done = self.count_done(state, len(items))
        began = self.now - timedelta(days=3 + self.rng.random() * 70)
        ended = began + timedelta(hours=max(done - 1, 0))
        is_passed = state is rules.State.PASSED
        has_score = any(item.kind == "quiz" for item in items[:done])
        self.enrolment_id += 1
        return {
            "id": self.enrolment_id - 1,
            "person_id": self.person_id,
            "course_id": task.revision.course_id,
            "assignment_id": task.assignment_id,
            "revision_id": task.revision.id,
            "unit_id": cell[0],
            "unit_path": cell[1],
            "commune_id": cell[2],
            "due_on": task.due_on,
            "enrolled_at": self.enrolled_at,
            "started_at": began if done else None,
            "finished_at": ended if state in _FINISHED else None,
            "passed_at": ended if is_passed else None,
            "last_at": ended if done else None,
            "mode": self.modes[self.enrolment_id % len(self.modes)] if done else None,
            "done_count": done,
            "item_count": len(items),
            "best_points": (GOOD if is_passed else POOR) if has_score else None,
            "best_of": FULL if has_score else None,
            "rule_version": rules.RULE_VERSION,
            "reason": _REASONS[state] if done else None,
        }


def write_outcomes(task: Task, place: int, item: ItemView, first_enrolment_id: int) -> None:
    """Give every enrolment from an id on that has come past `place` its outcome of the item there.

    One statement inside the database: outcomes are by far the most rows.
    """
    source, is_quiz = _table(Enrolment).c, item.kind == "quiz"
    passed = source.passed_at.is_not(None)
    chosen = select(
        source.id,
        sa.literal(item.key),
        sa.case((source.done_count == place + 1, source.last_at), else_=source.started_at),
        sa.case((passed, GOOD), else_=POOR) if is_quiz else sa.null(),
        sa.literal(FULL) if is_quiz else sa.null(),
        passed if is_quiz else sa.true(),
        source.mode,
    ).where(
        source.id >= first_enrolment_id,
        source.course_id == task.revision.course_id,
        source.done_count > place,
    )
    columns = ["enrolment_id", "item_key", "done_at", "points", "points_of", "is_passed", "mode"]
    db.session.execute(sa.insert(_table(ItemOutcome)).from_select(columns, chosen))


_CUMULATED = tuple(sum(WEIGHTS[: index + 1]) for index in range(len(WEIGHTS)))
_FINISHED = (rules.State.FINISHED, rules.State.PASSED)
_REASONS: Mapping[rules.State, str] = {
    rules.State.LEARNING: "items_left",
    rules.State.FINISHED: "quiz_below_pass_mark",
    rules.State.PASSED: "all_passed",
}


def card_codes(taken: set[str | None]) -> Iterator[str]:
    """Yield card codes in order, leaving out those that are taken."""
    base = len(CARD_ALPHABET)
    for number in range(base**CARD_LENGTH):
        code = "".join(CARD_ALPHABET[number // base**place % base] for place in reversed(range(CARD_LENGTH)))
        if code not in taken:
            yield code


@cache
def _vi_key(name: str) -> str:
    return vi_key(name)


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - every model has one
    return table


def _next_id(table: Table) -> int:
    return (db.session.scalar(select(func.max(table.c.id))) or 0) + 1


def _reset_sequence(table: Table) -> None:
    """Let PostgreSQL go on counting after the ids that were written by hand."""
    if db.session.get_bind().dialect.name == "postgresql":
        highest = select(func.max(table.c.id)).scalar_subquery()
        db.session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
