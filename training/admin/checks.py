"""Whether this process can serve: each check answers yes or no and names no secret."""

import tempfile
import tomllib
from functools import cache
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

import config
from training.admin import queries
from training.core.db import db

HEAD = config.ROOT / "training" / "migrations" / "HEAD"


def run(data_dir: Path) -> dict[str, bool]:
    """Return check → whether it passed, in the order in which one depends on the other.

    Args:
        data_dir: the folder the program keeps its files in.
    """
    number = _find_migration()
    is_current = number is not None and number == HEAD.read_text(encoding="utf-8").strip()
    return {"database": number is not None, "migrations": is_current, "storage": _is_writable(data_dir)}


@cache
def read_version() -> str:
    """Return the version of the program as its project file says."""
    project = tomllib.loads((config.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _find_migration() -> str | None:
    try:
        return queries.find_migration()
    except SQLAlchemyError:
        db.session.rollback()
        return None


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError:
        return False
    return True
