"""An administrator finds that a key was wrong, sees whom it concerns, and marks again."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.house.probe import Probe, statements
from tests.quizzes import crowd
from tests.quizzes.course import SLUG, publish_course, right_option
from tests.quizzes.test_analysis_routes import QUIZ, rows
from tests.quizzes.test_corrections import assert_sound, corrected
from tests.quizzes.test_settings import enrol, sent, start, take
from tests.support.cast import Cast
from tests.support.page import Client
from training.catalogue.queries import get_course, get_revision
from training.core.db import db
from training.core.ids import new_id
from training.enrolment import actions as enrolment
from training.journal.actions import Origin
from training.quizzes import actions
from training.quizzes.models import Attempt, AttemptChange, Regrade

REGRADES = f"{QUIZ}/regrades"
REASON = "Đáp án câu này in nhầm."


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    """The administrator of the province, who reads English here so that the words can be told apart."""
    cast.administrator.language = "en"
    db.session.commit()
    return client.sign_in(cast.administrator)


def proposal(number: int) -> str:
    """Return the address of what edition `number` would change."""
    return f"{QUIZ}/revisions/{number}/regrade"


def test_as_long_as_nothing_newer_is_published_there_is_nothing_to_mark_again(
    administrator: Client, cast: Cast
) -> None:
    enrol(cast)
    take(cast, 6)
    words = administrator.get(REGRADES).words()
    assert "1 try in your reach" in words and "Nothing to mark again" in words
    assert "Nothing of this quiz was marked again yet." in words
    page = administrator.get(proposal(1))
    assert "No try in your reach is marked by an older edition" in page.words()
    assert [f.get("action") for f in page.all("form") if (f.get("action") or "").endswith("/regrade")] == []
    administrator.get(proposal(9), expect=404)


def test_a_newer_edition_shows_the_key_before_and_after(administrator: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    _id, number = corrected(attempt, 9)
    publish_course("tries: 5", keys={number: crowd.wrong_option(number)})
    page = administrator.get(REGRADES)
    line = rows(page, "keys-2")[0]
    assert line[0] == f"Question {number}?"
    assert line[1] == f"Choose {right_option(number)}" and line[2] == f"Choose {crowd.wrong_option(number)}"
    assert "Edition 3, published" in page.words()


def test_an_edition_with_other_words_only_has_nothing_to_mark_again(
    administrator: Client, cast: Cast
) -> None:
    enrol(cast)
    take(cast, 6)
    publish_course("tries: 5")
    page = administrator.get(REGRADES)
    assert "so there is nothing to mark again" in page.words()
    assert "Nothing changes" in administrator.get(proposal(2)).words()


def test_a_question_with_other_options_is_said_to_stay_as_it_is(administrator: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    publish_course(extra_option=int(attempt.question_keys[0][1:]), keys={})
    assert "Its options are others now" in administrator.get(REGRADES).words()
    assert "No result would be another" in administrator.get(proposal(2)).words()


def test_from_the_proposal_to_the_results_that_changed(administrator: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    corrected(attempt, 9)
    page = administrator.get(proposal(2))
    assert "1 would rise" in page.words() and "0 would fall" in page.words()
    assert rows(page, "results") == [
        [cast.elder.full_name, "Chi bộ thôn Nà SảngXã Xuân Vân", "1", "6/10", "7/10", "now passed"]
    ]
    assert db.session.get_one(Attempt, attempt.id).points == 6
    done = administrator.follow(administrator.submit(page, "/regrade", reason=REASON))
    words = done.words()
    assert "1 result in your reach changed." in words and REASON in words
    assert "No result was allowed to fall" in words and cast.administrator.full_name in words
    assert rows(done, "results")[0][3:] == ["6", "7/10", "now passed"]
    assert_sound(cast)
    listed = administrator.get(REGRADES)
    assert rows(listed, "regrades")[0][1:] == [cast.administrator.full_name, REASON, "2", "1"]
    assert "Nothing to mark again" in listed.words()
    again = administrator.post(proposal(2), {"reason": REASON}, expect=422)
    assert "there is nothing to mark again" in again.words()
    administrator.get(f"{REGRADES}/999999", expect=404)


def test_without_a_reason_nothing_happens_and_nothing_typed_is_lost(
    administrator: Client, cast: Cast
) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    corrected(attempt, 9)
    page = administrator.post(proposal(2), {"reason": "  ", "may_lower": "y"}, expect=422)
    assert "Write the reason. The person will read it." in page.words()
    assert page.form("/regrade")[1]["may_lower"] == "y"
    long = administrator.post(proposal(2), {"reason": "x" * 501}, expect=422)
    assert "Write at most 500 letters." in long.words()
    assert long.form("/regrade")[1]["reason"].strip() == "x" * 501
    assert db.session.scalars(select(Regrade)).all() == []


@pytest.mark.parametrize(("fields", "points"), [({}, 10), ({"may_lower": "y"}, 9)])
def test_results_fall_only_where_the_administrator_says_so(
    administrator: Client, cast: Cast, fields: dict[str, str], points: int
) -> None:
    enrol(cast)
    attempt = take(cast, 10)
    number = int(attempt.question_keys[0][1:])
    publish_course(keys={number: crowd.wrong_option(number)})
    page = administrator.get(proposal(2))
    assert "1 would fall" in page.words() and rows(page, "results")[0][5] == "passed falls"
    answer = administrator.submit(page, "/regrade", reason=REASON, **fields)
    words = administrator.follow(answer).words()
    assert db.session.get_one(Attempt, attempt.id).points == points
    if fields:
        assert "Results were allowed to fall." in words
    else:
        assert "No result is another now." in words
        assert "1 would fall" in administrator.get(proposal(2)).words()
    assert_sound(cast)


def test_who_hands_in_meanwhile_is_marked_again_too_and_counted(administrator: Client, cast: Cast) -> None:
    enrol(cast)
    first = take(cast, 6)
    second = start(cast)
    _id, number = corrected(first, 9)
    page = administrator.get(proposal(2))
    assert "1 would rise" in page.words() and "1 still open" in page.words()
    answers = [a for a in sent(second, 10) if a.question_key != f"q{number}"]
    wrong = {"answer": [crowd.wrong_option(number)]}
    if f"q{number}" in second.question_keys:
        answers.append(actions.SentAnswer(f"q{number}", wrong, 1, new_id()))
    actions.hand_in(cast.elder.id, second.id, Origin(new_id()), answers)
    done = administrator.follow(administrator.submit(page, "/regrade", reason=REASON))
    changed = 2 if f"q{number}" in second.question_keys else 1
    assert f"{changed} result" in done.words() and len(rows(done, "results")) == changed
    assert_sound(cast)


def test_only_results_in_reach_are_shown_and_changed(app: Flask, client: Client, cast: Cast) -> None:
    enrol(cast)
    enrolment.assign(None, get_course(SLUG), cast.province, None)
    attempt = take(cast, 6)
    _id, number = corrected(attempt, 9)
    client.sign_in(cast.strange_admin)
    assert cast.elder.full_name not in client.get(proposal(2)).words()
    client.post(proposal(2), {"reason": REASON}, expect=422)
    assert db.session.scalars(select(AttemptChange)).all() == []
    mine = Client(app).sign_in(cast.administrator)
    done = mine.submit(mine.get(proposal(2)), "/regrade", reason=REASON)
    path = done.response.headers["Location"]
    assert cast.elder.full_name in mine.get(path).words()
    assert cast.elder.full_name not in client.get(path).words()
    assert rows(client.get(REGRADES), "regrades")[0][4] == "0"
    Client(app).sign_in(cast.trainer).get(proposal(2), expect=403)


def test_an_attempt_marked_by_a_newer_key_is_never_taken_back_to_an_older_one(
    administrator: Client, cast: Cast
) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    _id, number = corrected(attempt, 9)
    newest = publish_course("tries: 5", keys={number: crowd.wrong_option(number)})
    administrator.submit(administrator.get(proposal(3)), "/regrade", reason=REASON)
    assert db.session.get_one(Attempt, attempt.id).key_revision_id == newest.id
    assert "No try in your reach is marked by an older edition" in administrator.get(proposal(2)).words()


def test_many_tries_are_looked_at_a_few_at_a_time_and_all_are_counted(app: Flask, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 650)
    revision = publish_course(keys={12: crowd.wrong_option(12)})
    get_revision(revision.id)
    cast.administrator.language = "en"
    db.session.commit()
    probe = Probe(app, cast.administrator)
    probe.ask("GET", proposal(2))
    with statements() as seen:
        page = probe.ask("GET", proposal(2)).get_data(as_text=True)
    assert "more results are not shown here" in page
    assert len(seen) <= 8 + 2 * 4 + 1, "two for each 200 tries, one to learn that there are no more"
    with statements() as seen:
        assert probe.ask("GET", REGRADES).status_code == 200
    assert len(seen) <= 8
    answer = probe.ask("POST", proposal(2), reason=REASON)
    assert answer.status_code == 303
