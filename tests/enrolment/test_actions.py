"""Who is enrolled in what, and what becomes of it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from tests.support.cast import COURSE, Cast
from training.accounts import actions as accounts
from training.accounts import queries as people
from training.accounts.models import Person, Post, PostKind
from training.catalogue.queries import get_course, get_revision
from training.core import events
from training.core.db import db
from training.core.errors import NotFound
from training.core.ids import new_id
from training.enrolment import actions, queries
from training.enrolment.actions import Result
from training.enrolment.events import CourseCompleted
from training.enrolment.models import Audience, Enrolment
from training.enrolment.rules import State
from training.enrolment.verification import list_differences
from training.journal.actions import Origin
from training.journal.models import Mode
from training.org.models import Unit

DUE = date(2099, 6, 1)


def newcomer(unit: Unit, kind: PostKind = PostKind.SECRETARY) -> Person:
    """Return somebody new with a post."""
    person = accounts.create_person(None, "Lò Thị Thử Mới")
    accounts.take_post(None, person, unit, kind)
    return person


def place_of(person: Person) -> Enrolment:
    """Return the one course place of a person, withdrawn or not."""
    return db.session.scalars(select(Enrolment).where(Enrolment.person_id == person.id)).one()


def items_of(place: Enrolment) -> list[str]:
    """Return the items that count of the revision a place is pinned to."""
    return [item.key for item in get_revision(place.revision_id).counted_items]


def finish(place: Enrolment, points: float = 10, mode: Mode = Mode.PHONE) -> Enrolment:
    """Finish every item, the quiz with these points of ten."""
    for key in items_of(place):
        score(place, key, points if key == "final" else None, mode)
    return place


def score(place: Enrolment, key: str, points: float | None, mode: Mode = Mode.PHONE) -> None:
    """Record what came of one item."""
    result = Result(True) if points is None else Result(points >= 7, points, 10)
    actions.record_outcome(place.id, key, result, Origin(new_id(), mode))


@pytest.fixture
def completed(app: object) -> Iterator[list[CourseCompleted]]:
    """Every CourseCompleted published during the test."""
    heard: list[CourseCompleted] = []
    events.subscribe(CourseCompleted, heard.append)
    yield heard
    events._handlers[CourseCompleted].remove(heard.append)


def test_an_assignment_enrols_everyone_who_must_learn(cast: Cast) -> None:
    for person in (cast.elder, cast.shared_phone, cast.neighbour):
        assert place_of(person).due_on == date(2099, 12, 15)
    assert not db.session.scalars(select(Enrolment).where(Enrolment.person_id == cast.trainer.id)).all()


def test_a_newcomer_is_enrolled_with_their_post(cast: Cast) -> None:
    place = place_of(newcomer(cast.na_sang))
    assert (place.unit_id, place.commune_id, place.done_count) == (cast.na_sang.id, cast.xuan_van.id, 0)
    assert place.unit_path == cast.na_sang.path


def test_a_village_head_learns_only_what_is_for_all_posts(cast: Cast) -> None:
    head = newcomer(cast.na_sang, PostKind.VILLAGE_HEAD)
    assert queries.list_of_person(head.id) == []
    actions.assign(None, get_course(COURSE), cast.xuan_van, DUE, Audience.ALL_POSTS)
    assert place_of(head).due_on == DUE


def test_the_nearest_assignment_sets_the_due_day(cast: Cast) -> None:
    actions.assign(None, get_course(COURSE), cast.xuan_van, DUE)
    assert place_of(newcomer(cast.na_sang)).due_on == DUE
    assert place_of(newcomer(cast.khuoi_mo)).due_on == date(2099, 12, 15)


def test_an_ended_assignment_enrols_no_newcomer_and_takes_nothing_away(cast: Cast) -> None:
    assignment = queries.find_assignment(cast.province.id, get_course(COURSE).id)
    assert assignment is not None
    actions.end_assignment(None, assignment)
    assert queries.list_of_person(newcomer(cast.na_sang).id) == []
    assert queries.list_of_person(cast.elder.id)


def test_one_person_with_two_posts_is_enrolled_once(cast: Cast) -> None:
    assert len(people.list_posts(cast.elder.id)) == 2
    assert place_of(cast.elder)
    accounts.take_post(None, cast.elder, cast.khuoi_mo, PostKind.SECRETARY)
    assert place_of(cast.elder).unit_id == cast.na_sang.id


def leave_all(person: Person) -> None:
    """Give up every post."""
    for row in people.list_posts(person.id):
        accounts.leave_post(None, db.session.get_one(Post, row.id))


def test_leaving_one_of_two_posts_changes_nothing_and_leaving_the_last_withdraws(cast: Cast) -> None:
    first, _second = people.list_posts(cast.elder.id)
    accounts.leave_post(None, db.session.get_one(Post, first.id))
    assert place_of(cast.elder).withdrawn_at is None
    leave_all(cast.elder)
    assert place_of(cast.elder).withdrawn_at is not None
    with pytest.raises(NotFound):
        queries.get_of_person(cast.elder.id, COURSE)


def test_who_comes_back_goes_on_where_they_stopped_in_their_new_place(cast: Cast) -> None:
    place = place_of(cast.neighbour)
    score(place, items_of(place)[0], None)
    leave_all(cast.neighbour)
    accounts.take_post(None, cast.neighbour, cast.na_sang, PostKind.SECRETARY)
    place = place_of(cast.neighbour)
    assert (place.withdrawn_at, place.done_count) == (None, 1)
    assert (place.unit_id, place.commune_id) == (cast.na_sang.id, cast.xuan_van.id)


def test_who_has_passed_keeps_the_pass_and_the_place_when_leaving(cast: Cast) -> None:
    place = finish(place_of(cast.neighbour))
    leave_all(cast.neighbour)
    accounts.take_post(None, cast.neighbour, cast.na_sang, PostKind.SECRETARY)
    assert place.withdrawn_at is None and place.passed_at is not None
    assert place.unit_id == cast.khuoi_mo.id


def test_a_quiz_takes_the_result_of_the_try_that_counts_whatever_it_is(cast: Cast) -> None:
    place = place_of(cast.elder)
    for points in (5, 3, 6, 9, 0):
        score(place, "final", points)
        assert place.best_points == points


def test_the_way_of_learning_is_that_of_the_result_that_counts(cast: Cast) -> None:
    place = place_of(cast.elder)
    score(place, "final", 5, Mode.PHONE)
    score(place, "final", 8, Mode.PAPER)
    assert place.mode == Mode.PAPER


def test_a_pass_is_taken_back_only_where_the_facts_change_and_then_with_its_reason(cast: Cast) -> None:
    place = finish(place_of(cast.elder))
    score(place, items_of(place)[0], None)
    assert (place.passed_at is not None, place.reason) == (True, "all_passed")
    score(place, "final", 0)
    assert (place.passed_at, place.reason) == (None, "quiz_below_pass_mark")
    assert queries.get_of_person(cast.elder.id, COURSE).state is State.FINISHED


def test_finished_without_the_pass_mark_is_not_passed_until_a_better_try(cast: Cast) -> None:
    place = finish(place_of(cast.elder), points=6)
    assert place.finished_at is not None and place.passed_at is None
    assert place.reason == "quiz_below_pass_mark"
    score(place, "final", 7)
    assert place.passed_at is not None


def test_completing_a_course_is_told_exactly_once(cast: Cast, completed: list[CourseCompleted]) -> None:
    place = finish(place_of(cast.elder))
    score(place, "final", 10)
    score(place, items_of(place)[0], None)
    assert [(e.person_id, e.enrolment_id, e.at) for e in completed] == [
        (cast.elder.id, place.id, place.passed_at)
    ]


def test_an_item_that_is_not_in_the_course_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        score(place_of(cast.elder), "no-such-lesson", None)


def test_assigning_again_moves_the_due_day_and_enrols_nobody_twice(cast: Cast) -> None:
    before = len(db.session.scalars(select(Enrolment)).all())
    actions.assign(None, get_course(COURSE), cast.province, DUE)
    assert len(db.session.scalars(select(Enrolment)).all()) == before
    assert place_of(cast.elder).due_on == DUE


@pytest.mark.parametrize("column", ["done_count", "item_count", "passed_at"])
def test_verifying_finds_a_row_somebody_tampered_with(cast: Cast, column: str) -> None:
    place = finish(place_of(cast.elder))
    finish(place_of(cast.neighbour), points=5)
    assert list(list_differences()) == []
    place = place_of(cast.elder)
    changed = {"done_count": place.done_count - 1, "item_count": place.item_count + 1, "passed_at": None}
    setattr(place, column, changed[column])
    db.session.flush()
    found = list(list_differences())
    assert len(found) == 1 and str(place.id) in found[0]
