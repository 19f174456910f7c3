"""Expressions as people write them: what goes in, what comes out."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine import clock
from engine.errors import FeelError, NotAllowed
from engine.feel import YearsMonths, evaluate, parse, unwrap

CONTEXT = {
    "amount": 501,
    "rate": 0.1,
    "中文": 3,
    "Monthly income": 10.5,
    "applicant": {"First name": "Li", "age": 61},
    "orders": [{"price": 5, "code": "a"}, {"price": 7, "code": "b"}],
    "numbers": [1, 2, 3],
    "nothing": None,
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("amount > 500", True),
        ("= amount > 500", True),
        ("${amount > 500}", True),
        ("amount + rate", Decimal("501.1")),
        ("0.1 + 0.2 = 0.3", True),
        ("2 ** 10", Decimal(1024)),
        ("-2 ** 2", Decimal(4)),
        ("10 - 2 - 3", Decimal(5)),
        ("1 / 0", None),
        ("中文 * 2", Decimal(6)),
        ("Monthly income * 2", Decimal(21)),
        ("applicant.First name", "Li"),
        ("amount between 1 and 501", True),
        ("amount in [1..501)", False),
        ("amount in ]501..900[", False),
        ("amount in (1, > 500)", True),
        ("amount in [1, 501]", True),
        ('if amount > 500 then "high" else "low"', "high"),
        ('if nothing then "yes" else "no"', "no"),
        ("for i in 1..3, j in [10, 20] return i * j", [10, 20, 20, 40, 30, 60]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("some n in numbers satisfies n > 2", True),
        ("every n in numbers satisfies n > 2", False),
        ("orders[price > 5].code", ["b"]),
        ("orders.price", [5, 7]),
        ("orders[1].code", "a"),
        ("orders[-1].code", "b"),
        ("orders[3]", None),
        ("numbers[item >= 2]", [2, 3]),
        ("[]", []),
        ("{a: 1, b c: a + 1, d: b c * 2}.d", Decimal(4)),
        ('{"x y": 1}', {"x y": Decimal(1)}),
        ("missing", None),
        ("missing.name.deeper", None),
        ("missing = null", True),
        ('1 + "a"', None),
        ('"a" < 1', None),
        ("numbers instance of list<number>", True),
        ("null instance of number", False),
        ("numbers = [1, 2, 3]", True),
        ('"\\u4e2d\\ud83d\\ude00\\n"', "中😀\n"),
        ("1 + 1 // two", Decimal(2)),
        ("1 /* and */ + 1", Decimal(2)),
    ],
)
def test_an_expression_has_its_value(expression: str, value: object) -> None:
    assert evaluate(expression, CONTEXT) == value


def test_numbers_come_out_as_decimals_however_deep() -> None:
    value = evaluate("orders", CONTEXT)

    assert value == [{"price": Decimal(5), "code": "a"}, {"price": Decimal(7), "code": "b"}]
    assert isinstance(value, list)
    assert type(value[0]["price"]) is Decimal


def test_not_a_number_and_foreign_objects_are_null() -> None:
    context = {"nan": float("nan"), "infinite": Decimal("Infinity"), "thing": object()}

    assert [evaluate(name, context) for name in context] == [None, None, None]


def test_python_attributes_cannot_be_reached() -> None:
    assert evaluate("amount.__class__", CONTEXT) is None
    assert evaluate('"".join', {}) is None
    assert evaluate("f.__globals__", {"f": test_python_attributes_cannot_be_reached}) is None


class Lazy(Mapping[str, object]):
    """A record that tells which of its keys were read."""

    def __init__(self, values: dict[str, object]) -> None:
        self.values_by_key = values
        self.read: list[str] = []

    def __getitem__(self, key: str) -> object:
        self.read.append(key)
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("a record is not listed")

    def __len__(self) -> int:
        raise AssertionError("a record is not counted")


def test_a_lazy_mapping_is_read_by_key_only_when_needed() -> None:
    record = Lazy({"amount": 7, "secret": "x"})

    assert evaluate("case.amount > 5 or case.secret = 1", {"case": record}) is True
    assert evaluate("case.unknown", {"case": record}) is None
    assert record.read == ["amount", "unknown"]


def test_now_and_today_come_from_the_clock_in_the_business_zone() -> None:
    with clock.at(datetime(2026, 3, 9, 17, tzinfo=UTC)):
        assert evaluate("today()", {}) == date(2026, 3, 10)
        assert evaluate("now().hour", {}) == Decimal(1)
        assert evaluate("now() = moment", {"moment": clock.now()}) is True


def test_an_instant_of_the_context_keeps_its_zone() -> None:
    context = {"received_at": datetime(2026, 3, 9, 17, tzinfo=UTC)}

    assert evaluate("date(received_at)", context) == date(2026, 3, 9)
    assert evaluate('received_at = date and time("2026-03-10T01:00:00")', context) is True


def test_functions_of_the_application_are_called_with_values_of_feel() -> None:
    seen: list[object] = []

    def add_days(*values: object) -> float:
        seen.extend(values)
        return 1.5

    result = evaluate("add working days(n, [1, 2]) * 2", {"n": 3}, {"add working days": add_days})

    assert result == Decimal(3)
    assert seen == [Decimal(3), [Decimal(1), Decimal(2)]]


def test_an_error_of_an_applications_function_comes_through() -> None:
    def refuse() -> None:
        raise NotAllowed()

    with pytest.raises(NotAllowed):
        evaluate("refuse()", {}, {"refuse": refuse})


def test_a_function_that_is_not_there_is_an_error_not_null() -> None:
    with pytest.raises(FeelError, match="frobnicate"):
        evaluate("frobnicate(1)", {})


def test_durations_come_out_as_what_they_are() -> None:
    assert evaluate('duration("P1Y2M")', {}) == YearsMonths(14)
    assert evaluate('duration("P1DT2H")', {}) == timedelta(days=1, hours=2)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("case.clock.due_at > now()", {"case.clock.due_at"}),
        ("for x in orders return x.price + rate", {"orders", "rate"}),
        ("some x in [1], y in x satisfies y = z", {"z"}),
        ("{a: b, c: a}", {"b"}),
        ("orders[price > limit].code", {"orders"}),
        ("? > 5", set()),
        ("orders[1].code", {"orders"}),
    ],
)
def test_the_names_an_expression_reads_are_known(expression: str, names: set[str]) -> None:
    assert parse(expression).names == names


def test_names_in_filters_may_be_the_items() -> None:
    assert parse("orders[price > case.limit and item != x]").names_in_filters == {"price", "case.limit", "x"}


def test_the_functions_an_expression_calls_are_known() -> None:
    assert parse("foo(count(a)) + working days until(b)").functions == {"foo", "count", "working days until"}


@pytest.mark.parametrize("text", ["a > 1", "=a > 1", " = a > 1 ", "${a > 1}", "#{ a > 1 }"])
def test_the_mark_of_an_expression_is_taken_off(text: str) -> None:
    assert unwrap(text) == "a > 1"
    assert parse(text).text == "a > 1"
