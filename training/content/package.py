"""A course folder on disk and in memory."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from training.content.document import REFERENCES_FILE, Package

# Larger files are never read: a film dropped into a course folder must not fill the memory.
MOST_BYTES = 1_000_000


def read_package(folder: Path) -> Package:
    """Read a course folder and the references beside it.

    Args:
        folder: the folder of one course, such as ``courses/fake-news``.

    Returns:
        The package; hidden files and links are left out, oversized files come cut after `MOST_BYTES`,
        which is enough for the checker to refuse them.
    """
    paths = sorted(path for path in folder.rglob("*") if _is_wanted(path.relative_to(folder), path))
    files = {path.relative_to(folder).as_posix(): _read(path) for path in paths}
    references = folder.parent / REFERENCES_FILE
    return Package(folder.resolve().name, files, _read(references) if references.is_file() else b"")


def course_folders(root: Path) -> list[Path]:
    """Return the folders directly below ``root`` that hold a course, by name."""
    return sorted(path.parent for path in root.glob("*/course.yaml"))


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, creating it, and leave files that already hold these bytes alone.

    Args:
        folder: where to.
        files: bytes by relative path.

    Returns:
        The paths that changed.

    Raises:
        ValueError: a path leaves the folder.
    """
    changed = []
    for name, content in files.items():
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts:
            raise ValueError(f"{name} is outside the folder")
        path = folder / relative
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed.append(path)
    return changed


def _is_wanted(relative: Path, path: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in relative.parts)
    return not is_hidden and path.is_file() and not path.is_symlink()


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES)
