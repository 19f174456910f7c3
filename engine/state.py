"""Execution to bytes and back: tokens and scopes, never the specification; compact, typed, compressed.

Format 1: a mapping of `v`, `n` (number of the newest branch), `scopes`, `calls` (token id of a call activity →
definition), and `flows`, a list of [token id of the activity or "", [[token id, step name, state, owner token id or "",
internal values], …]]. Each token stands behind its owner, and each flow behind the one with its activity.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import zstandard
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task

from engine import values
from engine.bpmn.tokens import Inside, Token, owner_of
from engine.errors import StateUnreadable

FORMAT = 1
_LEVEL = 3


def dump(workflow: BpmnWorkflow, kept: Mapping[str, Any]) -> bytes:
    """The tokens of `workflow` and what is `kept` beside them: `scopes`, `calls` and `n`.

    Raises StateUnreadable when a token carries variables of its own, and NotStorable for a value of an unknown type.
    """
    flows = [["", list(_rows(workflow))]]
    flows += [[owner, list(_rows(inside))] for owner, inside in workflow.subprocesses.items()]
    plain = values.dumps({"v": FORMAT, **kept, "flows": flows})
    return zstandard.ZstdCompressor(level=_LEVEL).compress(plain)


def load(data: bytes) -> dict[str, Any]:
    """What `dump` wrote: `scopes`, `calls`, `n` and `flows`. Raises StateUnreadable for anything else."""
    try:
        stored = values.loads(zstandard.ZstdDecompressor().decompress(data))
    except (zstandard.ZstdError, ValueError) as error:
        raise StateUnreadable(why="it is damaged") from error
    if not isinstance(stored, dict) or stored.get("v") != FORMAT:
        raise StateUnreadable(why="it has an unknown format")
    return stored


def restore(workflow: BpmnWorkflow, flows: list[Any], inside_of: Callable[[Task], Any]) -> None:
    """Put the tokens of `flows` into an empty `workflow`; `inside_of`: what runs inside the activity of a token.

    Raises StateUnreadable when the definition does not have a step that a token stands at.
    """
    tokens: dict[str, Task] = {}
    for activity, rows in flows:
        part = Inside(inside_of(tokens[activity]), tokens[activity]) if activity else workflow
        specs = part.spec.task_specs
        for key, name, token_state, owner, internal in rows:
            if name not in specs:
                raise StateUnreadable(why=f"the definition has no step “{name}”")
            token = Token(part, specs[name], tokens[owner] if owner else part.task_tree, token_state, key)
            token.internal_data = internal
            tokens[key] = token


def _rows(workflow: Any) -> Iterator[list[Any]]:
    waiting = workflow.task_tree.children[::-1]
    while waiting:
        token = waiting.pop()
        if token.data:
            raise StateUnreadable(why=f"the token at “{token.task_spec.name}” carries variables of its own")
        owner = owner_of(token)
        yield [token.id, token.task_spec.name, token.state, owner.id if owner else "", token.internal_data]
        waiting += token.children[::-1]
