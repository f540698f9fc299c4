"""The completion report: for each unit how many must learn, have started, have passed, are late, and how they learned.

`summary` and `people` are the only places where figures become a table; page, paper, XLSX and CSV show that table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import add

from flask_babel import gettext as _

from training.accounts import queries as accounts
from training.accounts.labels import POSTS
from training.accounts.models import PostKind
from training.core import clock
from training.journal.labels import WAYS
from training.journal.models import Mode
from training.reports import queries
from training.reports.access import Scope
from training.reports.definitions import words
from training.reports.labels import GROUPS
from training.reports.queries import Filter, PlaceRow
from training.reports.rules import Group, Standing, Tally, standing
from training.tabular.table import Column, Kind, Points, Row, Share, Table, Value

# Figures of the summary and the list of people that stands behind each.
GROUP_OF_COLUMN = {
    "must": Group.ALL,
    "started": Group.STARTED,
    "finished": Group.FINISHED,
    "passed": Group.PASSED,
    "overdue": Group.OVERDUE,
}
SUMMARY_ORDERS = frozenset({"unit", "must", "started", "finished", "passed", "share", "overdue"})


@dataclass(frozen=True)
class Parameters:
    """Everything that decides the figures and their order.

    Args:
        wanted: which course places count.
        group: which people a list shows.
        courses: course id → title in the reader's language.
        sort: key of a column, the default order when it is none.
        descending: from the largest.
        now: the moment the report is made.
    """

    wanted: Filter
    group: Group
    courses: Mapping[int, str]
    sort: str
    descending: bool
    now: datetime

    @property
    def is_one_course(self) -> bool:
        """Whether places and people are the same number."""
        return self.wanted.course_id is not None


@dataclass(frozen=True)
class Line:
    """A unit with its counts; `is_open_to_viewer` says whether its own report may be opened."""

    unit_id: int | None
    name: str
    sort_key: str
    tally: Tally
    is_open_to_viewer: bool


@dataclass(frozen=True)
class Summary:
    """The report over units, with what the page draws beside the table."""

    scope: Scope
    parameters: Parameters
    lines: Sequence[Line]
    total: Tally
    people: int
    table: Table = field(repr=False)

    @property
    def has_places(self) -> bool:
        """Whether someone has several courses here, so that course places are more than people."""
        return self.total.must != self.people


@dataclass(frozen=True)
class People:
    """A page (or all) of the names behind a count; `count` is the number of lines on all pages.

    `standings` go line by line with the table.
    """

    scope: Scope
    parameters: Parameters
    count: int
    standings: Sequence[Standing]
    table: Table = field(repr=False)


def summary(scope: Scope, parameters: Parameters) -> Summary:
    """Return the report of `scope`."""
    count = queries.count_by_commune if scope.is_wide else queries.count_by_unit
    found = count(scope, parameters.wanted)
    lines = _sorted(_lines(scope, found), parameters)
    total = reduce(add, found.values(), Tally())
    people = total.must if parameters.is_one_course else queries.count_people(scope, parameters.wanted)
    table = Table(
        title=words.heading(scope),
        subtitle=words.subtitle(parameters.wanted, parameters.courses, parameters.now),
        columns=_summary_columns(scope),
        rows=tuple(Row((line.name, *_figures(line.tally)), line.unit_id) for line in lines),
        totals=(_("Total"), *_figures(total)),
        notes=words.notes(total, people),
    )
    return Summary(scope, parameters, lines, total, people, table)


def people(scope: Scope, parameters: Parameters, offset: int, limit: int) -> People:
    """Return lines `offset` to `offset + limit` of the names behind the figures of `scope`."""
    wanted, group = parameters.wanted, parameters.group
    sort = parameters.sort if parameters.sort in queries.PEOPLE_ORDERS else "name"
    count = queries.count_places(scope, wanted, group)
    found = queries.list_places(scope, wanted, group, sort, parameters.descending, offset, limit)
    posts = accounts.list_posts_of([row.person_id for row in found])
    rows = (Row(_person(row, parameters, posts, scope.is_wide), row.person_id) for row in found)
    table = Table(
        title=_("%(group)s · %(unit)s", group=GROUPS[group], unit=words.scope_name(scope)),
        subtitle=words.subtitle(parameters.wanted, parameters.courses, parameters.now),
        columns=_people_columns(scope.is_wide),
        rows=tuple(rows),
        notes=(_("Who learned in several ways is listed with the way of the result that counts."),),
    )
    return People(scope, parameters, count, [standing(row.facts, wanted.period) for row in found], table)


def _lines(scope: Scope, found: Mapping[int | None, Tally]) -> list[Line]:
    units = queries.list_units(scope, [key for key in found if key is not None])
    lines = [
        Line(unit.id, unit.name, unit.sort_key, found.get(unit.id, Tally()), scope.reaches(unit))
        for unit in units
        if unit.closed_on is None or unit.id in found
    ]
    if None in found:
        # "~" sorts behind every letter.
        lines.append(Line(None, _("Posts outside the communes"), "~", found[None], False))
    return lines


def _sorted(lines: list[Line], parameters: Parameters) -> list[Line]:
    orders: dict[str, Callable[[Line], float]] = {
        "must": lambda line: line.tally.must,
        "started": lambda line: line.tally.started,
        "finished": lambda line: line.tally.finished,
        "passed": lambda line: line.tally.passed,
        "share": lambda line: line.tally.passed / line.tally.must if line.tally.must else -1,
        "overdue": lambda line: line.tally.overdue,
    }
    in_order = sorted(lines, key=lambda line: (line.sort_key, line.unit_id or 0))
    if parameters.sort in orders:
        return sorted(in_order, key=orders[parameters.sort], reverse=parameters.descending)
    return in_order[::-1] if parameters.sort == "unit" and parameters.descending else in_order


def _summary_columns(scope: Scope) -> tuple[Column, ...]:
    return (
        Column("unit", _("Commune or ward") if scope.is_wide else _("Party cell")),
        Column("must", _("Must learn"), Kind.INTEGER),
        Column("started", _("Started"), Kind.INTEGER),
        Column("finished", _("Finished"), Kind.INTEGER),
        Column("passed", _("Passed"), Kind.INTEGER),
        Column("share", _("Pass rate"), Kind.PERCENT),
        *(Column(mode.value, str(way), Kind.INTEGER) for mode, way in WAYS.items()),
        Column("overdue", _("Overdue"), Kind.INTEGER),
    )


def _figures(tally: Tally) -> tuple[Value, ...]:
    return (
        tally.must,
        tally.started,
        tally.finished,
        tally.passed,
        Share(tally.passed, tally.must),
        tally.phone,
        tally.assisted,
        tally.workshop,
        tally.paper,
        tally.overdue,
    )


def _people_columns(is_wide: bool) -> tuple[Column, ...]:
    columns = (
        Column("name", _("Full name")),
        Column("posts", _("Posts")),
        Column("unit", _("Party cell")),
        Column("commune", _("Commune or ward")),
        Column("course", _("Course")),
        Column("due", _("Due day"), Kind.DATE),
        Column("started", _("Started"), Kind.DATE),
        Column("finished", _("Finished"), Kind.DATE),
        Column("passed", _("Passed"), Kind.DATE),
        Column("points", _("Points"), Kind.POINTS, _("Points possible")),
        Column("mode", _("Way of learning")),
        Column("state", _("State")),
    )
    return columns if is_wide else tuple(column for column in columns if column.key != "commune")


def _person(
    row: PlaceRow, parameters: Parameters, posts: Mapping[int, Sequence[str]], is_wide: bool
) -> tuple[Value, ...]:
    facts, period = row.facts, parameters.wanted.period
    place = standing(facts, period)
    has_points = place.started and row.best_points is not None and row.best_of is not None
    commune = (row.commune_name or "",) if is_wide else ()
    return (
        row.full_name,
        ", ".join(str(POSTS[PostKind(kind)]) for kind in posts.get(row.person_id, ())),
        row.unit_name,
        *commune,
        parameters.courses.get(row.course_id, ""),
        facts.due_on,
        _day_of(facts.started_at, place.started),
        _day_of(facts.finished_at, place.finished),
        _day_of(facts.passed_at, place.passed),
        Points(row.best_points or 0, row.best_of or 0) if has_points else None,
        str(WAYS[Mode(row.mode)]) if row.mode and place.started else "",
        words.state_words(place),
    )


def _day_of(moment: datetime | None, counts: bool) -> date | None:
    return clock.local(moment).date() if moment and counts else None
