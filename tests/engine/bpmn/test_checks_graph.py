"""Circles in a graph, held against a plain search."""

from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.checks.graph import circles

KEYS = "abcdefg"
GRAPHS = st.dictionaries(st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), max_size=4))


def reaches_itself(graph: dict[str, list[str]], key: str) -> bool:
    seen: set[str] = set()
    front = list(graph[key])
    while front:
        current = front.pop()
        if current == key:
            return True
        if current not in seen:
            seen.add(current)
            front += graph.get(current, [])
    return False


@given(GRAPHS)
def test_what_is_told_is_a_circle(graph):
    for circle in circles(graph):
        assert all(after in graph[key] for key, after in zip(circle, [*circle[1:], circle[0]], strict=True))


@given(GRAPHS)
def test_a_circle_is_told_exactly_where_there_is_one(graph):
    assert bool(circles(graph)) == any(reaches_itself(graph, key) for key in graph)


def test_a_long_chain_needs_no_recursion():
    chain = {str(number): [str(number + 1)] for number in range(50_000)}

    assert not circles(chain)
    assert len(circles(chain | {"50000": ["0"]})[0]) == 50_001
