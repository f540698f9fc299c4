"""Taking the final quiz without JavaScript: drawn, answered, left, resumed, handed in."""

from typing import Any

import pytest

from tests.support.cast import COURSE, PIN, Cast
from tests.support.page import Client, Page
from tests.support.parcels import parcel
from training.activities.questions.registry import kind_of
from training.catalogue.queries import get_current_revision
from training.core.ids import new_id
from training.enrolment import queries as enrolment
from training.journal.queries import list_of_subject
from training.quizzes import queries
from training.quizzes.models import Attempt
from training.quizzes.verification import differences

QUIZ = f"/courses/{COURSE}/quizzes/final"


def start(client: Client) -> Page:
    """Begin the quiz and return its first question."""
    return client.follow(client.submit(client.get(QUIZ), "/attempts"))


def attempt_of(person_id: int) -> Attempt:
    """Return the latest attempt of a person."""
    row = enrolment.get_of_person(person_id, COURSE)
    return queries.list_attempts(row.id, "final")[-1]


def right_answer(key: str) -> Any:
    """Return the right answer as a form sends it: a value, a list, or parts."""
    question = get_current_revision(COURSE).question(key)
    response = kind_of(question.kind).correct_response(question)
    if isinstance(response, dict):
        return response
    return [str(r) for r in response] if isinstance(response, list) else str(response)


def right(attempt: Attempt, number: int, **more: Any) -> dict[str, Any]:
    """Return the fields of the right answer to the question at a place."""
    return parcel(number, right_answer(attempt.question_keys[number - 1]), **more)


def answer_all(client: Client, page: Page, attempt: Attempt, wrong: int = 0) -> Page:
    """Answer every question, the first `wrong` ones not at all, and return the review page."""
    for number in range(1, len(attempt.question_keys) + 1):
        fields = {} if number <= wrong else right(attempt, number)
        page = client.follow(client.submit(page, f"/questions/{number}", **fields))
    return page


def test_a_quiz_says_its_rules_before_it_starts(client: Client, cast: Cast) -> None:
    words = client.sign_in(cast.elder).get(QUIZ).words()
    assert "10" in words and "7" in words


def test_all_right_is_passed_and_the_course_knows(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    review = answer_all(client, start(client), attempt_of(cast.elder.id))
    result = client.follow(client.submit(review, "/submission"))
    assert "10" in result.h1
    row = enrolment.get_of_person(cast.elder.id, COURSE)
    assert (row.best_points, row.best_of, row.done_count) == (10, 10, 1)
    assert list(differences(attempt_of(cast.elder.id))) == []


def test_too_few_right_is_not_passed_and_a_better_try_counts(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    review = answer_all(client, start(client), attempt_of(cast.elder.id), wrong=4)
    result = client.follow(client.submit(review, "/submission"))
    assert "6" in result.h1 and not any("review" in (f.get("class") or "") for f in result.all("fieldset"))
    second = start(client)
    attempt = attempt_of(cast.elder.id)
    assert attempt.number == 2
    client.submit(answer_all(client, second, attempt, wrong=1), "/submission")
    assert enrolment.get_of_person(cast.elder.id, COURSE).best_points == 9


def is_answered(page: Page) -> bool:
    """Tell whether the question on a page shows an answer, whatever its kind."""
    chosen = [i for i in page.all("input") if i.get("checked") is not None]
    picked = [o for o in page.all("option") if o.get("selected") is not None and o.get("value")]
    typed = [i for i in page.all("input") if i.get("type") in (None, "text") and i.get("value")]
    return bool(chosen or picked or typed)


def test_one_can_leave_and_go_on_later_on_another_phone(client: Client, cast: Cast) -> None:
    page = start(client.sign_in(cast.elder))
    attempt = attempt_of(cast.elder.id)
    client.submit(page, "/questions/1", **right(attempt, 1))
    client.post("/sign-out")
    other = Client(client.app).sign_in(cast.elder)
    second = start(other)
    assert attempt_of(cast.elder.id).id == attempt.id
    assert "2" in second.h1 and not is_answered(second), "one goes on with the first open question"
    assert is_answered(other.get(f"/quizzes/attempts/{attempt.id}/questions/1"))


def test_starting_twice_is_one_attempt(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    page = client.get(QUIZ)
    places = {client.submit(page, "/attempts").response.headers["Location"] for _ in range(2)}
    assert len(places) == 1


def save(client: Client, attempt: Attempt, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Send answers behind the page and return the receipts."""
    reply = client.post(f"/quizzes/attempts/{attempt.id}/answers", fields, expect=200).response.json
    assert reply is not None
    return list(reply["receipts"])


def begin(client: Client, cast: Cast) -> Attempt:
    """Sign the elder in, begin, and return the attempt."""
    start(client.sign_in(cast.elder))
    return attempt_of(cast.elder.id)


def test_answers_are_answered_with_a_receipt_each_and_a_replay_with_the_same(
    client: Client, cast: Cast
) -> None:
    attempt = begin(client, cast)
    fields = right(attempt, 1) | right(attempt, 3)
    first = save(client, attempt, fields)
    assert first == save(client, attempt, fields)
    assert [receipt["number"] for receipt in first] == [1, 3]
    assert len(queries.list_answers(attempt.id)) == 2


def test_an_older_change_that_arrives_later_does_not_win_and_the_page_is_told(
    client: Client, cast: Cast
) -> None:
    attempt = begin(client, cast)
    save(client, attempt, right(attempt, 1, sequence=5))
    assert save(client, attempt, parcel(1, sequence=4))[0]["sequence"] == 5
    kept = queries.list_answers(attempt.id)[attempt.question_keys[0]]
    assert kept.sequence == 5 and kept.response is not None


def test_an_answer_after_handing_in_is_kept_as_late_evidence_and_changes_no_result(
    client: Client, cast: Cast
) -> None:
    attempt = begin(client, cast)
    client.submit(client.get(f"/quizzes/attempts/{attempt.id}/review"), "/submission")
    assert save(client, attempt, right(attempt, 1))[0]["is_late"] is True
    assert len(queries.list_late_answers(attempt.id)) == 1
    assert attempt_of(cast.elder.id).points == 0
    assert list(differences(attempt_of(cast.elder.id))) == []


def test_what_the_clock_of_the_phone_says_is_kept_as_a_claim(client: Client, cast: Cast) -> None:
    attempt = begin(client, cast)
    for number, claimed in ((1, "1795000000000"), (2, "yesterday"), (3, "9" * 15)):
        save(client, attempt, right(attempt, number) | {f"claimed_at.{number}": claimed})
    told = {
        e.payload["question"]: e.claimed_at for e in list_of_subject(f"attempt:{attempt.id}") if e.claimed_at
    }
    assert {key: at.year for key, at in told.items()} == {attempt.question_keys[0]: 2026}


def test_all_questions_in_one_document_are_handed_in_at_once(client: Client, cast: Cast) -> None:
    attempt = begin(client, cast)
    page = client.get(f"/quizzes/attempts/{attempt.id}/questions")
    assert len([s for s in page.all("section") if s.get("data-question")]) == 10
    fields: dict[str, Any] = {}
    for number in range(1, 10):
        fields |= right(attempt, number)
    assert "9" in client.follow(client.submit(page, "/submission", **fields)).h1
    assert client.get(f"/quizzes/attempts/{attempt.id}/questions", expect=303).status == 303


def test_a_page_that_can_shows_the_questions_and_the_result_in_the_reply_itself(
    client: Client, cast: Cast
) -> None:
    client.sign_in(cast.elder)
    page = client.submit(client.get(QUIZ), "/attempts", expect=200, in_place="y")
    attempt = attempt_of(cast.elder.id)
    fields = right(attempt, 1) | {"in_place": "y"}
    assert "1" in client.submit(page, "/submission", expect=200, **fields).h1
    assert (
        client.submit(page, "/submission", expect=200, **fields).h1
        == client.get(f"/quizzes/attempts/{attempt.id}").h1
    )


def test_what_a_page_left_empty_wipes_nothing_out_at_handing_in(client: Client, cast: Cast) -> None:
    attempt = begin(client, cast)
    stale = client.get(f"/quizzes/attempts/{attempt.id}/questions")
    save(client, attempt, right(attempt, 1))
    assert "1" in client.follow(client.submit(stale, "/submission")).h1


def test_a_tap_on_a_picture_without_scripts_is_an_answer_and_not_the_end(client: Client, cast: Cast) -> None:
    attempt = begin(client, cast)
    fields = {"answer-2.x": "10", "answer-2.y": "10"} | right(attempt, 1)
    page = client.submit(client.get(f"/quizzes/attempts/{attempt.id}/questions"), "/submission", **fields)
    assert page.response.headers["Location"].endswith("/questions/2")
    assert attempt_of(cast.elder.id).handed_in_at is None
    assert attempt.question_keys[0] in queries.list_answers(attempt.id)


def test_handing_in_twice_gives_the_first_result(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    review = answer_all(client, start(client), attempt_of(cast.elder.id))
    first = client.follow(client.submit(review, "/submission"))
    again = client.follow(client.submit(review, "/submission"))
    assert first.h1 == again.h1


def test_nobody_sees_or_touches_somebody_elses_attempt(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    start(client)
    attempt = attempt_of(cast.elder.id)
    stranger = Client(client.app).sign_in(cast.shared_phone)
    for path in ("", "/review", "/questions", "/questions/1"):
        stranger.get(f"/quizzes/attempts/{attempt.id}{path}", expect=404)
    fields = {"entry_id": str(new_id())} | parcel(1, "a")
    for path in ("/answers", "/questions/1", "/submission"):
        stranger.post(f"/quizzes/attempts/{attempt.id}{path}", fields, expect=404)


def test_an_answer_sent_after_the_session_ended_is_carried_through_signing_in(
    client: Client, cast: Cast
) -> None:
    client.sign_in(cast.elder)
    page = start(client)
    attempt = attempt_of(cast.elder.id)
    action, fields = page.form("/questions/1")
    client.http.delete_cookie("hocso")
    fields["csrf_token"] = client.csrf_token()
    asked = client.post(action, fields | right(attempt, 1), expect=401)
    kept = client.submit(asked, "/sign-in", expect=200, name="0900000001", pin=PIN)
    client.submit(kept, "/questions/1")
    assert queries.list_answers(attempt.id)[attempt.question_keys[0]].response is not None


@pytest.mark.parametrize("number", [0, 11, 99])
def test_a_question_that_does_not_exist_is_not_found(client: Client, cast: Cast, number: int) -> None:
    client.sign_in(cast.elder)
    start(client)
    client.get(f"/quizzes/attempts/{attempt_of(cast.elder.id).id}/questions/{number}", expect=404)


@pytest.mark.parametrize("number", [0, 11, 99])
def test_an_answer_to_a_question_that_does_not_exist_is_not_found(
    client: Client, cast: Cast, number: int
) -> None:
    attempt = begin(client, cast)
    client.post(f"/quizzes/attempts/{attempt.id}/answers", parcel(number, "a"), expect=404)
