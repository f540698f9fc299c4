"""The commands for people who keep courses as files."""

from pathlib import Path

import pytest
from flask import Flask

from tests.content.samples import sample
from training.catalogue import queries
from training.content.document import Package
from training.content.package import read_package, write_files


def put(folder: Path, package: Package) -> Path:
    """Write a package where a command can find it."""
    write_files(folder / "sample", package.files)
    (folder / "references.yaml").write_bytes(package.references)
    return folder / "sample"


def run(app: Flask, *words: str) -> tuple[int, str]:
    """Run a command of the group; return its exit status and what it said."""
    result = app.test_cli_runner().invoke(args=["courses", *words])
    return result.exit_code, result.output


def test_check_is_silent_about_a_correct_course(app: Flask, tmp_path: Path) -> None:
    assert run(app, "check", str(put(tmp_path, sample()))) == (0, "")


def test_check_names_file_line_and_remedy_and_fails(app: Flask, tmp_path: Path) -> None:
    folder = put(tmp_path, sample("explain: passing", "explain: pasing"))
    status, said = run(app, "check", str(folder))
    assert status == 1
    assert f"{folder}/quiz.yaml:9: “pasing” is not a value of “explain”. – Did you mean: passing?" in said


def test_a_warning_is_marked_and_does_not_fail(app: Flask, tmp_path: Path) -> None:
    status, said = run(app, "check", str(put(tmp_path, sample("2026-11-01", "2001-11-01"))))
    assert status == 0
    assert "warning: The reference “law-a” was last checked" in said


def test_the_report_shows_a_table_and_places_and_does_not_fail_on_warnings(
    app: Flask, tmp_path: Path
) -> None:
    folder = put(tmp_path, sample())
    status, said = run(app, "report", str(folder))
    assert status == 0
    assert "sample: 0 errors, " in said and "01-one           vi " in said
    assert f"{folder}/01-one.vi.md:6: warning: The lesson has fewer than 2 pictures (1). – " in said


def test_the_report_fails_when_a_course_has_errors(app: Flask, tmp_path: Path) -> None:
    status, said = run(app, "report", str(put(tmp_path, sample("explain: passing", "explain: pasing"))))
    assert status == 1
    assert "quiz.yaml:9: “pasing” is not a value of “explain”. – Did you mean: passing?" in said


def test_the_report_on_all_courses_names_references_nobody_uses(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path, sample())
    unused = sample().references.replace(b"law-a", b"law-b")
    (tmp_path / "references.yaml").write_bytes(sample().references + unused)
    monkeypatch.setitem(app.config, "COURSES_DIR", tmp_path)
    assert "references.yaml:11: warning: No course uses the reference “law-b”." in run(app, "report")[1]
    assert "law-b" not in run(app, "report", str(folder))[1]


def test_import_publishes_all_courses(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, sample())
    monkeypatch.setitem(app.config, "COURSES_DIR", tmp_path)
    assert run(app, "import") == (0, "sample: revision 1\n")
    assert run(app, "import") == (0, "sample: revision 1\n")
    assert queries.get_current_revision("sample").number == 1


def test_import_refuses_a_course_with_mistakes(app: Flask, tmp_path: Path) -> None:
    status, said = run(app, "import", str(put(tmp_path, sample("draw: 1", "draw: 3"))))
    assert status == 1
    assert "draws 3 questions but has only 1" in said


def test_format_writes_the_canonical_form(app: Flask, tmp_path: Path) -> None:
    folder = put(tmp_path, sample("    shuffle: true\n", ""))
    status, said = run(app, "format", str(folder))
    assert (status, said) == (0, f"{folder / 'quiz.yaml'}\n")
    assert read_package(folder) == sample()


def test_format_leaves_a_course_with_mistakes_alone(app: Flask, tmp_path: Path) -> None:
    broken = sample("draw: 1", "draw: 3")
    folder = put(tmp_path, broken)
    assert run(app, "format", str(folder))[0] == 1
    assert read_package(folder) == broken


def test_export_gives_back_what_was_imported(app: Flask, tmp_path: Path) -> None:
    run(app, "import", str(put(tmp_path / "in", sample())))
    status, _said = run(app, "export", "sample", str(tmp_path / "out"))
    assert status == 0
    assert read_package(tmp_path / "out" / "sample") == sample()
