"""Literals: numbers, strings, dates, times and durations, and white space (DMN 1.5, rules 33 to 38, 61 to 63)."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.errors import FeelSyntaxError
from engine.feel import YearsMonths, evaluate, parse

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("0", Decimal(0)),
        (".5", Decimal("0.5")),
        ("007.50", Decimal("7.5")),
        ("-1", Decimal(-1)),
        ("--1", Decimal(1)),
        ("1.2E3", Decimal(1200)),
        ("1e-3", Decimal("0.001")),
        ("1234567890123456789012345678901234", Decimal("1234567890123456789012345678901234")),
        ("12345678901234567890123456789012345", Decimal("12345678901234567890123456789012340")),
        ("0.1 + 0.2", Decimal("0.3")),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        ("2 / 3", Decimal("0.6666666666666666666666666666666667")),
        ("true", True),
        ("null", None),
    ],
)
def test_a_number_or_constant_is_read(literal: str, value: object) -> None:
    assert evaluate(literal, {}) == value


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r'"\n\t\r\"\'\\"', "\n\t\r\"'\\"),
        (r'"\u4e2d\U01F600"', "中😀"),
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d"', "\ufffd"),
        (r'"\d+\."', r"\d+\."),
        ('"it\'s 中 👍 // no comment"', "it's 中 👍 // no comment"),
        ('""', ""),
    ],
)
def test_a_string_is_read_with_its_escapes(literal: str, value: object) -> None:
    assert evaluate(literal, {}) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03-10", date(2026, 3, 10)),
        ("10:30:00", time(10, 30)),
        ("10:30:00.25", time(10, 30, 0, 250_000)),
        ("10:30:00Z", time(10, 30, tzinfo=UTC)),
        ("10:30:00z", time(10, 30, tzinfo=UTC)),
        ("10:30:00+00:00", time(10, 30, tzinfo=UTC)),
        ("10:30:00-05:30", time(10, 30, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
        ("10:30:00@Europe/Paris", time(10, 30, tzinfo=PARIS)),
        ("24:00:00", time(0)),
        ("10:30:00@EST5EDT", time(10, 30, tzinfo=ZoneInfo("EST5EDT"))),
        ("10:30:00@America/Port-au-Prince", time(10, 30, tzinfo=ZoneInfo("America/Port-au-Prince"))),
        ("2026-03-10T10:30:00", datetime(2026, 3, 10, 10, 30)),  # noqa: DTZ001
        ("2026-03-10T10:30:00@Europe/Paris", datetime(2026, 3, 10, 10, 30, tzinfo=PARIS)),
        ("2026-03-10T24:00:00", datetime(2026, 3, 11)),  # noqa: DTZ001
        ("P1Y2M", YearsMonths(14)),
        ("-P14M", YearsMonths(-14)),
        ("P11999999988M", YearsMonths(11_999_999_988)),
        ("P1DT2H3M4.5S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("-PT0.001S", -timedelta(milliseconds=1)),
    ],
)
def test_a_temporal_literal_is_read(text: str, value: object) -> None:
    assert evaluate(f'@"{text}"', {}) == value


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29", "2026-13-01", "26-03-10", "2026-3-10", "+2026-03-10", "2026-03-10Z", "25:00:00", "24:00:01",
        "10:60:00", "10:30:61", "10:30", "1:30:00", "10:30:00+15:00", "10:30:00+05:60", "10:30:00+5:00",
        "10:30:00@Nowhere/Land", "10:30:00Z@Europe/Paris", "2026-03-10T", "2026-03-10 10:30:00", "2026-03-10T25:00:00",
        "P", "PT", "P1Y1D", "P1DT", "1D", "", "x",
    ],
)  # fmt: skip
def test_a_wrong_temporal_literal_is_null_and_noted(text: str) -> None:
    expression = parse(f'@"{text}"')

    assert expression.evaluate({}) is None
    assert "is not a date" in str(expression.mistakes[0])


@pytest.mark.parametrize(
    "text",
    [
        " 1 + 1 ", "1+1", "1\n+\t1", "1 // one\n + 1", "1 /* one\n */ + 1", "/**/1+1//", "1\u00a0+\u30001",
        "\ufeff1 +\u200b1", "1 +\u180e\u20281",
    ],
)  # fmt: skip
def test_white_space_and_comments_mean_nothing(text: str) -> None:
    assert evaluate(text, {}) == 2


@pytest.mark.parametrize("text", ["1.", "1..", '"abc', "'abc'", "1 /* open", "0x10", "@2026", "^", "a b"])
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse(text)
