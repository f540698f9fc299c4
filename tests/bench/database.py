"""SQL statements per page, and reports as the number of learners grows."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from tests.support.live import open_app
from training.catalogue.actions import publish
from training.content.package import course_folders, read_package
from training.core import clock
from training.core.db import db, unit_of_work
from training.core.permissions import Grant, Role, Viewer
from training.devtools.load import load_people
from training.devtools.province import PROVINCE_CODE
from training.org.models import Unit
from training.org.queries import find_by_code
from training.reports.access import Scope
from training.reports.queries import Filter, count_by_commune
from training.reports.rules import Period

REPEATS = 7


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that `app` sends."""
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def statements_of(app: Flask, headers: dict[str, str], path: str) -> int:
    """Return how many SQL statements a page takes once the program is warm."""
    client = app.test_client(use_cookies=False)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        client.get(path, headers=headers)
        with counted(app) as statements:
            reply = client.get(path, headers=headers)
    assert reply.status_code == 200, f"{path} answers {reply.status_code}"
    return len(statements)


def province_of(count: int, data_dir: Path) -> Flask:
    """Return an app whose province has this many made-up learners in four courses."""
    data_dir.mkdir(parents=True)
    app = open_app(data_dir)
    with app.app_context():
        upgrade()
        with unit_of_work():
            for folder in course_folders(Path(app.config["COURSES_DIR"])):
                publish(read_package(folder))
        load_people(count)
        db.session.remove()
    return app


def totals_ms(app: Flask) -> tuple[int, float]:
    """Return (enrolments, median ms of the province's totals over all courses), SQL and rows included."""
    with app.app_context():
        province = find_by_code(PROVINCE_CODE)
        assert province is not None
        scope = scope_for(province)
        wanted = Filter(Period(None, None, clock.today()))
        rows = sum(tally.must for tally in count_by_commune(scope, wanted).values())
        taken = _median_ms(lambda: count_by_commune(scope, wanted))
        db.session.remove()
    return rows, taken


def scope_for(province: Unit) -> Scope:
    """Return the scope of a committee of the whole province."""
    path = province.path or ""
    grants = (Grant(Role.COMMITTEE, province.id, path),)
    viewer = Viewer(
        person_id=0, full_name="", address="", language="vi", text_size=1,
        session_id=0, is_own_phone=False, is_learner=False, grants=grants,
    )  # fmt: skip
    return Scope(viewer, province, (path,))


def _median_ms(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)
