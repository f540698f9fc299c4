"""What trainers put right: late answers that count after all, more tries, more time; each with a reason."""

import pytest

from tests.quizzes.course import SLUG, publish_course
from tests.quizzes.test_attempt_routes import (
    LIST,
    acceptance_of,
    handed_in_too_early,
    reading_english,
    record,
    row_of,
    tries_of,
)
from tests.quizzes.test_settings import enrol, place, sent, start, take
from tests.support.cast import Cast
from tests.support.page import Client
from training.core.db import db
from training.core.errors import Conflict
from training.enrolment.verification import differences as enrolment_differences
from training.quizzes import actions, corrections, queries
from training.quizzes.verification import differences


def test_an_accepted_late_answer_changes_the_result_and_the_learner_is_told(
    client: Client, cast: Cast
) -> None:
    attempt = handed_in_too_early(cast)
    page = reading_english(client, cast.trainer).get(record(attempt))
    assert "(worth 1 of 1)" in page.words() and "(worth 0 of 1)" in page.words()
    reason = "Mạng mất lúc nộp, tôi đã xem điện thoại."
    done = client.submit(page, acceptance_of(attempt), reason=reason)
    words = client.follow(done).words()
    assert "The answer counts now" in words and "6 → 7 of 10 – now passed" in words and reason in words
    assert cast.trainer.full_name in words
    assert place(cast).passed_at is not None
    assert [*differences(attempt), *enrolment_differences(place(cast).id)] == []
    assert "Changed" in row_of(client.get(LIST), cast.elder.full_name)
    words = client.get("/quizzes").words()
    assert "handed in: 1 · passed: 1" in words and "to decide on" not in words
    learner = reading_english(Client(client.app), cast.elder)
    assert "was changed" in learner.get("/").words()
    assert reason in learner.get(f"/quizzes/attempts/{attempt.id}").words()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_late_answer_is_not_accepted_without_a_usable_reason(
    client: Client, cast: Cast, reason: str
) -> None:
    attempt = handed_in_too_early(cast)
    page = reading_english(client, cast.trainer).get(record(attempt))
    answer = client.submit(page, acceptance_of(attempt), expect=422, reason=reason)
    area = next(a for a in answer.all("textarea"))
    assert (
        area.get("aria-invalid") == "true"
        and area.get("id") == f"reason-{acceptance_of(attempt).split('/')[2]}"
    )
    assert "".join(area.itertext()).strip() == reason.strip()
    assert attempt.points == 6


def test_accepting_twice_is_said_and_changes_nothing(client: Client, cast: Cast) -> None:
    attempt = handed_in_too_early(cast)
    page = reading_english(client, cast.trainer).get(record(attempt))
    client.submit(page, acceptance_of(attempt), reason="Đã xem điện thoại.")
    again = client.submit(page, acceptance_of(attempt), expect=Conflict.status, reason="Lần nữa.")
    assert "accepted before" in again.words()
    assert len(queries.list_changes(attempt.id)) == 1


def test_of_two_late_answers_to_one_question_the_other_no_longer_waits(client: Client, cast: Cast) -> None:
    attempt = handed_in_too_early(cast)
    other = sent(attempt, 0)[6]
    actions.save_answers(cast.elder.id, attempt.id, [other])
    page = reading_english(client, cast.trainer).get(LIST)
    assert "2 late answers" in row_of(page, cast.elder.full_name)
    client.submit(client.get(record(attempt)), acceptance_of(attempt), reason="Câu này làm kịp giờ.")
    assert "late answer" not in row_of(client.get(LIST), cast.elder.full_name)
    assert "Another late answer to this question was accepted" in client.get(record(attempt)).words()


def test_an_extra_try_lets_someone_try_again(client: Client, cast: Cast) -> None:
    enrol(cast, "tries: 1")
    take(cast, 2)
    db.session.commit()
    with pytest.raises(Conflict):
        start(cast)
    page = reading_english(client, cast.trainer).get(tries_of(cast.elder))
    assert "0 tries are left" in page.words()
    assert "minutes" not in page.form("/extras")[1], "the quiz has no clock"
    done = client.submit(page, "/extras", tries="1", reason="Điện thoại hỏng giữa chừng.")
    words = client.follow(done).words()
    assert "1 try is left" in words and "Điện thoại hỏng giữa chừng." in words
    assert start(cast).number == 2


def test_minutes_reach_the_attempt_that_is_open(client: Client, cast: Cast) -> None:
    enrol(cast, "minutes: 20")
    attempt = start(cast)
    due_at = attempt.due_at
    page = reading_english(client, cast.trainer).get(tries_of(cast.elder))
    client.submit(page, "/extras", minutes="15", reason="Mắt kém.")
    assert due_at is not None and attempt.due_at is not None
    assert (attempt.due_at - due_at).total_seconds() == 15 * 60


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"tries": "", "minutes": "", "reason": "Mất mạng."},
            "Give at least one more try or one more minute.",
        ),
        ({"tries": "một", "minutes": "5", "reason": "Mất mạng."}, "Not a valid integer value."),
        ({"tries": "99", "minutes": "5", "reason": "Mất mạng."}, "Number must be between 0 and 20."),
        ({"tries": "1", "minutes": "-5", "reason": "Mất mạng."}, "Number must be between 0 and 240."),
        ({"tries": "1", "minutes": "5", "reason": ""}, "Write the reason."),
    ],
)
def test_what_cannot_be_given_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: Client, cast: Cast, typed: dict[str, str], words: str
) -> None:
    enrol(cast, "tries: 1\nminutes: 20")
    page = reading_english(client, cast.trainer).get(tries_of(cast.elder))
    answer = client.submit(page, "/extras", expect=422, **typed)
    assert words in answer.words(answer.all("main")[0])
    assert [e for e in answer.all("p") if "govuk-error-message" in (e.get("class") or "")]
    fields = answer.form("/extras")[1]
    assert {name: str(fields[name]).strip() for name in typed} == typed
    assert queries.sum_extras(place(cast).id, "final") == (0, 0)


def test_where_a_quiz_limits_nothing_there_is_nothing_to_give(client: Client, cast: Cast) -> None:
    enrol(cast)
    page = reading_english(client, cast.trainer).get(tries_of(cast.elder))
    assert "limits neither tries nor time" in page.words()
    client.post(f"{tries_of(cast.elder)}/extras", {"tries": "1", "reason": "Xin thêm."}, expect=422)
    before = client.get(f"/quizzes/{SLUG}/before/people/{cast.elder.id}")
    assert "Nothing can be given in addition" in before.words()


def test_a_newer_edition_does_not_change_by_which_rules_a_person_is_judged(
    client: Client, cast: Cast
) -> None:
    enrol(cast, "tries: 2")
    take(cast, 3)
    publish_course("tries: 5")
    words = reading_english(client, cast.trainer).get(tries_of(cast.elder)).words()
    assert "1 try is left" in words


def test_what_trainers_correct_stands_in_the_record_of_changes_by_name(client: Client, cast: Cast) -> None:
    attempt = handed_in_too_early(cast)
    corrections.accept_late_answer(cast.trainer.id, queries.list_late_answers(attempt.id)[0].id, "Kịp giờ.")
    corrections.grant_extra(cast.trainer.id, place(cast).id, "final", 1, 0, "Mất mạng.")
    page = reading_english(client, cast.administrator).get("/audit")
    for done in ("More tries or time given", "Late answer accepted"):
        assert f"{cast.trainer.full_name} {done} {cast.elder.full_name}" in row_of(page, done)
