"""Sizes of pictures."""

import struct

import pytest

from training.content.pictures import picture_faults, picture_size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 320, 200)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 200, 320) + b"\x01\x01\x11\x00"


@pytest.mark.parametrize(
    ("name", "body", "size"),
    [
        ("a.svg", b'<svg viewBox="0 0 30.4 20"/>', (30, 20)),
        ("a.svg", b'<svg width="30px" height="20"/>', (30, 20)),
        ("a.svg", b'<svg viewBox="0 0 x 20"/>', None),
        ("a.svg", b'<svg viewBox="0 0 0 20"/>', None),
        ("a.png", PNG, (320, 200)),
        ("a.png", PNG[:20], None),
        ("a.jpg", JPEG, (320, 200)),
        ("a.jpg", JPEG[:8], None),
        ("a.jpg", b"GIF89a", None),
    ],
)
def test_a_picture_says_how_large_it_is(name: str, body: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(name, body) == size
    assert bool(picture_faults(name, body)) == (size is None)


def test_other_files_are_not_pictures() -> None:
    assert picture_faults("film.mp4", b"")
