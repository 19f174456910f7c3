"""The cases whose states lie beside this file; a state of every format must load and finish for ever.

To write the states of the current format (only for cases that have none): `python -m tests.engine.golden.cases`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.execution import Execution
from tests.models import NOW, Case, Shelf, boundary, bpmn, element, event, mappings, properties, scope, several, timer

LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Golden:
    """A state: the models it needs, how it was reached, how it stands, how it goes on, and what is left at the end."""

    shelf: Shelf
    reach: Callable[[Case], None]
    open: list[tuple[str, str]]
    finish: Callable[[Execution], None]
    variables: dict[str, Any]
    now: datetime = LATER
    start: tuple[tuple[str, Any], ...] = ()


def _complete(execution: Execution, name: str, **values: Any) -> None:
    token = next(key for key, found, waits in execution.open_elements() if found == name and waits == "task")
    execution.complete(token, values)
    execution.advance()


def _fire(execution: Execution) -> None:
    assert execution.fire(execution.due_timers()[0][1])
    execution.advance()


# --- several items of a sub-process, with a reminder whose branch has a scope of its own

_ITEMS = element(
    "subProcess",
    "ask_all",
    properties(collect="answers", item_result="answer")
    + several("people", item="person")
    + scope("", "start2 > ask > check > end3"),
)
_REMIND = boundary("remind", "ask_all", event("message", "remind"), interrupting=False)


def _reach_items(case: Case) -> None:
    case.complete("ask", 1, answer="from Bo")
    case.message("remind", text="please")


def _finish_items(execution: Execution) -> None:
    _complete(execution, "ask", answer="from Ann")
    for name in ("check", "check", "note"):
        _complete(execution, name)


# --- a called process, a parallel region half way, an event-based gateway, timers, and external work

_CALL = element(
    "callActivity",
    "call",
    '<extensionElements><camunda:in source="n" target="m"/><camunda:out source="m" target="result"/>'
    "</extensionElements>",
    calledElement="called",
)
_WORK = element(
    "serviceTask", "work", mappings(outputs={"sent": "${ok}"}), camunda_type="external", camunda_topic="mail"
)
_GATE = element("eventBasedGateway", "gate") + element("intermediateCatchEvent", "late", timer("PT1H"))
_ANSWER = element("intermediateCatchEvent", "answer", event("message", "answer"))
_FLOWS = (
    "start > fork; fork > call > join; fork > work > join; fork > gate; gate > late > join; gate > answer > end2; "
    "fork > plain > join; join > last > end"
)


def _finish_wide(execution: Execution) -> None:
    _complete(execution, "inner", m=8)
    token = next(key for key, found, _ in execution.open_elements() if found == "work")
    assert execution.finish_work(token, {"ok": True})
    execution.advance()
    _fire(execution)
    _complete(execution, "last")


GOLDEN = {
    "items-1": Golden(
        shelf=Shelf(bpmn(_ITEMS + _REMIND, "start > ask_all > end; remind > note > end2")),
        start=(("people", ["Ann", "Bo"]),),
        reach=_reach_items,
        open=[("ask", "task"), ("check", "task"), ("note", "task"), ("remind", "message")],
        finish=_finish_items,
        variables={"people": ["Ann", "Bo"], "answers": ["from Ann", "from Bo"]},
    ),
    "wide-1": Golden(
        shelf=Shelf(
            bpmn(
                element("parallelGateway", "fork")
                + element("parallelGateway", "join")
                + _CALL
                + _WORK
                + _GATE
                + _ANSWER,
                _FLOWS,
            ),
            bpmn("", "start > inner > end", key="called"),
        ),
        start=(("n", 7),),
        reach=lambda case: case.complete("plain"),
        open=[("answer", "message"), ("inner", "task"), ("late", "timer"), ("work", "work")],
        finish=_finish_wide,
        variables={"n": 7, "result": 8, "sent": True},
    ),
}

if __name__ == "__main__":
    for name, golden in GOLDEN.items():
        path = Path(__file__).parent / f"{name}.state"
        if not path.exists():
            case = Case(golden.shelf, **dict(golden.start))
            golden.reach(case)
            path.write_bytes(case.state)
