"""How the program uses its database, and how the tables came to be."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from tests.conftest import build_app
from tests.house import source
from tests.support import databases
from training import wiring
from training.core.db import Base, db

VERSIONS = source.PROGRAM / "migrations" / "versions"
READERS = {"queries.py", "access.py", "models.py", "personal_data.py", "verification.py"}
# Where rows are written by statement, not by object: insert, update and delete only.
WRITERS = {"actions.py", "corrections.py", "signing_in.py"}
MAY_READ = {
    "training/core/db.py": "insert_once, the one statement for both databases",
    "training/admin/checks.py": "asks the database only whether it answers",
    "training/serving.py": "asks which migration step the database stands at",
}
MAY_COMMIT = {
    "training/core/db.py": "unit_of_work",
    "training/web/transactions.py": "the commit rule",
}
# Tables that name a person and yet keep them when a person is erased.
KEPT_AT_ERASURE = {
    "audit_entry": "what staff did is kept for ever; it holds numbers of rows, and the erased row has no name any more",
}


def _may_read(path: Path) -> bool:
    name = source.name_of(path)
    is_reader = path.name in READERS or path.name.endswith("_queries.py") or "queries" in path.parts
    return is_reader or "devtools" in path.parts or name in MAY_READ


def test_every_select_stands_where_reading_is_done() -> None:
    found = [
        f"{source.name_of(path)}:{call.lineno}"
        for path in source.program_files()
        if not _may_read(path) and "migrations" not in path.parts
        for name, call in source.calls(path)
        if name in ("select", "sa.select", "sqlalchemy.select")
    ]
    assert found == []


def test_statements_are_run_only_by_those_who_read_or_write() -> None:
    run = re.compile(r"db\.session\.(execute|scalars|scalar|get|query)$")
    found = [
        f"{source.name_of(path)}:{call.lineno}"
        for path in source.program_files()
        if not _may_read(path) and path.name not in WRITERS
        for name, call in source.calls(path)
        if run.fullmatch(name)
    ]
    assert found == []


def test_queries_write_nothing() -> None:
    writing = {"add", "add_all", "delete", "flush", "merge", "insert", "update"}
    for path in source.program_files():
        if path.name.endswith("queries.py"):
            names = {name.rsplit(".", 1)[-1] for name, _call in source.calls(path)}
            assert not names & (writing - {"add"}), source.name_of(path)


def test_nobody_commits_but_the_two_who_own_a_transaction() -> None:
    found = {
        source.name_of(path)
        for path in source.program_files()
        for name, _call in source.calls(path)
        if name.endswith(".commit")
    }
    assert found <= set(MAY_COMMIT)


def test_migrations_are_numbered_without_a_gap_and_the_last_is_the_head() -> None:
    files = sorted(VERSIONS.glob("*.py"))
    numbers = [path.name[:4] for path in files]
    assert numbers == [f"{n:04d}" for n in range(1, len(files) + 1)]
    assert (source.PROGRAM / "migrations" / "HEAD").read_text().strip() == numbers[-1]
    for number, path in enumerate(files, 1):
        names = {
            target.id: ast.literal_eval(node.value)
            for node in source.tree(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        assert names["revision"] == f"{number:04d}"
        assert names["down_revision"] == (f"{number - 1:04d}" if number > 1 else None)


def test_an_old_migration_never_imports_todays_program() -> None:
    for path in VERSIONS.glob("*.py"):
        assert "training" not in source.read(path), source.name_of(path)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrated_tables_are_the_models_and_the_way_back_ends_empty(
    kind: str, tmp_path: Path, missing: Any
) -> None:
    with databases.fresh(kind, tmp_path, missing) as address:
        app = build_app(address, tmp_path)
        with app.app_context():
            upgrade()
            assert _differences() == []
            downgrade(revision="base")
            assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
            upgrade()
            assert _differences() == []
            db.session.remove()
            db.engine.dispose()


def _differences() -> list[Any]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_both_databases_hold_the_same_constraints_by_name(app: Flask) -> None:
    inspector = sa.inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.UniqueConstraint)}
        found = {c["name"] for c in inspector.get_unique_constraints(table.name)}
        assert wanted <= found, table.name
        checks = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        assert checks <= {c["name"] for c in inspector.get_check_constraints(table.name)}, table.name


def test_every_foreign_key_to_a_person_can_be_followed_quickly() -> None:
    for name in ("journal_entry", "attempt", "post", "user_session", "enrolment", "role_grant"):
        table = Base.metadata.tables[name]
        keyed = [index.columns.keys()[0] for index in table.indexes]
        keyed += [c.columns.keys()[0] for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
        assert "person_id" in keyed, name


def personal_tables() -> set[str]:
    """Return every table with a key of a person, or of something that belongs to one."""
    found = {"person"}
    while more := {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name not in found and any(key.column.table.name in found for key in table.foreign_keys)
    }:
        found |= more
    return found


def test_every_table_about_a_person_has_somebody_who_collects_and_erases_it() -> None:
    held = [name for holder in wiring.PERSONAL_DATA for name in holder.TABLES]
    assert len(held) == len(set(held)), "a table has two holders"
    assert personal_tables() - set(held) == set(KEPT_AT_ERASURE)


def test_every_holder_can_collect_and_erase() -> None:
    for holder in wiring.PERSONAL_DATA:
        assert callable(holder.collect) and callable(holder.erase)
        assert set(holder.TABLES) <= set(Base.metadata.tables)


def test_nothing_is_asked_that_may_not_be_known() -> None:
    forbidden = re.compile(r"birth|ethnic|religio|identity|passport|bank|cccd|cmnd|gender|health")
    columns = {f"{t.name}.{c.name}" for t in Base.metadata.sorted_tables for c in t.columns}
    assert [name for name in columns if forbidden.search(name)] == []
