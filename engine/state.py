"""Execution to bytes and back: tokens and scopes, never the specification; compact, typed, compressed.

Format 1: a mapping of `v`, `n` (next branch number), `scopes`, `roots`, `calls`, and `flows`, a list of
[owner token id or "", [[token id, step name, state, owner token id or "", internal values], …]].
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import zstandard
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import values
from engine.errors import StateUnreadable

FORMAT = 1
_LEVEL = 3


def dump(workflow: BpmnWorkflow, scopes: dict[str, dict[str, Any]], roots: set[str], calls: dict[str, int], n: int) -> bytes:
    """The state of an execution. Raises StateUnreadable when a token carries variables of its own."""
    flows = [["", _tokens(workflow)]]
    flows += [[str(owner), _tokens(inner)] for owner, inner in workflow.subprocesses.items()]
    state = {"v": FORMAT, "n": n, "scopes": scopes, "roots": sorted(roots), "calls": calls, "flows": flows}
    return zstandard.ZstdCompressor(level=_LEVEL).compress(values.dumps(state))


def load(data: bytes) -> dict[str, Any]:
    """The plain state inside `data`. Raises StateUnreadable for another format."""
    try:
        state = values.loads(zstandard.ZstdDecompressor().decompress(data))
    except zstandard.ZstdError as error:
        raise StateUnreadable(why="it is damaged") from error
    if not isinstance(state, dict) or state.get("v") != FORMAT:
        raise StateUnreadable(why="it has an unknown format")
    return state


def restore(workflow: BpmnWorkflow, state: dict[str, Any], inner_spec: Callable[[Task], Any]) -> None:
    """Put the tokens of `state` into an empty `workflow`; `inner_spec`: what the inside of a token's activity runs.

    Raises StateUnreadable when the definition does not have a step that a token stands at.
    """
    by_id: dict[str, Task] = {}
    for owner_id, tokens in state["flows"]:
        if owner_id:
            owner = by_id[owner_id]
            part = BpmnSubWorkflow(inner_spec(owner), owner.id, workflow, deserializing=True)
            workflow.subprocesses[owner.id] = part
        else:
            part = workflow
        part.task_tree = Task(part, part.spec.start, state=TaskState.COMPLETED)
        for token_id, name, token_state, parent, internal in tokens:
            spec = part.spec.task_specs.get(name)
            if spec is None:
                raise StateUnreadable(why=f"the definition has no step “{name}”")
            token = Task(part, spec, by_id[parent] if parent else part.task_tree, token_state, UUID(token_id))
            token.internal_data = internal
            by_id[token_id] = token


def _tokens(workflow: Any) -> list[list[Any]]:
    root = workflow.task_tree
    found = list(root.children)
    rows = []
    while found:
        token = found.pop(0)
        if token.data:
            raise StateUnreadable(why=f"the token at “{token.task_spec.name}” carries variables of its own")
        parent = token.parent
        owner = "" if parent is root else str(parent.id)
        rows.append([str(token.id), token.task_spec.name, token.state, owner, token.internal_data])
        found[:0] = token.children
    return rows
