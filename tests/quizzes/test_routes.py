"""Taking the final quiz without JavaScript: drawn, answered, left, resumed, handed in."""

from typing import Any

import pytest

from tests.support.cast import COURSE, PIN, Cast
from tests.support.page import Client, Page
from training.activities.questions.registry import kind_of
from training.catalogue.queries import get_current_revision
from training.core.ids import new_id
from training.enrolment import queries as enrolment
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


def right_fields(key: str) -> dict[str, Any]:
    """Return the form fields of the right answer."""
    question = get_current_revision(COURSE).question(key)
    response = kind_of(question.kind).correct_response(question)
    if isinstance(response, dict):
        return {f"answer.{part}": value for part, value in response.items()}
    return {"answer": [str(r) for r in response] if isinstance(response, list) else str(response)}


def answer_all(client: Client, page: Page, attempt: Attempt, wrong: int = 0) -> Page:
    """Answer every question, the first `wrong` ones not at all, and return the review page."""
    for number, key in enumerate(attempt.question_keys, 1):
        fields = {} if number <= wrong else right_fields(key)
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
    client.submit(page, "/questions/1", **right_fields(attempt.question_keys[0]))
    client.post("/sign-out")
    other = Client(client.app).sign_in(cast.elder)
    first = start(other)
    assert attempt_of(cast.elder.id).id == attempt.id
    assert is_answered(first)


def test_starting_twice_is_one_attempt(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    page = client.get(QUIZ)
    places = {client.submit(page, "/attempts").response.headers["Location"] for _ in range(2)}
    assert len(places) == 1


def test_the_tap_on_an_answer_is_answered_with_a_receipt_and_a_replay_with_the_same(
    client: Client, cast: Cast
) -> None:
    client.sign_in(cast.elder)
    start(client)
    attempt = attempt_of(cast.elder.id)
    fields = {"entry_id": str(new_id()), "sequence": "1"} | right_fields(attempt.question_keys[0])
    address = f"/quizzes/attempts/{attempt.id}/answers/1"
    first = client.post(address, fields, expect=200).response.json
    again = client.post(address, fields, expect=200).response.json
    assert first is not None and again is not None
    assert (first["saved_at"], first["sequence"]) == (again["saved_at"], again["sequence"])
    assert len(queries.list_answers(attempt.id)) == 1


def test_an_older_change_that_arrives_later_does_not_win(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    start(client)
    attempt = attempt_of(cast.elder.id)
    key = attempt.question_keys[0]
    address = f"/quizzes/attempts/{attempt.id}/answers/1"
    newer = right_fields(key)
    client.post(address, {"entry_id": str(new_id()), "sequence": "5"} | newer, expect=200)
    client.post(address, {"entry_id": str(new_id()), "sequence": "4"}, expect=200)
    kept = queries.list_answers(attempt.id)[key]
    assert kept.sequence == 5 and kept.response is not None


def test_an_answer_after_handing_in_is_kept_as_late_evidence_and_changes_no_result(
    client: Client, cast: Cast
) -> None:
    client.sign_in(cast.elder)
    page = start(client)
    attempt = attempt_of(cast.elder.id)
    client.submit(client.get(f"/quizzes/attempts/{attempt.id}/review"), "/submission")
    fields = page.form("/questions/1")[1] | right_fields(attempt.question_keys[0])
    receipt = client.post(f"/quizzes/attempts/{attempt.id}/answers/1", fields, expect=200).response.json
    assert receipt is not None and receipt["is_late"] is True
    assert len(queries.list_late_answers(attempt.id)) == 1
    assert attempt_of(cast.elder.id).points == 0
    assert list(differences(attempt_of(cast.elder.id))) == []


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
    for path in ("", "/review", "/questions/1"):
        stranger.get(f"/quizzes/attempts/{attempt.id}{path}", expect=404)
    fields = {"entry_id": str(new_id()), "answer": "a"}
    for path in ("/answers/1", "/questions/1", "/submission"):
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
    asked = client.post(action, fields | right_fields(attempt.question_keys[0]), expect=401)
    kept = client.submit(asked, "/sign-in", expect=200, name="0900000001", pin=PIN)
    client.submit(kept, "/questions/1")
    assert queries.list_answers(attempt.id)[attempt.question_keys[0]].response is not None


@pytest.mark.parametrize("number", [0, 11, 99])
def test_a_question_that_does_not_exist_is_not_found(client: Client, cast: Cast, number: int) -> None:
    client.sign_in(cast.elder)
    start(client)
    client.get(f"/quizzes/attempts/{attempt_of(cast.elder.id).id}/questions/{number}", expect=404)
