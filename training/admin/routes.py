"""Health for machines and for people, and the record of changes."""

from pathlib import Path

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from training.admin import checks, labels, queries
from training.core.db import db
from training.core.permissions import Permission
from training.core.text import normalise
from training.web.access import current_viewer, public, requires

admin = Blueprint("admin", __name__)

ENTRIES_SHOWN = 100


@admin.get("/healthz")
@public
def show_liveness() -> ResponseReturnValue:
    """This process answers; the database is not asked."""
    return jsonify(process="ok")


@admin.get("/readyz")
@public
def show_readiness() -> ResponseReturnValue:
    """This process can serve people; one word per check, 503 when one fails."""
    results = checks.run(Path(current_app.instance_path))
    words = {name: "ok" if passed else "fails" for name, passed in results.items()}
    return jsonify(words), 200 if all(results.values()) else 503


@admin.get("/admin/health")
@requires(Permission.SEE_HEALTH)
def show_health() -> ResponseReturnValue:
    """The same in words, with a few figures."""
    return render_template(
        "admin/show_health.html",
        checks=checks.run(Path(current_app.instance_path)),
        check_words=labels.CHECKS,
        version=checks.read_version(),
        database=labels.DATABASES.get(db.engine.dialect.name, db.engine.dialect.name),
        figures=queries.get_figures(),
    )


@admin.get("/audit")
@requires(Permission.SEE_AUDIT)
def list_audit() -> ResponseReturnValue:
    """What staff did lately, to whom and what this viewer reaches."""
    name = normalise(request.args.get("name", ""))
    action = request.args.get("action", "")
    entries = queries.list_entries(current_viewer(), name, action, ENTRIES_SHOWN)
    return render_template(
        "admin/list_audit.html",
        entries=entries,
        names=queries.list_subject_names(entries),
        actions=labels.ACTIONS,
        name_of=labels.name_of,
        describe=labels.describe,
        name=name,
        action=action,
        limit=ENTRIES_SHOWN,
    )
