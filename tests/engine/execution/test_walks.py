"""Random walks: a case that goes through bytes before every step does what one does that stays in memory."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn.tokens import activity_around, all_tokens
from engine.errors import RedressError
from engine.execution import Execution, TaskOpened
from tests.engine.execution.walked import SHELVES
from tests.models import NOW

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


@pytest.mark.parametrize("name", SHELVES)
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
        move(live, index, n)
        move(stored, index, n)
        live.dump()
        stored.dump()
        assert stand(stored) == stand(live)
        check(stored)
        check(live)


@pytest.mark.parametrize("name", SHELVES)
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
