"""Values read from a course file that remember where they stand, and what is wrong with them.

A reader never stops at the first mistake: it notes the problem, returns a harmless value and goes on,
so a trainer sees everything there is to correct at once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from training.activities.words import LANGUAGES, Words

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def N_(text: str) -> str:
    """Mark a text for the translators; it is translated where it is shown."""
    return text


DID_YOU_MEAN = N_("Did you mean: %(known)s?")


@dataclass(frozen=True)
class Problem:
    """Something to correct in a course: where it is, what is wrong, what to write instead.

    ``text`` and ``advice`` are untranslated and hold named placeholders filled from ``values``.
    """

    file: str
    line: int
    text: str
    advice: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_warning: bool = False

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.text % self.values

    @property
    def remedy(self) -> str:
        """What to write instead, in English."""
        return self.advice % self.values

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} – {self.remedy}"


class Missing:
    """The value of a field that is not in the file."""


MISSING = Missing()

# A scalar, or list[Source], or dict[str, Source], or MISSING.
Value = Any


@dataclass(frozen=True)
class Source:
    """One value of a file: what it is called, where it stands and the list its problems go to.

    ``raw`` is the text of a scalar just as it was written, so that a key such as ``no`` or ``1`` stays text.
    """

    value: Value
    file: str
    line: int
    name: str
    problems: list[Problem]
    raw: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the field is absent from the file, or left empty."""
        return self.value is MISSING or self.value is None

    def problem(self, text: str, advice: str, /, **values: object) -> None:
        """Note a mistake at this value; ``%(name)s`` stands for the name of the field."""
        self._note(text, advice, values, is_warning=False)

    def warning(self, text: str, advice: str, /, **values: object) -> None:
        """Note something worth a look that does not stop the course."""
        self._note(text, advice, values, is_warning=True)

    def _note(self, text: str, advice: str, values: dict[str, object], *, is_warning: bool) -> None:
        filled = {"name": self.name, **values}
        self.problems.append(Problem(self.file, self.line, text, advice, filled, is_warning))

    def only(self, known: Sequence[str]) -> None:
        """Note every field that is not one of the known names, with the nearest known name."""
        if not isinstance(self.value, dict):
            if not self.is_missing:
                self.problem(
                    N_("“%(name)s” must hold named fields."),
                    N_("Write one “field: value” on each line below it."),
                )
            return
        for name, child in self.value.items():
            if name not in known:
                child.problem(
                    N_("The field “%(name)s” is not known here."), DID_YOU_MEAN, known=nearest(name, known)
                )

    def get(self, name: str) -> "Source":
        """Return a field; a missing one stands at the line of its parent."""
        if isinstance(self.value, dict) and name in self.value:
            child: Source = self.value[name]
            return child
        return Source(MISSING, self.file, self.line, name, self.problems)

    def entries(self) -> list["Source"]:
        """Return the entries of a list; [] for a missing one, and a problem for anything else."""
        if isinstance(self.value, list):
            return list(self.value)
        if not self.is_missing:
            self.problem(N_("“%(name)s” must be a list."), N_("Start each entry below it with “- ”."))
        return []

    def text(self) -> str:
        """Return a compulsory text, trimmed; '' and a problem when there is none."""
        if isinstance(self.value, dict | list):
            self.problem(
                N_("“%(name)s” must be a text."), N_("Write the words on the same line after “%(name)s: ”.")
            )
            return ""
        if self.is_missing or not self.raw.strip():
            self.problem(N_("“%(name)s” is missing."), N_("Add “%(name)s: …”."))
            return ""
        return self.raw.strip()

    def optional_text(self) -> str:
        """Return a text, or '' when the field is absent."""
        return "" if self.is_missing else self.text()

    def key(self) -> str:
        """Return a name made of small letters, figures and hyphens."""
        text = self.text()
        if text and not KEY.fullmatch(text):
            self.problem(
                N_("“%(text)s” cannot be a key."),
                N_("Use only small letters a–z, figures and single hyphens, such as “stop-ask”."),
                text=text,
            )
        return text

    def one_of(self, choices: Sequence[str], default: str) -> str:
        """Return one of a few fixed words."""
        text = self.text()
        if text and text not in choices:
            self.problem(
                N_("“%(text)s” is not a value of “%(name)s”."),
                DID_YOU_MEAN,
                text=text,
                known=nearest(text, choices),
            )
        return text if text in choices else default

    def number(self, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number from low to high; the default when the field is absent and may be."""
        if self.is_missing and default is not None:
            return default
        if isinstance(self.value, int) and not isinstance(self.value, bool) and low <= self.value <= high:
            return self.value
        self.problem(
            N_("“%(name)s” must be a whole number from %(low)s to %(high)s."),
            N_("Write for example “%(name)s: %(low)s”."),
            low=low,
            high=high,
        )
        return low if default is None else default

    def flag(self, default: bool | None = None) -> bool:
        """Return true or false; the default when the field is absent and may be."""
        if isinstance(self.value, bool):
            return self.value
        if not self.is_missing or default is None:
            self.problem(
                N_("“%(name)s” must be true or false."), N_("Write “%(name)s: true” or “%(name)s: false”.")
            )
        return bool(default)

    def day(self) -> date | None:
        """Return a date written as year-month-day, or None with a problem."""
        try:
            return date.fromisoformat(self.raw.strip())
        except ValueError:
            self.problem(N_("“%(name)s” must be a date."), N_("Write year-month-day, such as 2026-11-23."))
            return None

    def words(self) -> Words:
        """Return a text in every language of the course."""
        if self.is_missing:
            self.problem(
                N_("“%(name)s” is missing."),
                N_("Add “%(name)s:” and below it one line for each of: %(languages)s."),
                languages=", ".join(LANGUAGES),
            )
            return {}
        self.only(LANGUAGES)
        return {language: self.get(language)._in_language(self.name) for language in LANGUAGES}

    def _in_language(self, parent: str) -> str:
        if isinstance(self.value, dict | list) or not self.raw.strip():
            self.problem(
                N_("“%(parent)s” has no text in the language “%(name)s”."),
                N_("Add “%(name)s: …” under “%(parent)s”."),
                parent=parent,
            )
            return ""
        return self.raw.strip()


def plain_source(value: object, file: str = "", name: str = "") -> Source:
    """Wrap plain JSON values (mappings, lists, scalars) as a Source without lines.

    Args:
        value: what ``json.loads`` gives.
        file: a name for messages.
        name: what the value is called.

    Returns:
        The Source; its ``problems`` list is fresh.
    """
    return _wrap(value, file, name, [])


def _wrap(value: object, file: str, name: str, problems: list[Problem]) -> Source:
    if isinstance(value, Mapping):
        children = {str(key): _wrap(child, file, str(key), problems) for key, child in value.items()}
        return Source(children, file, 0, name, problems)
    if isinstance(value, list | tuple):
        return Source([_wrap(child, file, name, problems) for child in value], file, 0, name, problems)
    return Source(value, file, 0, name, problems, raw="" if value is None else str(value))


def nearest(word: str, known: Sequence[str]) -> str:
    """Return the known word closest to a mistyped one, else all known words, to be shown to a trainer."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return close[0] if close else ", ".join(known)
