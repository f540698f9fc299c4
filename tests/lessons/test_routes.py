"""Learning a lesson, as a secretary does it without JavaScript."""

from tests.support.cast import COURSE, Cast
from tests.support.page import Client
from training.enrolment import queries as enrolment
from training.journal import queries as journal


def test_home_offers_one_next_step_and_says_how_far_one_is(client: Client, cast: Cast) -> None:
    home = client.sign_in(cast.elder).get("/")
    buttons = [a for a in home.all("a") if "button" in (a.get("class") or "").split()]
    assert [b.get("href") for b in buttons] == [f"/courses/{COURSE}/quizzes/before"]
    client.submit(client.get(f"/courses/{COURSE}/lessons/01-three-things"), "/completion")
    buttons = [a for a in client.get("/").all("a") if "button" in (a.get("class") or "").split()]
    assert [b.get("href") for b in buttons] == [f"/courses/{COURSE}/lessons/02-stop-ask-find-report"]


def test_finishing_a_lesson_leads_to_the_next_and_counts(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    lesson = client.get(f"/courses/{COURSE}/lessons/01-three-things")
    answer = client.submit(lesson, "/completion")
    assert answer.response.headers["Location"].endswith("/lessons/02-stop-ask-find-report")
    row = enrolment.get_of_person(cast.elder.id, COURSE)
    assert (row.done_count, row.item_count) == (1, 10)


def test_a_double_tap_on_finished_counts_once(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    lesson = client.get(f"/courses/{COURSE}/lessons/01-three-things")
    client.submit(lesson, "/completion")
    client.submit(lesson, "/completion")
    row = enrolment.get_of_person(cast.elder.id, COURSE)
    assert row.done_count == 1
    assert len(journal.list_of_subject(f"enrolment:{row.id}")) == 1


def test_the_self_check_answers_at_once_and_keeps_nothing(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    address = f"/courses/{COURSE}/lessons/01-three-things"
    page = client.get(f"{address}?q1=a&q2=b&check=1")
    assert len([d for d in page.all("div") if d.get("data-feedback") is not None]) == 1
    row = enrolment.get_of_person(cast.elder.id, COURSE)
    assert row.started_at is None


def test_the_self_check_fragment_is_only_the_questions(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    address = f"/courses/{COURSE}/lessons/01-three-things?q1=a&check=1"
    text = client.http.get(address, headers={"X-Fragment": "checks"}).text
    assert "<html" not in text and "data-feedback" in text


def test_on_ones_own_phone_an_unchanged_lesson_is_not_sent_again(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder, own_phone=True)
    address = f"/courses/{COURSE}/lessons/01-three-things"
    first = client.get(address).response
    again = client.get(address, expect=304, headers={"If-None-Match": first.headers["ETag"]})
    assert again.text == ""
    client.submit(client.get(address), "/completion")
    client.get("/")
    client.get(address, headers={"If-None-Match": first.headers["ETag"]})


def test_on_a_shared_phone_nothing_is_kept(client: Client, cast: Cast) -> None:
    client.sign_in(cast.shared_phone)
    answer = client.get(f"/courses/{COURSE}/lessons/01-three-things").response
    assert answer.headers["Cache-Control"] == "no-store"
    goodbye = client.post("/sign-out").response
    assert "storage" in goodbye.headers["Clear-Site-Data"]


def test_results_name_those_who_can_see_them_and_nobody_else(client: Client, cast: Cast) -> None:
    words = client.sign_in(cast.elder).get("/me/results").words()
    for person in (cast.trainer, cast.committee, cast.province_committee, cast.administrator):
        assert person.full_name in words
    for person in (cast.other_committee, cast.strange_admin):
        assert person.full_name not in words


def test_a_lesson_that_does_not_exist_is_a_plain_page_with_a_way_back(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.elder).get(f"/courses/{COURSE}/lessons/99-nothing", expect=404)
    assert any(a.get("href") == "/" for a in page.all("a"))


def test_the_questions_before_learning_may_be_skipped_and_are_not_offered_afterwards(
    client: Client, cast: Cast
) -> None:
    client.sign_in(cast.elder)
    before = client.get(f"/courses/{COURSE}/quizzes/before")
    assert f"/courses/{COURSE}/lessons/01-three-things" in [a.get("href") for a in before.all("a")]
    client.submit(client.get(f"/courses/{COURSE}/lessons/01-three-things"), "/completion")
    late = client.get(f"/courses/{COURSE}/quizzes/before")
    assert not [f for f in late.all("form") if (f.get("action") or "").endswith("/attempts")]
    hrefs = [a.get("href") for a in client.get(f"/courses/{COURSE}").all("a")]
    assert f"/courses/{COURSE}/quizzes/before" not in hrefs
