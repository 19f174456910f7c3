"""JUEL of older models, in FEEL."""

import pytest

from engine.errors import FeelSyntaxError
from engine.feel import evaluate, from_juel

CONTEXT = {"amount": 600, "name": "", "list": [3, 4], "case": {"level": "MAJOR", "open": True}, "nothing": None}


@pytest.mark.parametrize(
    ("juel", "value"),
    [
        ("${amount > 500 && !empty case.level}", True),
        ("${amount == 600}", True),
        ("${amount ne 600}", False),
        ("#{not case.open or amount lt 5}", False),
        ("${empty name && empty nothing && empty missing}", True),
        ("${!empty list}", True),
        ("${case.level == 'MAJOR' ? 'up' : 'down'}", "up"),
        ("${case['level']}", "MAJOR"),
        ("${list[0] + list[1] * 2}", 11),
        ("${(list[0] + list[1]) * 2}", 14),
        ("${10 - (4 - 3)}", 9),
        ("${amount % 7}", 5),
        ("${amount div 2 ge 300 and amount mod 2 eq 0}", True),
        ("${'it\\'s \"so\"'}", 'it\'s "so"'),
        ("${-list[0]}", -3),
        ("${true}", True),
    ],
)
def test_simple_juel_means_the_same_in_feel(juel: str, value: object) -> None:
    assert evaluate(from_juel(juel), CONTEXT) == value


def test_the_translation_is_plain() -> None:
    assert from_juel("${a == 'x' && (b || !c.d)}") == 'a = "x" and (b or not(c.d))'


@pytest.mark.parametrize(
    "juel",
    [
        "${execution.setVariable('x', 1)}",
        "${execution.id}",
        "${a.b.c()}",
        "${bean:call(x)}",
        "${a = 1}",
        "${a +}",
        "${}",
        "${a ? b}",
        "${x[y]}",
    ],
)
def test_other_juel_is_refused(juel: str) -> None:
    with pytest.raises(FeelSyntaxError):
        from_juel(juel)


TRANSLATIONS = [
    ("${execution.getVariable('x') == 1}", "x = 1"),
    ("${execution.hasVariable('x')}", "is defined(x)"),
    ("${a.equals('b')}", 'a = "b"'),
    ("${order.getTotal() > 5 && order.isPaid()}", "order.total > 5 and order.paid"),
    ("${list.size()}", "count(list)"),
    ("${name.length()}", "string length(name)"),
    ("${name.toUpperCase().startsWith('A')}", 'starts with(upper case(name), "A")'),
    ("${list.get(0)}", "list[1]"),
    ("${map.get('key')}", "map.key"),
    ("${name.substring(1, 3)}", "substring(name, 2, 2)"),
    ("${dateTime().plusDays(3).toDate()}", 'now() + duration("P3D")'),
    ("${bean.check(order, 'a')}", 'bean_check(order, "a")'),
    ("${bean.check(execution, 5)}", "bean_check(5)"),
    ("${currentUser()}", "currentUser()"),
    ("${x ?: 'none'}", 'if x != null then x else "none"'),
    ("${a === 5L}", "a = 5"),
    ("${a == Boolean.TRUE}", "a = true"),
    ('return KieFunctions.isTrue(a) && KieFunctions.greaterThan(b, "5");', "a = true and b > 5"),
    ("Order ${n} of ${c.name}", 'string join(["Order ", string(n), " of ", string(c.name)])'),
    ("${'Dear ' + name}", 'string join(["Dear ", string(name)])'),
    ("return x == 'a';", 'x = "a"'),
]


@pytest.mark.parametrize(("juel", "feel"), TRANSLATIONS)
def test_methods_and_texts_of_models_have_a_counterpart(juel: str, feel: str) -> None:
    assert from_juel(juel) == feel


def test_a_text_or_a_list_may_contain_something() -> None:
    feel = from_juel("${x.contains('a')}")

    assert [evaluate(feel, {"x": x}) for x in ("cat", "dog", ["a"], ["cat"])] == [True, False, True, False]


@pytest.mark.parametrize(
    ("python", "feel"),
    [
        ("not a == b and c is None", "not(a = b) and c = null"),
        ("a and True", "a and true"),
        ("len(x) > 3", "count(x) > 3"),
    ],
)
def test_python_says_some_things_in_words(python: str, feel: str) -> None:
    assert from_juel(python, "python") == feel


def test_java_divides_whole_numbers_otherwise() -> None:
    with pytest.raises(FeelSyntaxError):
        from_juel("a / 2", "java")
