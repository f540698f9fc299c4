"""Opening, renaming and closing units through their pages."""

from datetime import timedelta

from sqlalchemy import select

from tests.support.cast import Cast
from tests.support.page import Client
from training.accounts import queries as accounts
from training.core import clock
from training.core.db import db
from training.org import queries
from training.org.models import Unit


def test_list_units_searches_cells_without_marks(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    text = client.get("/units").text
    assert cast.xuan_van.name in text and cast.na_sang.name not in text and "Gió Lành" not in text
    assert cast.na_sang.name in client.get("/units?search=na+sang").text
    assert "Gió Lành" not in client.get("/units?search=gio+lanh").text


def test_units_are_for_administrators(client: Client, cast: Cast) -> None:
    client.sign_in(cast.trainer).get("/units", 403)
    client.post("/units", expect=403)


def test_units_of_another_province_do_not_exist(client: Client, cast: Cast) -> None:
    far = db.session.scalars(select(Unit).where(Unit.code == "99001")).one()
    client.sign_in(cast.administrator)
    for path in ("", "/name", "/closure"):
        client.get(f"/units/{far.id}{path}", 404)
    client.post("/units", {"parent": far.id, "kind": "cell", "name": "Lạ"}, 404)


def test_create_unit(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    assert cast.xuan_van.name in client.get("/units/new?search=xuan").text
    page = client.get(f"/units/new?unit={cast.xuan_van.id}")
    answer = client.submit(page, "/units", kind="cell", name="Chi bộ thôn Thử", decision_number="12-QĐ/ĐU")
    shown = client.follow(answer)
    assert shown.h1 == "Chi bộ thôn Thử" and "12-QĐ/ĐU" in shown.text
    client.submit(page, "/units", 422, kind="commune", name="Xã trong xã")
    kept = client.submit(page, "/units", 422, kind="cell", name="Trùng mã", code="02449")
    assert "Trùng mã" in kept.text


def test_rename_unit_keeps_the_old_name(client: Client, cast: Cast) -> None:
    old = cast.na_sang.name
    page = client.sign_in(cast.administrator).get(f"/units/{cast.na_sang.id}/name")
    client.submit(page, "/name", 422, name="")
    shown = client.follow(client.submit(page, "/name", name="Chi bộ thôn Nà Mới"))
    assert shown.h1 == "Chi bộ thôn Nà Mới" and old in shown.text


def test_close_unit_ends_its_posts(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    client.submit(client.get(f"/units/{cast.xuan_van.id}/closure"), "/closure", 422)
    page = client.get(f"/units/{cast.na_sang.id}/closure")
    past = (clock.today() - timedelta(days=900)).isoformat()
    client.submit(page, "/closure", 422, effective_on=past)
    client.submit(page, "/closure")
    assert db.session.get_one(Unit, cast.na_sang.id).closed_on
    assert not accounts.list_posts(cast.elder.id)
    assert not queries.list_children(cast.xuan_van)
    client.get(f"/units/{cast.na_sang.id}")
    client.get(f"/units/{cast.na_sang.id}/closure", 404)
