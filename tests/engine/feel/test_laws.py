"""What holds for all values: exact decimals, three-valued logic, order, and reading back what was written."""

import decimal
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import YearsMonths, evaluate, parse_duration, to_text

MONEY = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
VERDICTS = st.sampled_from([True, False, None])
AND = {(True, True): True, (True, None): None, (None, True): None, (None, None): None}
DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(min_value=timedelta(-10_000), max_value=timedelta(10_000))
LITERALS = st.recursive(
    MONEY | st.booleans() | st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=12,
)


@given(MONEY, MONEY)
def test_sums_of_money_are_exact(a: Decimal, b: Decimal) -> None:
    assert evaluate("a + b", {"a": a, "b": b}) == a + b
    assert evaluate("a + b - b = a", {"a": a, "b": b}) is True


@given(MONEY, MONEY)
def test_products_of_money_are_exact_to_34_digits(a: Decimal, b: Decimal) -> None:
    with decimal.localcontext(prec=34):
        assert evaluate("a * b", {"a": a, "b": b}) == a * b


@given(VERDICTS, VERDICTS)
def test_and_is_three_valued(a: bool | None, b: bool | None) -> None:
    expected = False if False in (a, b) else AND[a, b]

    assert evaluate("a and b", {"a": a, "b": b}) is expected
    assert evaluate("not(not(a) or not(b))", {"a": a, "b": b}) is expected


@given(VERDICTS, VERDICTS, VERDICTS)
def test_and_and_or_do_not_care_for_order(a: bool | None, b: bool | None, c: bool | None) -> None:
    context = {"a": a, "b": b, "c": c}

    assert evaluate("a and b and c", context) is evaluate("c and (b and a)", context)
    assert evaluate("a or b or c", context) is evaluate("c or (b or a)", context)


@given(st.lists(VERDICTS, max_size=5))
def test_quantifiers_are_long_junctions(verdicts: list[bool | None]) -> None:
    context = {"v": verdicts}
    some = True if True in verdicts else None if None in verdicts else False
    every = False if False in verdicts else None if None in verdicts else True

    assert evaluate("some x in v satisfies x", context) is some
    assert evaluate("every x in v satisfies x", context) is every
    assert evaluate("any(v)", context) is some
    assert evaluate("all(v)", context) is every


@given(MONEY, MONEY)
def test_any_two_numbers_are_ordered(a: Decimal, b: Decimal) -> None:
    context = {"a": a, "b": b}
    verdicts = [evaluate(f"a {operator} b", context) for operator in ("<", "=", ">")]

    assert sorted(verdicts) == [False, False, True]
    assert evaluate("a in [b..b]", context) is (a == b)


@pytest.mark.parametrize("expression", ["x + 1", "x < 1", "-x", "x between 1 and 2", "not(x)", "upper case(x)", "x.y"])
def test_null_in_gives_null_out(expression: str) -> None:
    assert evaluate(expression, {"x": None}) is None


@given(LITERALS)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    written = to_text([value])

    assert evaluate(written, {}) == [value]


@given(SPANS)
def test_durations_read_back_the_same(span: timedelta) -> None:
    assert parse_duration(to_text(span)) == span


@given(st.integers(-10_000, 10_000))
def test_months_read_back_the_same(months: int) -> None:
    duration = YearsMonths(months)

    assert parse_duration(str(duration)) == duration
    assert duration.years * 12 + duration.months == months


@given(MOMENTS, SPANS)
def test_adding_and_taking_away_a_duration_is_nothing(moment: datetime, span: timedelta) -> None:
    assert evaluate("m + d - d = m and m + d - m = d", {"m": moment, "d": span}) is True


@given(DATES, st.integers(-500, 500))
def test_months_added_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    moved = evaluate("d + m", {"d": day, "m": YearsMonths(months)})

    assert isinstance(moved, date)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(1)).day == 1)


@given(st.lists(st.integers(-50, 50), max_size=12))
def test_list_functions_keep_their_promises(values: list[int]) -> None:
    context = {"v": values}

    assert evaluate("sort(v)", context) == sorted(values)
    assert evaluate("reverse(reverse(v)) = v", context) is True
    assert evaluate("distinct values(v)", context) == list(dict.fromkeys(values))
    assert evaluate("count(v[item > 0]) + count(v[item <= 0]) = count(v)", context) is True
    assert evaluate("max(v) = -min(for x in v return -x)", context) is True


@given(MONEY.filter(bool), MONEY.filter(bool))
def test_modulo_has_the_sign_of_the_divisor(a: Decimal, b: Decimal) -> None:
    rest = evaluate("modulo(a, b)", {"a": a, "b": b})

    assert isinstance(rest, Decimal)
    assert rest == 0 or (rest < 0) == (b < 0)
    assert abs(rest) < abs(b)
