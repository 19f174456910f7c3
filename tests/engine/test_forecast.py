"""When work will be done: laws that hold for any queue, and a few dates counted by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import Calendar
from engine.forecast import HORIZON, Ahead, Pace, Timetable, forecast

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar("CN")
#: Monday, 09:00 in Shanghai.
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)

moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 6, 30), timezones=st.just(SHANGHAI))  # noqa: DTZ001
times = st.integers(0, 60 * 200).map(lambda minutes: timedelta(minutes=minutes))
later = st.none() | moments


def done_at(now, work=HOUR, ahead=timedelta(), hands=1, away=None, put_off=None):
    found = forecast(Timetable(CALENDAR, now), Pace(work), Ahead(3, ahead, hands, away, put_off), None)
    return found.done_at


@given(moments, times, times, times, later, later, st.integers(1, 5))
def test_more_work_before_it_never_makes_it_earlier(now, work, ahead, more, away, put_off, hands):
    assert done_at(now, work, ahead + more, hands, away, put_off) >= done_at(now, work, ahead, hands, away, put_off)


@given(moments, times, times, times, later, later, st.integers(1, 5))
def test_a_longer_step_never_makes_it_earlier(now, work, ahead, more, away, put_off, hands):
    assert done_at(now, work + more, ahead, hands, away, put_off) >= done_at(now, work, ahead, hands, away, put_off)


@given(moments, times, times, later, later, st.integers(1, 5))
def test_nothing_is_done_before_now_and_more_hands_never_make_it_later(now, work, ahead, away, put_off, hands):
    assert done_at(now, work, ahead, hands, away, put_off) >= now
    assert done_at(now, work, ahead, hands + 1, away, put_off) <= done_at(now, work, ahead, hands, away, put_off)


@given(moments, times, moments)
def test_nothing_begins_before_the_person_is_back_and_the_task_wanted(now, work, back):
    work += timedelta(minutes=1)  # what takes no time ends with the day before

    assert done_at(now, work, away=back) > min(back, now + HORIZON)
    assert done_at(now, work, put_off=back) > min(back, now + HORIZON)


@given(moments, times)
def test_the_timetable_counts_as_the_calendar_does(now, passed):
    table = Timetable(CALENDAR, now)

    assert table.after(passed) == CALENDAR.add_business_time(now, passed)
    assert table.until(table.after(passed)) == passed == CALENDAR.business_time_between(now, table.after(passed))


def test_days_off_and_nights_are_no_working_time():
    assert done_at(NOW, 2 * HOUR) == NOW + 2 * HOUR
    assert done_at(NOW, 2 * HOUR, ahead=9 * HOUR) == NOW + timedelta(days=1, hours=2)
    assert done_at(NOW, HOUR, ahead=5 * 9 * HOUR) == NOW + timedelta(days=7, hours=1)
    assert done_at(NOW, HOUR, ahead=18 * HOUR, hands=3) == NOW + 7 * HOUR


def test_what_would_be_done_in_years_counts_as_the_end_of_the_horizon():
    far = done_at(NOW, 100_000 * HOUR)

    assert far == done_at(NOW, 200_000 * HOUR)
    assert NOW + HORIZON - timedelta(days=10) < far <= NOW + HORIZON + timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "case_due", "late"), [(1, 9, (True, False)), (9, 1, (False, True)), (None, None, (False, False))]
)
def test_a_task_and_its_case_are_late_each_by_its_own_deadline(due, case_due, late):
    due_at, case_due_at = (each and NOW + each * HOUR for each in (due, case_due))

    found = forecast(Timetable(CALENDAR, NOW), Pace(2 * HOUR, HOUR), Ahead(), due_at, case_due_at)

    assert (found.is_late, found.is_case_late) == late
    assert found.case_done_at == (case_due_at and NOW + 3 * HOUR)


def test_a_case_without_anything_left_for_its_deadline_has_no_forecast():
    found = forecast(Timetable(CALENDAR, NOW), Pace(HOUR), Ahead(), None, NOW + HOUR)

    assert found.case_done_at is None
    assert not found.is_case_late


def test_business_time_between_moments_leaves_out_nights_and_days_off():
    friday, monday = (datetime(2026, 3, day, 16, tzinfo=SHANGHAI) for day in (6, 9))

    assert CALENDAR.business_time_between(friday, monday) == 9 * HOUR
    assert CALENDAR.business_time_between(monday, friday) == timedelta()
    assert CALENDAR.business_day(date(2026, 3, 7)) is None
