"""Publishing, reading back and the addresses of pictures."""

from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask, url_for
from sqlalchemy import event

from tests.content.samples import SVG, sample
from tests.support.page import Client
from training.catalogue import actions, queries
from training.catalogue.models import Course, Immutable
from training.content.package import read_package
from training.core.db import db, unit_of_work
from training.core.errors import NotFound

ADDRESS = f"/media/{sha256(SVG).hexdigest()}.svg"


@pytest.fixture
def statements(app: Flask) -> Any:
    """Every SQL statement sent while the test runs."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_an_unchanged_course_keeps_its_revision(app: Flask) -> None:
    first = actions.publish(sample())
    assert first.number == 1
    assert actions.publish(sample()).id == first.id


def test_a_changed_course_gets_the_next_number_and_the_old_one_stays(app: Flask) -> None:
    first = actions.publish(sample())
    second = actions.publish(sample("Một câu", "Hai câu"))
    assert second.number == 2
    assert queries.get_course("sample").current_revision_id == second.id
    assert "Một câu" in queries.get_revision(first.id).lesson("01-one").html["vi"]
    assert "Hai câu" in queries.get_current_revision("sample").lesson("01-one").html["vi"]


def test_going_back_to_older_files_is_a_new_revision(app: Flask) -> None:
    first = actions.publish(sample())
    actions.publish(sample("Một câu", "Hai câu"))
    third = actions.publish(sample())
    assert (third.number, third.digest) == (3, first.digest)


def test_a_reference_the_course_uses_is_part_of_it(app: Flask) -> None:
    first = actions.publish(sample())
    assert actions.publish(sample("2026-11-01", "2026-11-02")).id != first.id


def test_a_course_with_mistakes_is_refused_and_nothing_is_kept(app: Flask) -> None:
    with pytest.raises(actions.PackageRefused) as refusal:
        actions.publish(sample("draw: 1", "draw: 9"))
    assert refusal.value.problems[0].file == "quiz.yaml"
    assert queries.find_course("sample") is None


def test_the_second_reading_of_a_revision_costs_no_sql(app: Flask, statements: list[str]) -> None:
    revision_id = actions.publish(sample()).id
    first = queries.get_revision(revision_id)
    statements.clear()
    assert queries.get_revision(revision_id) is first
    assert first.questions("final")
    assert statements == []


def test_a_view_answers_for_everything_in_the_course(app: Flask) -> None:
    view = queries.get_revision(actions.publish(sample()).id)
    assert (view.title("vi"), view.title("en")) == ("Mẫu", "Sample")
    assert [(item.kind, item.key, item.minutes) for item in view.items] == [
        ("lesson", "01-one", 5),
        ("quiz", "final", 1),
    ]
    assert view.minutes == 6
    assert view.position("final") == 2
    following = view.next_item("01-one")
    assert following is not None
    assert following.key == "final"
    assert view.next_item("final") is None
    assert view.quiz("final").pass_percent == 70
    assert [question.key for question in view.questions("final")] == ["dam"]
    assert view.question("dam").points == 1
    assert view.skill("signs").digcomp == ("1.2",)
    assert view.media == (ADDRESS,)
    for look_up in (view.lesson, view.quiz, view.question, view.item, view.skill):
        with pytest.raises(NotFound):
            look_up("none")


def test_what_is_published_cannot_be_changed(app: Flask) -> None:
    revision = actions.publish(sample())
    revision.digest = "0" * 64
    with pytest.raises(Immutable):
        db.session.flush()


def test_an_exported_course_is_the_imported_one_byte_for_byte(app: Flask, tmp_path: Path) -> None:
    package = sample()
    actions.export(actions.publish(package).id, tmp_path)
    assert read_package(tmp_path / "sample") == package


def test_unknown_courses_and_revisions_are_not_found(app: Flask) -> None:
    for look_up in (queries.get_course, queries.get_current_revision):
        with pytest.raises(NotFound):
            look_up("none")
    with pytest.raises(NotFound):
        queries.get_revision(987654)


def test_only_published_courses_are_listed(app: Flask) -> None:
    actions.publish(sample())
    db.session.add(Course(slug="draft"))
    db.session.flush()
    slugs = [course.slug for course in queries.list_courses()]
    assert "sample" in slugs
    assert "draft" not in slugs
    assert slugs == sorted(slugs)


def test_a_picture_is_sent_small_and_kept_for_ever(app: Flask, client: Client) -> None:
    with unit_of_work():
        actions.publish(sample(add={"media/line.svg": SVG.replace(b"M0 0", b"M0 0" + b"h1" * 200)}))
    address = queries.get_current_revision("sample").media[0]
    plain = client.get(address, headers={"Accept-Encoding": "identity"}).response
    small = client.get(address, headers={"Accept-Encoding": "gzip, br"}).response
    assert plain.status_code == small.status_code == 200
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    for response in (plain, small):
        assert response.content_type.startswith("image/svg+xml")
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert (
            response.headers["Content-Security-Policy"]
            == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
        assert "Accept-Encoding" in response.headers["Vary"]
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "address", [ADDRESS.replace(".svg", ".png"), f"/media/{'0' * 64}.svg", "/media/x.svg"]
)
def test_any_other_address_is_not_found(app: Flask, client: Client, address: str) -> None:
    with unit_of_work():
        actions.publish(sample())
    client.get(address, expect=404)


def test_a_small_drawing_stands_in_the_lesson_itself_and_can_still_be_fetched(app: Flask) -> None:
    view = queries.get_revision(actions.publish(sample()).id)
    digest, extension = ADDRESS.removeprefix("/media/").split(".")
    with app.test_request_context():
        assert url_for("catalogue.show_media", sha256=digest, extension=extension) == ADDRESS
    html = view.lesson("01-one").html["vi"]
    assert f'src="data:image/svg+xml,{quote(SVG, safe="/:=")}"' in html and ADDRESS in view.media


def test_a_large_drawing_is_fetched_by_itself(app: Flask) -> None:
    large = SVG.replace(b"/></svg>", b" " * 7_000 + b"/></svg>")
    view = queries.get_revision(actions.publish(sample(add={"media/line.svg": large})).id)
    assert f'src="/media/{sha256(large).hexdigest()}.svg"' in view.lesson("01-one").html["vi"]
