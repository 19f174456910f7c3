"""Working days and business hours: public holidays by country, make-up days (调休), and what the office adds itself.

The `holidays` package knows the rules; the State Council's yearly notice for China is only known for published years,
and days counted through a year without it are provisional.
"""

from collections.abc import Collection, Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from types import MappingProxyType

import holidays

from engine import clock
from engine.errors import InvalidInput

_DAY = timedelta(days=1)
_SATURDAY = 5
#: Countries whose days off are announced year by year; elsewhere they follow from rules.
_ANNOUNCED_YEARLY = frozenset({"CN"})
#: Furthest that days are counted.
_MAX_DAYS = 10_000
_NOTHING: Mapping[date, bool] = MappingProxyType({})
_HOURS = (time(9), time(18))


class Calendar:
    """Working days of one country, and business hours in the business time zone.

    `country` is an ISO 3166 code, with a part if it has own holidays: `CN`, `GB-ENG`, `AU`, `DE`; `EU` means the
    days on which the European Central Bank settles payments (TARGET); empty means Monday to Friday without holidays.
    `overrides` (day → is it worked?) win over the country's days. `hours` are the start and end of a working day.
    `announced` are years whose days off are settled though the program does not know them: `overrides` hold them.
    Raises InvalidInput for an unknown country or hours that do not follow each other.
    """

    def __init__(
        self,
        country: str,
        overrides: Mapping[date, bool] = _NOTHING,
        hours: tuple[time, time] = _HOURS,
        announced: Collection[int] = (),
    ) -> None:
        if hours[0] >= hours[1]:
            raise InvalidInput(why="the business day must start before it ends")
        self.country = country
        self._overrides = dict(overrides)
        self._announced = frozenset(announced)
        self._start, self._end = hours
        _days_off(country, clock.today().year)

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`."""
        override = self._overrides.get(day)
        if override is not None:
            return override
        return (day.weekday() < _SATURDAY and day not in _days_off(self.country, day.year)) or (
            day in _make_up_days(self.country, day.year)
        )

    def add_working_days(self, day: date, n: int) -> date:
        """The `n`-th working day after `day`, which itself does not count (Civil Code of China, Art. 201).

        Negative `n` counts back; 0 gives `day` itself. Raises InvalidInput beyond 10,000 days or the calendar.
        """
        step = _DAY if n >= 0 else -_DAY
        left = abs(n)
        if left > _MAX_DAYS:
            raise InvalidInput(why=f"{n} working days are too many to count")
        try:
            while left:
                day += step
                left -= self.is_working(day)
        except OverflowError as error:
            raise InvalidInput(why="the date lies outside the calendar") from error
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after `a` up to and including `b`; negative if `b` is earlier.

        Raises InvalidInput if the days are more than 10,000 working days apart.
        """
        if b < a:
            return -self.working_days_between(b, a)
        days = (b - a).days
        if days > 2 * _MAX_DAYS:
            raise InvalidInput(why="the days are too far apart to count")
        return sum(self.is_working(a + _DAY * number) for number in range(1, days + 1))

    def add_business_time(self, moment: datetime, duration: timedelta) -> datetime:
        """The moment (UTC) at which `duration` of business hours has passed since `moment` (aware).

        What ends with a business day ends that evening, not the next morning. Raises InvalidInput for a negative or
        far too long duration.
        """
        if moment.tzinfo is None or duration < timedelta():
            raise InvalidInput(why="business time needs a moment with a time zone and a duration that is not negative")
        if duration > _MAX_DAYS * self._per_day:
            raise InvalidInput(why="the duration is too long to count in business hours")
        try:
            return self._after(moment.astimezone(clock.zone()), duration)
        except OverflowError as error:
            raise InvalidInput(why="the date lies outside the calendar") from error

    def business_day(self, day: date) -> tuple[datetime, datetime] | None:
        """When business begins and ends on `day` (UTC); None on a day off."""
        if not self.is_working(day):
            return None
        return self._at(day, self._start).astimezone(UTC), self._at(day, self._end).astimezone(UTC)

    def business_time_between(self, a: datetime, b: datetime) -> timedelta:
        """How much business time lies between two moments (aware); nothing when `b` is not the later one."""
        day, last = a.astimezone(clock.zone()).date(), b.astimezone(clock.zone()).date()
        passed = timedelta()
        while day <= last:
            hours = self.business_day(day)
            if hours is not None:
                passed += max(min(hours[1], b) - max(hours[0], a), timedelta())
            day += _DAY
        return passed

    def is_published(self, year: int) -> bool:
        """Whether the days off of `year` are settled. For China, a make-up day tells that the notice is known."""
        if self.country not in _ANNOUNCED_YEARLY or year in self._announced:
            return True
        return bool(_make_up_days(self.country, year))

    def provisional(self, from_day: date, to_day: date) -> bool:
        """Whether a count from `from_day` to `to_day` passes through a year whose days off are not settled."""
        return not all(self.is_published(year) for year in range(from_day.year, to_day.year + 1))

    def _after(self, moment: datetime, left: timedelta) -> datetime:
        day = moment.date()
        begin = max(moment, self._at(day, self._start))
        while True:
            available = self._at(day, self._end) - begin if self.is_working(day) else timedelta()
            if timedelta() < available and left <= available:
                return begin.astimezone(UTC) + left
            left -= max(available, timedelta())
            day += _DAY
            begin = self._at(day, self._start)

    @property
    def _per_day(self) -> timedelta:
        return self._at(date.min, self._end) - self._at(date.min, self._start)

    def _at(self, day: date, clock_time: time) -> datetime:
        return datetime.combine(day, clock_time, clock.zone())


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last second (23:59:59) of `day` in `zone`, as UTC: until then a deadline of that day is kept."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


@lru_cache(maxsize=256)
def _days_off(country: str, year: int) -> frozenset[date]:
    """The public holidays of `year`, also those moved from the years beside it."""
    if not country:
        return frozenset()
    return frozenset(_known(country, year).keys())


@lru_cache(maxsize=256)
def _make_up_days(country: str, year: int) -> frozenset[date]:
    """The days of `year` that are worked though they fall on a weekend."""
    if not country:
        return frozenset()
    worked: set[date] = getattr(_known(country, year), "weekend_workdays", set())
    return frozenset(day for day in worked if day.year == year)


def _known(country: str, year: int) -> holidays.HolidayBase:
    years = [near for near in (year - 1, year, year + 1) if MINYEAR <= near <= MAXYEAR]
    try:
        if country == "EU":
            return holidays.financial_holidays("ECB", years=years, expand=False)
        name, _, part = country.partition("-")
        return holidays.country_holidays(name, subdiv=part or None, years=years, expand=False)
    except NotImplementedError as error:
        raise InvalidInput(why=f"there is no holiday calendar for {country}") from error
