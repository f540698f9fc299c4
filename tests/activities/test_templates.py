"""The templates of every kind of question: labelled, valid, and silent about the key until it may be shown."""

from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings

from tests.activities.strategies import questions
from training.activities.questions.base import Question
from training.activities.questions.registry import KINDS, kind_of
from training.activities.words import LANGUAGES

# Each example draws its own question; the app is only read.
with_app = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def render(app: Flask, call: str, **values: Any) -> str:
    """Render one call of the dispatching template."""
    with app.test_request_context():
        html = render_template_string(
            "{% import 'questions/any.html' as questions %}{{ " + call + " }}", **values
        )
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parseFragment(html)
    assert parser.errors == []
    return html


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_has_its_template(app: Flask, name: str) -> None:
    macros = vars(app.jinja_env.get_template(f"questions/{name}.html").module)
    assert {"ask", "review", "print"} <= set(macros)


def sent_by(tree: Any) -> dict[str, list[str]]:
    """Return the fields a browser would send for a page that nobody has touched."""
    sent: dict[str, list[str]] = {}
    for field in tree.iter("input"):
        if field.get("type") == "text" or field.get("checked") is not None:
            sent.setdefault(field.get("name"), []).append(field.get("value"))
    for field in tree.iter("select"):
        chosen = [
            option.get("value") for option in field.iter("option") if option.get("selected") is not None
        ]
        sent.setdefault(field.get("name"), []).extend(chosen or [""])
    return sent


@with_app
@given(questions())
def test_nothing_is_chosen_before_the_learner_chooses(app: Flask, question: Question) -> None:
    kind = kind_of(question.kind)
    call = "questions.ask(question, order, none, 'vi', 'answer')"
    html = render(app, call, question=question, order=kind.order(question, "s"))
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert kind.read(question, sent_by(tree)) is None


@with_app
@given(questions())
def test_every_field_has_its_own_label(app: Flask, question: Question) -> None:
    order = kind_of(question.kind).order(question, "s")
    call = "questions.ask(question, order, none, 'vi', 'answer')"
    tree = html5lib.parseFragment(
        render(app, call, question=question, order=order), namespaceHTMLElements=False
    )
    labelled = [label.get("for") for label in tree.iter("label")]
    fields = [*tree.iter("select"), *(f for f in tree.iter("input") if f.get("type") != "image")]
    assert sorted(labelled) == sorted(field.get("id") for field in fields)
    assert len(set(labelled)) == len(labelled)


@with_app
@given(questions())
def test_a_question_is_asked_with_a_legend_and_real_inputs(app: Flask, question: Question) -> None:
    kind = kind_of(question.kind)
    html = render(
        app,
        "questions.ask(question, order, response, 'en', 'answer', as_heading=true, error='Choose first.')",
        question=question,
        order=kind.order(question, "s"),
        response=kind.correct_response(question),
    )
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    right = kind.correct_response(question)
    assert kind.read(question, sent_by(tree)) == right
    assert tree.find("fieldset/legend/h1") is not None
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    described = [
        element.get("aria-describedby") for element in tree.iter() if element.get("aria-describedby")
    ]
    assert {"answer-hint", "answer-error"} <= set(" ".join(described).split()) <= ids
    assert {label.get("for") for label in tree.iter("label")} <= ids


@with_app
@given(questions())
def test_a_review_shows_the_key_only_when_it_may(app: Flask, question: Question) -> None:
    kind = kind_of(question.kind)
    for shown in (True, False):
        for response in (None, kind.correct_response(question)):
            html = render(
                app,
                "questions.review(question, order, response, grade, 'vi', shown)",
                question=question,
                order=kind.order(question, "s"),
                response=response,
                grade=kind.grade(question, response),
                shown=shown,
            )
            assert ('class="note' in html) == shown


@with_app
@given(questions())
def test_a_question_can_be_printed_in_both_languages(app: Flask, question: Question) -> None:
    order = kind_of(question.kind).order(question, "s")
    for language in LANGUAGES:
        call = f"questions.print(question, order, '{language}')"
        html = render(app, call, question=question, order=order)
        words = html5lib.parseFragment(html, namespaceHTMLElements=False)
        assert "<input" not in html and "<select" not in html
        assert question.prompt[language] in "".join(words.itertext())
        assert "☐" in html or "____" in html
