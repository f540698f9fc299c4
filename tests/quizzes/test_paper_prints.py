"""What comes out of the printer: papers and their keys."""

import pytest

from tests.quizzes.course import SLUG, right_option
from tests.quizzes.test_corrections import corrected
from tests.quizzes.test_settings import enrol, take
from tests.support.cast import Cast
from tests.support.page import Client
from training.activities.questions.registry import KINDS, kind_of
from training.catalogue.queries import get_course, get_current_revision, get_revision
from training.core.db import db
from training.quizzes import corrections, paper_views

PAPERS = f"/courses/{SLUG}/quizzes/final/papers"


def said_of(question: int, key: str) -> str:
    """Return what a printed key says to one question."""
    return key.split(f"Question {question}?")[1].split("Question ")[0]


def test_four_steps_lead_from_the_printer_to_the_result(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    page = trainer.get(PAPERS)
    steps = [ol for ol in page.all("ol") if ol.get("class") == "steps"]
    assert len([li for li in steps[0].iter() if str(li.tag).endswith("}li")]) == 4
    action, fields = page.form("/print")
    assert (fields["number"], fields["count"]) == ("1", "4")
    printed = trainer.get(f"{action}?number=3&count=2")
    assert "Paper number 3" in printed.words() and "Paper number 4" in printed.words()


def test_a_paper_holds_the_questions_of_its_number_and_says_which_it_is(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    edition = get_current_revision(SLUG).number
    words = trainer.get(f"{PAPERS}/print?number=7").words()
    paper = paper_views.find_paper(SLUG, "final", edition, 7)
    for text in (
        "Little course",
        "Paper number 7",
        f"edition {edition}",
        "Full name:",
        "Unit:",
        "Date:",
        "7 of 10",
    ):
        assert text in words
    places = [words.index(f"{line.question.prompt['en']} ") for line in paper.lines]
    assert len(places) == 10 and places == sorted(places)
    assert trainer.get(f"{PAPERS}/print?number=8").words() != words
    assert "About" not in words and "That is why" not in words


def test_the_key_names_the_letters_as_they_stand_on_the_same_paper(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    paper = paper_views.find_paper(SLUG, "final", get_current_revision(SLUG).number, 7)
    page = trainer.get(f"{PAPERS}/key?number=7")
    rows = [page.words(tr) for tr in page.all("tr")][1:]
    for line, row in zip(paper.lines, rows, strict=True):
        right = right_option(int(line.question.key[1:]))
        assert f"{'ABCD'[line.order.index(right)]}. Choose {right}" in row


def test_an_old_paper_has_its_old_questions_and_the_corrected_key(trainer: Client, cast: Cast) -> None:
    enrol(cast)
    attempt, old = take(cast, 6), get_current_revision(SLUG).number
    revision_id, wrong = corrected(attempt, 9)
    number = next(
        n
        for n in range(1, 99)
        if f"q{wrong}" in [line.question.key for line in paper_views.find_paper(SLUG, "final", old, n).lines]
    )
    address = f"?number={number}&edition={old}"
    printed, key = (
        trainer.get(f"{PAPERS}/print{address}").words(),
        trainer.get(f"{PAPERS}/key{address}").words(),
    )
    corrections.regrade(cast.administrator.id, [attempt], revision_id, may_lower=False, reason="Đáp án sai.")
    db.session.commit()
    assert trainer.get(f"{PAPERS}/print{address}").words() == printed
    now = get_revision(revision_id).question(f"q{wrong}")
    right = kind_of(now.kind).describe(now, kind_of(now.kind).correct_response(now), "en")
    assert right not in said_of(wrong, key)
    assert right in said_of(wrong, trainer.get(f"{PAPERS}/key{address}").words())


@pytest.mark.parametrize(
    "query",
    ["number=0", "number=10000", "number=x", "count=31", "count=", "number=9999&count=2", "edition=99"],
)
def test_what_cannot_be_printed_is_said_beside_the_field(trainer: Client, cast: Cast, query: str) -> None:
    enrol(cast)
    for kind in ("print", "key"):
        page = trainer.get(f"{PAPERS}/{kind}?{query}", expect=422)
        assert [
            p for p in page.all("p") if "govuk-error-message" in (p.get("class") or "")
        ] or "edition" in query
        assert page.form("/print")


def test_every_kind_of_question_can_be_printed_and_its_key_too(trainer: Client, cast: Cast) -> None:
    seen = set()
    for slug in ("digital-platforms", "fake-news", "meetings", "member-records"):
        if get_course(slug).current_revision_id is None:
            continue
        papers = f"/courses/{slug}/quizzes/final/papers"
        for kind in ("print", "key"):
            trainer.get(f"{papers}/{kind}?number=1&count=6")
        edition = get_current_revision(slug).number
        for paper in paper_views.list_papers(slug, "final", edition, 1, 6):
            seen |= {line.question.kind for line in paper.lines}
    assert seen == set(KINDS)
