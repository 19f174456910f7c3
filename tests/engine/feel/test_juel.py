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
        "${execution.getVariable('x')}",
        "${a.b()}",
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
