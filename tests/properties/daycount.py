"""Clocks counted day by day, by hand: written for comparison, without anything of the program but its zone."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)

#: Days off besides weekends in 2026: England and Wales; the payment system of the euro.
ENGLAND = {date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))}
TARGET = {date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 1), (12, 25), (12, 26))}

WAIT, APPRAISAL, MEDIATION = "AWAITING_CONSUMER", "EXTERNAL_APPRAISAL", "MEDIATION"

#: clock → (length, unit, whose working days)
PERIODS = {
    "CN-NFRA-DEC-1": (15, "day", "CN"),
    "CN-PBOC-DEC-1": (15, "day", "CN"),
    "UK-DISP-PSD-1": (15, "working day", "GB"),
    "UK-DISP-FINAL": (56, "day", "GB"),
    "EU-PSD2-1": (15, "working day", "EU"),
    "AU-RG271-IDR": (30, "day", "AU"),
    "US-CFPB-RESP": (15, "day", "US"),
    "CN-WXPAY-DONE": (72, "hour", "CN"),
    "INT-DEFAULT-DEC": (15, "day", "CN"),
}
#: clock → (its longer length, who may approve it, whether the consumer must be told in time); by stage
LONGER = {
    ("CN-NFRA-DEC-1", 0): (30, "t1 t2 t3 t4 t5 superior", False),
    ("CN-NFRA-DEC-1", 1): (60, "t5 superior", True),
    ("CN-PBOC-DEC-1", 0): (60, "t4", True),
    ("UK-DISP-PSD-1", 0): (35, "t2 t3 t4 t5 superior", True),
    ("EU-PSD2-1", 0): (35, "t2 t3 t4 t5 superior", True),
    ("US-CFPB-RESP", 0): (60, "t1 t2 t3 t4 t5 superior", False),
    ("INT-DEFAULT-DEC", 0): (30, "t1 t2 t3 t4 t5 superior", False),
}
#: clock → the reasons that stop it
STOPS = {"CN-NFRA-DEC-1": {APPRAISAL, MEDIATION}, "INT-DEFAULT-DEC": {WAIT}}
AGREED = {"CN-NFRA-DEC-1", "INT-DEFAULT-DEC"}


def works(day: date, country: str) -> bool:
    """Whether offices are open."""
    if country == "CN":
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in {"GB": ENGLAND, "EU": TARGET}[country]


def last_second(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


@dataclass
class Break:
    """A pause as it was put on record."""

    reason: str
    begins: date
    ends: date | None = None
    told: date | None = None

    def counts(self) -> bool:
        """Whether the law lets it stop a clock: of an appraisal the consumer hears by the next working day."""
        if self.reason != APPRAISAL:
            return True
        limit = self.begins + DAY
        while not works(limit, "CN"):
            limit += DAY
        return self.told is not None and self.told <= limit


@dataclass
class Counter:
    """One clock."""

    name: str
    trigger: datetime
    breaks: list[Break]
    length: int = field(init=False)
    stage: int = 0
    agreed: datetime | None = None

    def __post_init__(self) -> None:
        self.length = PERIODS[self.name][0]

    def stopped(self) -> bool:
        """Whether it stands still for an open end; waiting for the consumer never does that."""
        return not self.agreed and any(
            each.ends is None and each.counts() and each.reason in STOPS.get(self.name, ()) and each.reason != WAIT
            for each in self.breaks
        )

    def days(self, number: int) -> list[date]:
        """The day of the trigger and the first `number` days that count."""
        _, unit, country = PERIODS[self.name]
        off = self._off()
        found = [self.trigger.astimezone(SHANGHAI).date()]
        day = found[0]
        while len(found) <= number:
            day += DAY
            if day not in off and (unit == "day" or works(day, country)):
                found.append(day)
        return found

    def due(self) -> datetime | None:
        if self.stopped():
            return None
        return self.open_due()

    def open_due(self) -> datetime:
        """The due moment were no pause open."""
        if self.agreed:
            return self.agreed
        if PERIODS[self.name][1] == "hour":
            return self.trigger + timedelta(hours=self.length)
        return last_second(self.days(self.length)[-1])

    def mark(self, percent: int) -> datetime:
        """When `percent` are used: so many whole days, and the part of the next day that counts."""
        if self.agreed:
            return self.trigger + (self.agreed - self.trigger) * percent / 100
        if PERIODS[self.name][1] == "hour":
            return self.trigger + timedelta(hours=self.length) * percent / 100
        exact = self.length * percent / 100
        last = self.days(ceil(exact))[-1]
        part = exact % 1 or 1.0
        return last_second(last) - DAY * (1 - part)

    def _off(self) -> set[date]:
        off, waited = set(), 0
        for each in self.breaks:
            if each.reason not in STOPS.get(self.name, ()) or not each.counts():
                continue
            if each.reason != WAIT and each.ends is None:
                continue
            day = each.begins
            while (each.ends is None or day < each.ends) and (each.reason != WAIT or waited < 10):
                off.add(day)
                waited += each.reason == WAIT and works(day, "CN")
                day += DAY
        return off


def effective(counters: list[Counter]) -> Counter:
    """The clock that counts: due first, the later one of two, one that stands still only among such."""
    moving = [each for each in counters if not each.stopped()]
    if not moving:
        return min(reversed(counters), key=lambda each: each.trigger)
    return min(reversed(moving), key=lambda each: each.open_due())
