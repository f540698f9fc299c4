"""The right place on a picture: tapped, or chosen from the list of its named places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from training.activities.questions.base import (
    Grade,
    Mistake,
    Option,
    Response,
    count_keys,
    read_common,
    read_entries,
    write_common,
)
from training.activities.questions.choice import ChoiceQuestion, needs_one_correct, order_options
from training.activities.questions.picture import NOT_SHOWN, Picture, read_picture, write_picture
from training.activities.source import N_, Source
from training.activities.words import Words, in_language

FEWEST_AREAS, MOST_AREAS = 2, 6
AREA_FIELDS = ("key", "correct", "area", "text", "feedback")
SIDES = ("left", "top", "width", "height")

# The picture is always shown this wide, in CSS pixels: a browser reports taps in pixels of the picture as it
# is shown, so the server must know how large that is. The narrowest phone (320) has this much room.
SHOWN_WIDTH = 288
# The smallest side of an area, in the same pixels: the tip of a finger.
SMALLEST_SIDE = 48
# How much the proportions of the pictures of two languages may differ: the rounding of a pixel.
LIKE_SHAPED = 0.02

OUTSIDE = "outside"
# Content, as the words of an option are, and so in the language of the course rather than of the page.
OUTSIDE_WORDS: Words = {
    "vi": "Một chỗ khác trong hình",
    "en": "Another place in the picture",
}


@dataclass(frozen=True)
class Rect:
    """A part of a picture, in percent of its width and height from its left and upper edges."""

    left: int
    top: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point, in percent, lies in it."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height

    def overlaps(self, other: "Rect") -> bool:
        """Tell whether it has a point in common with another."""
        is_beside = self.left + self.width <= other.left or other.left + other.width <= self.left
        is_above = self.top + self.height <= other.top or other.top + other.height <= self.top
        return not (is_beside or is_above)


@dataclass(frozen=True)
class Area(Option):
    """A named place; ``text`` is its name in the list."""

    rect: Rect


@dataclass(frozen=True)
class HotspotQuestion(ChoiceQuestion):
    """A picture with named places; ``outside`` is said to one who chose none of them."""

    options: tuple[Area, ...]
    picture: Picture
    outside: Words

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The one picture."""
        return (self.picture,)

    @property
    def shown_width(self) -> int:
        """The width at which the picture is shown, in CSS pixels."""
        return SHOWN_WIDTH

    @property
    def shown_height(self) -> int:
        """The height at which the picture is shown, in CSS pixels; the same in every language."""
        shown = (self.shown.get(path, NOT_SHOWN) for path in self.picture.file.values())
        return next(shown, NOT_SHOWN).height_at(SHOWN_WIDTH)

    def pixels_of(self, key: str) -> Rect | None:
        """Return an area in the pixels of the picture as it is shown; None for “outside”."""
        rect = next((area.rect for area in self.options if area.key == key), None)
        if rect is None:
            return None
        across, down = self.shown_width / 100, self.shown_height / 100
        sides = (rect.left * across, rect.top * down, rect.width * across, rect.height * down)
        return Rect(*(round(side) for side in sides))

    def text_of(self, key: str, language: str) -> str:
        """Return the name of a place; '' for an unknown key."""
        return in_language(OUTSIDE_WORDS, language) if key == OUTSIDE else super().text_of(key, language)

    def chosen(self, response: Response) -> tuple[str, ...]:
        """Return the place named by a response, or nothing when it names none the question knows."""
        known = {area.key for area in self.options} | {OUTSIDE}
        return (response,) if isinstance(response, str) and response in known else ()

    def tapped(self, x: int, y: int) -> str:
        """Return the area at a point in pixels of the picture as it is shown, or “outside”."""
        across, down = x * 100 / self.shown_width, y * 100 / self.shown_height
        return next((area.key for area in self.options if area.rect.holds(across, down)), OUTSIDE)

    def picture_problems(self, sizes: Mapping[str, tuple[int, int]]) -> Iterator[Mistake]:
        """Yield what keeps the areas from being tapped: other proportions in another language, small areas."""
        known = [sizes[path] for path in self.picture.file.values() if path in sizes]
        shapes = [height / width for width, height in known]
        if shapes and max(shapes) - min(shapes) > LIKE_SHAPED * max(shapes):
            yield (
                N_("The pictures of the question “%(question)s” differ in their proportions."),
                N_("Draw them equally wide and high, so that every area lies in the same place."),
                {"question": self.key},
            )
        for area in self.options if shapes else ():
            width, height = area.rect.width * SHOWN_WIDTH, area.rect.height * SHOWN_WIDTH * min(shapes)
            if min(width, height) < SMALLEST_SIDE * 100:
                yield (
                    N_("The area “%(area)s” of the question “%(question)s” is too small for a finger."),
                    N_("Make it at least %(width)s percent wide and %(height)s percent high."),
                    {
                        "question": self.key,
                        "area": area.key,
                        "width": -(-SMALLEST_SIDE * 100 // SHOWN_WIDTH),
                        "height": int(-(-SMALLEST_SIDE * 100 // (SHOWN_WIDTH * min(shapes)))),
                    },
                )


class Hotspot:
    """The kind ``hotspot``; a response is the key of an area, or “outside”."""

    name = "hotspot"

    def parse(self, source: Source) -> HotspotQuestion:
        """Read the picture and its areas; exactly one must be correct, and no two may overlap."""
        common = read_common(source, ("picture", "areas", "outside"), has_shuffle=True)
        listed = source.get("areas")
        areas = read_entries(listed, _read_area, FEWEST_AREAS, MOST_AREAS)
        needs_one_correct(listed, sum(area.is_correct for area in areas))
        for one, other in combinations(areas, 2):
            if one.rect.overlaps(other.rect):
                listed.problem(
                    N_("The areas “%(one)s” and “%(other)s” overlap."),
                    N_("Move one of them, or make it smaller."),
                    one=one.key,
                    other=other.key,
                )
        return HotspotQuestion(
            **common,
            options=areas,
            picture=read_picture(source.get("picture")),
            outside=source.get("outside").words(),
        )

    def write(self, question: HotspotQuestion) -> dict[str, object]:
        """Return the plain values of the question."""
        own: dict[str, object] = {
            "picture": write_picture(question.picture),
            "areas": [_write_area(area) for area in question.options],
            "outside": dict(question.outside),
        }
        return write_common(question, own, has_shuffle=True)

    def read(
        self, question: HotspotQuestion, fields: Mapping[str, Sequence[str]], name: str = "answer"
    ) -> Response:
        """Return the place that was tapped, or else the one chosen from the list, or None.

        A tap is what sent the form and so comes after any choice. A picture pressed by a key reports the point
        0, 0, which is no tap.
        """
        point = [_pixel(fields.get(f"{name}.{axis}", ())) for axis in "xy"]
        if None not in point and point != [0, 0]:
            return question.tapped(point[0] or 0, point[1] or 0)
        posted = fields.get(name, ())
        keys = [key for key in (*(area.key for area in question.options), OUTSIDE) if key in posted]
        return keys[0] if len(keys) == 1 else None

    def grade(self, question: HotspotQuestion, response: Response) -> Grade:
        """Give the whole mark for the right place and nothing for any other."""
        said = {area.key: area.feedback for area in question.options} | {OUTSIDE: question.outside}
        chosen = question.chosen(response)
        is_right = bool(chosen) and chosen[0] in question.right_keys
        return Grade(float(is_right), is_right, tuple((key, said[key]) for key in chosen))

    def order(self, question: HotspotQuestion, seed: str) -> tuple[str, ...]:
        """Return the places in the order to list them, and last the one outside all of them."""
        return (*order_options(question, seed), OUTSIDE)

    def correct_response(self, question: HotspotQuestion) -> Response:
        """Return the key of the right area."""
        return question.right_keys[0]

    def describe(self, question: HotspotQuestion, response: Response, language: str) -> str:
        """Return the name of the place."""
        return "".join(question.text_of(key, language) for key in question.chosen(response))

    def summarise(self, question: HotspotQuestion, responses: Iterable[Response]) -> dict[str, int]:
        """Count how often each place was chosen, “outside” among them."""
        keys = (*(area.key for area in question.options), OUTSIDE)
        return count_keys(keys, (question.chosen(response) for response in responses))

    def words_of(self, question: HotspotQuestion, key: str, language: str) -> str:
        """Return the name of one place."""
        return question.text_of(key, language)


def _pixel(values: Sequence[str]) -> int | None:
    text = values[0] if len(values) == 1 else ""
    is_number = text.isascii() and text.isdigit() and len(text) < 6
    return int(text) if is_number else None


def _read_area(entry: Source) -> Area:
    entry.only(AREA_FIELDS)
    key = entry.get("key")
    if key.raw.strip() == OUTSIDE:
        key.problem(
            N_("The key “%(key)s” has a meaning of its own here."),
            N_("Give this area another key."),
            key=OUTSIDE,
        )
    return Area(
        key=key.key(),
        text=entry.get("text").words(),
        feedback=entry.get("feedback").words(),
        is_correct=entry.get("correct").flag(default=False),
        rect=_read_rect(entry.get("area")),
    )


def _read_rect(source: Source) -> Rect:
    source.only(SIDES)
    left, top = (source.get(side).number(0, 99) for side in SIDES[:2])
    width, height = (source.get(side).number(1, 100) for side in SIDES[2:])
    if left + width > 100 or top + height > 100:
        source.problem(
            N_("The area reaches beyond the edge of the picture."),
            N_("Let left + width, and top + height, be at most 100."),
        )
    return Rect(left, top, width, height)


def _write_area(area: Area) -> dict[str, object]:
    correct: dict[str, object] = {"correct": True} if area.is_correct else {}
    return {
        "key": area.key,
        **correct,
        "area": {side: getattr(area.rect, side) for side in SIDES},
        "text": dict(area.text),
        "feedback": dict(area.feedback),
    }
