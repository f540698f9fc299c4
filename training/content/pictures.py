"""Pictures of a course: what they measure and whether they are harmless."""

import re
import struct
from urllib.parse import quote
from xml.etree import ElementTree

from training.activities.source import N_

MOST_PICTURE_BYTES = 40_000
# Bytes of a drawing before compression; larger ones are fetched by themselves.
MOST_INLINE_BYTES = 6_144
INLINE_START = "data:image/svg+xml,"
# What may stand in an address as it is (RFC 3986); the rest is written as %20.
_INLINE_SAFE = "/:=;,()'!*+@?$&~-_."
CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}

# What a drawing needs; everything that runs, embeds or fetches is missing from the list.
_DRAWING = frozenset(
    "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan "
    "textPath marker pattern mask clipPath linearGradient radialGradient stop filter feGaussianBlur feOffset "
    "feMerge feMergeNode feColorMatrix feBlend feFlood feComposite feDropShadow".split()
)
_UNSAFE_CSS = re.compile(r"@import|expression\s*\(|url\(\s*(?!['\"]?#)", re.IGNORECASE)
_PNG_START = b"\x89PNG\r\n\x1a\n"
_JPEG_START = b"\xff\xd8\xff"
# The JPEG segments that state the size: all "start of frame" markers (ITU-T T.81, table B.1).
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def extension(path: str) -> str:
    """Return the lower-case extension of a file name, without the dot."""
    return path.rpartition(".")[2].lower()


def inline_source(path: str, content: bytes) -> str | None:
    """Return a small drawing written as an address that holds it, or None for any other picture.

    On 2G a request costs 0.8 s and more bytes than such a drawing; and a quiz in one document must hold its pictures,
    or a question could not be answered where the network drops.
    """
    if extension(path) != "svg" or len(content) > MOST_INLINE_BYTES:
        return None
    return INLINE_START + quote(content, safe=_INLINE_SAFE)


def picture_faults(path: str, content: bytes) -> list[tuple[str, str]]:
    """Find what keeps a file from being used as a picture.

    Args:
        path: its name, whose extension says what it claims to be.
        content: its bytes.

    Returns:
        Pairs of untranslated texts: what is wrong, what to do.
    """
    if extension(path) not in CONTENT_TYPES:
        return [(N_("This kind of file cannot be shown."), N_("Use a picture ending in .svg, .png or .jpg."))]
    faults = []
    if len(content) > MOST_PICTURE_BYTES:
        faults.append(
            (N_("The picture is larger than 40 KB."), N_("Make it smaller or simpler, or save it as SVG."))
        )
    if extension(path) == "svg":
        faults += _svg_faults(content)
    if not faults and picture_size(path, content) is None:
        faults.append(
            (N_("The picture does not say how large it is."), N_("Save it again; an SVG needs a viewBox."))
        )
    return faults


def picture_size(path: str, content: bytes) -> tuple[int, int] | None:
    """Return width and height of a picture in pixels, or None when they cannot be read."""
    kind = extension(path)
    if kind == "svg":
        root = _svg_root(content)
        return None if root is None else _svg_size(root)
    if kind == "png":
        if not content.startswith(_PNG_START) or len(content) < 24:
            return None
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_size(content)


def _svg_root(content: bytes) -> ElementTree.Element | None:
    # Entities are how small XML files grow without end; no drawing needs them.
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        return None
    try:
        # Entities were refused above, which is what makes this parser safe here.
        return ElementTree.fromstring(content.decode("utf-8"))  # noqa: S314
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError):
        return None


def _svg_size(root: ElementTree.Element) -> tuple[int, int] | None:
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    try:
        width, height = (round(float(side.removesuffix("px"))) for side in sides)
    except (ValueError, OverflowError):
        return None
    return (width, height) if width > 0 and height > 0 else None


def _svg_faults(content: bytes) -> list[tuple[str, str]]:
    root = _svg_root(content)
    if root is None:
        return [
            (
                N_("The SVG cannot be read."),
                N_("Save it again as plain SVG in UTF-8, without DOCTYPE and ENTITY lines."),
            )
        ]
    if root.tag not in ("svg", "{http://www.w3.org/2000/svg}svg"):
        return [(N_("The file is not an SVG."), N_("Save it again as plain SVG."))]
    faults = {fault for element in root.iter() for fault in _element_faults(element)}
    return sorted(faults)


def _element_faults(element: ElementTree.Element) -> list[tuple[str, str]]:
    faults = []
    name = str(element.tag).rpartition("}")[2]
    # Drawing programs leave notes to themselves in their own namespaces; browsers ignore those.
    is_drawing = str(element.tag).startswith("{http://www.w3.org/2000/svg}") or "}" not in str(element.tag)
    if (is_drawing and name not in _DRAWING) or "xhtml" in str(element.tag):
        faults.append(
            (N_("The SVG holds an element that is not part of a drawing."),
             N_("Remove scripts, foreignObject, animations, images and links from it."))
        )  # fmt: skip
    if name == "style" and _UNSAFE_CSS.search(element.text or ""):
        faults.append(_OUTSIDE)
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if plain.startswith("on"):
            faults.append((N_("The SVG reacts to events."), N_("Remove every attribute starting with “on”.")))
        if (plain in ("href", "src") and not value.strip().startswith("#")) or _UNSAFE_CSS.search(value):
            faults.append(_OUTSIDE)
    return faults


_OUTSIDE = (
    N_("The SVG fetches something from outside."),
    N_("Let it refer only to its own parts, with “#name”, and use no fonts or pictures of others."),
)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(_JPEG_START):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
