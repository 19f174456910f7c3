"""Whole models as tools write them: the rules of the standard find nothing in them."""

import pytest

from tests.engine.bpmn.checks.standard.test_standard import found
from tests.engine.bpmn.drawing import NAMESPACES


def definitions(inside: str) -> bytes:
    return f'<definitions {NAMESPACES} id="defs" targetNamespace="t" xmlns:own="t">{inside}</definitions>'.encode()


#: A pool with lanes, a black box, data as modelers draw it, a boundary timer, references with and without a prefix.
ORDER = """
<message id="m" name="order" itemRef="own:i"/><itemDefinition id="i" structureRef="string"/>
<collaboration id="c"><participant id="shop" processRef="own:p"/><participant id="customer"/>
  <messageFlow id="mf1" sourceRef="customer" targetRef="s" messageRef="m"/>
  <messageFlow id="mf2" sourceRef="own:ship" targetRef="customer"/></collaboration>
<process id="p" processType="Private" isClosed="false" isExecutable="true">
  <laneSet id="ls"><lane id="l1" name="sales"><flowNodeRef>s</flowNodeRef><flowNodeRef>look</flowNodeRef>
    <flowNodeRef>g</flowNodeRef><flowNodeRef>late</flowNodeRef><flowNodeRef>e2</flowNodeRef></lane>
    <lane id="l2" name="store"><flowNodeRef>ship</flowNodeRef><flowNodeRef>e</flowNodeRef></lane></laneSet>
  <startEvent id="s"><outgoing>f1</outgoing><dataOutput id="got" itemSubjectRef="i"/>
    <dataOutputAssociation id="doa"><sourceRef>got</sourceRef><targetRef>ref</targetRef></dataOutputAssociation>
    <outputSet><dataOutputRefs>got</dataOutputRefs></outputSet><messageEventDefinition messageRef="own:m"/></startEvent>
  <userTask id="look"><documentation textFormat="text/plain">Look at it.</documentation>
    <incoming>own:f1</incoming><outgoing>f2</outgoing><property id="pr" name="__targetRef_placeholder"/>
    <dataInputAssociation id="dia"><sourceRef>ref</sourceRef><targetRef>pr</targetRef></dataInputAssociation>
    <potentialOwner id="po"><resourceAssignmentExpression><formalExpression>sales</formalExpression>
    </resourceAssignmentExpression></potentialOwner></userTask>
  <boundaryEvent id="late" attachedToRef="look" cancelActivity="false"><outgoing>f5</outgoing>
    <timerEventDefinition><timeDuration xsi:type="tFormalExpression" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      language="feel">PT1H</timeDuration></timerEventDefinition></boundaryEvent>
  <exclusiveGateway id="g" gatewayDirection="Diverging" default="f4"><incoming>f2</incoming><outgoing>f3</outgoing>
    <outgoing>f4</outgoing></exclusiveGateway>
  <sendTask id="ship" messageRef="m"><incoming>f3</incoming><outgoing>f6</outgoing></sendTask>
  <endEvent id="e"><incoming>f6</incoming></endEvent>
  <endEvent id="e2"><incoming>f4</incoming><incoming>f5</incoming><terminateEventDefinition/></endEvent>
  <dataObject id="do" isCollection="false" itemSubjectRef="i"/>
  <dataObjectReference id="ref" dataObjectRef="do"><dataState id="ds" name="new"/></dataObjectReference>
  <sequenceFlow id="f1" sourceRef="s" targetRef="look"/><sequenceFlow id="f2" sourceRef="look" targetRef="g"/>
  <sequenceFlow id="f3" sourceRef="g" targetRef="ship"><conditionExpression>a</conditionExpression></sequenceFlow>
  <sequenceFlow id="f4" sourceRef="g" targetRef="e2"/><sequenceFlow id="f5" sourceRef="late" targetRef="e2"/>
  <sequenceFlow id="f6" sourceRef="ship" targetRef="e"/>
  <textAnnotation id="ta"><text>Note</text></textAnnotation>
  <association id="as" sourceRef="look" targetRef="ta" associationDirection="None"/></process>
"""
#: A transaction that is cancelled and undone, an event sub-process, an ad-hoc and a repeated sub-process, links.
TRIP = """
<error id="err" name="full" errorCode="FULL"/>
<process id="p" isExecutable="false">
  <startEvent id="s"/>
  <transaction id="book" method="##Compensate">
    <startEvent id="s1"/><serviceTask id="hotel" implementation="##WebService"/>
    <task id="undo" isForCompensation="true"/>
    <boundaryEvent id="b1" attachedToRef="hotel"><compensateEventDefinition/></boundaryEvent>
    <endEvent id="e1"/><endEvent id="e2"><cancelEventDefinition/></endEvent><inclusiveGateway id="g1"/>
    <sequenceFlow id="f1" sourceRef="s1" targetRef="hotel"/><sequenceFlow id="f2" sourceRef="hotel" targetRef="g1"/>
    <sequenceFlow id="f3" sourceRef="g1" targetRef="e1"/><sequenceFlow id="f4" sourceRef="g1" targetRef="e2"/>
    <association id="a1" associationDirection="One" sourceRef="b1" targetRef="undo"/></transaction>
  <boundaryEvent id="b2" attachedToRef="book"><cancelEventDefinition/></boundaryEvent>
  <intermediateThrowEvent id="undone"><compensateEventDefinition activityRef="book"/></intermediateThrowEvent>
  <intermediateThrowEvent id="l1"><linkEventDefinition name="A"/></intermediateThrowEvent>
  <intermediateCatchEvent id="l2"><linkEventDefinition name="A"/></intermediateCatchEvent>
  <adHocSubProcess id="pack" ordering="Parallel"><task id="t1"/><task id="t2"/>
    <sequenceFlow id="f5" sourceRef="t1" targetRef="t2"/>
    <completionCondition>done</completionCondition></adHocSubProcess>
  <subProcess id="each"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality>
    </multiInstanceLoopCharacteristics><task id="t3"/></subProcess>
  <subProcess id="watch" triggeredByEvent="true"><startEvent id="s2"><errorEventDefinition errorRef="err"/></startEvent>
    <endEvent id="e3"/><sequenceFlow id="f6" sourceRef="s2" targetRef="e3"/></subProcess>
  <complexGateway id="cg" gatewayDirection="Converging"><activationCondition>a</activationCondition></complexGateway>
  <endEvent id="e"/>
  <sequenceFlow id="f7" sourceRef="s" targetRef="book"/><sequenceFlow id="f8" sourceRef="book" targetRef="l1"/>
  <sequenceFlow id="f9" sourceRef="b2" targetRef="undone"/><sequenceFlow id="f10" sourceRef="undone" targetRef="cg"/>
  <sequenceFlow id="f11" sourceRef="l2" targetRef="pack"/><sequenceFlow id="f12" sourceRef="pack" targetRef="each"/>
  <sequenceFlow id="f13" sourceRef="each" targetRef="cg"/><sequenceFlow id="f14" sourceRef="cg" targetRef="e"/>
</process>
"""
#: A process that an event-based gateway begins, and one with neither start nor end events.
BEGINNING = """
<message id="m1" name="a"/><message id="m2" name="b"/>
<process id="p1" isExecutable="false">
  <eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>
  <receiveTask id="r1" messageRef="m1"/><receiveTask id="r2" messageRef="m2"/><task id="t"/>
  <sequenceFlow id="f1" sourceRef="g" targetRef="r1"/><sequenceFlow id="f2" sourceRef="g" targetRef="r2"/>
  <sequenceFlow id="f3" sourceRef="r1" targetRef="t"/><sequenceFlow id="f4" sourceRef="r2" targetRef="t"/></process>
<process id="p2" isExecutable="false"><task id="t1"/><callActivity id="t2" calledElement="p1"/>
  <sequenceFlow id="f5" sourceRef="t1" targetRef="t2"/></process>
"""


@pytest.mark.parametrize("inside", [ORDER, TRIP, BEGINNING], ids=["order", "trip", "beginning"])
def test_a_model_that_follows_the_standard_is_left_alone(inside):
    assert [(each.code, each.element_id, each.what()) for each in found(definitions(inside))] == []
