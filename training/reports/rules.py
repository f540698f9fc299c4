"""What counts in a period. The same rule stands in `queries.Conditions` for the database; a test holds them together.

For a period from the beginning of day F to the end of day T:
- a course place counts (someone *must learn*) if it was given before the end of T, was not taken back before the
  end of T, and was not passed before the beginning of F;
- of those, it is *started*, *finished*, *passed* if that happened before the end of T;
- it is *overdue* if its due day lies before T and before today, and it was not passed by the end of T.
Without F the report begins with the first enrolment; without T everything until now counts.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from training.core import clock
from training.enrolment.rules import State


class Group(StrEnum):
    """Which of the people who must learn a list shows."""

    ALL = "all"
    NOT_STARTED = "not-started"
    STARTED = "started"
    LEARNING = "learning"
    FINISHED = "finished"
    PASSED = "passed"
    NOT_PASSED = "not-passed"
    OVERDUE = "overdue"


class Preset(StrEnum):
    """Periods with a name."""

    ALL = "all"
    THIS_QUARTER = "this-quarter"
    LAST_QUARTER = "last-quarter"
    THIS_YEAR = "this-year"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included and either of them open; `today` bounds what can be overdue."""

    from_on: date | None
    to_on: date | None
    today: date

    @property
    def is_open(self) -> bool:
        """Whether everything until now counts."""
        return self.from_on is None and self.to_on is None

    @property
    def begins_at(self) -> datetime | None:
        """The first moment of the period."""
        return clock.day_start(self.from_on) if self.from_on else None

    @property
    def ends_at(self) -> datetime | None:
        """The first moment after the period."""
        return clock.day_end(self.to_on) if self.to_on else None

    @property
    def overdue_before(self) -> date:
        """Due days before this one are over."""
        return min(self.to_on, self.today) if self.to_on else self.today


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule needs to know of one course place."""

    enrolled_at: datetime
    withdrawn_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    passed_at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What one course place counts as; without `must` it counts as nothing."""

    must: bool
    started: bool = False
    finished: bool = False
    passed: bool = False
    overdue: bool = False

    @property
    def state(self) -> State:
        """Where the person stood at the end of the period."""
        if self.passed:
            return State.PASSED
        if self.finished:
            return State.FINISHED
        return State.LEARNING if self.started else State.NOT_STARTED


def standing(facts: Facts, period: Period) -> Standing:
    """Return what a course place counts as in a period."""
    ends_at = period.ends_at
    passed = _is_before(facts.passed_at, ends_at)
    if not _must_learn(facts, period):
        return Standing(must=False)
    return Standing(
        must=True,
        started=_is_before(facts.started_at, ends_at),
        finished=_is_before(facts.finished_at, ends_at),
        passed=passed,
        overdue=facts.due_on is not None and facts.due_on < period.overdue_before and not passed,
    )


def _must_learn(facts: Facts, period: Period) -> bool:
    is_enrolled = _is_before(facts.enrolled_at, period.ends_at)
    is_withdrawn = _is_before(facts.withdrawn_at, period.ends_at)
    is_over = period.begins_at is not None and _is_before(facts.passed_at, period.begins_at)
    return is_enrolled and not is_withdrawn and not is_over


def _is_before(moment: datetime | None, end: datetime | None) -> bool:
    return moment is not None and (end is None or moment < end)


def belongs(place: Standing, group: Group) -> bool:
    """Tell whether a course place is shown in a list of `group`."""
    answers = {
        Group.ALL: True,
        Group.NOT_STARTED: not place.started,
        Group.STARTED: place.started,
        Group.LEARNING: place.started and not place.passed,
        Group.FINISHED: place.finished,
        Group.PASSED: place.passed,
        Group.NOT_PASSED: not place.passed,
        Group.OVERDUE: place.overdue,
    }
    return place.must and answers[group]


def quarter_start(day: date) -> date:
    """Return the first day of the quarter that `day` lies in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def preset_period(preset: Preset, today: date) -> Period:
    """Return the period a preset names; a running one ends today."""
    if preset is Preset.THIS_QUARTER:
        return Period(quarter_start(today), today, today)
    if preset is Preset.LAST_QUARTER:
        last_day = quarter_start(today) - timedelta(days=1)
        return Period(quarter_start(last_day), last_day, today)
    if preset is Preset.THIS_YEAR:
        return Period(date(today.year, 1, 1), today, today)
    return Period(None, None, today)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of course places; the four ways of learning are those of the started ones, once known."""

    must: int = 0
    started: int = 0
    finished: int = 0
    passed: int = 0
    overdue: int = 0
    phone: int = 0
    assisted: int = 0
    workshop: int = 0
    paper: int = 0
    next_due: date | None = None

    def __add__(self, other: "Tally") -> "Tally":
        days = [day for day in (self.next_due, other.next_due) if day]
        return Tally(
            self.must + other.must,
            self.started + other.started,
            self.finished + other.finished,
            self.passed + other.passed,
            self.overdue + other.overdue,
            self.phone + other.phone,
            self.assisted + other.assisted,
            self.workshop + other.workshop,
            self.paper + other.paper,
            min(days, default=None),
        )
