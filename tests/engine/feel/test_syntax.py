"""What cannot be read is refused with the place and the reason; checks find what would fail later."""

import pytest

from engine.errors import FeelSyntaxError
from engine.feel import check, parse, parse_unary
from engine.problems import Severity


@pytest.mark.parametrize(
    ("text", "position", "why"),
    [
        ("", 1, "it ends too early"),
        ("1 +", 4, "it ends too early"),
        ("a b", 3, "“b” was not expected"),
        ("a ! b", 3, "“!” cannot stand here"),
        ('"abc', 1, "the text has no closing quote"),
        ("(1", 3, "“)” is missing at the end"),
        ("[1, 2", 6, "“]” is missing at the end"),
        ("if a then b", 12, "“else” is missing"),
        ("f(a: 1, 2)", 9, "“:” is missing"),
        ("function(x, x) x", 13, "stands twice"),
        ("@now", 2, "is not a date"),
        ("1e99999", 1, "too large"),
        ("not", 4, "“(” is missing"),
        ("a.1", 2, "was not expected"),
    ],
)
def test_a_wrong_expression_is_refused_with_place_and_reason(text: str, position: int, why: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse(text)

    assert caught.value.params["position"] == position
    assert why in str(caught.value)
    assert any("\u4e00" <= character <= "\u9fff" for character in str(caught.value.params["why_zh"]))


def test_unary_tests_refuse_what_is_no_test() -> None:
    with pytest.raises(FeelSyntaxError):
        parse_unary("> 5 and < 9")


def test_a_check_finds_syntax_errors_in_both_languages() -> None:
    (problem,) = check("a >", frozenset(), element_id="Flow_1", file="a.bpmn", row=3)

    assert (problem.code, problem.element_id, problem.file, problem.params["row"]) == (
        "feel.syntax",
        "Flow_1",
        "a.bpmn",
        3,
    )
    assert problem.what() == "Row 3: The expression “a >” cannot be read at position 4: it ends too early."
    assert problem.what("zh") == "第 3 行：表达式“a >”在第 4 个字符处无法读取：表达式不完整。"
    assert problem.remedy() != problem.remedy("zh")


def test_a_check_warns_of_what_is_always_null() -> None:
    (problem,) = check('substring("a")', frozenset(), row=3)

    assert (problem.code, problem.severity) == ("feel.syntax", Severity.WARNING)
    assert problem.what().endswith("at position 1: substring takes 2-3 values, not 1.")


def test_a_check_finds_each_unknown_function() -> None:
    problems = check("foo(bar(count(x))) + add working days(x, 1)", frozenset({"add working days"}))

    assert [problem.params["function"] for problem in problems] == ["bar", "foo"]
    assert {problem.severity for problem in problems} == {Severity.ERROR}


def test_a_check_finds_nothing_in_a_good_expression() -> None:
    assert check("amount > 500", frozenset()) == []
    assert check("> 500, null", frozenset(), unary=True) == []
