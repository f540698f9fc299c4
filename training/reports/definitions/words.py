"""The sentences of reports: titles, periods, notes. Everything here needs the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from training.core import clock
from training.enrolment.labels import STATES
from training.journal.labels import WAYS
from training.org.models import COMMUNE_LEVEL, Unit
from training.reports.access import Scope
from training.reports.queries import Filter
from training.reports.rules import Period, Standing, Tally


def heading(scope: Scope) -> str:
    """Return the title of the report."""
    return str(_("Learning results · %(unit)s", unit=scope_name(scope)))


def scope_name(scope: Scope) -> str:
    """Return the unit's name, or words for several."""
    return scope.unit.name if scope.unit else _("all your communes")


def subtitle(wanted: Filter, courses: Mapping[int, str], now: datetime) -> str:
    """Return when the figures were taken and what they are about."""
    course = courses.get(wanted.course_id or 0) or _("All courses")
    parts = [as_of(now), _("Course: %(course)s", course=course), period_words(wanted.period)]
    if wanted.mode is not None:
        parts.append(_("Learned: %(way)s", way=WAYS[wanted.mode]))
    return " · ".join(parts)


def as_of(now: datetime) -> str:
    """Return the moment the figures were taken, in words."""
    moment = clock.local(now)
    return str(
        _("As of %(time)s on %(date)s", time=moment.strftime("%H:%M"), date=moment.strftime("%d/%m/%Y"))
    )


def period_words(period: Period) -> str:
    """Return the days a report covers, in words."""
    first, last = _day(period.from_on), _day(period.to_on)
    if first and last:
        return str(_("From %(first)s to %(last)s", first=first, last=last))
    if first:
        return str(_("From %(first)s until now", first=first))
    return str(_("Until the end of %(last)s", last=last) if last else _("Everything until now"))


def notes(total: Tally, people: int) -> tuple[str, ...]:
    """Return what a reader of the figures must know, the most important first."""
    said = []
    if total.must != people:
        said.append(places_words(total.must, people))
    said += [
        _(
            "Must learn: had the course before the end of the period, and had not passed it before the period began."
        ),
        _(
            "Passed: finished every lesson and reached the pass mark within the period. Pass rate: passed out of must learn."
        ),
        _("Overdue: the due day is over and the course is not passed."),
        _(
            "The ways of learning are counted for those who started; the way is known once a first result is in."
        ),
    ]
    return tuple(said)


def places_words(places: int, people: int) -> str:
    """Return how course places and people go together when all courses are counted."""
    words = _(
        "All courses are counted together: %(people)s, %(places)s. Who must learn two courses counts twice.",
        people=ngettext("%(num)d person", "%(num)d people", people),
        places=ngettext("%(num)d course place", "%(num)d course places", places),
    )
    return str(words)


def state_words(place: Standing) -> str:
    """Return where someone stood at the end of the period; who is late is told so in the same words."""
    state = STATES[place.state]
    return str(_("Overdue · %(state)s", state=state) if place.overdue else state)


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a printed paper: who stands above, who issues it, where."""

    superior: str
    issuer: str
    place: str


def letterhead(units: Sequence[Unit]) -> Letterhead:
    """Return the head of a paper about the last of `units` (the province first); dots to fill in by hand for none."""
    commune = next((unit for unit in units if unit.kind in COMMUNE_LEVEL), None)
    province = units[0] if units else None
    provincial = _provincial_committee(province)
    if commune is None:
        return Letterhead("", provincial, _bare_name(province))
    issuer = _("PARTY COMMITTEE OF %(unit)s", unit=commune.name.upper())
    return Letterhead(provincial, str(issuer), _bare_name(commune))


def _provincial_committee(province: Unit | None) -> str:
    if province is None:
        return "………………"
    return str(_("PROVINCIAL PARTY COMMITTEE OF %(unit)s", unit=_bare_name(province).upper()))


def _bare_name(unit: Unit | None) -> str:
    """Return the name without the word for what the unit is, as papers write the place of issue."""
    if unit is None:
        return "……………"
    first, _space, rest = unit.name.partition(" ")
    return rest if rest and first.lower() in ("tỉnh", "xã", "phường") else unit.name


def place_and_date(place: str, day: date) -> str:
    """Return the line above a paper; days below 10 and months below 3 get a 0, so that nobody can add a digit."""
    words = _(
        "%(place)s, day %(day)s month %(month)s year %(year)s",
        place=place, day=f"{day.day:02d}", month=f"{day.month:02d}" if day.month < 3 else day.month, year=day.year,
    )  # fmt: skip
    return str(words)
