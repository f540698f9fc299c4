"""Pictures in questions: the files of the course they come from, and where a phone fetches them."""

from dataclasses import dataclass

from training.activities.source import N_, Source
from training.activities.words import LANGUAGES, Words

PICTURE_FIELDS = ("file", "alt")
FOLDER = "media/"


@dataclass(frozen=True)
class Picture:
    """A picture by language: ``file`` is its path in the course, ``alt`` says what it shows."""

    file: Words
    alt: Words


@dataclass(frozen=True)
class ShownPicture:
    """A published picture: its address and its size in pixels."""

    address: str
    width: int
    height: int

    def height_at(self, width: int) -> int:
        """Return the height in pixels when it is shown at a width in pixels."""
        return max(1, round(self.height * width / self.width))


# Stands for a picture that has not been published, as when a course is only checked.
NOT_SHOWN = ShownPicture("", 1, 1)


def read_picture(source: Source) -> Picture:
    """Read a picture; whether its files exist is checked with the whole course."""
    if source.is_missing:
        source.problem(
            N_("“%(name)s” is missing."), N_("Add “%(name)s:” and below it the fields “file” and “alt”.")
        )
        return Picture({}, {})
    source.only(PICTURE_FIELDS)
    stated = source.get("file")
    files = stated.words()
    for language in LANGUAGES:
        if files.get(language) and not files[language].startswith(FOLDER):
            stated.get(language).problem(
                N_("“%(path)s” is not a picture of the course."),
                N_("Put the picture into the folder media and write “media/…”."),
                path=files[language],
            )
    return Picture(files, source.get("alt").words())


def write_picture(picture: Picture) -> dict[str, object]:
    """Return the plain values of a picture."""
    return {"file": dict(picture.file), "alt": dict(picture.alt)}
