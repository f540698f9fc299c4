"""A quiz on paper, from the printer to the learner's first page."""

from typing import Any

import pytest

from tests.quizzes.course import SLUG, publish_course, right_option
from tests.quizzes.test_settings import enrol, place, start, take
from tests.support.cast import COURSE, Cast
from tests.support.page import Client, Page
from training.accounts import actions as accounts
from training.accounts.models import PostKind
from training.audit.models import AuditEntry
from training.catalogue.queries import get_course, get_current_revision, get_revision
from training.core.db import db
from training.core.ids import new_id
from training.enrolment import actions as enrolment
from training.enrolment import queries as enrolments
from training.journal import queries as journal
from training.quizzes import paper_views, queries
from training.quizzes.models import Attempt
from training.quizzes.verification import differences

NEW = f"/courses/{SLUG}/quizzes/final/results/new"
RESULTS = f"/courses/{SLUG}/quizzes/final/results"


def attempts(cast: Cast) -> list[Attempt]:
    """Return all tries of the elder."""
    db.session.expire_all()
    return list(queries.list_attempts(place(cast).id, "final"))


def questions_of(page: Page) -> list[str]:
    """Return the keys of the questions on a page for keying in, in their order."""
    names = [i.get("name", "") for i in page.all("input")]
    return [name.removeprefix("entry-") for name in names if name.startswith("entry-")]


def opened(trainer: Client, cast: Cast, number: int | str = 7, **more: Any) -> Page:
    """Choose the elder and a paper."""
    asked = {"person": cast.elder.id, "way": "paper", "number": number} | more
    edition = get_current_revision(SLUG).number
    query = "&".join(f"{name}={value}" for name, value in ({"edition": edition} | asked).items())
    return trainer.get(f"{NEW}?{query}")


def typed(page: Page, right: int) -> dict[str, str]:
    """Return answers to the questions on a page, the first `right` of them right."""
    chosen = {}
    for n, key in enumerate(questions_of(page)):
        good = right_option(int(key[1:]))
        chosen[f"answer-{key}"] = good if n < right else next(o for o in "abcd" if o != good)
    return chosen


def kept(trainer: Client, page: Page, right: int = 8) -> Page:
    """Key in so many right answers and open what was kept."""
    return trainer.follow(trainer.submit(page, "/results", hand_in="yes", **typed(page, right)))


def shown_answers(page: Page) -> dict[str, str]:
    """Return the answers that a form still holds, seen or unseen."""
    _action, fields = page.form("/results")
    return {name: value for name, value in fields.items() if name.startswith("answer-") and value}


def test_a_person_is_found_without_marks_and_only_within_reach(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    enrolment.assign(None, get_course(SLUG), cast.province, None)
    db.session.commit()
    assert cast.elder.full_name in trainer.get(f"{NEW}?search=hoang+van+thu").words()
    assert cast.neighbour.full_name in trainer.get(NEW).words()
    assert cast.stranger.full_name not in trainer.get(f"{NEW}?search=la").words()
    trainer.get(f"{NEW}?person={cast.stranger.id}", expect=404)
    trainer.post(RESULTS, {"person": cast.stranger.id, "way": "paper", "number": "7"}, expect=404)
    trainer.get(f"{NEW}?person=9999999999", expect=404)
    other = Client(trainer.app).sign_in(cast.strange_admin)
    other.get(f"{NEW}?person={cast.elder.id}", expect=404)
    assert "Nobody in this course" in trainer.get(f"{NEW}?search=zzz").words()


def test_a_paper_is_keyed_in_marked_and_leads_to_the_next(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    asked = trainer.get(f"{NEW}?person={cast.elder.id}")
    assert asked.form("/results/new")[1]["way"] == "paper"
    result = kept(trainer, opened(trainer, cast))
    words = result.words()
    assert cast.elder.full_name in result.h1
    assert "8 of 10 points, passed" in words and f"keyed in by {cast.trainer.full_name}" in words
    assert "paper 7, edition 1" in words
    (attempt,) = attempts(cast)
    assert (attempt.mode, attempt.entered_by_id, attempt.seed) == ("paper", cast.trainer.id, 7)
    assert attempt.due_at is None and list(differences(attempt)) == []
    entries = journal.list_of_subject(f"attempt:{attempt.id}")
    assert len(entries) == 11 and {e.entered_by_id for e in entries} == {cast.trainer.id}
    onward = [a.get("href") for a in result.all("a") if "Key in the next" in result.words(a)]
    following = trainer.get(onward[0])
    assert cast.elder.full_name in following.words() and "way=paper" in onward[0]


def test_it_stands_in_the_record_of_what_staff_did(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    kept(trainer, opened(trainer, cast))
    entry = db.session.query(AuditEntry).filter_by(action="quiz.result_keyed_in").one()
    assert (entry.actor_id, entry.subject_id) == (cast.trainer.id, str(cast.elder.id))


def test_the_learner_reads_on_the_first_page_who_keyed_the_result_in(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    take(cast, 9)
    kept(trainer, opened(trainer, cast))
    cast.elder.language = "en"
    db.session.commit()
    phone = Client(trainer.app).sign_in(cast.elder)
    told = f"Quiz, try 2: answered on paper, keyed in by {cast.trainer.full_name}"
    assert told in phone.get("/").words()
    assert told in phone.get("/me/results").words()
    assert f"keyed in by {cast.trainer.full_name}" in phone.get(f"/courses/{SLUG}/quizzes/final").words()
    attempt = attempts(cast)[-1]
    assert f"keyed in by {cast.trainer.full_name}" in phone.get(f"/quizzes/attempts/{attempt.id}").words()


def test_pressing_the_button_twice_gives_the_first_result(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    page = opened(trainer, cast)
    first = kept(trainer, page, right=8)
    again = kept(trainer, page, right=2)
    assert "8 of 10 points" in first.words() and "8 of 10 points" in again.words()
    assert "Nothing was counted twice" in again.words() and "Nothing was counted twice" not in first.words()
    (attempt,) = attempts(cast)
    assert attempt.points == 8 and not queries.list_late_answers(attempt.id)


def test_the_same_paper_from_a_second_form_is_refused_and_nothing_typed_is_lost(
    trainer: Client, cast: Cast
) -> None:
    enrol(cast)
    kept(trainer, opened(trainer, cast))
    page = opened(trainer, cast)
    answers = typed(page, 5)
    refused = trainer.submit(page, "/results", expect=422, hand_in="yes", **answers)
    assert "is kept already" in refused.words() and shown_answers(refused) == answers
    assert len(attempts(cast)) == 1


@pytest.mark.parametrize("number", ["", "0", "abc", "99999", "-3"])
def test_a_bad_number_is_said_beside_the_field_and_every_answer_stays(
    trainer: Client, cast: Cast, number: str
) -> None:
    enrol(cast)
    page = opened(trainer, cast)
    answers = typed(page, 8)
    refused = trainer.submit(page, "/results", expect=422, hand_in="yes", number=number, **answers)
    field = next(i for i in refused.all("input") if i.get("id") == "number")
    assert field.get("aria-invalid") == "true" and field.get("value") == number
    assert shown_answers(refused) == answers and attempts(cast) == []
    mended = trainer.submit(refused, "/results", expect=200, number="7")
    assert shown_answers(mended) == answers
    trainer.submit(mended, "/results", hand_in="yes")
    assert attempts(cast)[0].points == 8


def test_an_edition_that_is_not_there_is_refused(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    publish_course("tries: 9")
    page = opened(trainer, cast)
    answers = typed(page, 8)
    refused = trainer.submit(page, "/results", expect=422, hand_in="yes", edition="77", **answers)
    assert shown_answers(refused) == answers and attempts(cast) == []
    trainer.get(f"{NEW}?person={cast.elder.id}&way=paper&number=7&edition=77", expect=422)
    trainer.get(f"{NEW}?person={cast.elder.id}&way=floating&number=7", expect=422)


def test_answers_below_the_questions_of_another_paper_are_shown_again_before_they_are_kept(
    trainer: Client, cast: Cast
) -> None:
    enrol(cast)
    page = opened(trainer, cast)
    answers = typed(page, 8)
    compared = trainer.submit(page, "/results", expect=422, hand_in="yes", number="8", **answers)
    assert "Compare them with the paper" in compared.words() and attempts(cast) == []
    assert shown_answers(compared) == answers
    trainer.submit(compared, "/results", hand_in="yes")
    assert attempts(cast)[0].seed == 8


def test_a_paper_of_an_older_edition_is_marked_by_that_edition(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    old = get_current_revision(SLUG)
    publish_course(keys={n: "a" for n in range(1, 13)})
    page = opened(trainer, cast, edition=old.number)
    kept(trainer, page, right=9)
    (attempt,) = attempts(cast)
    assert (attempt.revision_id, attempt.points) == (old.id, 9)


def test_in_a_class_without_papers_the_questions_are_drawn_and_stay_the_same(
    trainer: Client, cast: Cast
) -> None:
    enrol(cast)
    drawn = trainer.get(f"{NEW}?person={cast.elder.id}&way=workshop&number=&edition=1", expect=303)
    address = drawn.response.headers["Location"]
    page = trainer.get(address)
    assert len(questions_of(page)) == 10 and questions_of(trainer.get(address)) == questions_of(page)
    result = kept(trainer, page, right=7)
    assert "Answered in a class" in result.words()
    (attempt,) = attempts(cast)
    assert (attempt.mode, attempt.points, attempt.entered_by_id) == ("workshop", 7, cast.trainer.id)
    assert get_revision(attempt.revision_id).slug == SLUG


def test_what_is_open_on_the_phone_stays_open(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    on_phone = start(cast)
    db.session.commit()
    kept(trainer, opened(trainer, cast))
    first, second = attempts(cast)
    assert first.id == on_phone.id and first.handed_in_at is None and second.points == 8
    assert start(cast).id == on_phone.id


def test_an_open_try_on_the_phone_cannot_be_taken_for_the_paper(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    on_phone = start(cast)
    db.session.commit()
    page = opened(trainer, cast)
    trainer.submit(page, "/results", expect=422, hand_in="yes", entry_id=str(on_phone.id))
    assert [a.handed_in_at for a in attempts(cast)] == [None]


def test_no_try_left_is_said_before_anything_is_typed_and_again_when_it_comes_between(
    trainer: Client, cast: Cast
) -> None:
    enrol(cast, "tries: 2")
    take(cast, 3)
    page = opened(trainer, cast)
    take(cast, 3)
    db.session.commit()
    answers = typed(page, 8)
    refused = trainer.submit(page, "/results", expect=422, hand_in="yes", **answers)
    assert "No try is left for this quiz." in refused.words() and shown_answers(refused) == answers
    told = trainer.get(f"{NEW}?person={cast.elder.id}")
    assert "No try is left for this quiz." in told.words()
    assert not [f for f in told.all("form") if (f.get("action") or "").endswith("/results/new")]


def test_a_form_that_names_nobody_asks_for_the_person(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    page = trainer.post(RESULTS, {"way": "paper", "number": "7", "entry_id": str(new_id())}, expect=422)
    assert "First choose whose answers they are" in page.words()


def test_ids_that_are_none_are_refused_and_nothing_typed_is_lost(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    page = opened(trainer, cast)
    answers = typed(page, 8)
    refused = trainer.submit(page, "/results", expect=422, hand_in="yes", entry_id="x", **answers)
    assert shown_answers(refused) == answers
    trainer.submit(refused, "/results", hand_in="yes")
    assert attempts(cast)[0].points == 8


def test_nobody_keys_in_their_own_answers(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    accounts.take_post(None, cast.trainer, cast.na_sang, PostKind.DEPUTY_SECRETARY)
    db.session.commit()
    told = trainer.get(f"{NEW}?person={cast.trainer.id}")
    assert "Your own answers are keyed in by somebody else." in told.words()
    page = opened(trainer, cast)
    trainer.submit(page, "/results", expect=403, hand_in="yes", person=str(cast.trainer.id))


def test_a_tap_on_a_picture_without_scripts_keeps_the_other_answers(trainer: Client, cast: Cast) -> None:
    edition = get_current_revision(COURSE).number
    number, spot = next(
        (n, line)
        for n in range(1, 40)
        for line in paper_views.find_paper(COURSE, "final", edition, n).lines
        if line.question.kind == "hotspot"
    )
    new = f"/courses/{COURSE}/quizzes/final/results/new"
    page = trainer.get(f"{new}?person={cast.elder.id}&way=paper&number={number}&edition={edition}")
    again = trainer.submit(page, "/results", expect=200, **{f"{spot.name}.x": "1", f"{spot.name}.y": "1"})
    assert spot.name in shown_answers(again)
    assert queries.list_attempts(enrolments.get_of_person(cast.elder.id, COURSE).id, "final") == []


def test_results_of_others_can_be_read_only_within_reach(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 8)
    still_open = start(cast)
    db.session.commit()
    assert "8 of 10 points" in trainer.get(f"/quizzes/attempts/{attempt.id}/keyed-in").words()
    trainer.get(f"/quizzes/attempts/{still_open.id}/keyed-in", expect=404)
    Client(trainer.app).sign_in(cast.strange_admin).get(
        f"/quizzes/attempts/{attempt.id}/keyed-in", expect=404
    )
