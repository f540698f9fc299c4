"""Every page: guarded once, named once, thin, and with its template."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from tests.house import source
from training.core.permissions import ROLE_PERMISSIONS, Permission
from training.web.access import PUBLIC, SIGNED_IN, rule_of

MARKS = ("public", "signed_in", "requires")
VERBS = (
    "list_",
    "show_",
    "new_",
    "create_",
    "edit_",
    "update_",
    "delete_",
    "print_",
    "download_",
    "sign_out",
)
LONGEST_VIEW = 20
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Slugs and keys are text of courses; the converter of text is the right type for them.
TEXT_PARAMETERS = {"slug", "quiz_key", "lesson_key", "question_key", "sha256", "extension"}
# Pages that answer with something other than a page of their own.
WITHOUT_TEMPLATE = {
    "catalogue.show_media": "a picture",
    "admin.show_liveness": "a word for machines",
    "admin.show_readiness": "a word for machines",
    "reports.download_completion": "a file",
    "reports.download_people": "a file",
    "analysis.download_analysis": "a file",
    "analysis.download_attempts": "a file",
}
FOLDERS = {
    "people": "accounts/people",
    "results": "quizzes/results",
    "attempts": "quizzes/attempts",
    "analysis": "quizzes/analysis",
    "regrade": "quizzes/regrade",
    "handouts": "lessons/handouts",
    "papers": "quizzes/papers",
    "preview": "quizzes/preview",
}


def rules(app: Flask) -> list[Rule]:
    """Return every address of the program."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def route_files() -> Iterator[Path]:
    """Yield every file that holds views."""
    return (path for path in source.program_files() if path.name.endswith("routes.py"))


def views() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Yield every view with the file it stands in."""
    for path in route_files():
        for node in source.tree(path).body:
            if isinstance(node, ast.FunctionDef) and any(_route_of(d) for d in node.decorator_list):
                yield path, node


def _route_of(decorator: ast.expr) -> bool:
    text = ast.unparse(decorator)
    return bool(re.match(r"\w+\.(get|post|put|delete|patch|route)\(", text))


def test_every_view_carries_exactly_one_access_mark() -> None:
    wrong = {}
    for path, view in views():
        names = [re.split(r"[(.]", ast.unparse(d))[0] for d in view.decorator_list]
        if sum(name in MARKS for name in names) != 1:
            wrong[f"{source.name_of(path)}: {view.name}"] = names
    assert wrong == {}


def test_every_address_is_kebab_case_and_its_parameters_are_typed(shared_app: Flask) -> None:
    for rule in rules(shared_app):
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        for part in filter(None, re.split(r"[/.]", fixed)):
            assert KEBAB.fullmatch(part), rule.rule
        untyped = {name for name in re.findall(r"<(\w+)>", rule.rule)}
        assert untyped <= TEXT_PARAMETERS, f"{rule.rule}: give the type of {untyped - TEXT_PARAMETERS}"


def test_every_view_begins_with_a_verb_we_know() -> None:
    assert [v.name for _path, v in views() if not v.name.startswith(VERBS)] == []


def test_no_view_is_longer_than_twenty_lines() -> None:
    long = {}
    for path, view in views():
        body = view.body[1:] if ast.get_docstring(view) else view.body
        count = (body[-1].end_lineno or 0) - body[0].lineno + 1
        if count > LONGEST_VIEW:
            long[f"{source.name_of(path)}: {view.name}"] = count
    assert long == {}


def test_views_neither_query_nor_commit() -> None:
    forbidden = re.compile(r"\b(select|insert|update|delete)\(|db\.session|\.commit\(")
    for path in route_files():
        assert not re.search(r"db\.session|from sqlalchemy", source.read(path)), source.name_of(path)
    for path, view in views():
        text = "\n".join(ast.unparse(statement) for statement in view.body)
        assert not forbidden.search(text), f"{source.name_of(path)}: {view.name}"


def test_every_page_has_the_template_of_its_name(shared_app: Flask) -> None:
    missing = []
    for rule in rules(shared_app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in WITHOUT_TEMPLATE:
            continue
        room, view = rule.endpoint.split(".")
        template = source.TEMPLATES / FOLDERS.get(room, room) / f"{view}.html"
        if not template.is_file():
            missing.append(source.name_of(template))
    assert missing == []


def test_every_page_without_a_template_still_exists(shared_app: Flask) -> None:
    assert set(WITHOUT_TEMPLATE) <= set(shared_app.view_functions)


def test_every_template_is_used_and_every_one_asked_for_exists() -> None:
    asked = _templates_asked_for()
    present = {path.relative_to(source.TEMPLATES).as_posix() for path in source.template_files()}
    kinds = {name for name in present if name.startswith("questions/")}  # chosen by the kind's name
    assert asked - present == set()
    assert present - asked - kinds == set()


def _templates_asked_for() -> set[str]:
    quoted = re.compile(r"""["']([\w/]+\.html)["']""")
    texts = [source.read(path) for path in (*source.program_files(), *source.template_files())]
    return {name for text in texts for name in quoted.findall(text)}


def test_no_template_holds_a_script_a_style_or_a_handler() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
    found = [source.name_of(p) for p in source.template_files() if inline.search(source.read(p))]
    assert found == []


def test_no_template_asks_another_host() -> None:
    foreign = re.compile(r"""(src|href|action)=["']https?://""")
    assert [source.name_of(p) for p in source.template_files() if foreign.search(source.read(p))] == []


def test_every_permission_is_granted_and_used(shared_app: Flask) -> None:
    granted = {p for permissions in ROLE_PERMISSIONS.values() for p in permissions}
    assert set(Permission) - granted == {Permission.LEARN}, "learning comes with a post, all else with a role"
    marks = {rule_of(shared_app, rule.endpoint) for rule in rules(shared_app)}
    assert set(Permission) - marks == set()
    assert marks - set(Permission) == {PUBLIC, SIGNED_IN}


def test_views_say_in_one_line_what_they_are_for(shared_app: Flask) -> None:
    for endpoint, view in shared_app.view_functions.items():
        words = textwrap.dedent(inspect.getdoc(view) or "")
        assert words.strip(), endpoint
