"""Item definitions: which values conform to a type, and which are converted to it (DMN 1.5, section 10.3.2.9.4)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.feel import YearsMonths
from tests.engine.dmn.written import codes, context, decision, file, given, item, reasons, value

PERSON = item("tPerson", parts="name: string, age: number")
TREE = (
    '<itemDefinition name="tTree"><itemComponent name="value"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="children" isCollection="true"><typeRef>tTree</typeRef></itemComponent></itemDefinition>'
)
NESTED = (
    '<itemDefinition name="tCase"><itemComponent name="owner"><itemComponent name="first name">'
    "<typeRef>string</typeRef></itemComponent></itemComponent>"
    '<itemComponent name="marks" isCollection="true"><typeRef>number</typeRef>'
    "<allowedValues><text>[1..6]</text></allowedValues></itemComponent></itemDefinition>"
)
ANN = {"name": "Ann", "age": 3}

#: Item definitions, the type, a value from outside, and what it becomes: the same, another value, or null.
CASES: list[tuple[str, str, object, Any]] = [
    ("", "number", 3, 3),
    ("", "number", 3.5, Decimal("3.5")),
    ("", "number", "3", None),
    ("", "number", True, None),
    ("", "string", "a", "a"),
    ("", "string", 3, None),
    ("", "boolean", True, True),
    ("", "boolean", "true", None),
    ("", "date", date(2026, 1, 1), date(2026, 1, 1)),
    ("", "date", datetime(2026, 1, 1), None),  # noqa: DTZ001
    ("", "time", time(9, 30), time(9, 30)),
    ("", "date and time", datetime(2026, 1, 1), datetime(2026, 1, 1)),  # noqa: DTZ001
    ("", "dateTime", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
    ("", "days and time duration", timedelta(1), timedelta(1)),
    ("", "dayTimeDuration", YearsMonths(1), None),
    ("", "years and months duration", YearsMonths(1), YearsMonths(1)),
    ("", "yearMonthDuration", timedelta(1), None),
    ("", "Any", "x", "x"),
    ("", "feel:string", 3, None),
    ("", "feel.string", 3, None),
    ("", "number", None, None),
    ("", "number", [3], 3),
    ("", "number", [3, 4], None),
    ("", "number", [], None),
    ("", "string", [3], None),
    ("", "integer", 3.5, None),
    (item("tNumbers", "number", many=True), "tNumbers", [1, 2], [1, 2]),
    (item("tNumbers", "number", many=True), "tNumbers", [], []),
    (item("tNumbers", "number", many=True), "tNumbers", 1, [1]),
    (item("tNumbers", "number", many=True), "tNumbers", "1", None),
    (item("tNumbers", "number", many=True), "tNumbers", [1, "2"], None),
    (item("tNumbers", "number", many=True), "tNumbers", [1, None], [1, None]),
    (item("tAny", "Any", many=True), "tAny", [1, "2"], [1, "2"]),
    (item("tList", many=True), "tList", "2", ["2"]),
    (PERSON, "tPerson", ANN, ANN),
    (PERSON, "tPerson", {**ANN, "more": 1}, {**ANN, "more": 1}),
    (PERSON, "tPerson", {"name": "Ann"}, None),
    (PERSON, "tPerson", {"name": "Ann", "age": None}, {"name": "Ann", "age": None}),
    (PERSON, "tPerson", {"name": "Ann", "age": "3"}, None),
    (PERSON, "tPerson", [ANN], ANN),
    (PERSON, "tPerson", "Ann", None),
    (PERSON + item("tPeople", "tPerson", many=True), "tPeople", ANN, [ANN]),
    (PERSON + item("tPeople", "tPerson", many=True), "tPeople", [ANN, {"name": 1}], None),
    (TREE, "tTree", {"value": 1, "children": []}, {"value": 1, "children": []}),
    (TREE, "tTree", {"value": 1, "children": [{"value": "x", "children": []}]}, None),
    (NESTED, "tCase", {"owner": {"first name": "A"}, "marks": [1, 6]}, {"owner": {"first name": "A"}, "marks": [1, 6]}),
    (NESTED, "tCase", {"owner": {"first name": "A"}, "marks": [1, 7]}, None),
    (NESTED, "tCase", {"owner": {"first name": 1}, "marks": []}, None),
    (item("tSize", "string", allowed='"S", "M"'), "tSize", "M", "M"),
    (item("tSize", "string", allowed='"S", "M"'), "tSize", "L", None),
    (item("tSizes", "string", allowed='"S", "M"', many=True), "tSizes", ["S", "M"], ["S", "M"]),
    (item("tSizes", "string", allowed='"S", "M"', many=True), "tSizes", ["S", "L"], None),
    (item("tFew", "number", only="count(?) < 3", many=True), "tFew", [1, 2], [1, 2]),
    (item("tFew", "number", only="count(?) < 3", many=True), "tFew", [1, 2, 3], None),
    (item("tEven", "number", only="even(?)"), "tEven", 3, None),
    (item("tAge", "number", allowed="[0..150]") + item("tAdult", "tAge", allowed=">= 18"), "tAdult", 20, 20),
    (item("tAge", "number", allowed="[0..150]") + item("tAdult", "tAge", allowed=">= 18"), "tAdult", 200, None),
    (item("tFirst", "tSecond") + item("tSecond", "number"), "tFirst", "x", None),
]


@pytest.mark.parametrize(("items", "type_", "taken", "expected"), CASES)
def test_a_value_becomes_one_of_its_type_or_null(items: str, type_: str, taken: object, expected: object) -> None:
    inputs = file(items, given("x", type_), decision("d", "x", needs="data:x"))
    results = file(items, decision("d", "x", type_=type_))

    for source in (inputs, results):
        assert codes(source) == []
        assert value(source, "d", x=taken) == expected
        assert bool(reasons(source, "d", x=taken)) == (taken is not None and expected is None)


@pytest.mark.parametrize(("taken", "expected"), [(3, {"a": 3}), ([3], {"a": 3}), ("x", {"a": None})])
def test_an_entry_of_a_context_is_converted_to_its_type(taken: object, expected: object) -> None:
    assert value(file(decision("d", context(("a: number", "x")))), "d", x=taken) == expected


def test_a_relation_and_a_list_are_converted_as_results() -> None:
    source = file(item("tAges", "number", many=True), decision("d", "<list/>", type_="tAges"))

    assert value(source, "d") == []


def test_an_unknown_type_is_told_and_takes_any_value() -> None:
    source = file(decision("d", "x", type_="strnig"))

    assert codes(source) == ["dmn.type"]
    assert value(source, "d", x=3) == 3


@pytest.mark.parametrize(
    "items",
    [
        item("tA", "tA"),
        item("tA", "tB") + item("tB", "tA"),
        item("tA", "tA", allowed="> 1"),
        item("tA", "tB", allowed="> 1") + item("tB", "tA", only="> 2"),
    ],
)
def test_a_type_that_is_nothing_but_itself_is_told(items: str) -> None:
    source = file(items, decision("d", "x", type_="tA"))

    assert "dmn.type" in codes(source)
    assert value(source, "d", x=3) == 3


def test_a_list_of_itself_is_a_type() -> None:
    source = file(item("tNest", "tNest", many=True), decision("d", "x", type_="tNest"))

    assert value(source, "d", x=[[], [[]]]) == [[], [[]]]
    assert value(source, "d", x=[[1]]) is None


def test_a_type_of_dmn_1_1_is_an_xml_name() -> None:
    source = file(PERSON, decision("d", "x", type_="own:tPerson")).replace(
        b"<definitions", b'<definitions xmlns:own="n"'
    )

    assert value(source, "d", x="Ann") is None
    assert codes(source) == []


FUNCTION = (
    '<itemDefinition name="tTest"><functionItem outputTypeRef="boolean"><parameters name="x" typeRef="number"/>'
    "</functionItem></itemDefinition>"
)


@pytest.mark.parametrize(
    ("logic", "expected"), [("function(x) x > 1", True), ("function(x, y) x > y", None), ("2", None)]
)
def test_a_function_type_takes_functions_of_so_many_parameters(logic: str, expected: object) -> None:
    source = file(FUNCTION, decision("f", logic, type_="tTest"), decision("d", "f(2)", needs="f"))

    assert codes(source) == []
    assert value(source, "d") is expected


def test_an_expression_may_ask_for_a_type_of_the_file() -> None:
    asked = [decision("d", "x instance of tPerson"), decision("e", "(function(p: tPerson) p.name)(x)")]
    source = file(PERSON, *asked)

    assert codes(source) == []
    assert [value(source, "d", x=x) for x in (ANN, "Ann")] == [True, False]
    assert [value(source, "e", x=x) for x in (ANN, "Ann")] == ["Ann", None]
    assert codes(file(decision("d", "x instance of tOther"))) == ["feel.syntax"]


def test_many_types_built_upon_one_another_are_told_and_no_trouble() -> None:
    items = "".join(item(f"t{n}", f"t{n + 1}", allowed="> 1") for n in range(500)) + item("t500", "number")
    source = file(items, decision("d", "x", type_="t0"))

    assert set(codes(source)) == {"dmn.type"}
    assert [value(source, "d", x=x) for x in (2, 0)] == [2, None]
