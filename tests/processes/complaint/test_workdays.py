"""The FEEL functions that count working time."""

from datetime import timedelta
from decimal import Decimal

from processes.complaint.workdays import business_days_after, business_hours_after, calendar_of
from tests.processes.complaint.filing import end_of, local


def test_working_days_end_with_the_day():
    assert business_days_after(local("2026-09-28"), Decimal(7)) == end_of("2026-10-13")
    assert business_days_after(local("2026-03-13"), Decimal(1)) == end_of("2026-03-16")


def test_business_hours_stop_at_night():
    assert business_hours_after(local("2026-03-10", "17:00"), Decimal(2)) == local("2026-03-11", "10:00")
    assert business_hours_after(local("2026-03-10", "09:00"), Decimal("0.5")) - local(
        "2026-03-10", "09:00"
    ) == timedelta(minutes=30)


def test_each_jurisdiction_has_its_calendar_and_ours_stands_in_elsewhere():
    assert calendar_of("GB").country == "GB-ENG"
    assert calendar_of("any").country == "CN"
