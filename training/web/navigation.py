"""The left navigation of staff pages: filled by the wiring, shown by permission."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import LazyString

from training.core.permissions import Permission
from training.web.access import find_viewer


@dataclass(frozen=True)
class Entry:
    """One line of the navigation, as wired."""

    endpoint: str
    label: LazyString
    permission: Permission
    # Further blueprints whose pages are reached from here.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """One line of the navigation, as shown to this viewer."""

    href: str
    label: LazyString
    is_current: bool


def navigation() -> list[Link]:
    """Return the links this viewer may follow; the current one is marked by its feature."""
    viewer = find_viewer()
    here = request.endpoint or ""
    entries: list[Entry] = current_app.extensions["navigation"]
    return [
        Link(url_for(entry.endpoint), entry.label, _is_here(entry, here))
        for entry in entries
        if viewer is not None and viewer.has(entry.permission)
    ]


def _is_here(entry: Entry, here: str) -> bool:
    if entry.endpoint.startswith("admin."):  # a room of several places
        return entry.endpoint == here
    return here.split(".")[0] in (entry.endpoint.split(".")[0], *entry.also)


def init_app(app: Flask, entries: list[Entry]) -> None:
    """Remember the wired entries."""
    app.extensions["navigation"] = entries
