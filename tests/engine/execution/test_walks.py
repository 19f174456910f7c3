"""Random walks: a case that goes through bytes before every step does what one does that stays in memory."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn.tokens import activity_around, all_tokens
from engine.errors import RedressError
from engine.execution import Execution, StepFailed, TaskOpened
from tests.models import (
    NOW,
    Shelf,
    boundary,
    bpmn,
    condition,
    element,
    event,
    mappings,
    properties,
    scope,
    several,
    timer,
)

GATES = {
    name: element(f"{kind}Gateway", name)
    for name, kind in [("fork", "parallel"), ("join", "parallel"), ("m", "exclusive")]
}
FORK, JOIN, M = GATES.values()
WORK = element(
    "serviceTask",
    "work",
    mappings(inputs={"i": "${n}"}, outputs={"n": "${n + 1}"}),
    camunda_type="external",
    camunda_topic="t",
)
COLLECT = properties(collect="answers", item_result="n")
ASK = element(
    "userTask",
    "ask",
    COLLECT
    + several("[1, 2, 3]", item="one", inside="<completionCondition>nrOfCompletedInstances = 2</completionCondition>"),
)
REMIND = boundary("remind", "a", timer("R2/PT1H", "Cycle"), interrupting=False)
CALL = element(
    "callActivity",
    "call",
    '<extensionElements><camunda:in source="n" target="n"/><camunda:out source="n" target="n"/></extensionElements>',
    calledElement="called",
)
INNER = scope(boundary("hit", "b", event("message", "hit")), "start2 > b > end8; hit > c > end7; b > d > end9")

MODELS = {
    "line": bpmn(WORK, "start > a > work > b > end"),
    "loop": bpmn(M + element("exclusiveGateway", "x", default="x_end"), "start > m > a > x; x > m: n = 1; x > end"),
    "fork": bpmn(FORK + JOIN, "start > fork; fork > a > join; fork > b > join; join > c > end"),
    "loop beside": bpmn(FORK + M + element("exclusiveGateway", "x", default="x_end"), "start > fork > b > end2; fork > m > a > x; x > m: n = 1; x > end"),
    "inclusive": bpmn(
        element("inclusiveGateway", "s", default="s_c") + element("inclusiveGateway", "t"),
        "start > a > s; s > b: n != 2; s > c; s > d: n = 3; b > t; c > t; d > t; t > e > end",
    ),
    "events": bpmn(
        element("eventBasedGateway", "g")
        + "".join(element("intermediateCatchEvent", key, what) for key, what in [("p", event("message", "p")), ("q", timer("PT2H")), ("r", condition("n = 3"))]),
        "start > g; g > p > a > end; g > q > b > end2; g > r > c > end3",
    ),
    "boundary": bpmn(REMIND + boundary("late", "a", timer("PT3H")) + boundary("note", "a", event("message", "note"), interrupting=False), "start > a > end; remind > b > end2; late > c > a; note > d > end3"),
    "items": bpmn(ASK + boundary("stop", "ask", event("message", "stop")), "start > ask > b > end; stop > end2"),
    "one by one": bpmn(element("subProcess", "sub", COLLECT + several("[1, 2]", sequential=True) + scope("", "start2 > a > b > end2")), "start > sub > c > end"),
    "sub": bpmn(element("subProcess", "a", INNER) + REMIND + boundary("late", "a", timer("PT3H")), "start > a > e > end; remind > f > end2; late > end3"),
    "call": bpmn(FORK + JOIN + CALL + WORK, "start > fork; fork > call > join; fork > work > join; join > b > end"),
    "conditions": bpmn(
        boundary("flag", "a", condition("n = 2"), interrupting=False) + boundary("cut", "a", condition("n = 3")) + FORK,
        "start > fork; fork > a > end; fork > b > b2 > end4; flag > c > end2; cut > d > end3",
    ),
    "terminate": bpmn(FORK + element("subProcess", "sub", element("endEvent", "kill", event("terminate")) + scope(FORK.replace("fork", "fork2"), "start2 > fork2; fork2 > a > kill; fork2 > b > end2")), "start > fork; fork > sub > c > end; fork > d > end3"),
    "error": bpmn(
        element("subProcess", "sub", element("endEvent", "bad", event("error", "NO")) + element("exclusiveGateway", "x", default="x_bad") + scope("", "start2 > a > x; x > end2: n = 1; x > bad")) + boundary("any", "sub", event("error")),
        "start > sub > b > end; any > c > sub",
    ),
}  # fmt: skip
CALLED = bpmn(M + REMIND, "start > m > a > end; remind > b > end2", key="called")
SHELVES = {name: Shelf(model, CALLED) for name, model in MODELS.items()}

MOVES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), min_size=1, max_size=14)


def stand(execution):
    """How an execution stands, without the ids of tokens."""
    scopes = [(re.sub(r"[0-9a-f-]{36}", "id", key), values) for key, values in execution.scopes.items()]
    return [element[1:] for element in execution.open_elements()], scopes, execution.is_ended


def move(execution, index, n):
    """Do something to one of the elements that wait."""
    waiting = [one for one in execution.open_elements() if one[2] in {"task", "work", "message", "timer"}]
    if not waiting:
        return
    token, _, state = waiting[index % len(waiting)]
    if state == "task":
        execution.complete(token, {"n": n})
    elif state == "work":
        execution.finish_work(token, {"n": n})
    elif state == "message":
        execution.deliver_message(token, {"n": n})
    else:
        execution.now += timedelta(hours=n)
        for due, key in execution.due_timers()[:1]:
            if due <= execution.now:
                execution.fire(key)
    execution.advance()


def check(execution):
    """What must hold of every execution between two commands."""
    tokens = list(all_tokens(execution.top))
    parts = [execution.top, *execution.top.subprocesses.values()]
    assert len(tokens) == sum(len(part.tasks) - 1 for part in parts), "a token hangs from nothing"
    assert len({token.id for token in tokens}) == len(tokens)
    assert all(not token.data for token in tokens)
    assert all(activity_around(part).id in execution.top.subprocesses for part in parts[1:])
    assert not execution.todo
    ids = {token.id for token in tokens}
    owners = {key.removeprefix("call:") for key in execution.scopes if key and not key.startswith("branch:")}
    assert owners <= ids, "a scope outlived its token"
    assert set(execution._calls) <= ids
    opened = {fact.token_id for fact in execution.facts if isinstance(fact, TaskOpened)} - execution.gone.keys()
    assert opened <= {key for key, _, state in execution.open_elements() if state == "task"}


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=25)
@given(moves=MOVES)
def test_a_case_behaves_the_same_whether_or_not_it_goes_through_bytes(name, moves):
    shelf = SHELVES[name]
    live = Execution(1, shelf, now=NOW)
    live.begin({"n": 0})
    live.advance()
    check(live)
    for index, n in moves:
        state = live.dump()
        stored = Execution(1, shelf, now=live.now).load(state)
        assert stored.dump() == state
        assert stored.open_elements() == live.open_elements()
        try:
            move(live, index, n)
        except StepFailed as failed:
            with pytest.raises(StepFailed) as again:
                move(stored, index, n)
            assert again.value.element_id == failed.element_id
            return
        move(stored, index, n)
        live.dump(), stored.dump()
        assert stand(stored) == stand(live)
        check(stored)
        check(live)


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=8)
@given(number=st.integers(1, 8))
def test_a_step_can_be_parked_anywhere_and_goes_on_later(name, number):
    plain, parked = (Execution(1, SHELVES[name], now=NOW) for _ in range(2))
    plain.begin({"n": 1})
    parked.begin({"n": 1})
    plain.advance()
    parked.advance({number: RedressError("not now")})
    stored = Execution(1, SHELVES[name], now=NOW).load(parked.dump())
    assert stored.open_elements() == parked.open_elements()
    assert all(stored.unpark(token) for token in parked.parked)

    stored.advance()

    check(stored)
    assert sorted(stand(stored)[0]) == sorted(stand(plain)[0])
