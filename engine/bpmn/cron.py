"""Cron texts of other engines (Quartz, Spring: five to seven fields) as repetitions of ISO 8601, where that fits."""

import re

_FIELD = re.compile(r"[\d*/,?LW#-]+|(?:MON|TUE|WED|THU|FRI|SAT|SUN|[A-Z]{3})(?:[-,#/][A-Z0-9]+)*", re.IGNORECASE)
_STEP = re.compile(r"(?:\*|0+)/(\d{1,2})")
_ANY = frozenset({"*", "?"})
#: Fields of a whole text: seconds, minutes, hours, day of the month, month, day of the week, and perhaps the year.
_SECOND, _MINUTE, _HOUR, _DAYS = 0, 1, 2, slice(3, None)
#: A repetition begins anew at the next full unit: only a step that divides it keeps its rhythm.
_UNITS = {_SECOND: ("S", 60), _MINUTE: ("M", 60), _HOUR: ("H", 24)}


def is_cron(text: str) -> bool:
    """Whether `text` has the shape of a cron text."""
    fields = text.split()
    return 5 <= len(fields) <= 7 and all(_FIELD.fullmatch(field) for field in fields)


def as_repetition(text: str) -> str:
    """The repetition that a cron text means, as ISO 8601 or as FEEL that gives it; empty where it is none.

    `0 0/5 * * * ?` is `R/PT5M`, counted from when the timer is set; `0 30 9 * * ?` begins at the next 09:30.
    """
    fields = text.split()
    if len(fields) == 5:
        fields = ["0", *fields]
    if not is_cron(text) or not all(field in _ANY for field in fields[_DAYS]):
        return ""
    return _every(fields) or _daily(fields)


def _every(fields: list[str]) -> str:
    """A step of one unit, where all smaller ones begin at nought and all larger ones are open."""
    for place, (unit, whole) in _UNITS.items():
        smaller, larger = fields[:place], fields[place + 1 : 3]
        if any(field.strip("0") for field in smaller) or any(field not in _ANY for field in larger):
            continue
        step = _STEP.fullmatch(fields[place])
        count = 1 if fields[place] in _ANY else int(step[1]) if step else 0
        if count and whole % count == 0:
            return f"R/PT{count}{unit}"
    return ""


def _daily(fields: list[str]) -> str:
    """A fixed time of the day."""
    if not all(field.isdecimal() and len(field) < 3 for field in fields[:3]):
        return ""
    second, minute, hour = (int(field) for field in fields[:3])
    if second > 59 or minute > 59 or hour > 23:
        return ""
    time = f"{hour:02}:{minute:02}:{second:02}"
    later = f'substring(string(now()), 12, 8) < "{time}"'
    return f'="R/" + string(if {later} then today() else today() + duration("P1D")) + "T{time}/P1D"'
