"""Commands that change the tables (`flask db …`). Apart from the factory: a web process never needs Alembic."""

from flask import Flask
from flask_migrate import Migrate

import config as settings
from training.core.db import db


def attach(app: Flask) -> Flask:
    """Give `app` the `flask db` commands and return it."""
    Migrate(app, db, directory=str(settings.ROOT / "training" / "migrations"), render_as_batch=True)
    return app
