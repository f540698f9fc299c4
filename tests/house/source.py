"""The program's own text, read once: files, syntax trees, templates."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import config

ROOT = config.ROOT
PROGRAM = ROOT / "training"
TEMPLATES = ROOT / "templates"


def name_of(path: Path) -> str:
    """Return a path as people write it, from the top of the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def program_files() -> tuple[Path, ...]:
    """Return every Python file that is shipped."""
    return (*sorted(PROGRAM.rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py")


@cache
def python_files() -> tuple[Path, ...]:
    """Return every Python file, tests included."""
    return (*program_files(), *sorted((ROOT / "tests").rglob("*.py")))


@cache
def template_files() -> tuple[Path, ...]:
    """Return every template."""
    return tuple(sorted(TEMPLATES.rglob("*.html")))


@cache
def read(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(read(path), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Yield every function of a file, methods and nested ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield (dotted name, call) for every call in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def kept_files() -> list[Path]:
    """Return every file that belongs to the project: what git keeps and what it would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.splitlines()
    found = [ROOT / name for name in names] or [p for p in ROOT.rglob("*") if ".git" not in p.parts]
    return [path for path in found if path.is_file()]
