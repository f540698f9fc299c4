"""Limits per address, against machines; people who mistype are slowed down by `accounts`."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

# A whole village may stand behind one mobile address, so this is generous.
SIGN_IN_LIMIT = "60 per minute"
# After this long everybody may try again.
WINDOW_SECONDS = 60

limiter = Limiter(get_remote_address, strategy="fixed-window")
