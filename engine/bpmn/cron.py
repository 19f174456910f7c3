"""Cron texts, of which other engines make timer cycles: Unix with five fields, Quartz and Spring with six or seven.

The fields: seconds (not in Unix), minutes, hours, day of the month, month, day of the week, and perhaps the year. Days
of the week count from Sunday: from 0 in Unix, else from 1 as Quartz counts. All are of the business time zone.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from apscheduler.triggers.cron import CronTrigger

from engine import clock

_FIELD = re.compile(r"[\d*/,?LW#-]+|(?:MON|TUE|WED|THU|FRI|SAT|SUN|[A-Z]{3})(?:[-,#/][A-Z0-9]+)*", re.IGNORECASE)
_NAMED = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * SUN",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NTH = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "5": "5th"}
_ANY = frozenset({"*", "?"})
_TICK = timedelta(microseconds=1)


def is_cron(text: str) -> bool:
    """Whether `text` has the shape of a cron text."""
    fields = text.split()
    return text.strip() in _NAMED or (5 <= len(fields) <= 7 and all(_FIELD.fullmatch(field) for field in fields))


def is_understood(text: str) -> bool:
    """Whether `text` is a cron text whose moments can be calculated."""
    try:
        return is_cron(text) and _trigger(text) is not None
    except ValueError:
        return False


def next_moment(text: str, after: datetime) -> datetime | None:
    """The first moment of a cron text later than `after`, None where none comes. Raises ValueError."""
    found: datetime | None = _trigger(text).get_next_fire_time(None, after.astimezone(clock.zone()) + _TICK)
    return found


@lru_cache(maxsize=256)
def _trigger(text: str) -> CronTrigger:
    fields = _NAMED.get(text.strip(), text).split()
    first_day = 1 if len(fields) > 5 else 0
    if len(fields) == 5:
        fields = ["0", *fields]
    second, minute, hour, day, month, weekday, *year = fields
    if day not in _ANY and weekday not in _ANY:
        raise ValueError("days of the month and of the week at once mean different things in different engines")
    day, weekday = _days(day, weekday.lower(), first_day)
    return CronTrigger(
        year=_open(year[0]) if year else None,
        month=_open(month),
        day=day,
        day_of_week=weekday,
        hour=_open(hour),
        minute=_open(minute),
        second=_open(second),
        timezone=clock.zone(),
    )


def _open(field: str) -> str:
    return "*" if field == "?" else field.lower()


def _days(day: str, weekday: str, first_day: int) -> tuple[str, str]:
    """Day of the month and of the week as APScheduler writes them: `last`, `2nd mon`, and week days by name."""
    if "#" in weekday:
        name, _, number = weekday.partition("#")
        if number not in _NTH:
            raise ValueError(f"{weekday} is no day of the month")
        return f"{_NTH[number]} {_day(name, first_day)}", "*"
    if weekday.endswith("l"):
        return f"last {_day(weekday[:-1], first_day)}", "*"
    if weekday in _ANY:
        return "last" if day == "L" else _open(day), "*"
    parts = [_week(part, first_day) for part in weekday.split(",")]
    return "*", ",".join(name for names in parts for name in names)


def _week(part: str, first_day: int) -> list[str]:
    """The days of `mon`, of `fri-mon`, or of every so many from one on."""
    span, _, step = part.partition("/")
    first, _, last = span.partition("-")
    begin = 0 if first == "*" else _DAYS.index(_day(first, first_day))
    end = begin + (_DAYS.index(_day(last, first_day)) - begin) % 7 if last else 6 if step else begin
    return [_DAYS[number % 7] for number in range(begin, end + 1, int(step or 1))]


def _day(name: str, first_day: int) -> str:
    """The name of a week day that is named or numbered. Raises ValueError."""
    if name.isdecimal() and first_day <= int(name) <= 7:
        return _DAYS[(int(name) - first_day) % 7]
    if name in _DAYS:
        return name
    raise ValueError(f"{name} is no day of the week")
