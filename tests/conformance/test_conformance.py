"""The corpus: every model runs, or is refused, as its expectation says; and every row of the standard that we run has
both kinds of models.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from engine.bpmn import reader
from engine.bpmn.assembly import CONTAINERS, STEPS
from engine.bpmn.checks.events import _LISTENED_FOR, _RUN
from engine.bpmn.elements import Element
from tests.conformance.driver import Told, carry_out, problems, refusals, typed
from tests.conformance.expectations import FOLDER, Case, Run, WrongExpectation, case, cases
from tests.conformance.table import CHAPTERS, rows, table

CASES = cases()
RUNS = [each for each in CASES if each.run]
DOCUMENT = FOLDER.parents[1] / "docs" / "conformance.md"
REWRITE = "write it anew with: python -m tests.conformance > docs/conformance.md"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_model_runs_or_is_refused_as_expected(case):
    if case.run is None:
        assert refusals(case) == case.refused
        return
    assert [problem.code for problem in problems(case) if _is_held_against(problem)] == []
    for through_bytes in (False, True):
        compare(carry_out(case, case.run, through_bytes=through_bytes), case.run)


def _is_held_against(problem: Any) -> bool:
    """Errors, and everything that breaks the schema: the models are well written."""
    return problem.severity == "error" or problem.code.startswith("bpmn.schema_")


def compare(told: Told, run: Run) -> None:
    """Hold what a run told to what is expected of it."""
    assert in_order(told.path, run.path) == flat(run.path)
    assert told.outcome == run.outcome
    assert {name: told.variables.get(name) for name in run.variables} == typed(run.variables)
    assert told.elapsed == (run.elapsed or told.elapsed)
    if run.outcome != "failed":
        assert told.waits_for == list(run.waits_for)


def in_order(path: list[str], expected: list[Any]) -> list[str]:
    """`path`, with those elements in the order of `expected` whose order is free and that are the same."""
    found, rest = [], path
    for part in expected:
        stretch = part if isinstance(part, list) else [part]
        here, rest = rest[: len(stretch)], rest[len(stretch) :]
        found += stretch if sorted(here) == sorted(stretch) else here
    return found + rest


def flat(path: list[Any]) -> list[str]:
    return list(chain.from_iterable(part if isinstance(part, list) else [part] for part in path))


@pytest.mark.parametrize(("row", "found"), rows(CASES).items(), ids=lambda value: None)
def test_every_row_that_runs_is_also_broken(row, found):
    supports = {(each.support, each.section, tuple(each.limit.values())) for each in found if not each.breaks}

    assert len(supports) == 1, "cases of one row tell different things"
    if supports.pop()[0] != "refused":
        assert any(each.breaks for each in found)


def test_every_chapter_stands_in_the_document():
    assert {each.chapter for each in CASES} == set(CHAPTERS)


def test_the_document_tells_what_the_corpus_proves():
    assert DOCUMENT.read_text("utf-8") == table(CASES), REWRITE


# --- nothing runs without a row


def elements() -> Iterator[tuple[Element, str]]:
    """Every element of the models that run; where it stands: `process`, `sub-process` or `event sub-process`."""
    for each in RUNS:
        for process in reader.read(each.files).processes.values():
            for element in process.elements.values():
                around = process.elements.get(element.parent)
                is_event = around is not None and around.container.triggered_by_event
                yield element, "event sub-process" if is_event else "sub-process" if around else "process"


@pytest.fixture(scope="module")
def found() -> list[tuple[Element, str]]:
    return list(elements())


def test_every_kind_of_step_has_a_row(found):
    assert {element.tag for element, _ in found} == set(STEPS)


def test_every_event_has_a_row_at_every_place_where_it_runs(found):
    allowed = {(tag, "", kind) for tag, kinds in _RUN.items() for kind in kinds}
    allowed |= {("startEvent", "event sub-process", kind) for kind in _LISTENED_FOR}
    shown = {
        (element.tag, place if place == "event sub-process" and element.tag == "startEvent" else "", kind)
        for element, place in found
        for kind in ([event.kind for event in element.events] or [element.event.kind])
    }
    assert allowed - shown == set()


@pytest.mark.parametrize(
    "name",
    ["gateways/complex_join", "gateways/complex_reset", "loops/completion_condition", "loops/behavior_complex"],
)
def test_values_that_the_standard_gives_to_expressions_are_known(name):
    """`numberOfCompletedInstances` … (10.3.8, table 10.30), `activationCount` and `waitingForStart` (10.6.5)."""
    told = problems(next(each for each in CASES if each.name == name))

    assert not [problem.params["name"] for problem in told if problem.code == "feel.unknown_variable"]


#: Kinds of events that always interrupt (tables 10.86 and 10.90).
INTERRUPTING = {"error", "cancel", "compensate"}


@pytest.mark.parametrize(("tag", "kinds"), [("boundaryEvent", _RUN["boundaryEvent"]), ("startEvent", _LISTENED_FOR)])
def test_every_event_that_may_interrupt_or_not_has_a_row_for_both(found, tag, kinds):
    places = {"startEvent": {"event sub-process"}, "boundaryEvent": {"process", "sub-process", "event sub-process"}}
    shown = {(each.event.kind, each.interrupting) for each, place in found if each.tag == tag and place in places[tag]}

    assert {(kind, True) for kind in kinds} | {(kind, False) for kind in set(kinds) - INTERRUPTING} <= shown


@pytest.mark.parametrize("tag", ["startEvent", "intermediateCatchEvent", "boundaryEvent", "event sub-process"])
def test_events_that_wait_for_one_of_several_and_for_all_have_rows(found, tag):
    several = {
        element.parallel_multiple for element, place in found if tag in {place, element.tag} and len(element.events) > 1
    }
    assert several == {True, False}


def test_every_kind_of_loop_has_a_row(found):
    loops = [element.loop for element, _ in found if element.loop]

    assert {loop.kind for loop in loops} == {"standard", "parallel", "sequential"}
    assert {loop.behavior for loop in loops} == {"None", "One", "All", "Complex"}
    assert {loop.test_before for loop in loops if loop.kind == "standard"} == {True, False}
    assert any(loop.collection for loop in loops)
    assert any(loop.condition for loop in loops if loop.kind != "standard")


def test_every_kind_of_gateway_has_a_row(found):
    gates = [element for element, _ in found if element.tag == "eventBasedGateway"]

    assert {(gate.instantiate, gate.gate.event_type) for gate in gates} == {
        (False, "Exclusive"),
        (True, "Exclusive"),
        (True, "Parallel"),
    }
    assert any(element.gate.activation_condition for element, _ in found)


def test_every_kind_of_container_has_a_row(found):
    assert {element.tag for element, _ in found} >= CONTAINERS
    assert any(element.container.triggered_by_event for element, _ in found)
    hoc = [element.container for element, _ in found if element.tag == "adHocSubProcess"]
    assert {(each.ordering, bool(each.completion_condition)) for each in hoc} >= {
        ("Parallel", False),
        ("Sequential", False),
        ("Parallel", True),
    }


# --- expectations that are written wrongly


RUNNING = "element: E\nsection: '1'\nsupport: supported\nrun: {path: [a], outcome: end}\n"


def test_a_plain_expectation_is_read():
    assert case("a/b", RUNNING) == Case("a/b", "E", "1", "supported", run=Run(["a"], "end"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "not a mapping"),
        ("a: [", "no readable YAML"),
        (RUNNING + "colour: red\n", "unknown entry “colour”; known are: element, section"),
        (RUNNING.replace("section: '1'\n", ""), "“section” is missing"),
        (RUNNING.replace("[a]", "a"), "run: “path” is no list"),
        (RUNNING.replace("supported", "refused"), "“support: refused” does not fit"),
        (RUNNING.replace("supported", "partly"), "“limit” stands with “support: partly”"),
        (RUNNING.replace("end}", "waiting}"), "“waits_for” stands with “outcome: waiting”"),
        (RUNNING.replace("end}", "end, steps: [{shout: a}]}"), "step 1 is not one of: answer, message"),
        (RUNNING.replace("end}", "end, steps: [{wait: PT1H, values: {}}]}"), "step 1: unknown entry “values”"),
        ("breaks: a\nrefused: {}\n", "“how” is missing"),
    ],
)
def test_a_wrong_expectation_is_told_with_its_place(text, told):
    with pytest.raises(WrongExpectation, match=r"^a/b: ") as raised:
        case("a/b", text)

    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("path", "expected", "is_right"),
    [
        (["a", "c", "b"], ["a", ["b", "c"]], True),
        (["a", "c", "c"], ["a", ["b", "c"]], False),
        (["a", "b"], ["b", "a"], False),
        (["a"], ["a", "b"], False),
        (["a", "b"], ["a"], False),
    ],
)
def test_a_path_is_compared_but_for_the_order_that_is_free(path, expected, is_right):
    assert (in_order(path, expected) == flat(expected)) is is_right
