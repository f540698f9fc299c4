"""What the kinds with several parts share: each part gets one choice, and each right choice its share.

A response is a JSON object, part key → chosen key; parts without a choice are left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from training.activities.questions.base import Grade, Response, count_keys
from training.activities.words import Words

# What may be chosen for each part.
Choices = Mapping[str, Collection[str]]


def known_choices(choices: Choices, response: Response) -> dict[str, str]:
    """Return the choices of a response that the question knows, in the order of its parts."""
    if not isinstance(response, Mapping):
        return {}
    found = {part: response.get(part) for part in choices}
    return {part: key for part, key in found.items() if isinstance(key, str) and key in choices[part]}


def posted_choices(choices: Choices, fields: Mapping[str, Sequence[str]], name: str) -> Response:
    """Return the choices in a posted form, whose fields are called ``name.part``; None when there are none."""
    posted = {part: fields.get(f"{name}.{part}", ()) for part in choices}
    chosen = {part: values[0] for part, values in posted.items() if len(values) == 1}
    return known_choices(choices, chosen) or None


def one_choice(key: str) -> Response:
    """Return the response that a key of `count_choices` stands for: one choice for one part."""
    part, _dot, chosen = key.partition(".")
    return {part: chosen}


def grade_share(right: int, of: int, feedback: Iterable[tuple[str, Words]]) -> Grade:
    """Return the grade for a number of right parts out of all."""
    fraction = right / of if of else 0.0
    return Grade(fraction=fraction, is_correct=fraction == 1.0, feedback=tuple(feedback))


def grade_choices(right: Mapping[str, str], chosen: Mapping[str, str], said: Mapping[str, Words]) -> Grade:
    """Grade by the share of the parts with the right choice.

    Args:
        right: the right choice of every part.
        chosen: the choice made, where one was.
        said: what to say about a part with a wrong choice.

    Returns:
        The grade, with the words for every part that was answered and is wrong.
    """
    wrong = [part for part, key in chosen.items() if key != right[part]]
    return grade_share(len(chosen) - len(wrong), len(right), ((part, said[part]) for part in wrong))


def count_choices(choices: Choices, responses: Iterable[Response]) -> dict[str, int]:
    """Count how often each choice was made for each part, under the key ``part.choice``."""
    keys = (f"{part}.{key}" for part, allowed in choices.items() for key in allowed)
    chosen = (known_choices(choices, response) for response in responses)
    return count_keys(keys, ([f"{part}.{key}" for part, key in row.items()] for row in chosen))
