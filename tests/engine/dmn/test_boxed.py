"""Boxed expressions: each construct, what it gives, and what it gives where it is wrong."""

import pytest

from engine.dmn import load
from tests.engine.dmn.written import codes, context, decision, file, literal, reasons, table, value


def decided(logic: str, **names: object) -> object:
    return value(file(decision("d", logic)), "d", **names)


RELATION = (
    '<relation><column name="first name"/><column name="age" typeRef="number"/>'
    f"<row>{literal(chr(34) + 'Ann' + chr(34))}{literal('n')}</row>"
    f"<row>{literal('null')}{literal('n + 1')}</row></relation>"
)


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        ("n + 1", 4),
        ("null", None),
        (context(("a", "n"), ("b c", "a + 1"), ("d", "b c * 2")), {"a": 3, "b c": 4, "d": 8}),
        (context(("a", "n"), ("b c", "a + 1"), result="a * b c"), 12),
        (context(("n", "n + 1"), result="n"), 4),
        (context(("a", context(("b", "n"))), result="a.b"), 3),
        (context(("t", table(["- -> n"])), result="t + 1"), 4),
        (context(result="n"), 3),
        ("<context></context>", {}),
        (f"<list>{literal('n')}{context(('a', '1'))}<list/></list>", [3, {"a": 1}, []]),
        ("<list/>", []),
        (RELATION, [{"first name": "Ann", "age": 3}, {"first name": None, "age": 4}]),
        (context(("r", RELATION), result='r[first name = "Ann"].age'), [3]),
        (context(("r", RELATION), result="r.age"), [3, 4]),
        ('<relation><column name="a"/></relation>', []),
    ],
)
def test_a_boxed_expression_gives_its_value(logic: str, expected: object) -> None:
    assert decided(logic, n=3) == expected
    assert codes(file(decision("d", logic))) == []


def _conditional(condition: str, yes: str = "1", no: str = "2") -> str:
    return (
        f"<conditional><if>{literal(condition)}</if><then>{literal(yes)}</then><else>{literal(no)}</else></conditional>"
    )


def _filter(source: str, match: str) -> str:
    return f"<filter><in>{literal(source)}</in><match>{literal(match)}</match></filter>"


def _loop(kind: str, source: str, body: str, *, name: str = "x") -> str:
    inner = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="{name}"><in>{literal(source)}</in><{inner}>{literal(body)}</{inner}></{kind}>'


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (_conditional("n > 2"), 1),
        (_conditional("n > 3"), 2),
        (_conditional("null"), 2),
        (_conditional('"x"'), 2),
        (_filter("[1, 2, 3, 4]", "item >= n"), [3, 4]),
        (_filter("[1, 2, 3, 4]", "n"), 3),
        (_filter("[1, 2, 3, 4]", "-1"), 4),
        (_filter("[1]", "n"), None),
        (_filter("[{a: 1, b: 2}, {a: 5, b: 6}]", "a > n"), [{"a": 5, "b": 6}]),
        (_filter("[{a: 1}, {a: 5}]", "item.a > n"), [{"a": 5}]),
        (_filter("n", "item = 3"), [3]),
        (_filter("null", "true"), None),
        (_filter("[1, 2]", "null"), []),
        (_loop("for", "[1, 2, 3]", "x * n"), [3, 6, 9]),
        (_loop("for", "[1..3]", "x * n"), [3, 6, 9]),
        (_loop("for", "[1, 2, 3]", "count(partial) + x"), [1, 3, 5]),
        (_loop("for", "[]", "x"), []),
        (_loop("for", "n", "x"), [3]),
        (_loop("for", "null", "x"), None),
        (_loop("for", "[1, 2]", "the item + 1", name="the item"), [2, 3]),
        (_loop("some", "[1, 2, 3]", "x >= n"), True),
        (_loop("some", "[1, 2]", "x >= n"), False),
        (_loop("some", "[]", "true"), False),
        (_loop("some", "[1, null]", "x >= n"), None),
        (_loop("every", "[3, 4]", "x >= n"), True),
        (_loop("every", "[2, 3]", "x >= n"), False),
        (_loop("every", "[]", "false"), True),
        (_loop("every", "[3, null]", "x >= n"), None),
        (_loop("every", "null", "true"), None),
    ],
)
def test_the_expressions_of_dmn_1_4_give_their_value(logic: str, expected: object) -> None:
    assert decided(logic, n=3) == expected
    assert codes(file(decision("d", logic))) == []


def test_an_expression_of_dmn_1_4_may_hold_any_other() -> None:
    logic = (
        f'<for iteratorVariable="x"><in><list>{literal("1")}{literal("n")}</list></in>'
        f"<return>{context(('a', 'x'), ('b', _conditional('a > 1')))}</return></for>"
    )

    assert decided(logic, n=3) == [{"a": 1, "b": 2}, {"a": 3, "b": 1}]


@pytest.mark.parametrize(
    ("logic", "code"),
    [
        ("", "dmn.no_logic"),
        (literal(""), "dmn.no_logic"),
        ("<list><literalExpression/></list>", "dmn.no_logic"),
        (context(("a", "1 +")), "feel.syntax"),
        (context(("a", "1"), ("a", "2")), "dmn.entry"),
        (context(("a", "1"), result="2").replace("</context>", context(("b", "1"))[9:]), "dmn.entry"),
        (context(("a: strnig", "1")), "dmn.type"),
        (f'<relation><column name="a"/><row>{literal("1")}{literal("2")}</row></relation>', "dmn.cells"),
        ("<invocation/>", "dmn.no_logic"),
        ("<filter><in><list/></in></filter>", "dmn.no_logic"),
        ("<list><frobnicate/></list>", "dmn.unsupported"),
        (literal("1", expressionLanguage="javascript"), "dmn.language"),
        ('<literalExpression><importedValues id="i"/></literalExpression>', "dmn.unsupported"),
    ],
)
def test_a_wrong_boxed_expression_is_told_before_a_deployment(logic: str, code: str) -> None:
    source = file(decision("d", logic) if logic else decision("d", "1").replace(literal("1"), ""))

    assert code in codes(source)
    load(source).evaluate("d", {})


def test_a_part_that_cannot_be_read_is_null_with_a_reason_and_the_rest_stands() -> None:
    source = file(decision("d", context(("a", "1 +"), ("b", "2"))))

    assert value(source, "d") == {"a": None, "b": 2}
    assert "cannot be read" in reasons(source, "d")


def test_what_a_boxed_expression_reads_is_known() -> None:
    parts = [
        context(("a", "n"), ("b", "a + case.b"), result="b"),
        f"<list>{_filter('rows', 'item > limit')}{_loop('for', 'xs', 'x + y')}{_conditional('p', 'q', 'r')}</list>",
        table(["> cell -> result"]),
    ]
    found = [load(file(decision("d", part))).get("d").names for part in parts]

    assert found == [
        {"n", "case.b"},
        {"rows", "limit", "xs", "y", "p", "q", "r"},
        {"amount", "cell", "result"},
    ]
