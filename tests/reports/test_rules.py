"""What counts in a period, as a pure function and as SQL, which must agree."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.reports.places import ENROLLED, all_places, at, became
from training.core.db import db
from training.enrolment.models import Enrolment
from training.enrolment.rules import State
from training.reports.queries import Conditions, Filter, _count, _count_until_now
from training.reports.rules import Facts, Group, Period, Preset, Standing, belongs, preset_period, standing

TODAY = date(2026, 11, 23)
ALL = Period(None, None, TODAY)
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30), TODAY)


def facts(**given_facts: object) -> Facts:
    nothing = dict.fromkeys(("withdrawn_at", "started_at", "finished_at", "passed_at", "due_on"))
    return Facts(**({"enrolled_at": ENROLLED} | nothing | given_facts))  # type: ignore[arg-type]


def test_who_is_enrolled_must_learn() -> None:
    assert standing(facts(), ALL) == Standing(must=True)


def test_who_was_withdrawn_need_not_learn_afterwards_but_had_to_before() -> None:
    gone = facts(withdrawn_at=at(10, 5))
    assert not standing(gone, ALL).must
    assert standing(gone, SUMMER).must


def test_who_enrolled_after_the_period_does_not_count() -> None:
    assert not standing(facts(enrolled_at=at(10, 1)), SUMMER).must


def test_who_passed_before_the_period_does_not_count_in_it() -> None:
    assert not standing(facts(passed_at=at(6, 30, 2)), SUMMER).must


def test_a_day_begins_and_ends_at_midnight_in_viet_nam() -> None:
    first_moment = datetime(2026, 6, 30, 17, tzinfo=UTC)
    assert standing(facts(passed_at=first_moment), SUMMER).passed
    assert not standing(facts(passed_at=first_moment - timedelta(microseconds=1)), SUMMER).must
    after_last = datetime(2026, 9, 30, 17, tzinfo=UTC)
    assert not standing(facts(passed_at=after_last), SUMMER).passed


def test_what_happened_after_the_period_is_not_seen() -> None:
    later = facts(started_at=at(8, 1), finished_at=at(10, 2), passed_at=at(10, 2))
    place = standing(later, SUMMER)
    assert (place.started, place.finished, place.passed) == (True, False, False)
    assert place.state is State.LEARNING


@pytest.mark.parametrize(("due_on", "expected"), [(date(2026, 11, 22), True), (TODAY, False), (None, False)])
def test_the_due_day_itself_is_not_late(due_on: date | None, expected: bool) -> None:
    assert standing(facts(due_on=due_on), ALL).overdue is expected


def test_who_passed_is_never_overdue() -> None:
    assert not standing(facts(due_on=date(2026, 2, 1), passed_at=at(5, 1)), ALL).overdue


@pytest.mark.parametrize(
    ("preset", "today", "expected"),
    [
        (Preset.THIS_QUARTER, TODAY, (date(2026, 10, 1), TODAY)),
        (Preset.LAST_QUARTER, TODAY, (date(2026, 7, 1), date(2026, 9, 30))),
        (Preset.LAST_QUARTER, date(2027, 2, 10), (date(2026, 10, 1), date(2026, 12, 31))),
        (Preset.THIS_YEAR, TODAY, (date(2026, 1, 1), TODAY)),
        (Preset.ALL, TODAY, (None, None)),
    ],
)
def test_presets_name_their_days(
    preset: Preset, today: date, expected: tuple[date | None, date | None]
) -> None:
    period = preset_period(preset, today)
    assert (period.from_on, period.to_on) == expected


# Whole days and a microsecond either side of them: where periods begin and end.
INSTANTS = st.builds(
    lambda days, off: datetime(2026, 6, 29, 17, tzinfo=UTC) + timedelta(days=days, microseconds=off),
    st.integers(0, 9),
    st.sampled_from((-1, 0, 1)),
)
MOMENTS = st.one_of(st.none(), INSTANTS)
DAYS = st.one_of(st.none(), st.dates(date(2026, 6, 29), date(2026, 7, 8)))
PERIODS = st.builds(Period, DAYS, DAYS, st.dates(date(2026, 6, 29), date(2026, 7, 8)))
PLACES = st.fixed_dictionaries(
    {
        "enrolled_at": INSTANTS,
        "withdrawn_at": MOMENTS,
        "started_at": MOMENTS,
        "finished_at": MOMENTS,
        "passed_at": MOMENTS,
        "due_on": DAYS,
    }
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(PLACES, min_size=4, max_size=4), period=PERIODS)
def test_database_and_pure_rule_agree(app: object, places: list[dict[str, object]], period: Period) -> None:
    rows = all_places()[:4]
    for row, values in zip(rows, places, strict=True):
        became(row, **values)
    what = Conditions(period)
    for group in Group:
        query = select(Enrolment.id).where(
            what.must, what.of_group(group), Enrolment.id.in_([r.id for r in rows])
        )
        expected = {
            row.id
            for row, values in zip(rows, places, strict=True)
            if belongs(standing(Facts(**values), period), group)  # type: ignore[arg-type]
        }
        assert set(db.session.scalars(query)) == expected, group


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(PLACES, min_size=4, max_size=4), today=st.dates(date(2026, 6, 29), date(2026, 7, 8)))
def test_a_province_counted_by_progress_is_the_province_counted_by_moments(
    app: object, places: list[dict[str, object]], today: date
) -> None:
    rows = all_places()[:4]
    for row, values in zip(rows, places, strict=True):
        became(row, **values)
    here = Enrolment.commune_id.is_not(None)
    wanted = Filter(Period(None, None, today))
    by_moments = _count(Enrolment.commune_id, here, wanted)
    assert _count_until_now(here, wanted) == by_moments
