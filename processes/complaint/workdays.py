"""Which calendar counts for which jurisdiction, and the FEEL functions that count working days and business hours.

The table `calendar_days` adds or takes away days where a notice came later than the program, or an office has own days;
`calendar_years` lists the years whose notice is out. A date counted through another year is provisional.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from engine import clock, reference
from engine.calendars import Calendar, end_of_day
from processes.complaint.sheets import made
from processes.complaint.tenant import home

#: Jurisdiction of the table of deadlines → country of the calendar.
COUNTRIES = {"CN": "CN", "GB": "GB-ENG", "EU": "EU", "US": "US", "AU": "AU"}


#: From this month on the next year's days should be known: the State Council's notice comes in autumn.
WARNING_MONTH = 11


@reference.derived("calendar_days", "calendar_years", "tenant")
def calendar_of(jurisdiction: str) -> Calendar:
    """The calendar of `jurisdiction`; of our own country where a deadline holds anywhere."""
    country = COUNTRIES.get(jurisdiction, COUNTRIES[home()])
    days = {day: works for where, day, works in _overrides() if where == country}
    return Calendar(country, days, announced=[year for where, year in _years() if where == country])


def year_without_calendar(at: datetime) -> int | None:
    """The year for which the working days at home are missing at `at`: this one, or from 1 November on the next."""
    today = at.astimezone(clock.zone()).date()
    years = [today.year, *([today.year + 1] if today.month >= WARNING_MONTH else [])]
    return next((year for year in years if not calendar_of(home()).is_published(year)), None)


def digest(at: datetime) -> str:
    """Differs when our country, the tables of days and years, or what is known of years around `at`, have changed."""
    around = range(at.year - 1, at.year + 3)
    known = [(name, year, calendar_of(name).is_published(year)) for name in COUNTRIES for year in around]
    return hashlib.sha256(repr((home(), _overrides(), _years(), known)).encode()).hexdigest()


def business_days_after(moment: datetime, n: Decimal) -> datetime:
    """The end (23:59:59) of the `n`th working day after the day of `moment` (FEEL function)."""
    day = moment.astimezone(clock.zone()).date()
    return end_of_day(calendar_of(home()).add_working_days(day, int(n)), clock.zone())


def business_hours_after(moment: datetime, hours: Decimal) -> datetime:
    """The moment at which `hours` of business time have passed since `moment` (FEEL function)."""
    return calendar_of(home()).add_business_time(moment, timedelta(hours=float(hours)))


def _years() -> list[tuple[str, int]]:
    return made("calendar_years", lambda cells: (cells["country"], int(cells["year"])))


def _overrides() -> list[tuple[str, date, bool]]:
    return made("calendar_days", _override)


def _override(cells: Mapping[str, str]) -> tuple[str, date, bool]:
    return cells["country"], date.fromisoformat(cells["day"]), cells["works"] == "yes"
