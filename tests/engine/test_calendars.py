"""Working days with holidays and make-up days, business hours, and years that are not settled yet."""

from datetime import UTC, date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import clock
from engine.calendars import Calendar, end_of_day
from engine.errors import InvalidInput

CHINA = Calendar("CN")
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 11, 30))
WEEKDAYS = Calendar("")


def _local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.zone())  # type: ignore[misc,arg-type]  # year, month, day, hour, minute


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 9, 28), date(2026, 10, 13)),
        (date(2026, 2, 10), date(2026, 2, 26)),
        (date(2026, 4, 29), date(2026, 5, 12)),
    ],
)
def test_seven_working_days_in_china_pass_holidays_and_use_make_up_days(start: date, due: date) -> None:
    assert CHINA.add_working_days(start, 7) == due
    assert CHINA.working_days_between(start, due) == 7


def test_china_agrees_with_the_official_notices() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(3 * 365 + 1)]

    assert [day for day in days if CHINA.is_working(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("GB-ENG", date(2026, 12, 28)),
        ("AU", date(2026, 1, 26)),
        ("DE", date(2025, 10, 3)),
        ("EU", date(2026, 5, 1)),
        ("US", date(2021, 12, 31)),
    ],
)
def test_public_holidays_are_not_worked(country: str, day: date) -> None:
    assert not Calendar(country).is_working(day)
    assert Calendar("").is_working(day)


@given(DAYS, st.integers(-200, 200))
def test_counting_forward_and_back_agree(day: date, count: int) -> None:
    reached = CHINA.add_working_days(day, count)

    assert count == 0 or CHINA.is_working(reached)
    if count >= 0:
        assert CHINA.working_days_between(day, reached) == count
    assert CHINA.working_days_between(reached, day) == -CHINA.working_days_between(day, reached)


@given(DAYS, st.integers(0, 50), st.integers(0, 50))
def test_days_can_be_added_in_two_steps(day: date, first: int, second: int) -> None:
    in_steps = CHINA.add_working_days(CHINA.add_working_days(day, first), second)

    assert in_steps == CHINA.add_working_days(day, first + second)


def test_overrides_win_over_the_country() -> None:
    calendar = Calendar("CN", {date(2026, 3, 10): False, date(2026, 3, 14): True})

    assert not calendar.is_working(date(2026, 3, 10))
    assert calendar.is_working(date(2026, 3, 14))
    assert calendar.is_working(date(2026, 3, 11))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (_local(2026, 3, 10, 10), 3, _local(2026, 3, 10, 13)),
        (_local(2026, 3, 10, 7), 1, _local(2026, 3, 10, 10)),
        (_local(2026, 3, 10, 20), 1, _local(2026, 3, 11, 10)),
        (_local(2026, 3, 10, 17), 2, _local(2026, 3, 11, 10)),
        (_local(2026, 3, 10, 9), 9, _local(2026, 3, 10, 18)),
        (_local(2026, 3, 13, 17), 10, _local(2026, 3, 16, 18)),
        (_local(2026, 9, 30, 16), 3, _local(2026, 10, 8, 10)),
        (_local(2026, 3, 14, 12), 0, _local(2026, 3, 16, 9)),
    ],
)
def test_business_hours_run_only_while_people_work(start: datetime, hours: int, end: datetime) -> None:
    assert CHINA.add_business_time(start, timedelta(hours=hours)) == end


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC)), st.integers(1, 3000))  # noqa: DTZ001
def test_business_time_ends_within_business_hours(moment: datetime, minutes: int) -> None:
    end = CHINA.add_business_time(moment, timedelta(minutes=minutes)).astimezone(clock.zone())

    assert end - moment >= timedelta(minutes=minutes)
    assert CHINA.is_working(end.date())
    assert time(9) < end.time() <= time(18)


def test_a_year_without_the_state_councils_notice_is_provisional() -> None:
    assert CHINA.is_published(2026)
    assert not CHINA.is_published(2027)
    assert CHINA.provisional(date(2026, 12, 20), date(2027, 1, 5))
    assert not CHINA.provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert not Calendar("DE").provisional(date(2026, 1, 1), date(2030, 12, 31))


def test_an_announced_year_is_settled_and_an_own_day_alone_settles_nothing() -> None:
    saturday = date(2027, 2, 20)

    assert Calendar("CN", {saturday: True}, announced=[2027]).is_published(2027)
    assert not Calendar("CN", {saturday: True}).is_published(2027)


def test_a_deadline_day_lasts_until_its_last_second() -> None:
    assert end_of_day(date(2026, 3, 25), clock.zone()) == _local(2026, 3, 25, 23, 59) + timedelta(seconds=59)


def test_the_ends_of_the_calendar_are_refused_not_crashed() -> None:
    for calendar in (CHINA, WEEKDAYS, Calendar("US")):
        with pytest.raises(InvalidInput):
            calendar.add_working_days(date(9999, 12, 30), 5)
        with pytest.raises(InvalidInput):
            calendar.add_business_time(_local(9999, 12, 31, 10), timedelta(hours=50))


def test_impossible_questions_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Atlantis"):
        Calendar("Atlantis")
    with pytest.raises(InvalidInput, match="start before"):
        Calendar("CN", hours=(time(18), time(9)))
    with pytest.raises(InvalidInput):
        CHINA.add_working_days(date(2026, 1, 1), 10**9)
    with pytest.raises(InvalidInput):
        CHINA.working_days_between(date(1, 1, 1), date(9999, 1, 1))
    with pytest.raises(InvalidInput):
        CHINA.add_business_time(datetime(2026, 1, 1), timedelta(hours=1))  # noqa: DTZ001
    with pytest.raises(InvalidInput):
        CHINA.add_business_time(_local(2026, 1, 1, 9), timedelta(hours=-1))
    with pytest.raises(InvalidInput):
        CHINA.add_business_time(_local(2026, 1, 1, 9), timedelta(days=999_999))
