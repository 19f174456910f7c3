"""Which calendar counts for which jurisdiction, and the FEEL functions that count working days and business hours.

The table `calendar_days` adds or takes away days where a notice came later than the program, or an office has own days.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from engine import clock, reference
from engine.calendars import Calendar, end_of_day
from processes.complaint.sheets import made
from processes.complaint.tenant import home

#: Jurisdiction of the table of deadlines → country of the calendar.
COUNTRIES = {"CN": "CN", "GB": "GB-ENG", "EU": "EU", "US": "US", "AU": "AU"}


@reference.derived("calendar_days")
def calendar_of(jurisdiction: str) -> Calendar:
    """The calendar of `jurisdiction`; of our own country where a deadline holds anywhere."""
    country = COUNTRIES.get(jurisdiction, COUNTRIES[home()])
    return Calendar(country, {day: works for where, day, works in _overrides() if where == country})


def business_days_after(moment: datetime, n: Decimal) -> datetime:
    """The end (23:59:59) of the `n`th working day after the day of `moment` (FEEL function)."""
    day = moment.astimezone(clock.zone()).date()
    return end_of_day(calendar_of(home()).add_working_days(day, int(n)), clock.zone())


def business_hours_after(moment: datetime, hours: Decimal) -> datetime:
    """The moment at which `hours` of business time have passed since `moment` (FEEL function)."""
    return calendar_of(home()).add_business_time(moment, timedelta(hours=float(hours)))


def _overrides() -> list[tuple[str, date, bool]]:
    return made("calendar_days", _override)


def _override(cells: Mapping[str, str]) -> tuple[str, date, bool]:
    return cells["country"], date.fromisoformat(cells["day"]), cells["works"] == "yes"
