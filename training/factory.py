"""Putting the program together."""

from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import config as settings
from training import wiring
from training.accounts.routes import show_sign_in
from training.accounts.session import load_viewer
from training.core.db import db, tune
from training.web import (
    access,
    addresses,
    assets,
    errors,
    headers,
    i18n,
    limits,
    logs,
    navigation,
    templating,
)
from training.web.transactions import Application


def create_app(config: dict[str, Any]) -> Flask:
    """Return the application.

    Args:
        config: every setting, as `config.load()` returns them.

    Raises:
        UnguardedView: a view does not say who may use it.
    """
    app = Application(
        "training",
        root_path=str(settings.ROOT / "training"),
        template_folder=str(settings.ROOT / "templates"),
        static_folder=None,
        instance_path=str(config["DATA_DIR"].resolve()),
    )
    app.config.from_mapping(config)
    _init_database(app)
    _init_web(app)
    for blueprint in wiring.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in wiring.COMMANDS:
        app.cli.add_command(command)
    wiring.subscribe_all()
    access.refuse_unguarded(app)
    return app


def _init_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        tune(db.engine)


def _init_web(app: Flask) -> None:
    logs.init_app(app)
    addresses.init_app(app)
    i18n.init_app(app)
    limits.limiter.init_app(app)
    CSRFProtect(app)
    access.init_app(app)
    app.extensions["viewer_loader"] = load_viewer
    app.extensions["sign_in_page"] = show_sign_in
    Compress(app)
    headers.init_app(app)
    errors.init_app(app)
    templating.init_app(app)
    navigation.init_app(app, wiring.NAVIGATION)
    assets.init_app(app)
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
