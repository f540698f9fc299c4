"""What is read and written again is the same, byte for byte."""

from datetime import date
from pathlib import Path

import pytest

from tests.content.samples import REFERENCES, sample
from training.content.check import check_package
from training.content.document import Package
from training.content.package import course_folders, read_package, write_files
from training.content.write import write_package, write_references

TODAY = date(2026, 11, 23)
COURSES = Path(__file__).parents[2] / "courses"


def test_a_course_in_canonical_form_is_written_as_it_was_read() -> None:
    package = sample()
    document, _problems = check_package(package, TODAY)
    assert write_package(document) == package.files
    assert write_references(document.library) == REFERENCES.encode()


@pytest.mark.parametrize("folder", course_folders(COURSES), ids=lambda folder: folder.name)
def test_every_course_we_ship_is_in_canonical_form_and_without_errors(folder: Path) -> None:
    package = read_package(folder)
    document, problems = check_package(package, TODAY)
    assert [str(problem) for problem in problems if not problem.is_warning] == []
    assert write_package(document) == package.files


def test_formatting_twice_changes_nothing_more() -> None:
    loose = sample("    shuffle: true\n", "").files
    document, _problems = check_package(Package("sample", loose, REFERENCES.encode()), TODAY)
    once = write_package(document)
    again, _problems = check_package(Package("sample", once, REFERENCES.encode()), TODAY)
    assert write_package(again) == once == sample().files


def test_texts_that_look_like_other_values_survive() -> None:
    odd = ["no", "1.2", "2026-11-23", "a: b", "# x", "'", "null", "- x", "@x", "{a}", "two\n\nlines"]
    for text in odd:
        document, _problems = check_package(sample(), TODAY)
        document = type(document)(**{**vars(document), "summary": {"vi": text, "en": text}})
        files = write_package(document)
        read, problems = check_package(Package("sample", files, REFERENCES.encode()), TODAY)
        assert problems == []
        assert read.summary == {"vi": text, "en": text}


def test_a_folder_is_read_and_written_as_it_is(tmp_path: Path) -> None:
    package = sample()
    assert len(write_files(tmp_path / "sample", package.files)) == len(package.files)
    assert write_files(tmp_path / "sample", package.files) == []
    (tmp_path / "sample" / ".hidden").write_text("x")
    (tmp_path / "references.yaml").write_bytes(package.references)
    assert read_package(tmp_path / "sample") == package


@pytest.mark.parametrize("name", ["../x", "/etc/x", "media/../../x"])
def test_no_file_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        write_files(tmp_path / "in", {name: b"x"})
