"""Cron texts: which moments they mean."""

from datetime import datetime

import pytest

from engine import clock
from engine.bpmn.cron import is_cron, is_understood, next_moment


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.zone())


def moments(text, count, after="2026-03-02T09:00:00"):
    """The next moments, month to second, of Monday the second of March on."""
    found, at = [], local(after)
    for _ in range(count):
        at = next_moment(text, at)
        found.append(at.strftime("%m-%d %H:%M:%S").removesuffix(":00"))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0/5 * * * ?", ["03-02 09:05", "03-02 09:10"]),
        ("*/20 * * * * *", ["03-02 09:00:20", "03-02 09:00:40"]),
        ("*/15 * * * *", ["03-02 09:15", "03-02 09:30"]),
        ("0 0/7 * * * ?", ["03-02 09:07", "03-02 09:14"]),
        ("0 0 9 * * ?", ["03-03 09:00", "03-04 09:00"]),
        ("0 0 12 ? * MON-FRI", ["03-02 12:00", "03-03 12:00"]),
        ("0 0 12 ? * SAT-MON", ["03-02 12:00", "03-07 12:00", "03-08 12:00", "03-09 12:00"]),
        ("0 0 12 ? * 2", ["03-02 12:00", "03-09 12:00"]),
        ("0 12 * * 1", ["03-02 12:00", "03-09 12:00"]),
        ("0 12 * * 0", ["03-08 12:00", "03-15 12:00"]),
        ("0 12 * * 7", ["03-08 12:00", "03-15 12:00"]),
        ("0 0 12 ? * 2/2", ["03-02 12:00", "03-04 12:00", "03-06 12:00", "03-09 12:00"]),
        ("0 0 0 1 * ?", ["04-01 00:00", "05-01 00:00"]),
        ("0 15 10 L * ?", ["03-31 10:15", "04-30 10:15"]),
        ("0 0 8 ? * FRI#2", ["03-13 08:00", "04-10 08:00"]),
        ("0 0 8 ? * 6L", ["03-27 08:00", "04-24 08:00"]),
        ("0 30 9 1 JAN,JUL ?", ["07-01 09:30", "01-01 09:30"]),
        ("0 0 9-17/4 * * ?", ["03-02 13:00", "03-02 17:00", "03-03 09:00"]),
        ("@daily", ["03-03 00:00"]),
        ("@weekly", ["03-08 00:00"]),
    ],
)
def test_a_cron_text_means_moments_of_the_business_time_zone(text, expected):
    assert is_cron(text)
    assert is_understood(text)
    assert moments(text, len(expected)) == expected


def test_a_year_that_has_passed_means_none():
    assert next_moment("0 0 9 1 1 ? 2020", local("2026-03-02T09:00:00")) is None


@pytest.mark.parametrize(
    "text", ["0 61 9 * * ?", "0 0 9 15W * ?", "0 0 9 1 * MON", "0 0 9 ? * 9", "0 0 9 ? * FRI#9", "0 0 9 ? * XYZ"]
)
def test_other_texts_of_this_shape_are_not_understood(text):
    assert is_cron(text)
    assert not is_understood(text)


@pytest.mark.parametrize("text", ["", "R3/PT1H", "5 days", "every 5 minutes at noon", "=a + b + c + d + e"])
def test_other_texts_are_no_cron(text):
    assert not is_cron(text)
    assert not is_understood(text)
