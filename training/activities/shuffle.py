"""An order that looks random, yet is the same on every machine and in every year."""

from collections.abc import Iterable
from hashlib import sha256


def shuffled(keys: Iterable[str], seed: str) -> tuple[str, ...]:
    """Return the keys in an order decided by the seed alone.

    Every key is placed by the SHA-256 of seed and key, so all orders are equally likely, and adding or
    removing one key never changes the order of the others. Python's ``hash`` and ``random`` are not used:
    an attempt must show the same order after an upgrade.

    Args:
        keys: different keys, in any order.
        seed: any text.

    Returns:
        The same keys in their new order.
    """
    return tuple(sorted(keys, key=lambda key: (_place(key, seed), key)))


def _place(key: str, seed: str) -> bytes:
    return sha256(f"{seed}\x1f{key}".encode("utf-8", "surrogatepass")).digest()
