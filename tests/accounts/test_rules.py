"""Rules of signing in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.accounts import rules, secrets


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (1000, 900)]
)
def test_after_five_wrong_tries_one_waits_twice_as_long_each_time_up_to_a_quarter_hour(
    failures: int, seconds: int
) -> None:
    assert rules.wait_after(failures) == timedelta(seconds=seconds)


@given(st.integers(0, 10**6))
def test_another_wrong_try_never_shortens_the_wait(failures: int) -> None:
    assert rules.wait_after(failures) <= rules.wait_after(failures + 1) <= rules.LONGEST_WAIT


@given(st.from_regex(r"\A0[1-9][0-9]{8}\Z"))
def test_a_phone_number_is_understood_however_it_is_written(number: str) -> None:
    digits = number[1:]
    spaced = f"{number[:4]} {number[4:7]}.{number[7:]}"
    assert {rules.tidy_phone(t) for t in (number, spaced, digits, f"+84{digits}", f"84 {digits}")} == {number}


@given(st.text(max_size=20))
def test_whatever_is_taken_for_a_phone_number_is_ten_digits(text: str) -> None:
    tidy = rules.tidy_phone(text)
    assert tidy is None or (len(tidy) == 10 and tidy.startswith("0"))
    assert tidy is None or rules.tidy_phone(tidy) == tidy


@given(st.text(max_size=20))
def test_a_card_code_typed_in_any_way_is_letters_and_digits(text: str) -> None:
    tidy = rules.tidy_card(text)
    assert rules.tidy_card(tidy) == tidy and not set(tidy) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@pytest.mark.parametrize("pin", ["000000", "999999", "123456", "987654", "890123", "012345"])
def test_the_first_pins_a_stranger_would_try_are_weak(pin: str) -> None:
    assert rules.is_weak_pin(pin)


@pytest.mark.parametrize("pin", ["246813", "112233", "135790"])
def test_others_may_be_chosen(pin: str) -> None:
    assert rules.is_pin(pin) and not rules.is_weak_pin(pin)


def test_made_secrets_are_good_ones() -> None:
    pins = {secrets.new_pin() for _ in range(500)}
    assert all(rules.is_pin(pin) and not rules.is_weak_pin(pin) for pin in pins) and len(pins) > 480
    codes = {secrets.new_card_code() for _ in range(500)}
    assert all(set(code) <= set(rules.CARD_ALPHABET) and rules.tidy_card(code) == code for code in codes)
    assert all(len(secrets.new_password()) == 19 for _ in range(20))


def test_a_pin_is_kept_as_a_hash_that_only_it_opens() -> None:
    kept = secrets.hash_secret("246813")
    assert "246813" not in kept and kept.startswith("$argon2id$")
    assert secrets.is_right(kept, "246813") and not secrets.is_right(kept, "246814")
    assert not secrets.is_right(None, "246813") and not secrets.is_right("damaged", "246813")


def test_wrong_tries_are_forgotten_after_a_day_and_idle_sessions_after_half_an_hour() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert rules.is_forgotten(now - timedelta(hours=24), now) and not rules.is_forgotten(
        now - timedelta(hours=23), now
    )
    assert rules.is_idle(now - timedelta(minutes=31), now) and not rules.is_idle(
        now - timedelta(minutes=30), now
    )


def test_only_a_learners_own_phone_stays_signed_in_for_long() -> None:
    assert rules.session_lasts(True, False) == timedelta(days=90)
    for own_phone, staff in ((False, False), (True, True), (False, True)):
        assert rules.session_lasts(own_phone, staff) == timedelta(hours=12)
