"""Two forms of one question, as it was published twice: is its key another, are its words? Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from training.activities.questions.base import Question
from training.activities.questions.registry import kind_of

# What of a written question is read by people, and what decides nothing at all.
_SHOWN = frozenset({"prompt", "text", "picture", "area"})
_BESIDE = frozenset({"key", "in", "skill", "tags", "lesson", "shuffle", "explanation", "feedback", "wrong"})


def right_keys(question: Question) -> frozenset[str]:
    """Return those keys of the kind's `summarise` that stand for the right answer."""
    kind = kind_of(question.kind)
    counts = kind.summarise(question, [kind.correct_response(question)])
    return frozenset(key for key, count in counts.items() if key and count)


def key_in_words(question: Question, language: str) -> str:
    """Return the right answer in words; of a question with several right parts all of them."""
    kind, right = kind_of(question.kind), right_keys(question)
    keys = [key for key in kind.summarise(question, ()) if key in right]
    return "; ".join(kind.words_of(question, key, language) for key in keys)


def has_same_key(question: Question, other: Question) -> bool:
    """Tell whether two forms of a question mark every answer alike: same kind, right answers and points."""
    return question.kind == other.kind and _key(question) == _key(other)


def has_same_words(question: Question, other: Question) -> bool:
    """Tell whether two forms of a question read alike: same prompt, options and pictures."""
    return question.kind == other.kind and list(_shown(_plain(question))) == list(_shown(_plain(other)))


def _key(question: Question) -> dict[str, Any]:
    plain = {name: _bare(value) for name, value in _plain(question).items() if name not in _SHOWN | _BESIDE}
    return plain | {"right": right_keys(question)}


def _plain(question: Question) -> dict[str, object]:
    return kind_of(question.kind).write(question)


def _bare(value: Any) -> Any:
    """Return a written value without what is only read.

    Things with keys are put in the order of their keys: how they were written down decides nothing. The order of
    steps to be ordered is in the right keys.
    """
    if isinstance(value, Mapping):
        return {name: _bare(part) for name, part in value.items() if name not in _SHOWN | {"feedback"}}
    if isinstance(value, list):
        parts = [_bare(part) for part in value]
        has_keys = all(isinstance(part, dict) and "key" in part for part in parts)
        return sorted(parts, key=lambda part: str(part["key"])) if has_keys else parts
    return value


def _shown(value: Any) -> Iterator[Any]:
    """Yield what is read in a written value."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name in _SHOWN:
                yield part
            else:
                yield from _shown(part)
    elif isinstance(value, list):
        for part in value:
            yield from _shown(part)
