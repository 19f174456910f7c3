"""One small model for every problem that the check of diagrams can find: (code, severity, element id, model)."""
# ruff: noqa: E501 - a model stays on one line, so that the table can be read

from engine.problems import Severity
from tests.engine.bpmn.drawing import END, START, TASK, around, on_task, process, timer

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

ERROR_DECLARED = '<error id="err" errorCode="E1"/>'
MESSAGE_DECLARED = '<message id="msg" name="paid"/>'
SIGNAL_DECLARED = '<signal id="sig" name="alarm"/>'
SERVICE = '<serviceTask id="x" camunda:type="external" camunda:topic="mail" {more}>{inside}</serviceTask>'
SUB = '<subProcess id="x" {more}><startEvent id="s1"/><endEvent id="e1"/><sequenceFlow id="f1" sourceRef="s1" targetRef="e1"/>{inside}</subProcess>'


def service(inside: str = "", more: str = "") -> bytes:
    return around(SERVICE.format(inside=inside, more=more))


def sub(inside: str = "", more: str = "") -> bytes:
    return around(SUB.format(inside=inside, more=more))


def extension(inside: str) -> bytes:
    return service(f"<extensionElements>{inside}</extensionElements>")


def event(tag: str, inside: str, declared: str = "") -> bytes:
    return around(f'<{tag} id="x">{inside}</{tag}>', declared=declared)


def gateway(tag: str, ways: str, conditions: dict[str, str] | None = None, more: str = "") -> bytes:
    others = "".join(f'<manualTask id="{name}" camunda:assignee="ann"/>' for name in "abc" if f">{name}" in ways)
    return process(START, f'<{tag} id="x" {more}/>', others, END, ways=ways, conditions=conditions)


STRUCTURE = [
    ("bpmn.no_id", N, "manualTask_1", process(START, "<manualTask/>", TASK, END)),
    ("bpmn.bad_id", N, "1 x", process('<startEvent id="1 x"/>', TASK, END, ways="t>e")),
    ("bpmn.duplicate_id", E, "t", process(START, TASK, TASK, END)),
    ("bpmn.renamed_id", N, "e_2", process(START, TASK, END, '<subProcess id="y"><startEvent id="e"/></subProcess>')),
    ("bpmn.flow_end", E, "t_nowhere", process(START, TASK, END, ways="s>t t>nowhere t>e")),
    ("bpmn.flow_end", E, "x_e1", around(SUB.format(more="", inside='<sequenceFlow id="x_e1" sourceRef="x" targetRef="e1"/>'))),
    ("bpmn.attached_to", E, "b", on_task(timer("timeDuration", "PT1H", attributes='attachedToRef="s"'))),
    ("bpmn.attached_to", E, "b", on_task(timer("timeDuration", "PT1H", attributes='attachedToRef="gone"'))),
    ("bpmn.undeclared", N, "x", around('<receiveTask id="x" messageRef="gone"/>')),
    ("bpmn.unsaid", W, "x", around('<receiveTask id="x"/>')),
    ("bpmn.unsaid", W, "x", event("intermediateThrowEvent", "<signalEventDefinition/>")),
    ("bpmn.reference_by_name", N, "x", around('<receiveTask id="x" messageRef="paid"/>', declared=MESSAGE_DECLARED)),
    ("bpmn.flow_by_step", N, "sequenceFlow_1", process(START, '<manualTask id="t"><outgoing>sequenceFlow_1</outgoing></manualTask>', END, '<sequenceFlow targetRef="e"/>', ways="s>t")),
    ("bpmn.flows_count", N, "t", process(START, '<manualTask id="t"><incoming>gone</incoming></manualTask>', END)),
    ("bpmn.message_by_flow", N, "x", around('<receiveTask id="x"/>', declared='<collaboration id="c"><messageFlow id="m" sourceRef="y" targetRef="x"/></collaboration><process id="q"><startEvent id="s2"/><sendTask id="y"/><sequenceFlow id="f" sourceRef="s2" targetRef="y"/></process>')),
    ("bpmn.implicit_start", N, "p", process(TASK, END, ways="t>e")),
    ("bpmn.executable_unsaid", N, "p", process(START, TASK, END).replace(b"<definitions", b'<definitions exporter="Camunda Modeler"')),
    ("bpmn.lane_reference", W, "l", process('<laneSet id="ls"><lane id="l" name="staff"><flowNodeRef>gone</flowNodeRef></lane></laneSet>', START, TASK, END)),
    ("bpmn.no_start", E, "p", process(ways="", attributes='isExecutable="true"')),
    ("bpmn.no_start", W, "p", process(ways="")),
    ("bpmn.no_plain_start", E, "x", sub('<startEvent id="s2"/><sequenceFlow id="f2" sourceRef="s2" targetRef="e1"/>')),
    ("bpmn.several_starts", W, "p", process(START, '<startEvent id="s2"/>', TASK, END, ways="s>t s2>t t>e")),
    ("bpmn.no_end", W, "p", process(START, TASK, ways="s>t")),
    ("bpmn.dead_end", W, "y", process(START, TASK, '<manualTask id="y" camunda:assignee="ann"/>', END, ways="s>t t>e t>y")),
    ("bpmn.unreachable", E, "y", process(START, TASK, '<manualTask id="y" camunda:assignee="ann"/>', END, ways="s>t t>e y>e")),
    ("bpmn.flow_into", E, "s", process(START, TASK, END, ways="s>t t>e t>s")),
    ("bpmn.flow_after_end", E, "e", process(START, TASK, END, '<endEvent id="e2"/>', ways="s>t t>e e>e2")),
    ("bpmn.no_process", W, "defs", process(START, TASK, END).replace(b"process", b"participant")),
    ("bpmn.not_executable", N, "p", process(START, TASK, END, attributes='isExecutable="false"')),
]  # fmt: skip

UNSUPPORTED = [
    ("bpmn.ad_hoc", N, "y", process(START, TASK, END, '<adHocSubProcess id="y"/>')),
    ("bpmn.not_run", E, "x", around('<callChoreography id="x"/>')),
    ("bpmn.not_run", E, "x", around('<other:userTask id="x"/>')),
    ("bpmn.data_store", N, "y", process(START, TASK, END, '<dataStoreReference id="y"/>')),
    ("bpmn.data_object", N, "y", process(START, TASK, END, '<dataObject id="y"/>')),
    ("bpmn.data_mapping", E, "x", service('<ioSpecification><dataInput id="d" name="a"/></ioSpecification><dataInputAssociation><targetRef>d</targetRef><assignment><from>a b c</from><to>d</to></assignment></dataInputAssociation>')),
    ("bpmn.java", E, "x", around('<callActivity id="x" calledElement="p2" camunda:variableMappingClass="org.example.Map"/>')),
    ("bpmn.listener", W, "x", extension('<camunda:executionListener event="start"/>')),
    ("bpmn.extension", E, "x", extension("<spiff:messageVariable>a</spiff:messageVariable>")),
    ("bpmn.extension", W, "s", process('<startEvent id="s" camunda:initiator="who"/>', TASK, END)),
    ("bpmn.mapping_kind", E, "x", extension('<camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="groovy">if (a) b</camunda:script></camunda:inputParameter></camunda:inputOutput>')),
    ("bpmn.correlation", W, "m", process(START, TASK, END, declared='<message id="m" name="paid"><extensionElements><zeebe:subscription correlationKey="=a"/></extensionElements></message>')),
    ("bpmn.data_object_inside", N, "y", around(SUB.format(more="", inside='<dataObject id="y"/>'))),
    ("bpmn.data_object_outside", W, "x_t", process(START, SUB.format(more="", inside='<dataObject id="y"/>'), TASK, END, ways="s>x x>t t>e x>e", conditions={"x>t": "y > 5"})),
    ("bpmn.binding", W, "x", around('<businessRuleTask id="x" camunda:decisionRef="level" camunda:decisionRefBinding="version"/>')),
    ("bpmn.binding", W, "x", around('<callActivity id="x" calledElement="elsewhere" camunda:calledElementBinding="newest"/>')),
]  # fmt: skip

FLOWS = [
    ("bpmn.no_default", E, "x", gateway("exclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": "amount > 5", "x>b": "amount < 3"})),
    ("bpmn.no_default", W, "x", gateway("exclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": "amount > 5", "x>b": "amount <= 5"})),
    ("bpmn.no_default", E, "x", gateway("inclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": "amount > 5", "x>b": "amount > 3"})),
    ("bpmn.lost_token", E, "x", around('<manualTask id="x"/>', conditions={"x>e": "amount > 5"})),
    ("bpmn.no_condition", W, "x_b", gateway("exclusiveGateway", "s>x x>a x>b a>e b>e")),
    ("bpmn.assumed_default", W, "x_b", gateway("exclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": "amount > 5"})),
    ("bpmn.condition_language", E, "x_a", gateway("exclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": "if (a) b"}, 'default="x_b"').replace(b"<conditionExpression>", b'<conditionExpression language="groovy">')),
    ("bpmn.complex_reset", W, "x_e", process(START, '<parallelGateway id="f"/><manualTask id="a"/><manualTask id="b"/><complexGateway id="x" default="x_c"><activationCondition>activationCount >= 1</activationCondition></complexGateway><manualTask id="c"/>', END, ways="s>f f>a f>b a>x b>x x>e x>c c>e", conditions={"x>e": "amount > 5"})),
    ("bpmn.condition_ignored", E, "x_a", gateway("exclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": "amount > 5", "x>b": "amount > 3"}, 'default="x_a"')),
    ("bpmn.condition_ignored", E, "x_a", gateway("parallelGateway", "s>x x>a x>b a>e b>e", {"x>a": "amount > 5"})),
    ("bpmn.unknown_default", E, "x", gateway("exclusiveGateway", "s>x x>a a>e", more='default="a_e"')),
    ("bpmn.event_gateway_flows", E, "x", process(START, '<eventBasedGateway id="x"/>', timer("timeDuration", "PT1H").replace('"x"', '"y"'), END, ways="s>x x>y y>e")),
    ("bpmn.event_gateway_target", E, "x_t", process(START, '<eventBasedGateway id="x"/>', TASK, END, ways="s>x x>t t>e")),
    ("bpmn.join_starves", W, "j", process(START, '<exclusiveGateway id="x" default="x_a"/><manualTask id="a"/><manualTask id="b"/><parallelGateway id="j"/>', END, ways="s>x x>a x>b a>j b>j j>e", conditions={"x>b": "true"})),
    ("bpmn.join_waits_forever", W, "j", process(START, '<parallelGateway id="f"/><exclusiveGateway id="x" default="x_j"/><manualTask id="a"/><manualTask id="b"/><parallelGateway id="j"/>', END, ways="s>f f>x f>b x>j x>a a>e b>j j>e", conditions={"x>a": "amount > 5"})),
    ("bpmn.runs_twice", W, "c", process(START, '<parallelGateway id="x"/><manualTask id="a"/><manualTask id="b"/><manualTask id="c"/>', END, ways="s>x x>a x>b a>c b>c c>e")),
    ("bpmn.runs_twice", W, "c", process(START, TASK, timer("timeDuration", "PT1H", attributes='attachedToRef="t" cancelActivity="false"'), '<manualTask id="c"/>', END, ways="s>t t>c b>c c>e")),
    ("bpmn.endless_loop", W, "x", process(START, '<exclusiveGateway id="x"/><exclusiveGateway id="y" default="y_x"/>', END, ways="s>x x>y y>x y>e", conditions={"y>e": "amount > 5"})),
]  # fmt: skip

EVENTS = [
    ("bpmn.event_kind", E, "x", event("intermediateCatchEvent", "")),
    ("bpmn.event_kind", E, "x", event("intermediateThrowEvent", '<errorEventDefinition errorRef="err"/>', ERROR_DECLARED)),
    ("bpmn.event_kind", E, "s1", around(SUB.format(more="", inside="").replace('<startEvent id="s1"/>', '<startEvent id="s1"><messageEventDefinition messageRef="msg"/></startEvent>'), declared=MESSAGE_DECLARED)),
    ("bpmn.start_kind", W, "s", process('<startEvent id="s"><conditionalEventDefinition><condition>true</condition></conditionalEventDefinition></startEvent>', TASK, END)),
    ("bpmn.start_timer_reads", E, "s", process('<startEvent id="s"><timerEventDefinition><timeDate>${soon}</timeDate></timerEventDefinition></startEvent>', TASK, END)),
    ("bpmn.event_reference", E, "e", process(START, TASK, '<endEvent id="e"><eventDefinitionRef>d</eventDefinitionRef></endEvent>')),
    ("bpmn.name_expression", E, "x", event("intermediateThrowEvent", '<signalEventDefinition signalRef="m"/>', '<signal id="m" name="${name}"/>')),
    ("bpmn.error_goes_on", E, "b", on_task('<boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><errorEventDefinition/></boundaryEvent>')),
    ("bpmn.never_caught", W, "b", on_task('<boundaryEvent id="b" attachedToRef="t"><errorEventDefinition/></boundaryEvent>')),
    ("bpmn.error_uncaught", W, "e", process(START, TASK, '<endEvent id="e"><errorEventDefinition errorRef="err"/></endEvent>', declared=ERROR_DECLARED)),
    ("bpmn.signal_never_thrown", W, "x", event("intermediateCatchEvent", '<signalEventDefinition signalRef="sig"/>', SIGNAL_DECLARED)),
    ("bpmn.duplicate_message_start", E, "s", process(*(f'<startEvent id="{name}"><messageEventDefinition messageRef="msg"/></startEvent>' for name in ("s", "s2")), TASK, END, ways="s>t s2>t t>e", declared=MESSAGE_DECLARED)),
    ("bpmn.no_event_condition", E, "x", event("intermediateCatchEvent", "<conditionalEventDefinition/>")),
    ("bpmn.timer_empty", E, "x", event("intermediateCatchEvent", "<timerEventDefinition/>")),
    ("bpmn.cycle_interrupts", W, "b", on_task(timer("timeCycle", "R3/PT1H", attributes='attachedToRef="t"'))),
    ("bpmn.cycle_waits", W, "x", around(timer("timeCycle", "R3/PT1H"))),
    ("bpmn.timer_text", E, "x", around(timer("timeDuration", "soon enough"))),
    ("bpmn.timer_cron", E, "b", on_task(timer("timeCycle", "0 0 12 15W * ?", attributes='attachedToRef="t" cancelActivity="false"'))),
    ("bpmn.timer_meant", E, "x", around(timer("timeDuration", "5 days"))),
]  # fmt: skip

TASKS = [
    ("bpmn.no_form", W, "x", around('<userTask id="x"/>')),
    ("bpmn.unknown_form", E, "x", around('<userTask id="x" camunda:formRef="gone"/>')),
    ("bpmn.unknown_page", E, "x", around('<userTask id="x" camunda:formKey="app:gone"/>')),
    ("bpmn.unknown_group", E, "x", around('<userTask id="x" camunda:formRef="ask" camunda:candidateGroups="staff, gone"/>')),
    ("bpmn.unknown_group", E, "p", process(START, TASK, END, attributes='camunda:candidateStarterGroups="gone"')),
    ("bpmn.nobody", W, "x", around('<userTask id="x" camunda:formRef="ask"/>')),
    ("bpmn.priority", W, "x", around('<userTask id="x" camunda:formRef="ask" camunda:priority="high"/>')),
    ("bpmn.retries", W, "x", extension("<camunda:failedJobRetryTimeCycle>often</camunda:failedJobRetryTimeCycle>")),
    ("bpmn.derived_topic", N, "x", around('<serviceTask id="x"/>')),
    ("bpmn.expression_task", N, "x", around('<serviceTask id="x" camunda:expression="${amount + 1}" camunda:resultVariable="r"/>')),
    ("bpmn.unknown_topic", E, "x", around('<serviceTask id="x" camunda:type="external" camunda:topic="gone"/>')),
    ("bpmn.unknown_decision", E, "x", around('<businessRuleTask id="x" camunda:decisionRef="gone" camunda:resultVariable="r"/>')),
    ("bpmn.map_result", E, "x", around('<businessRuleTask id="x" camunda:decisionRef="level" camunda:resultVariable="r" camunda:mapDecisionResult="all"/>')),
    ("bpmn.result_mismatch", E, "x", around('<businessRuleTask id="x" camunda:decisionRef="level" camunda:resultVariable="r" camunda:mapDecisionResult="singleEntry"/>')),
    ("bpmn.no_result", W, "x", around('<scriptTask id="x" scriptFormat="feel"><script>1</script></scriptTask>')),
    ("bpmn.no_result", W, "x", around('<businessRuleTask id="x" camunda:decisionRef="level" camunda:mapDecisionResult="resultList"/>')),
    ("bpmn.spread_result", N, "x", around('<businessRuleTask id="x" camunda:decisionRef="level"/>')),
    ("bpmn.no_script", E, "x", around('<scriptTask id="x" scriptFormat="feel" camunda:resultVariable="r"/>')),
    ("bpmn.script_language", E, "x", around('<scriptTask id="x" scriptFormat="python"><script>import os</script></scriptTask>')),
    ("bpmn.translated_script", N, "x", around('<scriptTask id="x" scriptFormat="python"><script>b = 1</script></scriptTask>')),
    ("bpmn.no_called", E, "x", around('<callActivity id="x"/>')),
    ("bpmn.unknown_process", E, "x", around('<callActivity id="x" calledElement="gone"/>')),
    ("bpmn.everything_crosses", N, "x", around('<callActivity id="x"><extensionElements><zeebe:calledElement processId="elsewhere"/></extensionElements></callActivity>')),
    ("bpmn.local_variables", W, "x", around('<callActivity id="x" calledElement="elsewhere"><extensionElements><camunda:in variables="all" local="true"/></extensionElements></callActivity>')),
    ("bpmn.unknown_process", E, "x", around('<callActivity id="x" calledElement="elsewhere" camunda:calledElementBinding="deployment"/>')),
    ("bpmn.called_version", E, "x", around('<callActivity id="x" calledElement="elsewhere" camunda:calledElementBinding="version" camunda:calledElementVersion="new"/>')),
    ("bpmn.called_version", E, "x", around('<callActivity id="x" calledElement="elsewhere" camunda:calledElementBinding="versionTag"/>')),
    ("bpmn.called_key", W, "x", around('<callActivity id="x" calledElement="elsewhere"><extensionElements><camunda:in businessKey="${key}"/></extensionElements></callActivity>')),
    ("bpmn.no_mapping", N, "x", around('<callActivity id="x" calledElement="elsewhere"/>')),
    ("bpmn.empty_mapping", E, "x", extension("<camunda:inputOutput><camunda:inputParameter>1</camunda:inputParameter></camunda:inputOutput>")),
    ("bpmn.plain_task", N, "x", around('<task id="x"/>')),
    ("bpmn.circular_call", W, "x", around('<callActivity id="x" calledElement="p"/>')),
    ("bpmn.loop_empty", E, "x", service("<multiInstanceLoopCharacteristics/>")),
    ("bpmn.loop_endless", E, "x", service("<standardLoopCharacteristics/>")),
    ("bpmn.loop_maximum", E, "x", service('<standardLoopCharacteristics loopMaximum="²"/>')),
    ("bpmn.loop_collect", E, "x", service('<extensionElements><camunda:properties><camunda:property name="collect" value="all"/></camunda:properties></extensionElements><multiInstanceLoopCharacteristics camunda:collection="[1]"/>')),
    ("bpmn.loop_subprocess", N, "x", sub('<multiInstanceLoopCharacteristics camunda:collection="[1]"/>')),
    ("bpmn.loop_subprocess", W, "x", sub("<multiInstanceLoopCharacteristics><loopCardinality>51</loopCardinality></multiInstanceLoopCharacteristics>")),
    ("bpmn.loop_too_many", E, "x", service("<multiInstanceLoopCharacteristics><loopCardinality>=1001</loopCardinality></multiInstanceLoopCharacteristics>")),
    ("model.translation", W, "t", process(START, TASK, END)),
]  # fmt: skip


def deciding(condition: str) -> bytes:
    return gateway("exclusiveGateway", "s>x x>a x>b a>e b>e", {"x>a": condition}, 'default="x_b"')


FEEL = [
    ("feel.syntax", E, "x_a", deciding("amount = = 5")),
    ("feel.juel", E, "x_a", deciding("${execution.setVariable('a', 1)}")),
    ("feel.translated", N, "x_a", deciding("${amount > 5 && amount < 9}")),
    ("feel.unknown_function", E, "x_a", deciding("gone(amount) > 5")),
    ("feel.unknown_path", E, "x_a", deciding("case.gone > 5")),
    ("feel.unknown_path", E, "x", around('<scriptTask id="x" scriptFormat="feel" camunda:resultVariable="case.gone"><script>1</script></scriptTask>')),
    ("feel.personal_path", E, "x_a", deciding('case.person.name = "Ann"')),
    ("feel.unknown_variable", W, "x_a", deciding("gone > 5")),
    ("feel.not_boolean", E, "x_a", deciding('"yes"')),
]  # fmt: skip

PLANTED = [*STRUCTURE, *UNSUPPORTED, *FLOWS, *EVENTS, *TASKS, *FEEL]
