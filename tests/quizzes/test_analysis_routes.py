"""A trainer looks at what the answers tell about a quiz, and takes them home as files."""

import io
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tests.house.probe import Probe, statements
from tests.quizzes import crowd
from tests.quizzes.course import SLUG, publish_course, right_option
from tests.quizzes.test_settings import enrol, sent, start, take
from tests.support.cast import Cast
from tests.support.page import Client, Page
from training.core.db import db
from training.core.ids import new_id
from training.journal.actions import Origin
from training.quizzes import actions, analysis_tables, analysis_views

QUIZ = f"/courses/{SLUG}/quizzes/final"
ANALYSIS = f"{QUIZ}/analysis"


@pytest.fixture
def trainer(client: Client, cast: Cast) -> Client:
    """The trainer of two communes, who reads English here so that the words can be told apart."""
    cast.trainer.language = "en"
    db.session.commit()
    return client.sign_in(cast.trainer)


def rows(page: Page, table: str) -> list[list[str]]:
    """Return the lines of a table as words."""
    found = next(t for t in page.all("table") if t.get("id") == table)
    body = next(part for part in found if part.tag.endswith("tbody"))
    return [[page.words(cell) for cell in line] for line in body]


def sheets(page: Page) -> dict[str, list[list[Any]]]:
    """Return the lines below the headings of every sheet of a file, the headings first."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(page.response.data))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[3:] for name in book.sheet_names
    }


def test_before_anybody_answered_the_page_says_what_will_stand_here(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    page = trainer.get(ANALYSIS)
    assert "No answers yet" in page.words()
    assert "No answers yet" in trainer.get(f"{ANALYSIS}/questions/q1").words()
    trainer.get(f"{ANALYSIS}/questions/q99", expect=404)
    trainer.get(f"/courses/{SLUG}/quizzes/none/analysis", expect=404)


def test_every_question_stands_with_its_figures_and_can_be_sorted(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 60)
    lines = rows(trainer.get(ANALYSIS), "questions")
    assert [line[0] for line in lines] == [str(n) for n in range(1, 13)]
    assert lines[0][2] == "50" and lines[0][3] == "100%" and "Almost everybody" in lines[0][1]
    shares = [
        int(line[3].rstrip("%")) for line in rows(trainer.get(f"{ANALYSIS}?sort=facility"), "questions")
    ]
    assert shares == sorted(shares) and shares[0] < 30
    falling = [line[3] for line in rows(trainer.get(f"{ANALYSIS}?sort=-facility"), "questions")]
    assert falling[0] == "100%"
    told = [line[4] for line in rows(trainer.get(f"{ANALYSIS}?sort=-discrimination"), "questions")]
    assert told[-1] == "–nothing to compare", "what cannot be told stands last"
    assert "well" in told[0]


def test_with_few_people_the_page_does_not_pretend_to_know(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 12)
    page = trainer.get(ANALYSIS)
    assert {line[3] for line in rows(page, "questions")} == {"–too few answers to say"}
    assert "Of 12 questions too few people have answered them yet" in page.words()
    words = trainer.get(f"{ANALYSIS}/questions/q3").words()
    assert "At least 20 are needed, here there are 10." in words


def test_a_wrong_key_stands_out_and_its_page_shows_what_was_chosen(trainer: Client, cast: Cast) -> None:
    enrol(cast)

    def choose(person: int, number: int) -> str | None:
        if number != 5:
            return crowd.by_knowledge(person, number)
        return crowd.wrong_option(5, 1) if (person * 7) % 12 >= 4 else right_option(5)

    crowd.bring(cast.na_sang, 60, choose)
    line = rows(trainer.get(ANALYSIS), "questions")[4]
    assert "look at the key" in line[1] and "attracts more" in line[1] and "−" in line[4]
    page = trainer.get(f"{ANALYSIS}/questions/q5")
    options = {row[0]: row[1:4] for row in rows(page, "options")}
    assert options[f"Choose {right_option(5)}"][0] == "Right"
    assert int(options[f"Choose {crowd.wrong_option(5, 1)}"][1]) > int(
        options[f"Choose {right_option(5)}"][1]
    )
    assert "Read question and key once more." in page.words()
    assert f"Right answer: Choose {right_option(5)}" in page.words()
    assert any((a.get("href") or "").endswith("/lessons/01-one/handout") for a in page.all("a"))


def test_only_the_first_try_that_was_handed_in_counts(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 0)
    take(cast, 10)
    actions.save_answers(cast.elder.id, start(cast).id, [])
    key = attempt.question_keys[0]
    words = {row[0]: row[2] for row in rows(trainer.get(f"{ANALYSIS}/questions/{key}"), "options")}
    assert words[f"Choose {right_option(int(key[1:]))}"] == "0"
    assert sum(map(int, words.values())) == 1


def test_a_question_left_open_is_counted_as_open_and_earns_nothing(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 36, lambda person, number: None if number == 2 else right_option(number))
    line = rows(trainer.get(ANALYSIS), "questions")[1]
    assert line[3] == "0%" and line[5] == "30" and "leave it open" in line[1]


def test_who_handed_in_nothing_is_counted_too(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 24, lambda person, number: None)
    assert {line[5] for line in rows(trainer.get(ANALYSIS), "questions")} == {"20"}


def test_the_pages_can_be_narrowed_to_a_skill_and_a_commune(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 24)
    crowd.bring(cast.khuoi_mo, 36)
    page = trainer.get(f"{ANALYSIS}?skill=looking&unit={cast.xuan_van.id}")
    lines = rows(page, "questions")
    assert {line[0] for line in lines} == {"1", "3", "5", "7", "9", "11"} and lines[0][2] == "20"
    assert "Xã Xuân Vân" in page.words() and "24 people" in page.words()
    assert "60 people" in trainer.get(ANALYSIS).words()
    trainer.get(f"{ANALYSIS}?skill=flying", expect=422)


def test_nobody_looks_beyond_their_reach(app: Flask, client: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 24)
    client.sign_in(cast.strange_admin)
    assert "24 người" not in client.get(ANALYSIS).words()
    for path in (ANALYSIS, f"{ANALYSIS}.xlsx", f"{QUIZ}/attempts.xlsx", f"{ANALYSIS}/questions/q1"):
        client.get(f"{path}?unit={cast.xuan_van.id}", expect=404)
    assert [len(lines) for lines in sheets(client.get(f"{QUIZ}/attempts.xlsx")).values()][1] == 1
    other = Client(app).sign_in(cast.committee)
    other.get(ANALYSIS, expect=403)


def test_answers_to_another_form_of_a_question_are_not_mixed_in(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 24)
    publish_course(keys={1: crowd.wrong_option(1)})
    words = trainer.get(f"{ANALYSIS}/questions/q1").words()
    assert "Its right answer was changed" in words
    assert "Its right answer was changed" not in trainer.get(f"{ANALYSIS}/questions/q2").words()
    publish_course(extra_option=2)
    words = trainer.get(f"{ANALYSIS}/questions/q2").words()
    assert "20 people were asked an older form with other options" in words and "No answers yet" in words
    assert rows(trainer.get(ANALYSIS), "questions")[1][2] == "0"


def test_a_question_the_quiz_asks_no_more_stands_last(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 24)
    publish_course(count=11)
    line = rows(trainer.get(ANALYSIS), "questions")[-1]
    assert "Question 12?" in line[1] and "does not ask this question any more" in line[1]


def test_of_thousands_the_latest_are_looked_at_with_few_statements(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 2500)
    cast.trainer.language = "en"
    db.session.commit()
    probe = Probe(app, cast.trainer)
    probe.ask("GET", ANALYSIS)
    with statements() as seen:
        page = probe.ask("GET", ANALYSIS).get_data(as_text=True)
    assert "2500 people" in page and "Only the latest" not in page
    assert len(seen) <= 6 + 5, "session, course, communes, tries, and answers for each 500 tries"
    monkeypatch.setattr(analysis_views, "MOST_TRIES", 1000)
    with statements() as seen:
        page = probe.ask("GET", ANALYSIS).get_data(as_text=True)
    assert "Only the latest 1,000 people are looked at" in page
    assert len(seen) <= 6 + 2
    with statements() as seen:
        page = probe.ask("GET", f"{ANALYSIS}/questions/q1").get_data(as_text=True)
    assert "Only the latest 1,000 people" in page and len(seen) <= 6 + 2


def test_the_questions_can_be_taken_along_as_a_file(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 60)
    page = trainer.get(f"{ANALYSIS}.xlsx?sort=facility")
    assert page.response.headers["Content-Disposition"].startswith("attachment")
    questions, options = sheets(page).values()
    assert questions[0][:7] == [
        "No.", "Question", "Skill", "Answers", "Share right", "Discrimination", "Tells people apart",
    ]  # fmt: skip
    assert questions[1][1] == "Question 12?" and questions[1][2] == "Asking" and questions[1][3] == 50
    assert 0 < questions[1][4] < 0.3 and -1 <= questions[1][5] <= 1
    chosen = [line for line in options[1:] if line[1] == "Question 1?"]
    assert [line[2] for line in chosen] == ["Choose a", "Choose b", "Choose c", "Choose d", "Left open"]
    assert [line[4] for line in chosen] == [0, 50, 0, 0, 0] and chosen[1][3] == "Right"
    narrowed = sheets(trainer.get(f"{ANALYSIS}.xlsx?skill=asking&unit={cast.xuan_van.id}"))
    assert {line[2] for line in next(iter(narrowed.values()))[1:7]} == {"Asking"}


def test_all_tries_and_answers_can_be_taken_along_as_a_file(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = take(cast, 6)
    actions.save_answers(cast.elder.id, start(cast).id, [])
    tries, answers = sheets(trainer.get(f"{QUIZ}/attempts.xlsx")).values()
    assert tries[0][:4] == ["Full name", "Party cell", "Commune or ward", "Try"]
    first, second = tries[1:3]
    assert first[:4] == [cast.elder.full_name, "Chi bộ thôn Nà Sảng", "Xã Xuân Vân", 1]
    assert first[7:11] == [6, 10, "not passed", "on a phone"] and second[6:8] == ["", ""]
    assert len(answers) == 1 + 20
    line = answers[1]
    number = int(attempt.question_keys[0][1:])
    assert line[4:10] == [1, f"Question {number}?", f"Choose {right_option(number)}", 1, 1, 1]
    assert answers[10][7:10] == [0, 1, 0] and answers[11][6] == "no answer"


def test_who_keyed_an_answer_in_stands_in_the_file(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    attempt = start(cast)
    origin = Origin(new_id(), analysis_tables.Mode.ASSISTED, cast.trainer.id)
    actions.hand_in(cast.elder.id, attempt.id, origin, sent(attempt, 8)[:1])
    _tries, answers = sheets(trainer.get(f"{QUIZ}/attempts.xlsx")).values()
    assert answers[1][11:13] == ["with a helper", cast.trainer.full_name]


def test_what_looks_like_a_formula_stays_words(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    cast.elder.full_name = "=SUM(A1:A9)"
    take(cast, 6)
    tries, _answers = sheets(trainer.get(f"{QUIZ}/attempts.xlsx")).values()
    assert tries[1][0] == "=SUM(A1:A9)"


def test_too_many_tries_for_one_file_ask_for_a_commune(
    trainer: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(cast)
    crowd.bring(cast.na_sang, 20)
    crowd.bring(cast.khuoi_mo, 15)
    monkeypatch.setattr(analysis_tables, "MOST_TRIES", 30)
    page = trainer.get(f"{QUIZ}/attempts.xlsx", expect=422)
    assert page.h1 == "Too many tries for one file"
    links = {page.words(a): a.get("href") for a in page.all("a") if "attempts.xlsx" in (a.get("href") or "")}
    assert set(links) == {"Xã Xuân Vân", "Xã Khâu Vai"}
    tries, _answers = sheets(trainer.get(links["Xã Xuân Vân"])).values()
    assert len([line for line in tries[1:] if line[3] == 1]) == 20
