"""Ids, time and the tree of units."""

import time
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, literal, select

from training.core import clock, events
from training.core.db import db
from training.core.errors import InvalidInput
from training.core.ids import is_row_number, new_id, parse_id
from training.core.numbers import percent
from training.core.tree import child_path, contains, ids, is_within, is_within_any

PATHS = st.lists(st.integers(1, 120), min_size=1, max_size=5).map(
    lambda parts: "/" + "".join(f"{p}/" for p in parts)
)


def test_an_id_says_version_seven_and_grows_with_time() -> None:
    first = new_id()
    time.sleep(0.002)
    second = new_id()
    assert first.version == 7 and first.variant == uuid.RFC_4122
    assert first < second
    assert abs((first.int >> 80) / 1000 - time.time()) < 5


def test_ten_thousand_ids_are_ten_thousand_different_ones() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


@given(st.uuids())
def test_an_id_is_read_as_it_is_written(value: uuid.UUID) -> None:
    assert parse_id(str(value)) == value


@pytest.mark.parametrize("text", [None, "", "x", "01a20a80", "../../etc", "0" * 31, "0" * 33])
def test_anything_else_is_refused_as_a_page_out_of_date(text: str | None) -> None:
    with pytest.raises(InvalidInput):
        parse_id(text)


@pytest.mark.parametrize("text", [None, "", "-1", "1 ", "1.0", "٣", "9" * 10])
def test_what_no_row_can_be_numbered_is_not_a_number(text: str | None) -> None:
    assert not is_row_number(text)


@given(st.integers(0, 999_999_999))
def test_every_other_number_is_one(number: int) -> None:
    assert is_row_number(str(number))


def test_the_day_begins_at_midnight_in_viet_nam() -> None:
    with clock.frozen(datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 22)
    with clock.frozen(datetime(2026, 11, 22, 17, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days_follow_one_another_without_gap_or_overlap(day: date) -> None:
    assert clock.day_end(day) == clock.day_start(day + timedelta(days=1))
    assert clock.local(clock.day_start(day)).date() == day
    assert clock.local(clock.day_end(day) - timedelta(microseconds=1)).date() == day


def test_a_frozen_clock_stands_still_and_goes_on_afterwards() -> None:
    then = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.frozen(then):
        assert clock.now() == then
    assert clock.now() > then and clock.now().tzinfo == UTC


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_per_cent_are_rounded_half_up_and_never_leave_the_scale(part: int, whole: int) -> None:
    part = min(part, whole)
    shown = percent(part, whole)
    assert shown is not None and 0 <= shown <= 100
    assert abs(shown - 100 * part / whole) <= 0.5
    assert (percent(1, 200), percent(1, 201), percent(0, 0)) == (1, 0, None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, other=PATHS)
def test_in_sql_as_in_python_a_unit_lies_within_another_when_its_path_begins_so(
    app: Flask, path: str, other: str
) -> None:
    column = literal(other, String(collation="C") if db.engine.dialect.name == "postgresql" else String())
    assert (
        bool(db.session.scalar(select(is_within(column, path))))
        == other.startswith(path)
        == contains(path, other)
    )


def test_within_nothing_lies_nothing(app: Flask) -> None:
    assert not db.session.scalar(select(is_within_any(literal("/1/"), [])))


@given(PATHS, st.integers(1, 10**6))
def test_a_path_is_the_ids_from_the_top_down(path: str, unit_id: int) -> None:
    below = child_path(path, unit_id)
    assert ids(below) == [*ids(path), unit_id] and contains(path, below) and not contains(below, path)


def test_an_event_reaches_each_subscriber_once_and_only_those_of_its_kind() -> None:
    class Rang:
        """Something happened."""

    class Fell(Rang):
        """Something else happened."""

    heard: list[object] = []
    events.subscribe(Rang, heard.append)
    events.subscribe(Rang, heard.append)
    event = Rang()
    events.publish(event)
    events.publish(Fell())
    assert heard == [event]
