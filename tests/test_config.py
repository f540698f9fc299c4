"""Settings: a wrong value is refused with one line that says what to write instead."""

import re
import stat
from pathlib import Path

import pytest

import config


def load(tmp_path: Path, **environ: str) -> dict[str, object]:
    """Read settings from an environment of one's own."""
    return config.load({"DATA_DIR": str(tmp_path), **environ})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "80a"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("THREADS", "-1"),
        ("THREADS", "1000"),
        ("THREADS", "1.5"),
        ("TRUSTED_PROXIES", "many"),
        ("COOKIE_SECURE", "true"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "hocso.sqlite3"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_that_names_the_setting(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(config.ConfigError) as refusal:
        load(tmp_path, **{name: value})
    text = str(refusal.value)
    assert name in text and "\n" not in text
    assert re.search(r"give|write", text)


def test_a_secret_is_never_repeated_in_a_refusal(tmp_path: Path) -> None:
    for name, value in (("SECRET_KEY", "hush-hush"), ("DATABASE_URL", "mysql://me:hush-hush@host/name")):
        with pytest.raises(config.ConfigError) as refusal:
            load(tmp_path, **{name: value})
        assert "hush-hush" not in str(refusal.value)


def test_without_any_setting_it_runs_on_one_machine_with_one_file(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'hocso.sqlite3'}"
    assert settings["HOST"] == "127.0.0.1" and settings["PORT"] == 8000
    assert settings["RATELIMIT_STORAGE_URI"] == "memory://"


@pytest.mark.parametrize("written", ["postgres://a@b/c", "postgresql://a@b/c", "postgresql+psycopg://a@b/c"])
def test_every_way_to_write_a_postgresql_address_is_understood(tmp_path: Path, written: str) -> None:
    assert load(tmp_path, DATABASE_URL=written)["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://a@b/c"


def test_the_secret_is_made_once_kept_and_for_its_owner_only(tmp_path: Path) -> None:
    first = load(tmp_path)["SECRET_KEY"]
    assert load(tmp_path)["SECRET_KEY"] == first and len(str(first)) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(config.ConfigError, match="DATA_DIR"):
        config.load({"DATA_DIR": str(tmp_path / "file" / "below")})


def test_empty_settings_count_as_absent(tmp_path: Path) -> None:
    assert load(tmp_path, PORT="", COOKIE_SECURE=" ", SECRET_KEY="")["PORT"] == 8000


def test_cookies_go_over_https_only_when_told_so(tmp_path: Path) -> None:
    assert load(tmp_path)["SESSION_COOKIE_SECURE"] is False
    assert load(tmp_path, COOKIE_SECURE="yes")["SESSION_COOKIE_SECURE"] is True
