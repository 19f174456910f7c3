"""State: what is in the bytes, and what is refused."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest
import zstandard

from engine import state
from engine.errors import StateUnreadable
from engine.execution import Execution
from tests.engine.golden.cases import GOLDEN
from tests.models import NOW, Case, Shelf, bpmn, element, scope

FOLDER = Path(__file__).parent / "golden"


def inside(data):
    return orjson.loads(zstandard.ZstdDecompressor().decompress(data))


def changed(data, change):
    plain = inside(data)
    change(plain)
    return zstandard.ZstdCompressor().compress(orjson.dumps(plain))


def a_case():
    return Case(bpmn("", "start > a > end"), x=1)


def test_a_state_holds_tokens_and_variables_and_no_specification():
    case = a_case()
    token = case.token("a")

    assert inside(case.state) == {
        "v": 1,
        "scopes": {"": {"x": 1}},
        "calls": {},
        "n": 0,
        "flows": [["", [[token, "a", 16, "", {"via": "start_a"}]]]],
    }


def test_a_state_that_was_loaded_is_dumped_the_same():
    case = a_case()

    assert Execution(1, case.shelf, now=NOW).load(case.state).dump() == case.state


def test_types_of_values_survive():
    values = {
        "d": NOW.date(),
        "t": NOW,
        "span": timedelta(hours=1),
        "list": [1, {"a": None}],
        "$": {"$": "date", "v": "x"},
    }
    case = Case(bpmn("", "start > a > end"), **values)

    assert Execution(1, case.shelf, now=NOW).load(case.state).scopes[""] == values


@pytest.mark.parametrize(
    "data",
    [b"", b"nonsense", zstandard.ZstdCompressor().compress(b"{"), zstandard.ZstdCompressor().compress(b'{"$": "no"}')],
)
def test_damaged_bytes_are_refused(data):
    with pytest.raises(StateUnreadable, match="damaged"):
        state.load(data)


def test_another_format_is_refused():
    with pytest.raises(StateUnreadable, match="unknown format"):
        state.load(changed(a_case().state, lambda plain: plain.update(v=2)))


def test_a_token_at_a_step_that_the_definition_does_not_have_is_refused_by_name():
    case = a_case()
    with pytest.raises(StateUnreadable, match="no step “a”"):
        Execution(1, Shelf(bpmn("", "start > b > end")), now=NOW).load(case.state)


def test_a_token_with_variables_of_its_own_is_never_written():
    case = a_case()
    case.execution.token(case.token("a")).data["x"] = 1

    with pytest.raises(StateUnreadable, match="“a” carries variables"):
        case.execution.dump()


def test_no_token_ever_carries_variables():
    sub = element("subProcess", "sub", scope("", "start2 > a > end2"))
    case = Case(bpmn(sub, "start > sub > b > end"), x=1)
    case.complete("a", y=2)

    assert [token.data for token in case.execution.top.tasks.values()] == [{}, {}]


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_a_state_of_every_format_loads_and_finishes(name):
    golden = GOLDEN[name]
    execution = Execution(1, golden.shelf, now=golden.now).load((FOLDER / f"{name}.state").read_bytes())
    assert sorted((found, waits) for _, found, waits in execution.open_elements() if waits != "other") == golden.open

    golden.finish(execution)

    assert execution.is_ended
    assert execution.scopes[""] == golden.variables
