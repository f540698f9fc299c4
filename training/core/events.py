"""Events: how a lower storey tells an upper one, in the same transaction, without knowing it."""

from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_handlers: dict[type[Any], list[Callable[[Any], None]]] = {}


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for every event of exactly `kind`; a second subscription of the same pair is ignored."""
    handlers = _handlers.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)


def publish(event: object) -> None:
    """Hand `event` to its subscribers now, in the caller's transaction."""
    for handler in _handlers.get(type(event), []):
        handler(event)
