"""Looking after people: who may find, change and re-equip whom."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.cast import Cast
from tests.support.page import Client
from training.accounts import queries
from training.accounts.models import Person, UserSession
from training.accounts.secrets import is_right
from training.audit.models import AuditEntry
from training.core import clock
from training.core.db import db
from training.core.permissions import Role


def test_trainer_sees_people_of_their_communes_only(client: Client, cast: Cast) -> None:
    text = client.sign_in(cast.trainer).get("/people").text
    assert cast.elder.full_name in text and cast.neighbour.full_name in text
    assert cast.stranger.full_name not in text
    assert "/people/new" not in text


def test_list_people_finds_without_marks(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    assert cast.elder.full_name in client.get("/people?search=hoang+van+thu").text
    assert cast.shared_phone.full_name in client.get("/people?search=acde23").text
    assert cast.neighbour.full_name not in client.get(f"/people?unit={cast.xuan_van.id}").text
    assert "<table" not in client.get("/people?search=khongcoai").text


@pytest.mark.parametrize("path", ["", "/edit", "/pin", "/password", "/closure", "/posts/new", "/roles/new"])
def test_people_of_another_province_do_not_exist(client: Client, cast: Cast, path: str) -> None:
    client.sign_in(cast.administrator).get(f"/people/{cast.stranger.id}{path}", 404)


def test_trainer_resets_a_pin_once_and_ends_sessions(client: Client, cast: Cast) -> None:
    phone = Client(client.app).sign_in(cast.elder, own_phone=True)
    page = client.sign_in(cast.trainer).get(f"/people/{cast.elder.id}/pin")
    answer = client.submit(page, "/pin", 200)
    pin = "".join(re.findall(r"\b(\d{3}) (\d{3})\b", answer.text)[0])
    person = db.session.get_one(Person, cast.elder.id)
    assert is_right(person.pin_hash, pin)
    assert str(person.card_code) in answer.text
    assert answer.response.headers["Cache-Control"] == "no-store"
    phone.get("/me/pin", 401)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.pin_reset")).all()[-1]
    assert entry.actor_id == cast.trainer.id and pin not in str(entry.details)


@pytest.mark.parametrize("who", ["administrator", "committee", "trainer"])
def test_trainer_never_resets_the_secrets_of_staff(client: Client, cast: Cast, who: str) -> None:
    staff = cast.everyone[who]
    client.sign_in(cast.trainer)
    assert client.post(f"/people/{staff.id}/pin", expect=403 if who != "administrator" else 404)
    client.post(f"/people/{staff.id}/password", expect=403)


def test_trainer_never_resets_a_learner_who_is_also_staff(client: Client, cast: Cast) -> None:
    administrator = Client(client.app).sign_in(cast.administrator)
    fields = {"full_name": cast.elder.full_name, "address": "bác", "phone": "0900000001", "username": "thanh"}
    administrator.post(f"/people/{cast.elder.id}", fields)
    administrator.post(f"/people/{cast.elder.id}/roles", {"unit": cast.xuan_van.id, "duty": "committee"})
    client.sign_in(cast.trainer).post(f"/people/{cast.elder.id}/pin", expect=403)
    administrator.post(f"/people/{cast.elder.id}/pin", expect=200)


@pytest.mark.parametrize("who", ["committee", "elder"])
def test_committee_and_learners_have_no_people_pages(client: Client, cast: Cast, who: str) -> None:
    client.sign_in(cast.everyone[who]).get("/people", 403)
    client.post(f"/people/{cast.neighbour.id}/pin", expect=403)


def test_trainer_changes_nothing_else(client: Client, cast: Cast) -> None:
    client.sign_in(cast.trainer)
    for path in ("", "/closure", "/posts", "/roles", "/password"):
        client.post(f"/people/{cast.elder.id}{path}", expect=403)
    client.post("/people", expect=403)


def test_a_smaller_administrator_cannot_touch_a_greater_one(client: Client, cast: Cast) -> None:
    great = Client(client.app).sign_in(cast.administrator)
    for person, role in ((cast.trainer, "administrator"), (cast.province_committee, "trainer")):
        great.post(f"/people/{person.id}/roles", {"unit": cast.xuan_van.id, "duty": role})
    small = client.sign_in(cast.trainer)
    small.get(f"/people/{cast.province_committee.id}")
    for path in ("/password", "/pin", "/closure", "/edit"):
        small.get(f"/people/{cast.province_committee.id}{path}", 403)
    small.post(f"/people/{cast.elder.id}/roles", {"unit": cast.province.id, "duty": "administrator"}, 404)


def test_who_moved_away_is_changed_where_they_serve_now(client: Client, cast: Cast) -> None:
    administrator = Client(client.app).sign_in(cast.administrator)
    trainer = client.sign_in(cast.trainer)
    _grant_only(cast, cast.trainer, cast.xuan_van.id)
    elder = cast.elder.id
    for post in queries.list_posts(elder):
        administrator.post(f"/people/{elder}/posts/{post.id}/end", {"ended_on": clock.today().isoformat()})
    trainer.get(f"/people/{elder}/pin")
    fields = {"unit": cast.khuoi_mo.id, "duty": "secretary", "started_on": clock.today().isoformat()}
    administrator.post(f"/people/{elder}/posts", fields)
    trainer.get(f"/people/{elder}/pin", 403)


def _grant_only(cast: Cast, person: Person, unit_id: int) -> None:
    for grant, unit in queries.list_grants(person.id):
        if unit.id != unit_id:
            db.session.delete(grant)


def test_create_person_with_a_post(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    assert cast.khuoi_mo.name in client.get("/people/new?search=khuoi+mo+khau+vai").text
    page = client.get(f"/people/new?unit={cast.khuoi_mo.id}")
    fields = {
        "full_name": " Giàng  Thị Thử Mây ",
        "phone": "0900 000 077",
        "duty": "front_chair",
        "address": "cô",
    }
    shown = client.follow(client.submit(page, "/people", **fields))
    assert shown.h1 == "Giàng Thị Thử Mây"
    person = db.session.scalars(select(Person).where(Person.phone == "0900000077")).one()
    assert [post.kind for post in queries.list_posts(person.id)] == ["front_chair"]


def test_create_person_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.administrator).get(f"/people/new?unit={cast.khuoi_mo.id}")
    taken = {"full_name": "Thử Trùng Số", "phone": "0900000001", "duty": "secretary", "address": "bác"}
    answer = client.submit(page, "/people", 422, **taken)
    assert "Thử Trùng Số" in answer.text and "data-error-summary" in answer.text
    client.submit(page, "/people", 422, full_name="", duty="secretary", address="bác")
    client.submit(page, "/people", 422, full_name="A", duty="administrator", address="bác")


def test_a_role_needs_a_user_name(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    page = client.get(f"/people/new?unit={cast.xuan_van.id}")
    client.submit(page, "/people", 422, full_name="Thử Giảng Viên", duty="trainer", address="anh")
    client.post(f"/people/{cast.elder.id}/roles", {"unit": cast.xuan_van.id, "duty": "trainer"}, 422)
    kept = {"full_name": cast.trainer.full_name, "address": "cô", "phone": "", "username": ""}
    client.post(f"/people/{cast.trainer.id}", kept, 422)
    client.submit(
        page, "/people", full_name="Thử Giảng Viên", duty="trainer", username="giang2", address="anh"
    )
    assert db.session.scalars(select(Person).where(Person.username == "giang2")).one()


def test_grant_and_withdraw_a_role(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    client.get(f"/people/{cast.committee.id}/roles/new?search=khau")
    page = client.get(f"/people/{cast.committee.id}/roles/new?unit={cast.khau_vai.id}")
    client.submit(page, "/roles", duty="committee")
    grant = next(g for g, u in queries.list_grants(cast.committee.id) if u.id == cast.khau_vai.id)
    assert grant.role == Role.COMMITTEE
    client.submit(client.get(f"/people/{cast.committee.id}"), f"/roles/{grant.id}/withdrawal")
    assert len(queries.list_grants(cast.committee.id)) == 1


def test_nobody_shuts_themselves_out(client: Client, cast: Cast) -> None:
    own = cast.administrator.id
    client.sign_in(cast.administrator)
    grant, _unit = queries.list_grants(own)[0]
    client.post(f"/people/{own}/roles/{grant.id}/withdrawal", expect=422)
    client.post(f"/people/{own}/closure", expect=422)


def test_posts_come_and_go(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    page = client.get(f"/people/{cast.neighbour.id}/posts/new?unit={cast.na_sang.id}")
    client.submit(page, "/posts", duty="village_head")
    posts = queries.list_posts(cast.neighbour.id)
    assert [p.unit_name for p in posts] == [cast.khuoi_mo.name, cast.na_sang.name]
    end = f"/people/{cast.neighbour.id}/posts/{posts[1].id}/end"
    before = (clock.today() - timedelta(days=1)).isoformat()
    client.submit(client.get(end), "/end", 422, ended_on=before)
    client.submit(client.get(end), "/end")
    assert len(queries.list_posts(cast.neighbour.id)) == 1
    client.get(f"/people/{cast.neighbour.id}/posts/new?unit={cast.xuan_van.id}", 404)


def test_closing_an_account_ends_everything_but_results(client: Client, cast: Cast) -> None:
    phone = Client(client.app).sign_in(cast.elder, own_phone=True)
    page = client.sign_in(cast.administrator).get(f"/people/{cast.elder.id}/closure")
    client.submit(page, "/closure")
    person = db.session.get_one(Person, cast.elder.id)
    assert person.closed_at and person.phone is None and not queries.list_posts(person.id)
    open_sessions = select(UserSession).where(
        UserSession.person_id == person.id, UserSession.ended_at.is_(None)
    )
    assert not db.session.scalars(open_sessions).all()
    phone.get("/me/pin", 401)
    client.get(f"/people/{person.id}")
    client.get(f"/people/{person.id}/edit", 404)


def test_administrator_gives_staff_a_new_password(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.administrator).get(f"/people/{cast.trainer.id}/password")
    answer = client.submit(page, "/password", 200)
    password = re.findall(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", answer.text)[0]
    assert is_right(db.session.get_one(Person, cast.trainer.id).password_hash, password)
    client.post(f"/people/{cast.elder.id}/password", expect=422)


def test_edit_person_shows_what_is_kept(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.administrator).get(f"/people/{cast.elder.id}/edit")
    client.submit(page, f"/people/{cast.elder.id}", full_name="Hoàng Văn Thử Tên Mới")
    person = db.session.get_one(Person, cast.elder.id)
    assert (person.full_name, person.phone) == ("Hoàng Văn Thử Tên Mới", "0900000001")
