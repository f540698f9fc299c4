"""Looking at a quiz before anybody learns: as a learner, and every question of it. Nothing is kept."""

import pytest
from flask import Flask

from tests.house.probe import Probe, statements, writes
from tests.quizzes.course import SLUG, publish_course, right_option
from tests.support.cast import COURSE, Cast
from tests.support.page import Client, Page
from training.catalogue.queries import get_current_revision
from training.core.db import db
from training.journal.models import JournalEntry
from training.quizzes import paper_views
from training.quizzes.models import Attempt

PREVIEW = f"/courses/{SLUG}/quizzes/final/preview"


@pytest.fixture(autouse=True)
def published(app: Flask) -> None:
    """The small course."""
    publish_course()
    db.session.commit()


def answered(trainer: Client, page: Page, right: int) -> Page:
    """Go through all questions by the button, the first `right` of them right."""
    paper = paper_views.preview_page(SLUG, "final", 5, 1, {}).paper
    for place, line in enumerate(paper.lines, 1):
        good = right_option(int(line.question.key[1:]))
        chosen = good if place <= right else next(o for o in "abcd" if o != good)
        action, fields = page.form("/preview")
        asked = fields | {line.name: chosen, "go": str(place + 1)}
        page = trainer.get(f"{action}?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    return page


def test_the_quiz_is_taken_as_a_learner_sees_it_and_marked_with_all_feedback(
    trainer: Client, cast: Cast
) -> None:
    first = trainer.get(f"{PREVIEW}?number=5")
    assert first.h1 == "Question 1 of 10" and "Preview: nothing is kept" in first.words()
    result = answered(trainer, first, right=8)
    words = result.words()
    assert result.h1 == "You passed: 8 of 10" and "Preview: nothing is kept" in words
    assert "That is why." in words and "About" in words
    assert "not enough yet" in answered(trainer, first, right=3).h1


def test_without_a_number_questions_are_drawn_and_stand_in_the_address(trainer: Client) -> None:
    for query in ("", "?number=0", "?number=x", "?number=99999"):
        drawn = trainer.get(PREVIEW + query, expect=303).response.headers["Location"]
        assert trainer.get(drawn).words() == trainer.get(drawn).words()


def test_one_goes_back_and_finds_the_answer(trainer: Client) -> None:
    line = paper_views.preview_page(SLUG, "final", 5, 1, {}).paper.lines[0]
    second = trainer.get(f"{PREVIEW}?number=5&place=1&go=2&{line.name}=b")
    action, fields = second.form("/preview")
    assert fields[line.name] == "b"
    back = trainer.get(f"{action}?number=5&place=2&go=1&{line.name}=b")
    assert [i.get("value") for i in back.all("input") if i.get("checked") is not None] == ["b"]


def test_nothing_at_all_is_stored(trainer: Client, cast: Cast) -> None:
    probe = Probe(trainer.app, cast.trainer)
    with statements() as seen:
        for path in (f"{PREVIEW}?number=5", f"{PREVIEW}?number=5&go=11", PREVIEW):
            assert probe.ask("GET", path).status_code < 400
    assert writes(seen) == []
    answered(trainer, trainer.get(f"{PREVIEW}?number=5"), right=8)
    assert db.session.query(Attempt).count() == 0 and db.session.query(JournalEntry).count() == 0


def test_the_preview_of_a_number_shows_the_questions_of_that_paper(trainer: Client) -> None:
    paper = paper_views.preview_page(SLUG, "final", 5, 1, {}).paper
    for line in paper.lines:
        page = trainer.get(f"{PREVIEW}?number=5&place={line.place}")
        assert line.question.prompt["en"] in page.words()


def test_the_pre_test_can_be_looked_at_too(trainer: Client) -> None:
    page = trainer.get(f"/courses/{SLUG}/quizzes/before/preview?number=5&go=3")
    assert page.h1 == "Preview: 0 of 2" and "not told what was right" in page.words()


def test_every_question_stands_on_one_page_in_both_languages_with_key_and_feedback(
    trainer: Client, cast: Cast
) -> None:
    for slug in (SLUG, COURSE):
        revision = get_current_revision(slug)
        page = trainer.get(f"/courses/{slug}/quizzes/final/bank")
        words = page.words()
        for question in revision.questions("final"):
            for language in ("vi", "en"):
                assert " ".join(question.prompt[language].split()) in words
                assert " ".join(question.explanation[language].split()) in words
    columns = [div for div in page.all("div") if div.get("lang")]
    assert {div.get("lang") for div in columns} == {"vi", "en"}
    assert all("(this is right)" not in page.words(div) for div in columns if div.get("lang") == "vi")


def test_learners_and_committees_do_not_see_keys(client: Client, cast: Cast) -> None:
    for person in (cast.elder, cast.committee):
        one = Client(client.app).sign_in(person)
        for path in ("preview?number=5", "bank", "papers", "papers/print", "papers/key", "results/new"):
            one.get(f"/courses/{SLUG}/quizzes/final/{path}", expect=403)


def test_a_quiz_that_is_not_there_is_not_found(trainer: Client) -> None:
    for path in ("preview?number=5", "preview", "bank", "papers", "papers/print", "results/new"):
        trainer.get(f"/courses/{SLUG}/quizzes/nothing/{path}", expect=303 if path == "preview" else 404)
        trainer.get(f"/courses/nothing/quizzes/final/{path}", expect=303 if path == "preview" else 404)
