"""What a multi-instance activity throws when its items end (BPMN 2.0.2, table 10.29)."""

from tests.models import Case, boundary, bpmn, element, event, properties


def asked(behavior, *, inside="", mapped="", **attributes):
    """A task for two people that throws as `behavior` says."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return element(
        "userTask",
        "ask",
        f'{mapped}<multiInstanceLoopCharacteristics behavior="{behavior}"{more} camunda:collection="[1, 2]">'
        f"{inside}</multiInstanceLoopCharacteristics>",
    )


EDGE = boundary("edge", "ask", event("signal"), interrupting=False)
FLOWS = "start > ask > next > end; edge > note > end2"


def test_without_an_event_each_item_that_ends_throws_a_signal_without_a_name():
    case = Case(bpmn(asked("None") + EDGE, FLOWS))
    case.complete("ask")
    assert case.open == ["ask", "edge", "note"]
    case.complete("ask")
    assert case.open == ["next", "note", "note"]


def test_the_signal_carries_the_attributes_of_the_activity_into_the_branch_behind_the_edge():
    case = Case(bpmn(asked("None", mapped=properties(collect="all", item_result="n")) + EDGE, FLOWS))
    case.complete("ask", n=7)

    seen = case.execution.context(case.token("note"))
    assert (seen["numberOfInstances"], seen["numberOfCompletedInstances"], seen["numberOfActiveInstances"]) == (2, 1, 1)
    assert seen["all"] == [7]
    assert case.variables == {}


def test_with_one_only_the_first_item_that_ends_throws_it():
    case = Case(bpmn(asked("One") + EDGE, FLOWS))
    case.complete("ask")
    case.complete("ask")

    assert case.open == ["next", "note"]


def test_an_edge_that_interrupts_ends_the_activity_at_the_first_signal():
    case = Case(bpmn(asked("One") + EDGE.replace('cancelActivity="false"', ""), FLOWS))
    case.complete("ask")

    assert case.open == ["note"]


def test_nobody_needs_to_catch_it_and_nobody_else_hears_it():
    elsewhere = element("parallelGateway", "f") + element("intermediateCatchEvent", "hear", event("signal"))
    named = EDGE.replace("<signalEventDefinition/>", event("signal", "alarm"))
    case = Case(bpmn(asked("None") + elsewhere + named, "start > f > ask > end; f > hear > end2; edge > note > end3"))
    case.complete("ask")
    case.complete("ask")

    assert case.open == ["hear"]


def test_with_all_nothing_is_thrown():
    case = Case(bpmn(asked("All") + EDGE, FLOWS))
    case.complete("ask")

    assert case.open == ["ask", "edge"]
