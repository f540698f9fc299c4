"""Assigning courses to units through the pages."""

from datetime import date, timedelta

from sqlalchemy import select

from tests.support.cast import COURSE, Cast
from tests.support.page import Client
from training.catalogue.queries import get_course
from training.core import clock
from training.core.db import db
from training.enrolment import queries
from training.enrolment.models import Assignment
from training.org.models import Unit


def test_list_assignments_within_reach(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    text = client.get("/assignments").text
    assert cast.province.name in text and "Mây Trắng" not in text
    assert cast.province.name in client.get(f"/assignments?unit={cast.na_sang.id}").text


def test_assignments_are_for_administrators(client: Client, cast: Cast) -> None:
    client.sign_in(cast.trainer).get("/assignments", 403)
    client.post("/assignments", expect=403)


def test_new_assignment_tells_beforehand_whom_it_reaches(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    assert cast.khau_vai.name in client.get("/assignments/new?search=khau+vai").text
    page = client.get(f"/assignments/new?unit={cast.province.id}")
    assert page.text.count("3 ") >= 2  # the elder, the shared phone, the neighbour; nobody else holds a post
    later = (clock.today() + timedelta(days=30)).isoformat()
    client.follow(client.submit(page, "/assignments", course=COURSE, audience="all_posts", due_on=later))
    kept = queries.find_by_person_and_course(cast.elder.id, get_course(COURSE).id)
    assert kept is not None and kept.due_on == date.fromisoformat(later)


def test_a_day_that_is_over_is_refused(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.administrator).get(f"/assignments/new?unit={cast.xuan_van.id}")
    past = (clock.today() - timedelta(days=1)).isoformat()
    answer = client.submit(page, "/assignments", 422, course=COURSE, audience="all_posts", due_on=past)
    assert past in answer.text
    client.submit(page, "/assignments", 422, course="no-such", audience="all_posts")


def test_units_of_another_province_get_nothing(client: Client, cast: Cast) -> None:
    far = db.session.scalars(select(Unit).where(Unit.code == "99001")).one()
    client.sign_in(cast.administrator).get(f"/assignments/new?unit={far.id}", 404)
    foreign = db.session.scalars(
        select(Assignment.id).join(Unit, Unit.id == Assignment.unit_id).where(Unit.code == "99")
    ).one()
    client.get(f"/assignments/{foreign}/end", 404)
    client.post(f"/assignments/{foreign}/end", expect=404)


def test_end_assignment(client: Client, cast: Cast) -> None:
    mine = db.session.scalars(select(Assignment).where(Assignment.unit_id == cast.province.id)).first()
    assert mine is not None
    page = client.sign_in(cast.administrator).get(f"/assignments/{mine.id}/end")
    client.submit(page, "/end")
    assert db.session.get_one(Assignment, mine.id).ended_at
    client.get(f"/assignments/{mine.id}/end", 404)


def test_list_courses_of_a_person(client: Client, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    assert "<table" in client.get(f"/people/{cast.elder.id}/courses").text
    client.get(f"/people/{cast.committee.id}/courses")
    client.get(f"/people/{cast.stranger.id}/courses", 404)
