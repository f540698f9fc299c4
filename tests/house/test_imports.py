"""Who may know whom. The contracts stand in pyproject.toml; each is a sentence and each is kept."""

import ast
import tomllib

import pytest
from importlinter.api import read_configuration
from importlinter.application.use_cases import create_report
from importlinter.application.user_options import UserOptions
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import registry

from tests.house import source

CONTRACTS = tomllib.loads((source.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PRIVATE_TO_A_ROOM = ("routes", "people_routes", "forms", "people_forms", "verification")
ABOVE_THE_ROOMS = ("factory.py", "wiring.py", "serving.py")


@pytest.fixture(scope="module")
def kept() -> dict[str, bool]:
    """Contract name → whether it is kept today."""
    configure()
    registry.register(LayersContract, "layers")
    registry.register(ForbiddenContract, "forbidden")
    options = read_configuration(str(source.ROOT / "pyproject.toml"))
    report = create_report(
        UserOptions(options["session_options"], options["contracts_options"]),
        limit_to_contracts=(),
        cache_dir=None,
    )
    assert not report.could_not_run, report.invalid_contract_options
    return {contract.name: check.kept for contract, check in report.get_contracts_and_checks()}


@pytest.mark.parametrize("name", [contract["name"] for contract in CONTRACTS])
def test_the_contract_is_kept(kept: dict[str, bool], name: str) -> None:
    assert kept[name], f"broken; see which imports with: lint-imports (contract “{name}”)"


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{source.name_of(path)}:{node.lineno}"
        for path in source.python_files()
        for function in source.functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_import_is_tried_and_given_up() -> None:
    tried = [
        f"{source.name_of(path)}:{node.lineno}"
        for path in source.program_files()
        for block in ast.walk(source.tree(path))
        if isinstance(block, ast.Try)
        for node in block.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert tried == []


def test_a_room_keeps_its_routes_and_forms_to_itself() -> None:
    visits = []
    for path in source.program_files():
        room = path.parent.relative_to(source.ROOT).parts[1:2]
        for node in ast.walk(source.tree(path)):
            if not isinstance(node, ast.ImportFrom) or path.name in ABOVE_THE_ROOMS:
                continue
            parts = (node.module or "").split(".")
            if len(parts) == 3 and parts[0] == "training" and (parts[1],) != room:
                if parts[2] in PRIVATE_TO_A_ROOM and parts[1] != "web":
                    visits.append(f"{source.name_of(path)}: {node.module}")
    assert visits == []


def test_rules_are_told_the_time_and_never_ask_for_it() -> None:
    asked = [
        f"{source.name_of(path)}:{call.lineno}"
        for path in source.program_files()
        if path.name == "rules.py"
        for name, call in source.calls(path)
        if name in ("clock.now", "clock.today", "datetime.now", "date.today", "time.time")
    ]
    assert asked == []
