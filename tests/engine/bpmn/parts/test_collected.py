"""What the standard knows of an element beyond its kind, collected as plain fields."""
# ruff: noqa: E501 - a step stays on one line

from engine.bpmn import reader
from engine.bpmn.elements import Compensation, Event, Quantities
from engine.bpmn.parts import Declared, read_element
from engine.bpmn.xml import bpmn, parse_bpmn
from tests.engine.bpmn.drawing import END, START, TASK, process


def element(xml: str, declared: str = ""):
    root = parse_bpmn(process(START, xml, END, ways="", declared=declared))
    return read_element(next(root.iter(bpmn("process")))[1], Declared.by(root))


def test_all_definitions_of_a_multiple_event_are_collected():
    found = element(
        '<intermediateCatchEvent id="x" parallelMultiple="true"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>'
        '<messageEventDefinition messageRef="m"/></intermediateCatchEvent>',
        '<message id="m" name="paid"/>',
    )

    assert found.events == (Event("timer", text="PT1H", timer="duration"), Event("message", name="paid"))
    assert (found.event, found.parallel_multiple) == (found.events[0], True)


def test_a_definition_elsewhere_in_the_file_is_taken_into_the_event():
    declared = '<signal id="sg" name="alarm"/><signalEventDefinition id="d" signalRef="sg"/>'
    model = process(
        START, '<endEvent id="x"><eventDefinitionRef>d</eventDefinitionRef></endEvent>', ways="s>x", declared=declared
    )

    assert reader.read_file(model)[0].elements["x"].event == Event("signal", name="alarm")


def test_events_say_whether_they_interrupt():
    assert not element('<startEvent id="x" isInterrupting="false"/>').interrupting
    assert not element('<boundaryEvent id="x" cancelActivity="false"/>').interrupting
    assert element('<boundaryEvent id="x"/>').interrupting


def test_a_compensation_event_knows_its_handler_whichever_way_the_association_leads():
    event = '<boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>'
    undo = '<serviceTask id="undo" isForCompensation="true" camunda:type="external" camunda:topic="undo"/>'
    for ends in ('sourceRef="b" targetRef="undo"', 'sourceRef="undo" targetRef="b"'):
        found = reader.read_file(process(START, TASK, event, undo, f'<association id="a" {ends}/>', END))[0].elements

        assert (found["b"].compensation, found["undo"].compensation) == (
            Compensation(handler="undo"),
            Compensation(is_handler=True),
        )


def test_a_throwing_compensation_event_says_what_it_undoes_and_whether_it_waits():
    found = element(
        '<intermediateThrowEvent id="x"><compensateEventDefinition activityRef="t" waitForCompletion="false"/></intermediateThrowEvent>'
    )

    assert found.event == Event("compensate", activity="t", waits=False)


def test_a_link_has_a_name_and_a_caught_error_variables():
    link = element('<intermediateThrowEvent id="x"><linkEventDefinition name="on"/></intermediateThrowEvent>')
    error = element(
        '<boundaryEvent id="x"><errorEventDefinition camunda:errorCodeVariable="c" camunda:errorMessageVariable="m"/></boundaryEvent>'
    )

    assert link.event.name == "on"
    assert (error.event.code_variable, error.event.message_variable) == ("c", "m")


def test_containers_gateways_and_quantities_say_what_is_theirs():
    ad_hoc = element(
        '<adHocSubProcess id="x" ordering="Sequential" cancelRemainingInstances="false"><completionCondition>done</completionCondition></adHocSubProcess>'
    )
    gate = element(
        '<complexGateway id="x"><activationCondition>activationCount > 1</activationCondition></complexGateway>'
    )
    event = element('<eventBasedGateway id="x" instantiate="true" eventGatewayType="Parallel"/>')

    assert (ad_hoc.container.ordering, ad_hoc.container.completion_condition) == ("Sequential", "done")
    assert not ad_hoc.container.cancel_remaining
    assert gate.gate.activation_condition == "activationCount > 1"
    assert (event.instantiate, event.gate.event_type) == (True, "Parallel")
    assert element('<task id="x" startQuantity="2" completionQuantity="3"/>').quantities == Quantities(2, 3)
    assert element('<subProcess id="x" triggeredByEvent="true"/>').container.triggered_by_event


def test_a_multi_instance_activity_says_when_it_throws_what():
    declared = '<signal id="sg" name="alarm"/><signalEventDefinition id="d" signalRef="sg"/>'
    complex_one = "<complexBehaviorDefinition><condition>nrOfCompletedInstances > 2</condition><event><signalEventDefinition signalRef='sg'/></event></complexBehaviorDefinition>"

    loop = element(
        f'<task id="x"><multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="d">{complex_one}</multiInstanceLoopCharacteristics></task>',
        declared,
    ).loop

    assert (loop.behavior, loop.one_event, loop.none_event) == ("One", Event("signal", name="alarm"), Event("signal"))
    assert loop.complex == (("nrOfCompletedInstances > 2", Event("signal", name="alarm")),)
