"""Counting days, with the test vectors of the domain and the laws that any counting must obey."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.complaint.counting import MARKS, Pause, Period, due, reached, used
from processes.complaint.workdays import calendar_of
from tests.processes.complaint.filing import SHANGHAI, end_of, local

CN = calendar_of("CN")
GB = calendar_of("GB")


@pytest.mark.parametrize(("days", "expected"), [(15, "2026-03-25"), (30, "2026-04-09"), (60, "2026-05-09")])
def test_calendar_days_start_after_the_day_of_receipt_and_do_not_move_from_a_rest_day(days, expected):
    assert due(local("2026-03-10"), Period(days, "CD"), CN) == end_of(expected)


@pytest.mark.parametrize(
    ("received", "expected"),
    [("2026-09-28", "2026-10-13"), ("2026-02-10", "2026-02-26"), ("2026-04-29", "2026-05-12")],
)
def test_seven_working_days_pass_holidays_and_use_make_up_days(received, expected):
    assert due(local(received), Period(7, "BD"), CN) == end_of(expected)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(3, "BD"), "2026-03-13"),
        (Period(8, "W"), "2026-05-05"),
        (Period(15, "BD"), "2026-03-31"),
        (Period(35, "BD"), "2026-04-30"),
    ],
)
def test_british_periods_pass_easter(period, expected):
    assert due(local("2026-03-10"), period, GB) == end_of(expected)


def test_a_period_of_no_days_ends_with_the_day_itself():
    assert due(local("2026-03-10"), Period(0, "CD"), CN) == end_of("2026-03-10")


def test_months_keep_the_day_or_end_with_the_shorter_month():
    assert due(local("2026-08-31"), Period(6, "M"), CN) == end_of("2027-02-28")
    assert due(local("2024-02-29"), Period(3, "Y"), CN) == end_of("2027-02-28")


def test_hours_run_through_the_night():
    assert due(local("2026-03-10"), Period(72, "H"), CN) == local("2026-03-13")


def test_hours_that_roll_end_on_a_working_day():
    assert due(local("2026-03-13"), Period(24, "H", roll=True), CN) == local("2026-03-16")


def test_a_last_day_on_a_weekend_moves_where_the_regime_rolls():
    assert due(local("2026-03-13"), Period(1, "CD", roll=True), CN) == end_of("2026-03-16")


def test_the_day_is_that_of_the_business_time_zone():
    late = datetime(2026, 3, 9, 17, tzinfo=UTC)  # 01:00 of the 10th in Shanghai
    assert due(late, Period(15, "CD"), CN) == end_of("2026-03-25")


def test_an_appraisal_of_seven_days_adds_seven_days():
    pause = Pause(date(2026, 3, 15), date(2026, 3, 22))
    assert due(local("2026-03-10"), Period(15, "CD"), CN, [pause]) == end_of("2026-04-01")


def test_overlapping_pauses_count_once():
    pauses = [Pause(date(2026, 3, 15), date(2026, 3, 22)), Pause(date(2026, 3, 18), date(2026, 3, 25))]
    assert due(local("2026-03-10"), Period(15, "CD"), CN, pauses) == end_of("2026-04-04")


def test_a_pause_after_the_end_does_not_revive_a_period():
    pause = Pause(date(2026, 3, 26), date(2026, 4, 30))
    assert due(local("2026-03-10"), Period(15, "CD"), CN, [pause]) == end_of("2026-03-25")


def test_a_paused_day_is_added_to_hours():
    pause = Pause(date(2026, 3, 11), date(2026, 3, 12))
    assert due(local("2026-03-10"), Period(24, "H"), CN, [pause]) == local("2026-03-12")


def test_thirty_days_warn_on_days_15_21_25_and_a_half_and_30():
    moments = [reached(local("2026-03-10"), Period(30, "CD"), mark, CN) for mark in MARKS]
    assert moments == [
        end_of("2026-03-25"),
        end_of("2026-03-31"),
        end_of("2026-04-04") + timedelta(hours=12),
        end_of("2026-04-09"),
    ]


def test_half_a_day_of_a_mark_falls_into_a_counted_day():
    pause = Pause(date(2026, 3, 18), date(2026, 3, 20))
    assert reached(local("2026-03-10"), Period(15, "CD"), 50, CN, [pause]) == end_of("2026-03-19") + timedelta(hours=12)


def test_the_share_used_grows_to_a_hundred_at_the_due_moment():
    received, period = local("2026-03-10"), Period(15, "CD")
    assert used(received, period, received, CN) == 0
    assert used(received, period, local("2026-03-18", "12:00"), CN) == 50
    assert used(received, period, end_of("2026-03-25"), CN) >= 100


#: Hypothesis gives the zone by itself.
FIRST, LAST = datetime(2024, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001

moments = st.datetimes(FIRST, LAST, timezones=st.just(SHANGHAI))
days = st.dates(date(2024, 1, 1), date(2027, 6, 30))
periods = st.builds(Period, st.integers(0, 70), st.sampled_from(["CD", "BD", "H"]), st.booleans()) | st.builds(
    Period, st.integers(1, 12), st.sampled_from(["W", "M"]), st.booleans()
)


@st.composite
def pauses(draw):
    from_on = draw(days)
    return Pause(from_on, from_on + timedelta(days=draw(st.integers(0, 40))))


several = st.lists(pauses(), max_size=4)


@given(moments, periods, several, pauses())
def test_another_pause_never_makes_a_period_end_earlier(trigger, period, some, another):
    assert due(trigger, period, CN, [*some, another]) >= due(trigger, period, CN, some)


@given(moments, periods, several)
def test_pauses_count_alike_in_any_order_and_however_often_they_are_told(trigger, period, some):
    assert due(trigger, period, CN, [*reversed(some), *some]) == due(trigger, period, CN, some)


@given(moments, periods, several)
def test_a_longer_limit_never_ends_earlier(trigger, period, some):
    longer = Period(period.limit + 1, period.unit, period.roll)
    assert due(trigger, longer, CN, some) >= due(trigger, period, CN, some)


@given(moments, periods.filter(lambda period: period.unit != "H"), several)
def test_periods_of_days_end_with_a_day(trigger, period, some):
    end = due(trigger, period, CN, some).astimezone(SHANGHAI)
    assert end.time() == time(23, 59, 59)
    assert end.date() >= trigger.date()


@given(moments, periods, several)
def test_marks_follow_each_other_and_end_with_the_due_moment(trigger, period, some):
    reached_at = [reached(trigger, period, mark, CN, some) for mark in MARKS]
    assert reached_at == sorted(reached_at)
    assert reached_at[-1] == due(trigger, period, CN, some)


@given(moments, st.integers(1, 40), st.integers(1, 30))
def test_a_pause_within_the_period_adds_exactly_its_days(trigger, limit, length):
    from_on = trigger.date() + timedelta(days=1)
    paused = due(trigger, Period(limit, "CD"), CN, [Pause(from_on, from_on + timedelta(days=length))])
    assert paused - due(trigger, Period(limit, "CD"), CN) == timedelta(days=length)
