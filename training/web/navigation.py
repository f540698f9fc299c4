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
        Link(url_for(entry.endpoint), entry.label, _same_place(entry.endpoint, here))
        for entry in entries
        if viewer is not None and viewer.has(entry.permission)
    ]


def _same_place(endpoint: str, here: str) -> bool:
    if endpoint.startswith("admin."):  # a room of several places
        return endpoint == here
    return endpoint.split(".")[0] == here.split(".")[0]


def init_app(app: Flask, entries: list[Entry]) -> None:
    """Remember the wired entries."""
    app.extensions["navigation"] = entries
