"""Dead ends: joins that can starve, found by a walk through every choice, held against a plain search."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.bpmn.checks import graph, walk
from engine.bpmn.checks.diagram import Diagram, FileSet, Scope
from engine.bpmn.checks.known import Known
from tests.engine.bpmn.drawing import END, START, process

FORK, JOIN, SPLIT = '<parallelGateway id="f"/>', '<parallelGateway id="j"/>', '<exclusiveGateway id="x" default="x_a"/>'
TASKS = "".join(f'<manualTask id="{name}"/>' for name in "ab")


def top(content: bytes) -> Scope:
    return Diagram("m.bpmn", etree.fromstring(content), FileSet(Known.anything())).scopes[0]


def starving(content: bytes) -> list[str]:
    return [dead.join.id for _, dead in walk.dead_ends([top(content)])]


def test_what_is_split_and_joined_alike_has_no_dead_end():
    assert starving(process(START, FORK, TASKS, JOIN, END, ways="s>f f>a f>b a>j b>j j>e")) == []


def test_a_parallel_join_of_alternatives_starves():
    assert starving(process(START, SPLIT, TASKS, JOIN, END, ways="s>x x>a x>b a>j b>j j>e")) == ["j"]


def test_the_missing_flow_and_the_choice_that_leads_there_are_told():
    scope = top(process(START, FORK, SPLIT, TASKS, JOIN, END, ways="s>f f>x f>b x>a x>j a>e b>j j>e"))

    (dead,) = [dead for _, dead in walk.dead_ends([scope])]

    assert [arrow.id for arrow in dead.missing] == ["x_j"]
    assert [arrow.id for arrow in dead.way] == ["x_a"]


def test_a_branch_that_leaves_by_a_boundary_event_starves_the_join_behind_it():
    late = '<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition/></boundaryEvent>'
    content = process(START, FORK, TASKS, late, JOIN, END, ways="s>f f>a f>b a>j b>j j>e late>e")

    assert starving(content) == ["j"]


def test_an_inclusive_join_waits_only_for_what_can_still_come():
    split, join = '<inclusiveGateway id="x" default="x_a"/>', '<inclusiveGateway id="j"/>'
    content = process(START, split, TASKS, join, END, ways="s>x x>a x>b a>j b>j j>e", conditions={"x>b": "amount > 5"})

    assert starving(content) == []


def test_a_side_path_of_a_reminder_that_meets_nobody_is_no_dead_end():
    reminder = (
        '<boundaryEvent id="r" attachedToRef="a" cancelActivity="false"><timerEventDefinition/></boundaryEvent>'
        '<manualTask id="told"/><endEvent id="e2"/>'
    )
    content = process(START, FORK, TASKS, reminder, JOIN, END, ways="s>f f>a f>b a>j b>j j>e r>told told>e2")

    assert starving(content) == []


def test_a_terminate_end_takes_waiting_tokens_along():
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    content = process(START, FORK, SPLIT, TASKS, JOIN, END, stop, ways="s>f f>x f>b x>a x>j a>stop b>j j>e")

    assert starving(content) == []


def test_links_lead_on():
    links = (
        '<intermediateThrowEvent id="out"><linkEventDefinition name="there"/></intermediateThrowEvent>'
        '<intermediateCatchEvent id="in"><linkEventDefinition name="there"/></intermediateCatchEvent>'
    )
    content = process(START, FORK, TASKS, links, JOIN, END, ways="s>f f>a f>b a>out in>j b>j j>e")

    assert starving(content) == []


def test_a_walk_without_end_is_given_up_in_silence(monkeypatch):
    monkeypatch.setattr(walk, "LIMIT", 2)

    assert starving(process(START, SPLIT, TASKS, JOIN, END, ways="s>x x>a x>b a>j b>j j>e")) == []


NODES = ["manualTask", "exclusiveGateway", "parallelGateway"]


@st.composite
def diagrams(draw: Any) -> bytes:
    """A start, up to six steps connected at random (forward, and sometimes back), an end."""
    tags = draw(st.lists(st.sampled_from(NODES), min_size=2, max_size=6))
    names = [f"n{number}" for number in range(len(tags))]
    ways = [f"s>{names[0]}"]
    for number, name in enumerate(names):
        targets = draw(st.lists(st.sampled_from([*names[number + 1 :], "e"]), min_size=1, max_size=2, unique=True))
        ways += [f"{name}>{target}" for target in targets]
    return process(
        START, *(f'<{tag} id="{name}"/>' for tag, name in zip(tags, names, strict=True)), END, ways=" ".join(ways)
    )


@given(diagrams())
@pytest.mark.filterwarnings("error")
def test_a_walk_in_one_order_finds_what_a_search_in_every_order_finds(content):
    scope = top(content)

    assert {dead.join.id for _, dead in walk.dead_ends([scope])} == plain_search(scope)


def plain_search(scope: Scope) -> set[str]:
    """The joins at which tokens rest in some deadlock, by trying every order of every step."""
    seen: set[tuple[str, ...]] = set()
    front = [tuple(sorted(arrow.id for arrow in scope.outgoing(scope.by_id["s"])))]
    found: set[str] = set()
    by_id = {arrow.id: arrow for arrow in scope.arrows}
    while front:
        marking = front.pop()
        if marking in seen:
            continue
        seen.add(marking)
        following = list(steps(scope, marking))
        if not following:
            found |= {by_id[token].target.id for token in marking}
        front += following
    return found


def steps(scope: Scope, marking: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in scope.nodes:
        into, out = ([arrow.id for arrow in arrows] for arrows in (scope.incoming(node), scope.outgoing(node)))
        wanted = [into] if graph.is_join(scope, node) else [[each] for each in into]
        for taken in wanted:
            if not taken or any(each not in marking for each in taken):
                continue
            left = list(marking)
            for each in taken:
                left.remove(each)
            for way in [[each] for each in out] if node.tag == "exclusiveGateway" else [out]:
                yield tuple(sorted([*left, *way]))
