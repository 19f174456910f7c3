"""Functions on numbers, dates, times and durations (DMN 1.5, sections 10.3.4.1, .5, .8 and .11)."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine import clock
from engine.feel import YearsMonths, evaluate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("decimal(1/3, 2)", "0.33"),
        ("decimal(1.5, 0)", "2"),
        ("decimal(2.5, 0)", "2"),
        ("decimal(1234.5, -2)", "1200"),
        ("decimal(1, 7000)", None),
        ("floor(1.5)", "1"),
        ("floor(-1.56, 1)", "-1.6"),
        ("ceiling(1.5)", "2"),
        ("ceiling(-1.56, 1)", "-1.5"),
        ("round up(5.5, 0)", "6"),
        ("round up(-5.5, 0)", "-6"),
        ("round up(1.121, 2)", "1.13"),
        ("round up(-1.126, 2)", "-1.13"),
        ("round down(5.5, 0)", "5"),
        ("round down(-1.126, 2)", "-1.12"),
        ("round half up(5.5, 0)", "6"),
        ("round half up(-5.5, 0)", "-6"),
        ("round half up(1.121, 2)", "1.12"),
        ("round half down(5.5, 0)", "5"),
        ("round half down(-5.5, 0)", "-5"),
        ("round half down(1.126, 2)", "1.13"),
        ("round up(1)", None),
        ("abs(-10)", "10"),
        ("modulo(12, 5)", "2"),
        ("modulo(-12, 5)", "3"),
        ("modulo(12, -5)", "-3"),
        ("modulo(-12, -5)", "-2"),
        ("modulo(10.1, 4.5)", "1.1"),
        ("modulo(5, 0)", None),
        ("sqrt(16)", "4"),
        ("sqrt(2)", "1.414213562373095048801688724209698"),
        ("sqrt(-1)", None),
        ("log(1)", "0"),
        ("decimal(log(10), 8)", "2.30258509"),
        ("log(0)", None),
        ("log(-1)", None),
        ("exp(0)", "1"),
        ("decimal(exp(5), 8)", "148.41315910"),
        ("exp(1e9)", None),
        ('sqrt("4")', None),
    ],
)
def test_a_function_on_numbers_gives(expression: str, value: str | None) -> None:
    assert evaluate(expression, {}) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("odd(5)", True),
        ("odd(-5)", True),
        ("odd(0)", False),
        ("odd(2.5)", False),
        ("even(2)", True),
        ("even(-3)", False),
        ('even("2")', None),
        ('abs(@"-PT5H")', timedelta(hours=5)),
        ('abs(@"-P3M")', YearsMonths(3)),
        ('abs("1")', None),
    ],
)
def test_a_number_is_odd_or_even(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


LOCAL, AWARE = datetime(2012, 12, 24, 23, 59), datetime(2012, 12, 24, 23, 59, tzinfo=UTC)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('date("2012-12-25")', date(2012, 12, 25)),
        ('date("2012-12-25T10:00:00")', None),
        ('date("2012-12-25Z")', None),
        ("date(2012, 12, 25)", date(2012, 12, 25)),
        ("date(2012, 13, 25)", None),
        ("date(2012, 2.5, 25)", None),
        ('date(date and time("2012-12-25T11:00:00Z"))', date(2012, 12, 25)),
        ("date(2012)", None),
        ('date("2012", 1, 1)', None),
        ('time("23:59:00")', time(23, 59)),
        ('time("T23:59:00")', time(23, 59)),
        ('time("23:59")', None),
        ("time(23, 59, 0)", time(23, 59)),
        ("time(23, 59, 0.25)", time(23, 59, 0, 250_000)),
        ('time(23, 59, 0, @"-PT5H")', time(23, 59, tzinfo=timezone(timedelta(hours=-5)))),
        ("time(23, 59, 0, null)", time(23, 59)),
        ('time(23, 59, 0, @"PT15H")', None),
        ("time(24, 0, 0)", None),
        ("time(-1, 0, 0)", None),
        ('time(@"2012-12-24T23:59:00Z")', time(23, 59, tzinfo=UTC)),
        ('time(@"2012-12-24")', time(0, tzinfo=UTC)),
        ('date and time("2012-12-24T23:59:00")', LOCAL),
        ('date and time("2012-12-24T23:59:00Z")', AWARE),
        ('date and time("2012-12-24")', datetime(2012, 12, 24)),  # noqa: DTZ001
        ('date and time("23:59:00")', None),
        ('date and time(date("2012-12-24"), time("23:59:00"))', LOCAL),
        ('date and time(@"2012-12-24T10:00:00@Asia/Tokyo", @"23:59:00Z")', AWARE),
        ('date and time(@"2012-12-24", "23:59:00")', None),
        ('duration("P2DT20H14M")', timedelta(days=2, hours=20, minutes=14)),
        ('duration("P2Y2M")', YearsMonths(26)),
        ('duration("P1Y1D")', None),
        ('duration("")', None),
        ('years and months duration(date("2011-12-22"), date("2013-08-24"))', YearsMonths(20)),
        ('years and months duration(date("2013-08-24"), date("2011-12-22"))', YearsMonths(-20)),
        ('years and months duration(@"2011-12-22", @"2013-08-21T00:00:00Z")', YearsMonths(19)),
        ('years and months duration("2011-12-22", @"2013-08-24")', None),
        ('day of year(date("2019-09-17"))', Decimal(260)),
        ('day of week(@"2019-09-17T10:00:00")', "Tuesday"),
        ('month of year(date("2019-09-17"))', "September"),
        ('week of year(date("2019-09-17"))', Decimal(38)),
        ('week of year(date("2003-12-29"))', Decimal(1)),
        ('week of year(date("2010-01-03"))', Decimal(53)),
        ('day of week("2019-09-17")', None),
    ],
)
def test_a_function_on_dates_gives(expression: str, value: object) -> None:
    result = evaluate(expression, {})

    assert result == value
    assert getattr(result, "tzinfo", None) == getattr(value, "tzinfo", None)


def test_now_and_today_follow_the_clock() -> None:
    with clock.at(datetime(2026, 3, 9, 17, tzinfo=UTC)):
        assert evaluate("now()", {}) == datetime(2026, 3, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
        assert evaluate("today()", {}) == date(2026, 3, 10)
