"""Date and time fields of a form: `datetime` of subtype date, time or datetime."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from engine import clock
from engine.forms.checks import Refused
from engine.forms.fields import Answer, Field, single
from engine.forms.scope import Scope

#: Years that a date may have: others are slips of the finger.
FIRST_YEAR, LAST_YEAR = 1850, 2199

_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_TIME = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
_PATTERNS = {
    "date": re.compile(_DATE, re.ASCII),
    "time": re.compile(_TIME, re.ASCII),
    "datetime": re.compile(rf"{_DATE}[T\s]\s*{_TIME}(?P<offset>Z|[+-]\d\d:\d\d)?", re.ASCII),
}


@dataclass(frozen=True, kw_only=True)
class MomentField(Field):
    """A `datetime` of subtype date, time or datetime; the last is aware, read in the business time zone."""

    subtype: str = "date"
    minutes: int = 0
    no_past: bool = False

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer."""
        return "date and time" if self.subtype == "datetime" else self.subtype

    def read(self, texts: Sequence[str], _scope: Scope, /) -> date | time | None:
        """The moment, year first, in any usual punctuation."""
        text = single(texts)
        if text is None:
            return None
        moment = self._moment(unicodedata.normalize("NFKC", text).strip()) if len(text) < 100 else None
        if moment is None:
            raise Refused(_MESSAGES[self.subtype])
        if self.no_past and isinstance(moment, date) and _day(moment) < clock.today():
            raise Refused("“{label}” cannot lie in the past")
        return moment

    def _moment(self, text: str) -> date | time | None:
        match = _PATTERNS[self.subtype].fullmatch(text)
        if match is None:
            return None
        numbers = [int(part or 0) for part in match.groups()[:6]]
        first, second, third = numbers[:3]
        try:
            if self.subtype == "time":
                return time(first, second, third)
            _refuse_year(first)
            if self.subtype == "date":
                return date(first, second, third)
            if match["offset"] is None:
                hour, minute, seconds = numbers[3:]
                return _local(datetime(first, second, third, hour, minute, seconds, tzinfo=clock.zone()))
            return datetime.fromisoformat(text).astimezone(clock.zone())
        except ValueError:
            return None

    def texts(self, answer: Answer) -> list[str]:
        """The moment as a browser's own date and time fields write it."""
        if isinstance(answer, datetime):
            local = answer.astimezone(clock.zone()).replace(tzinfo=None, microsecond=0) if answer.tzinfo else answer
            if self.subtype == "date":
                return [local.date().isoformat()]
            return [local.isoformat(timespec="seconds" if local.second else "minutes")]
        if isinstance(answer, time):
            return [answer.replace(tzinfo=None).isoformat(timespec="seconds" if answer.second else "minutes")]
        return super().texts(answer)


_MESSAGES = {
    "date": "“{label}” is not a date; write year, month and day, like 2026-03-27",
    "time": "“{label}” is not a time; write hours and minutes, like 14:30",
    "datetime": "“{label}” is not a date with time; write it like 2026-03-27 14:30",
}


def _refuse_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("The year of “{label}” must lie between {first} and {last}", first=FIRST_YEAR, last=LAST_YEAR)


def _local(moment: datetime) -> datetime | None:
    """`moment`, or None in an hour that clocks skip. Of a repeated hour, the first is meant."""
    again = datetime.fromtimestamp(moment.timestamp(), moment.tzinfo)
    return moment if again.replace(tzinfo=None) == moment.replace(tzinfo=None) else None


def _day(moment: date) -> date:
    return moment.astimezone(clock.zone()).date() if isinstance(moment, datetime) else moment
