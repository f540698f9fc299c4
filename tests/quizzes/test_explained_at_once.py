"""A quiz that explains each question as soon as it is answered, as a learner meets it."""

from tests.quizzes.course import SLUG, right_option
from tests.quizzes.test_settings import enrol, place
from tests.support.cast import Cast
from tests.support.page import Client, Page
from tests.support.parcels import parcel
from training.core.ids import new_id
from training.quizzes import queries
from training.quizzes.models import Attempt
from training.quizzes.verification import differences

QUIZ = f"/courses/{SLUG}/quizzes/final"


def begin(client: Client, cast: Cast) -> tuple[Page, Attempt]:
    """Sign the elder in and begin: the first question, and the attempt."""
    row = enrol(cast, "explain: question")
    client.sign_in(cast.elder)
    page = client.follow(client.submit(client.get(QUIZ), "/attempts", in_place="y"))
    return page, queries.list_attempts(row.id, "final")[-1]


def options(attempt: Attempt) -> tuple[str, str]:
    """Return the right option of the first question and a wrong one."""
    right = right_option(int(attempt.question_keys[0][1:]))
    return right, next(option for option in "abcd" if option != right)


def test_an_answer_is_explained_on_the_spot_and_then_final(client: Client, cast: Cast) -> None:
    page, attempt = begin(client, cast)
    right, wrong = options(attempt)
    explained = client.follow(client.submit(page, "/questions/1", **parcel(1, wrong)))
    assert "Vì thế." in explained.words() and not explained.all("fieldset")
    client.submit(page, "/questions/1", **parcel(1, right, sequence=2))
    assert queries.list_answers(attempt.id)[attempt.question_keys[0]].response == wrong
    assert [late.response for late in queries.list_late_answers(attempt.id)] == [right]
    review = client.get(f"/quizzes/attempts/{attempt.id}/review")
    assert "0" in client.follow(client.submit(review, "/submission")).h1
    assert place(cast).best_points == 0
    assert list(differences(attempt)) == []


def test_a_question_left_open_stays_open(client: Client, cast: Cast) -> None:
    page, attempt = begin(client, cast)
    right, _wrong = options(attempt)
    client.submit(page, "/questions/1")
    again = client.get(f"/quizzes/attempts/{attempt.id}/questions/1")
    assert again.all("fieldset"), "nothing was chosen, so nothing is explained"
    assert "Vì thế." in client.follow(client.submit(again, "/questions/1", **parcel(1, right))).words()


def test_its_questions_never_come_in_one_document(client: Client, cast: Cast) -> None:
    page, attempt = begin(client, cast)
    assert page.form("/questions/1") and "data-answers" not in page.text
    sent_on = client.get(f"/quizzes/attempts/{attempt.id}/questions", expect=303)
    assert sent_on.response.headers["Location"].endswith("/questions/1")


def test_the_same_check_sent_twice_counts_once(client: Client, cast: Cast) -> None:
    page, attempt = begin(client, cast)
    fields = parcel(1, options(attempt)[0], entry=new_id())
    for _ in range(2):
        client.submit(page, "/questions/1", **fields)
    assert len(queries.list_answers(attempt.id)) == 1 and not queries.list_late_answers(attempt.id)
