"""Health for machines and people; the record of changes."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.cast import Cast
from tests.support.page import Client
from training.admin import checks, labels
from training.core.db import db


def test_liveness_asks_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "run", None)
    assert client.http.get("/healthz").json == {"process": "ok"}


def test_readiness_says_one_word_per_check(client: Client, tmp_path: Path) -> None:
    answer = client.http.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": "ok", "migrations": "ok", "storage": "ok"})


def test_readiness_fails_when_a_migration_is_missing(client: Client) -> None:
    db.session.execute(sa.text("update alembic_version set version_num = '0000'"))
    db.session.commit()
    answer = client.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"database": "ok", "migrations": "fails", "storage": "ok"}


def test_a_missing_folder_is_not_writable(client: Client, tmp_path: Path) -> None:
    assert checks.run(tmp_path / "nowhere")["storage"] is False


def test_health_page_is_for_administrators(client: Client, cast: Cast) -> None:
    client.get("/admin/health", 401)
    client.sign_in(cast.trainer).get("/admin/health", 403)
    text = Client(client.app).sign_in(cast.administrator).get("/admin/health").text
    assert checks.read_version() in text


def test_audit_shows_what_lies_in_reach(client: Client, cast: Cast) -> None:
    Client(client.app).sign_in(cast.strange_admin).post(f"/people/{cast.stranger.id}/pin", expect=200)
    client.sign_in(cast.administrator).post(f"/people/{cast.elder.id}/pin", expect=200)
    text = client.get("/audit?action=person.pin_reset").text
    assert cast.elder.full_name in text and cast.stranger.full_name not in text
    assert cast.elder.full_name in client.get("/audit?name=hoang+van").text
    assert "<table" not in client.get("/audit?name=khongcoai").text


def test_audit_is_for_administrators(client: Client, cast: Cast) -> None:
    client.sign_in(cast.trainer).get("/audit", 403)


def test_every_recorded_action_has_words() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in Path(checks.config.ROOT, "training").rglob("*.py")
    )
    recorded = set(re.findall(r'audit\.record\(\s*[\w.]+,\s*"(\w+\.\w+)"', text))
    assert len(recorded) > 10 and recorded - set(labels.ACTIONS) == set()
    for action in labels.ACTIONS:
        assert f'"{action}"' in text or action.split(".")[0] == "unit"
