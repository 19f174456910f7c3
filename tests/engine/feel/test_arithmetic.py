"""Arithmetic on all kinds of values, with all that has no result (DMN 1.5, section 10.3.2)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine import clock
from engine.feel import YearsMonths, evaluate, to_text

KINDS = {
    "number": "2",
    "string": '"a"',
    "boolean": "true",
    "null": "null",
    "date": '@"2026-03-10"',
    "time": '@"10:00:00"',
    "date and time": '@"2026-03-10T10:00:00"',
    "days": '@"P1D"',
    "months": '@"P1M"',
    "list": "[1, 2]",
    "context": "{a: 1}",
    "range": "[1..2]",
}
MOMENTS, SPANS = ("date", "date and time"), ("days", "months")
DEFINED = {
    **{("number", operator, "number"): "number" for operator in ("+", "-", "*", "/", "**")},
    ("string", "+", "string"): "string",
    **{(moment, sign, span): moment for moment in MOMENTS for sign in "+-" for span in SPANS},
    **{(span, "+", moment): moment for moment in MOMENTS for span in SPANS},
    **{("time", sign, "days"): "time" for sign in "+-"},
    ("days", "+", "time"): "time",
    **{(kind, "-", kind): "days" for kind in ("time", "date", "date and time")},
    **{(span, sign, span): span for span in SPANS for sign in "+-"},
    **{(span, sign, "number"): span for span in SPANS for sign in "*/"},
    **{("number", "*", span): span for span in SPANS},
    **{(span, "/", span): "number" for span in SPANS},
}


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "**"])
@pytest.mark.parametrize("left", KINDS)
@pytest.mark.parametrize("right", KINDS)
def test_an_operator_is_defined_for_its_kinds_only(left: str, operator: str, right: str) -> None:
    value = evaluate(f"{KINDS[left]} {operator} {KINDS[right]}", {})
    kind = DEFINED.get((left, operator, right), "null")

    expected = {"days": "days and time duration", "months": "years and months duration", "null": "Null"}.get(kind, kind)
    assert evaluate(f"x instance of {expected}", {"x": value}) is True


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3 - 4 / 2", 5),
        ("10 - 2 - 3", 5),
        ("100 / 10 / 2", 5),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("2 ** -1", Decimal("0.5")),
        ("2 ** 0.5 * 2 ** 0.5 - 2 < 1e-30", True),
        ("-(1 + 2)", -3),
        ("1 / 0", None),
        ("0 / 0", None),
        ("1 / 0 + 1", None),
        ("0 ** 0", None),
        ("(-8) ** 0.5", None),
        ("1e6144 * 10", None),
        ("1234567890123456789012345678901234 + 0.5", Decimal("1234567890123456789012345678901234")),
        ('"a" + "b" + "c"', "abc"),
        ('-"a"', None),
        ("-null", None),
        ("-true", None),
        ('-@"P1D"', timedelta(days=-1)),
        ('-@"P1Y"', YearsMonths(-12)),
        ('-@"2026-03-10"', None),
        ('@"2026-03-10" + @"PT36H"', date(2026, 3, 11)),
        ('@"2026-03-10" - @"PT1H"', date(2026, 3, 9)),
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"2026-03-31T10:00:00" - @"P1M"', datetime(2026, 2, 28, 10)),  # noqa: DTZ001
        ('@"2026-03-10" - @"2026-03-11"', timedelta(days=-1)),
        ('@"23:30:00" + @"PT1H"', time(0, 30)),
        ('@"00:30:00" - @"PT1H"', time(23, 30)),
        ('@"10:00:00+02:00" - @"10:00:00Z"', timedelta(hours=-2)),
        ('@"10:00:00" - @"10:00:00Z"', None),
        ('@"2026-03-10T10:00:00Z" - @"2026-03-10T10:00:00+02:00"', timedelta(hours=2)),
        ('@"2026-03-10T10:00:00" - @"2026-03-10T10:00:00Z"', None),
        ('@"2026-03-10T10:00:00Z" - @"2026-03-10"', timedelta(hours=10)),
        ('@"2026-03-11" - @"2026-03-10T10:00:00Z"', timedelta(hours=14)),
        ('@"2026-03-11" - @"2026-03-10T10:00:00"', None),
        ('@"PT1H" * 1.5', timedelta(minutes=90)),
        ('1.5 * @"P1Y"', YearsMonths(18)),
        ('@"P1Y" / 5', YearsMonths(2)),
        ('@"P1Y" / @"P4M"', 3),
        ('@"P1D" / @"PT6H"', 4),
        ('@"P1D" / @"PT0S"', None),
        ('@"P1D" / 0', None),
        ('@"P1Y" / @"P0M"', None),
        ('@"P999999999D" * 2', None),
        ('@"9999-12-31" + @"P1D"', None),
        ('@"9999-12-31" + @"P1M"', None),
        ('@"2026-03-10" + "x"', None),
    ],
)
def test_arithmetic_has_its_result(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


DAY, TIME, MOMENT = '@"2026-03-10"', '@"10:20:30.5+02:00"', '@"2026-03-10T10:20:30@Europe/Paris"'


@pytest.mark.parametrize(
    ("source", "properties"),
    [
        (DAY, {"year": 2026, "month": 3, "day": 10, "weekday": 2, "value": 1_773_100_800, "hour": None}),
        ('@"2026-03-15"', {"weekday": 7}),
        (
            TIME,
            {"hour": 10, "minute": 20, "second": 30, "time offset": timedelta(hours=2), "timezone": None, "year": None},
        ),
        ('@"10:00:00"', {"time offset": None, "timezone": None, "value": 36_000}),
        ('@"10:00:00Z"', {"time offset": timedelta(), "timezone": None}),
        ('@"10:00:00@Europe/Paris"', {"timezone": "Europe/Paris"}),
        (
            MOMENT,
            {"year": 2026, "weekday": 2, "hour": 10, "time offset": timedelta(hours=1), "timezone": "Europe/Paris"},
        ),
        (MOMENT, {"value": 1_773_134_430}),
        ('@"P2DT3H4M5S"', {"days": 2, "hours": 3, "minutes": 4, "seconds": 5, "value": 183_845, "years": None}),
        ('@"-PT25H"', {"days": -1, "hours": -1, "minutes": 0}),
        ('@"P2Y3M"', {"years": 2, "months": 3, "value": 27, "days": None}),
        ('@"-P2Y3M"', {"years": -2, "months": -3}),
        ("[1..5)", {"start": 1, "end": 5, "start included": True, "end included": False, "year": None}),
        ("]1..5]", {"start included": False, "end included": True}),
        ("(> 5)", {"start": 5, "end": None, "start included": False, "end included": False}),
        ("(<= 5)", {"start": None, "end": 5, "start included": False, "end included": True}),
        ('"text"', {"length": None}),
        ("1", {"value": None}),
    ],
)
def test_a_value_has_its_properties(source: str, properties: dict[str, object]) -> None:
    assert {name: evaluate(f"{source}.{name}", {}) for name in properties} == properties


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("[1..5)", "[1..5)"),
        ("(> 5)", "(5..)"),
        ("[2..1]", None),
        ('[1.."a"]', None),
        ("[1..null]", None),
        ("[true..true]", None),
        ("(!= 5)", None),
        ("(> null)", None),
        ('["a".."b"]', '["a".."b"]'),
        ('[@"2026-01-01"..@"2026-02-01"]', "[2026-01-01..2026-02-01]"),
    ],
)
def test_a_range_needs_ends_of_one_kind_in_order(expression: str, text: str | None) -> None:
    value = evaluate(expression, {})

    assert (None if value is None else to_text(value)) == text


def test_moments_without_a_zone_are_in_the_business_zone_where_they_are_compared() -> None:
    context = {"local": datetime(2026, 3, 10, 10), "aware": datetime(2026, 3, 10, 10, tzinfo=clock.zone())}  # noqa: DTZ001

    assert evaluate("local = aware and local >= aware", context) is True
    assert evaluate("local - aware", context) is None
