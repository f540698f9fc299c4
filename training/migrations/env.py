"""How Alembic reaches the app's database: through Flask-Migrate, one transaction for all steps."""

from typing import Literal

from alembic import context
from flask import current_app

from training.core.db import Base, UtcDateTime, db, writing

MIGRATE = current_app.extensions["migrate"]


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types as plain ones, so that an old step never imports today's program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return 'sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")'
    return False


def run() -> None:
    """Run the wanted steps, up or down."""
    with writing(), db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
