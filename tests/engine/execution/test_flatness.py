"""Cases that run for years stay small."""

from datetime import timedelta

from engine.execution import Execution
from tests.models import NOW, Case, Shelf, boundary, bpmn, element, timer

MANY = 5_000


def renewed(case, execution):
    """The execution taken up again from its bytes, as each command does."""
    return Execution(1, case.shelf, now=execution.now).load(execution.dump())


def test_passes_of_a_loop_beside_an_open_branch_leave_nothing_behind():
    flows = "start > fork; fork > other > end; fork > m > a > x; x > m: again; x > end2"
    gateways = element("exclusiveGateway", "m") + element("exclusiveGateway", "x", default="x_end2")
    case = Case(bpmn(element("parallelGateway", "fork") + gateways, flows))
    execution, size = case.execution, len(case.state)
    for number in range(MANY):
        token = next(key for key, found, _ in execution.open_elements() if found == "a")
        execution.complete(token, {"again": True})
        execution.advance()
        if number % 100 == 0:
            execution = renewed(case, execution)
            assert len(execution.top.tasks) == 3

    assert len(execution.top.tasks) == 3
    assert len(execution.dump()) < size + 50


def test_firings_of_a_reminder_leave_nothing_behind():
    remind = boundary("remind", "a", timer("R/PT1H", "Cycle"), interrupting=False)
    case = Case(bpmn(remind + element("task", "note"), "start > a > end; remind > note > end2"))
    execution = case.execution
    for number in range(MANY):
        execution.now = NOW + timedelta(hours=number + 1)
        ((_, token),) = execution.due_timers()
        assert execution.fire(token)
        execution.advance()
        if number % 100 == 0:
            execution = renewed(case, execution)
            assert len(execution.top.tasks) == 3
            assert list(execution.scopes) == [""]

    assert len(execution.top.tasks) == 3
    assert len(execution.dump()) < len(case.state) + 100


def test_passes_of_a_standard_loop_that_calls_a_process_leave_nothing_behind():
    call = element("callActivity", "call", '<standardLoopCharacteristics loopMaximum="50"/>', calledElement="called")
    case = Case(Shelf(bpmn(call, "start > call > end"), bpmn("", "start > a > end", key="called")))
    sizes = set()
    for _ in range(50):
        sizes.add((case.count, len(case.execution.scopes), len(case.execution._calls)))
        case.complete("a")

    assert sizes == {(3, 3, 1)}
    assert case.is_ended
    assert case.execution._calls == {}
