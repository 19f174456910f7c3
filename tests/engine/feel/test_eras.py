"""Dates outside Python's calendar: years before 1 and after 9999."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import YearsMonths, evaluate, to_text
from engine.feel.eras import FarDate, make_day

FAR_YEARS = st.integers(-999_999_999, 0) | st.integers(10_000, 999_999_999)


@pytest.mark.parametrize(
    "text",
    ["-0044-03-15", "0000-02-29", "10000-01-01", "999999999-12-31", "-999999999-01-01", "-12026-03-10T09:30:00.5+08:00",
     "12026-03-10T09:30:00", "12026-03-10T09:30:00@Europe/Paris", "-0001-12-31T23:59:59Z"],
)  # fmt: skip
def test_a_far_date_is_written_as_read(text: str) -> None:
    assert to_text(evaluate(f'@"{text}"', {})) == text


@pytest.mark.parametrize(
    "text",
    ["-0000-01-01", "09999-01-01", "1000000000-01-01", "-0001-02-29", "-44-03-15", "10000-13-01", "+10000-01-01"],
)
def test_what_is_no_far_date_is_null(text: str) -> None:
    assert evaluate(f'date("{text}")', {}) is None


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('@"-0044-03-15".year', Decimal(-44)),
        ('@"-0044-03-15".month', Decimal(3)),
        ('@"12026-03-10".weekday', Decimal(2)),
        ('@"12026-03-10T09:30:00Z".hour', Decimal(9)),
        ('@"12026-03-10T09:30:00Z".value - @"12026-03-10".value', Decimal(34_200)),
        ('@"-0044-03-15" < @"0001-01-01"', True),
        ('@"10000-01-01" > @"9999-12-31"', True),
        ('@"10000-01-01" in [@"2026-01-01"..@"10000-01-01"]', True),
        ('@"10000-01-01T00:00:00+01:00" = @"9999-12-31T23:00:00Z"', True),
        ('date(-44, 3, 15) = @"-0044-03-15"', True),
        ('date(@"12026-03-10T09:30:00Z") = @"12026-03-10"', True),
        ('time(@"12026-03-10T09:30:00Z") = @"09:30:00Z"', True),
        ('date and time(@"12026-03-10", @"09:30:00") = @"12026-03-10T09:30:00"', True),
        ('@"10000-01-01" - @"9999-12-31"', timedelta(days=1)),
        ('@"10000-01-01T00:00:00Z" - @"9999-12-31T12:00:00Z"', timedelta(hours=12)),
        ('@"999999999-12-31" - @"-999999999-01-01"', None),
        ('years and months duration(@"-999999999-12-31", @"999999999-12-31")', YearsMonths(23_999_999_976)),
        ('day of week(@"12026-03-10")', "Tuesday"),
        ('day of year(@"12026-03-10")', Decimal(69)),
        ('week of year(@"12026-03-10")', Decimal(11)),
        ('month of year(@"12026-03-10")', "March"),
        ('@"9999-12-31T24:00:00" = @"10000-01-01T00:00:00"', True),
        ('@"10000-01-01" + @"P1D"', None),
        ('@"10000-01-01" instance of date', True),
        ('is(@"10000-01-01", date(10000, 1, 1))', True),
    ],
)
def test_a_far_date_can_be_asked_and_compared(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


@given(FAR_YEARS, FAR_YEARS)
def test_far_dates_keep_the_order_of_their_years(first: int, second: int) -> None:
    one, other = make_day(first, 3, 10), make_day(second, 3, 10)

    assert isinstance(one, FarDate)
    assert isinstance(other, FarDate)
    assert one.year == first
    assert evaluate("a < b", {"a": one, "b": other}) is (first < second)
    assert evaluate("years and months duration(a, b).years", {"a": one, "b": other}) == second - first


@given(st.dates())
def test_near_dates_are_pythons_own(day: date) -> None:
    assert make_day(day.year, day.month, day.day) == day
