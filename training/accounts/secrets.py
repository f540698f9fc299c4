"""PINs, passwords, tokens and card codes: made, hashed, checked."""

import hashlib
import secrets as random

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import Type

from training.accounts.rules import CARD_ALPHABET, CARD_LENGTH, is_weak_pin

# OWASP's second recommended setting: 19 MiB, two passes, one lane; about 35 ms on a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
# Checked when the name does not exist, so that an answer takes as long either way.
_NOBODY = _hasher.hash(random.token_hex(16))


def hash_secret(secret: str) -> str:
    """Return the Argon2id hash of a PIN or password."""
    return _hasher.hash(secret)


def is_right(stored: str | None, secret: str) -> bool:
    """Tell whether `secret` belongs to `stored`; takes the same time when there is nothing stored."""
    try:
        return _hasher.verify(stored or _NOBODY, secret) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def digest(text: str) -> str:
    """Return the SHA-256 of a token or sign-in name, for look-up without keeping the text."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_token() -> str:
    """Return 256 random bits as text."""
    return random.token_urlsafe(32)


def new_pin() -> str:
    """Return six random digits that are not among the first a stranger would try."""
    while is_weak_pin(pin := f"{random.randbelow(1_000_000):06d}"):
        pass
    return pin


def new_card_code() -> str:
    """Return a random card code."""
    return "".join(random.choice(CARD_ALPHABET) for _ in range(CARD_LENGTH))


def new_password() -> str:
    """Return a random password of four groups that can be read out over the phone."""
    return "-".join("".join(random.choice("abcdefghkmnprstuvwxy34679") for _ in range(4)) for _ in range(4))
