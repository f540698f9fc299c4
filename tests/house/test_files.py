"""How the files are kept: short, said what they are for, without loose ends."""

import ast
import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import source

LONGEST = 400
# Turned by thirteen letters, so that this file may be kept as well.
FORBIDDEN = [
    codecs.decode(word, "rot13")
    for word in (
        "/jbex/",
        "/gzc/uf",
        "pynhqr",
        "naguebcvp",
        "bcranv",
        "pungtcg",
        "pbcvybg",
        "fhontrag",
        "fpengpucnq",
    )
]
PICTURES = {".br", ".gz", ".png", ".jpg", ".ico", ".mo"}
# Migrations say in their first line what they do; their two functions are always the same.
WITHOUT_DOCSTRINGS = ("migrations",)


@pytest.mark.parametrize("folder", ["training", "tests"])
def test_no_file_is_longer_than_four_hundred_lines(folder: str) -> None:
    long = {
        source.name_of(path): count
        for path in source.python_files()
        if path.is_relative_to(source.ROOT / folder) and (count := source.read(path).count("\n")) > LONGEST
    }
    assert long == {}


def test_no_template_style_sheet_or_script_is_longer_than_four_hundred_lines() -> None:
    written = [*source.template_files(), *(source.ROOT / "static/css").glob("*.scss")]
    written += [*(source.ROOT / "static/js").glob("*.js")]
    assert [source.name_of(p) for p in written if source.read(p).count("\n") > LONGEST] == []


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        source.name_of(path)
        for path in source.program_files()
        if path.name != "config.py"
        and re.search(r"\bos\.(environ|getenv)|from os import .*environ", source.read(path))
    ]
    assert readers == []


def test_every_public_thing_says_what_it_is() -> None:
    assert list(_undocumented()) == []


def _undocumented() -> Iterator[str]:
    for path in source.program_files():
        if any(part in WITHOUT_DOCSTRINGS for part in path.parts):
            continue
        module = source.tree(path)
        if not ast.get_docstring(module):
            yield source.name_of(path)
        for node in module.body:
            yield from _undocumented_in(node, source.name_of(path))


def _undocumented_in(node: ast.stmt, where: str) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
        return
    if not ast.get_docstring(node):
        yield f"{where}: {node.name}"
    # What overrides a method of a library is explained there.
    if isinstance(node, ast.ClassDef) and not node.bases:
        for child in node.body:
            yield from _undocumented_in(child, f"{where}: {node.name}")


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    kinds = {".py", ".html", ".scss", ".js", ".mjs", ".md", ".yaml", ".toml"}
    loose = [
        source.name_of(path)
        for path in source.kept_files()
        if path.suffix in kinds and marks.search(path.read_text(encoding="utf-8"))
    ]
    assert loose == []


def test_every_silenced_warning_has_its_reason() -> None:
    bare = [
        f"{source.name_of(path)}:{number}"
        for path in source.program_files()
        for number, line, before in _lines(path)
        if "# no" + "qa" in line
        and not (re.search(r"noqa: [A-Z0-9, ]+ [-(]", line) or before.strip().startswith("#"))
    ]
    assert bare == []


def test_every_ignored_type_names_its_rule() -> None:
    bare = [
        f"{source.name_of(path)}:{number}"
        for path in source.program_files()
        for number, line, _before in _lines(path)
        if re.search(r"# type: ignore(?!\[)", line)
    ]
    assert bare == []


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    lines = source.read(path).splitlines()
    return ((number, line, lines[number - 2] if number > 1 else "") for number, line in enumerate(lines, 1))


def test_no_file_tells_of_the_workshop_it_was_made_in() -> None:
    telling = []
    for path in source.kept_files():
        if path.suffix not in PICTURES:
            text = path.read_text(encoding="utf-8", errors="replace").lower()
            telling += [f"{source.name_of(path)}: {word}" for word in FORBIDDEN if word in text]
    assert telling == []


def test_packages_are_locked_to_the_public_registries_only() -> None:
    lock = source.read(source.ROOT / "package-lock.json")
    hosts = set(re.findall(r"https?://([^/\"]+)/[^\"]*\.tgz", lock))
    assert hosts <= {"registry.npmjs.org"}
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = source.read(source.ROOT / name)
        assert (
            "index-url" not in text and "--find-links" not in text and "://" not in re.sub(r"#.*", "", text)
        )
