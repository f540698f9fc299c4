"""Lessons on paper and notes for the trainer."""

from tests.support.cast import COURSE, Cast
from tests.support.page import Client

LESSON = f"/courses/{COURSE}/lessons/01-three-things"


def test_a_trainer_finds_notes_and_a_sheet_for_every_lesson(client: Client, cast: Cast) -> None:
    page = client.sign_in(cast.trainer).get("/teaching/lessons")
    hrefs = [a.get("href") for a in page.all("a")]
    assert f"{LESSON}/notes" in hrefs and f"{LESSON}/handout" in hrefs
    assert client.get(f"{LESSON}/notes").h1
    client.get(f"/courses/{COURSE}/lessons/no-such/notes", expect=404)


def test_a_learner_prints_a_lesson_and_does_not_see_the_notes(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    assert f"{LESSON}/handout" in [a.get("href") for a in client.get(LESSON).all("a")]
    sheet = client.get(f"{LESSON}/handout")
    assert sheet.h1 == client.get(LESSON).h1
    client.get(f"{LESSON}/notes", expect=403)


def test_a_learner_prints_only_courses_they_learn(client: Client, cast: Cast) -> None:
    client.sign_in(cast.elder)
    client.get("/courses/meetings/lessons/01-why-meetings-fail/handout", expect=404)
