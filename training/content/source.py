"""YAML that remembers its lines."""

from collections.abc import Callable
from datetime import date

import yaml

from training.activities.source import MISSING, N_, Problem, Source

__all__ = ["DEEPEST", "Problem", "Source", "read_text", "read_yaml"]

# A course file nests four or five levels; a deeper one is an accident or an attack.
DEEPEST = 20

_SCALARS: dict[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:bool": lambda raw: raw.lower() in ("true", "yes", "on"),
    "tag:yaml.org,2002:null": lambda raw: None,
    "tag:yaml.org,2002:timestamp": date.fromisoformat,
}

# The reader in C, where this machine has it, is 25 times as fast and marks the same lines.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(content: bytes, file: str, problems: list[Problem]) -> str:
    """Decode a file of a course.

    Args:
        content: its bytes, which should be UTF-8.
        file: its name for messages.
        problems: where a mistake is noted.

    Returns:
        The text with line ends made ``\\n``; '' when it cannot be read.
    """
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(
            Problem(file, line, N_("The file is not in UTF-8."), N_("Save it again with the encoding UTF-8."))
        )
        return ""


def read_yaml(text: str, file: str, problems: list[Problem], first_line: int = 1) -> Source:
    """Read YAML as a Source.

    Args:
        text: the YAML.
        file: its name for messages.
        problems: where mistakes are noted, now and later.
        first_line: the number of the first line, for YAML inside another file.

    Returns:
        The outermost value; a missing one when the text is empty or is not YAML.
    """
    missing = Source(MISSING, file, first_line, file, problems)
    try:
        node = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            Problem(
                file,
                first_line + (mark.line if mark else 0),
                N_("This line cannot be read: %(reason)s."),
                N_("Check the indentation, and put text holding “: ” or “#” between quotation marks."),
                {"reason": getattr(error, "problem", None) or type(error).__name__},
            )
        )
        return missing
    return missing if node is None else _Reader(file, problems, first_line).read(node, file, 0)


class _Reader:
    """Turns the nodes of one file into Sources."""

    def __init__(self, file: str, problems: list[Problem], first_line: int) -> None:
        self.file = file
        self.problems = problems
        self.first_line = first_line
        self.seen: set[int] = set()

    def read(self, node: yaml.Node, name: str, depth: int) -> Source:
        """Turn a node and all below it into a Source."""
        line = node.start_mark.line + self.first_line
        # Anchors let ten short lines stand for a billion values, so nothing may be used twice.
        if depth > DEEPEST or id(node) in self.seen:
            self._note(
                line,
                N_("The file is nested too deeply or repeats a part with “*”."),
                N_("Write every part out."),
            )
            return Source(MISSING, self.file, line, name, self.problems)
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return Source(self._mapping(node, depth), self.file, line, name, self.problems)
        if isinstance(node, yaml.SequenceNode):
            entries = [self.read(child, name, depth + 1) for child in node.value]
            return Source(entries, self.file, line, name, self.problems)
        raw = str(node.value)
        return Source(self._scalar(node.tag, raw), self.file, line, name, self.problems, raw)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Source]:
        fields: dict[str, Source] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + self.first_line
            if key in fields:
                self._note(line, N_("“%(key)s” is written twice here."), N_("Keep one of the two."), key=key)
                continue
            child = self.read(value_node, key, depth + 1)
            # A field is where its name is: a list starts only on the line below.
            fields[key] = Source(child.value, self.file, line, key, self.problems, child.raw)
        return fields

    @staticmethod
    def _scalar(tag: str, raw: str) -> object:
        try:
            return _SCALARS.get(tag, str)(raw)
        except ValueError:
            return raw

    def _note(self, line: int, text: str, advice: str, **values: object) -> None:
        self.problems.append(Problem(self.file, line, text, advice, values))
