"""Time as a parameter: `now()` is the only reading of the clock; tests, dry runs and the demo travel in it.

All times are aware and in UTC. `zone()` is the business time zone, in which days begin and end.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)
_offset: ContextVar[timedelta] = ContextVar("offset", default=timedelta())
_business: dict[str, ZoneInfo] = {"zone": ZoneInfo("Asia/Shanghai")}


def now() -> datetime:
    """The current moment, aware, in UTC; shifted or fixed where `travel` or `at` is in force."""
    fixed = _fixed.get()
    return fixed if fixed is not None else real_now() + _offset.get()


def real_now() -> datetime:
    """What the wall clock says, wherever `now()` travels; in UTC."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """The business time zone."""
    return _business["zone"]


def today() -> date:
    """The current date in the business time zone."""
    return now().astimezone(zone()).date()


def set_zone(name: str) -> None:
    """Make `name` (IANA, as `Asia/Shanghai`) the business time zone of this process: a setting, read at the start."""
    _business["zone"] = ZoneInfo(name)


def set_offset(offset: timedelta) -> None:
    """Shift `now()` by `offset` in this context: how a demo database lets its web, worker and tick travel together."""
    _offset.set(offset)


@contextlib.contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Fix `now()` to `moment` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
