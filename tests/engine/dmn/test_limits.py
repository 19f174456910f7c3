"""Files that are sound and too large: told, and read no further."""

from engine.dmn import check, load
from engine.dmn.reading import findings, library
from tests.engine.dmn.written import codes, decision, file, given, item, table, value


def test_a_file_of_too_many_elements_is_told() -> None:
    inputs = [given(f"i{number}") for number in range(library.MAX_ELEMENTS)]

    assert codes(file(*inputs[1:], decision("d", "1"))) == []
    assert codes(file(*inputs, decision("d", "1"))) == ["dmn.too_large"]


def test_a_file_of_too_many_names_is_told() -> None:
    parts = ", ".join(f"part {number}: string" for number in range(library.MAX_NAMES + 1))

    assert codes(file(item("t", parts=parts), decision("d", "1"))) == ["dmn.too_large"]


def test_expressions_beyond_the_limit_are_not_read_and_it_is_told_once() -> None:
    rules = [f'"{"x" * 900}" -> 1' for _ in range(findings.MAX_TEXT // 900 + 50)]
    source = file(decision("wide", table(rules)), decision("beside", "2"))

    assert codes(source) == ["dmn.too_large"]
    assert load(source).evaluate("wide", {"x": "x" * 900}) is None


def test_a_chain_of_decisions_that_read_much_is_told() -> None:
    reads = [decision(f"d{n}", " + ".join([f"d{n - 1}", f"x{n}"]), needs=f"d{n - 1}") for n in range(1, 700)]

    found = check(file(decision("d0", "1"), *reads), "a.dmn", frozenset())

    assert [problem.code for problem in found] == ["dmn.too_large"]


def test_constants_that_are_tried_out_share_one_budget() -> None:
    rules = ["- -> count(for i in 1..1000000000 return i)"] * 300 + ['- -> "high"']

    assert codes(file(decision("d", table(rules, policy="FIRST")))) == []


def test_a_name_with_a_dot_hides_what_begins_with_it() -> None:
    source = file(decision("a.b", "1"), decision("d", "a.b + a.c + x", needs="a.b"))

    assert load(source).get("d").names == {"a.c", "x"}
    assert value(source, "d", a={"c": 2}, x=3) is not None
