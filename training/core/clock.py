"""The one clock: everything that asks for the time asks here, so that tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the present moment as an aware UTC datetime."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """Return the present calendar day in Việt Nam."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return `moment` (aware) on the Vietnamese wall clock."""
    return moment.astimezone(LOCAL)


def day_start(day: date) -> datetime:
    """Return the UTC moment at which the Vietnamese calendar `day` begins."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def day_end(day: date) -> datetime:
    """Return the UTC moment at which the Vietnamese calendar `day` is over (exclusive)."""
    return day_start(day + timedelta(days=1))


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) inside the block: for the demo's history and for tests."""
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
