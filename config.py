"""Settings, read once from the environment. Nothing else in the program reads os.environ.

Each reader refuses nonsense with one clear line instead of starting half-right.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


class ConfigError(Exception):
    """A setting cannot be used; the text is one line that says which and what to write instead."""


def read_text(environ: Mapping[str, str], name: str, default: str) -> str:
    """Return the trimmed value of `name`, or `default` when it is absent or empty."""
    return environ.get(name, "").strip() or default


def read_number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """Return `name` as a whole number from `low` to `high`.

    Raises:
        ConfigError: it is not a number or lies outside.
    """
    raw = read_text(environ, name, str(default))
    if not raw.isdecimal() or not low <= int(raw) <= high:
        raise ConfigError(f"{name}={raw!r} cannot be used: give a whole number from {low} to {high}.")
    return int(raw)


def read_switch(environ: Mapping[str, str], name: str, default: bool) -> bool:
    """Return `name` as yes or no.

    Raises:
        ConfigError: it is neither "yes" nor "no".
    """
    raw = read_text(environ, name, "yes" if default else "no").lower()
    if raw not in ("yes", "no"):
        raise ConfigError(f"{name}={raw!r} cannot be used: write yes or no.")
    return raw == "yes"


def read_database(environ: Mapping[str, str], data_dir: Path) -> str:
    """Return the SQLAlchemy address of the database: SQLite under `data_dir`, or PostgreSQL.

    Raises:
        ConfigError: DATABASE_URL names neither.
    """
    raw = read_text(environ, "DATABASE_URL", f"sqlite:///{data_dir / 'hocso.sqlite3'}")
    for prefix in ("postgres://", "postgresql://"):
        if raw.startswith(prefix):
            return "postgresql+psycopg://" + raw.removeprefix(prefix)
    if raw.startswith(("sqlite:///", "postgresql+psycopg://")):
        return raw
    scheme = raw.split(":", 1)[0]
    raise ConfigError(
        f"DATABASE_URL begins with {scheme!r}: write sqlite:////path/to/file or postgresql://user@host/name."
    )


def read_secret(environ: Mapping[str, str], data_dir: Path) -> str:
    """Return SECRET_KEY, or the key kept in `data_dir`, made on the first start and readable by its owner only.

    Raises:
        ConfigError: SECRET_KEY is shorter than 32 characters.
    """
    given = environ.get("SECRET_KEY", "").strip()
    if given:
        if len(given) < 32:
            raise ConfigError("SECRET_KEY is too short: give at least 32 random characters.")
        return given
    kept = data_dir / "secret_key"
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def load(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return every setting of the program.

    Args:
        environ: the environment to read; the process's own by default.

    Raises:
        ConfigError: a value cannot be used.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(read_text(env, "DATA_DIR", str(ROOT / "instance")))
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"DATA_DIR={str(data_dir)!r} cannot be made: {error.strerror}.") from error
    database = read_database(env, data_dir)
    is_secure = read_switch(env, "COOKIE_SECURE", False)
    return {
        "HOST": read_text(env, "HOST", "127.0.0.1"),
        "PORT": read_number(env, "PORT", 8000, 1, 65535),
        "THREADS": read_number(env, "THREADS", 8, 1, 64),
        "TRUSTED_PROXIES": read_number(env, "TRUSTED_PROXIES", 0, 0, 3),
        "DATA_DIR": data_dir,
        "COURSES_DIR": Path(read_text(env, "COURSES_DIR", str(ROOT / "courses"))),
        "SECRET_KEY": read_secret(env, data_dir),
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(database),
        "RATELIMIT_STORAGE_URI": read_text(env, "REDIS_URL", "memory://"),
        "RATELIMIT_HEADERS_ENABLED": False,
        "MAX_CONTENT_LENGTH": MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 500,
        "SESSION_COOKIE_NAME": "hocso",
        "SESSION_COOKIE_SECURE": is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 90 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": is_secure,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "training" / "translations"),
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 3,
        "COMPRESS_MIMETYPES": ["text/html", "application/json"],
    }


def _engine_options(database: str) -> dict[str, Any]:
    if database.startswith("sqlite"):
        return {"connect_args": {"timeout": 15, "check_same_thread": False}}
    # Not asked whether they are alive before every request: after a restart of the database the first request that
    # meets a dead connection is answered calmly (503), and all of them are renewed at once.
    return {"pool_size": 10, "max_overflow": 10}
