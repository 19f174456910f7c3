"""The rules of the standard, by planted faults: each is found, and its mended neighbour is left alone."""

import importlib
import pkgutil
import sys

import pytest

from engine.bpmn.checks import Known, check
from engine.problems import Problem, Severity
from tests.engine.bpmn.checks.standard import planted_data, planted_events, planted_flows, planted_schema
from tests.engine.bpmn.checks.standard.models import DECLARED, TASK, around, beside, on_task
from tests.engine.bpmn.drawing import END, START, process

PLANTED = [*planted_flows.PLANTED, *planted_events.PLANTED, *planted_data.PLANTED, *planted_schema.PLANTED]
IDS = [f"{code}-{element}" for code, element, *_ in PLANTED]
#: Codes that are warnings everywhere, or speak of several files; they have tests of their own below.
SINGLE = {
    *("bpmn.default_condition", "bpmn.no_code", "bpmn.data_object_state", "bpmn.loop_single", "bpmn.schema_order"),
    *("bpmn.import_missing", "bpmn.import_namespace", "bpmn.picture_reference"),
}


def codes() -> set[str]:
    """Every code of the rules of the standard."""
    texts = sys.modules["engine.bpmn.checks.texts"]
    names = [each.name for each in pkgutil.iter_modules(texts.__path__) if each.name.startswith("standard")]
    modules = [importlib.import_module(f"engine.bpmn.checks.texts.{name}") for name in names]
    return {value for module in modules for key, value in vars(module).items() if key.isupper()}


CODES = codes()


def found(model: bytes, **more: bytes) -> list[Problem]:
    files = {"a.bpmn": model, **{f"{name}.bpmn": content for name, content in more.items()}}
    return [each for each in check(files, Known.anything()) if each.code in CODES and each.file == "a.bpmn"]


def errors(model: bytes, **more: bytes) -> list[tuple[str, str]]:
    return [(each.code, each.element_id) for each in found(model, **more) if each.severity is Severity.ERROR]


@pytest.mark.parametrize(("code", "element", "broken", "mended"), PLANTED, ids=IDS)
def test_a_planted_fault_is_an_error_at_its_element(code, element, broken, mended):
    matching = [each for each in check({"a.bpmn": broken}, Known.anything()) if each.code == code]

    assert (Severity.ERROR, element) in [(each.severity, each.element_id) for each in matching]
    for problem in matching:
        assert problem.what("en")
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.what("zh") + problem.remedy("zh"))


@pytest.mark.parametrize(("code", "element", "broken", "mended"), PLANTED, ids=IDS)
def test_the_mended_model_breaks_no_rule_of_the_standard(code, element, broken, mended):
    assert errors(mended) == []


def test_every_code_of_the_standard_is_proven_to_be_found():
    assert {code for code, *_ in PLANTED} | SINGLE >= CODES
    assert CODES >= SINGLE


def test_a_condition_on_a_default_flow_is_a_warning():
    flow = (
        '<sequenceFlow id="f" sourceRef="t" targetRef="a"><conditionExpression>a</conditionExpression></sequenceFlow>'
    )
    steps = (START, '<task id="t" default="f"/>', '<task id="a"/>', END, flow)
    model = process(*steps, ways="s>t t>e a>e", attributes='isExecutable="false"')

    assert [(each.code, each.severity) for each in found(model)] == [("bpmn.default_condition", Severity.WARNING)]


@pytest.mark.parametrize(("executable", "told"), [("true", ["bpmn.no_code"]), ("false", [])])
def test_an_error_without_a_code_is_a_warning_where_the_process_is_executable(executable, told):
    end = '<endEvent id="e"><errorEventDefinition errorRef="plain"/></endEvent>'
    attributes = f'isExecutable="{executable}"'
    model = process(START, TASK, end, attributes=attributes, declared='<error id="plain"/>')

    assert [(each.code, each.severity) for each in found(model)] == [(code, Severity.WARNING) for code in told]


@pytest.mark.parametrize(("attribute", "told"), [("", ["bpmn.loop_single"]), ('isCollection="true"', [])])
def test_items_of_data_that_is_no_collection_are_a_warning(attribute, told):
    data = f'<ioSpecification><dataInput id="in" {attribute}/><inputSet><dataInputRefs>in</dataInputRefs></inputSet>'
    loop = (
        "<multiInstanceLoopCharacteristics><loopDataInputRef>in</loopDataInputRef></multiInstanceLoopCharacteristics>"
    )
    model = around(f'<task id="x">{data}<outputSet/></ioSpecification>{loop}</task>')

    assert [(each.code, each.severity) for each in found(model)] == [(code, Severity.WARNING) for code in told]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ('<dataObject id="d"/><dataObjectReference id="x" dataObjectRef="d"><dataState/></dataObjectReference>', []),
        ('<dataObject id="x"><dataState/></dataObject>', ["bpmn.data_object_state"]),
        ('<dataObjectReference id="x" itemSubjectRef="i"/>', ["bpmn.data_object_state"]),
    ],
)
def test_a_data_object_has_a_type_and_its_reference_a_state(step, told):
    assert [each.code for each in found(beside(step, declared='<itemDefinition id="i"/>'))] == told


def test_children_out_of_order_are_a_warning():
    model = around('<task id="x"><standardLoopCharacteristics/><documentation>Look</documentation></task>')

    assert [(each.code, each.severity) for each in found(model)] == [("bpmn.schema_order", Severity.WARNING)]


IMPORT = '<import namespace="{}" location="other.bpmn" importType="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
CALLS = '<callActivity id="x" calledElement="o:p2"/>'


def importing(namespace: str) -> bytes:
    return around(CALLS, declared=IMPORT.format(namespace)).replace(b'id="defs"', b'id="defs" xmlns:o="other"')


def test_what_is_imported_from_another_file_is_found_there():
    other = process(START, TASK, END, key="p2").replace(b'targetNamespace="t"', b'targetNamespace="other"')

    assert found(importing("other"), other=other) == []
    assert errors(importing("other"), other=other.replace(b'"p2"', b'"p3"')) == [("bpmn.reference_missing", "x")]
    assert [each.code for each in found(importing("wrong"), other=other)] == ["bpmn.import_namespace"]


def test_an_import_that_is_not_among_the_files_is_a_warning():
    assert [(each.code, each.severity) for each in found(importing("other"))] == [
        ("bpmn.import_missing", Severity.WARNING)
    ]


def test_processes_that_are_only_pictures_are_held_to_the_standard_too():
    model = beside("<exclusiveGateway id='g'/>", ways="t>g g>s", attributes='isExecutable="false"')

    assert ("bpmn.flow_target", "g_s") in errors(model)


def test_a_file_written_for_an_engine_is_only_warned_of_what_engines_relax():
    plain = around('<exclusiveGateway id="x"/>')
    vendors = around('<exclusiveGateway id="x" camunda:asyncBefore="true"/>')

    assert errors(plain) == [("bpmn.gateway_idle", "x")]
    assert [(each.code, each.severity) for each in found(vendors)] == [("bpmn.gateway_idle", Severity.WARNING)]


def test_a_vendor_that_is_only_declared_relaxes_nothing():
    designed = around('<exclusiveGateway id="x"/>').replace(
        b'targetNamespace="t"', b'targetNamespace="http://www.flowable.org/processdef"'
    )

    assert b"camunda.org" in around('<exclusiveGateway id="x"/>')
    assert errors(around('<exclusiveGateway id="x"/>')) == [("bpmn.gateway_idle", "x")]
    assert errors(designed) == []


def test_a_file_written_for_an_engine_is_refused_where_its_meaning_is_lost():
    boundary = '<boundaryEvent id="b" attachedToRef="t" camunda:asyncBefore="true"/>'

    assert ("bpmn.event_place", "b") in errors(on_task(boundary, declared=DECLARED))


def test_an_empty_reference_counts_as_none():
    model = around('<receiveTask id="x" messageRef=""/>')

    assert [(each.code, each.severity) for each in found(model)] == [("bpmn.schema_value", Severity.WARNING)]


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ('<di:BPMNShape id="a" bpmnElement="t"/><di:BPMNEdge id="b" bpmnElement="s_t" sourceElement="a"/>', []),
        ('<di:BPMNShape id="a" bpmnElement="gone"/>', ["a"]),
        ('<di:BPMNEdge id="b" bpmnElement="s_t" sourceElement="t"/>', ["b"]),
    ],
)
def test_a_picture_of_what_does_not_exist_is_a_warning(shape, told):
    plane = f'<di:BPMNPlane id="plane" bpmnElement="p">{shape}</di:BPMNPlane>'
    picture = f'<di:BPMNDiagram id="d" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI">{plane}</di:BPMNDiagram>'
    problems = found(beside().replace(b"</definitions>", f"{picture}</definitions>".encode()))

    assert [(each.code, each.element_id) for each in problems] == [("bpmn.picture_reference", each) for each in told]
    assert all(each.severity is Severity.WARNING for each in problems)


def test_the_picture_and_the_extensions_of_vendors_are_left_alone():
    picture = '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"><nonsense/></di:BPMNDiagram>'
    extended = '<task id="x"><extensionElements><other:a b="c"><startEvent/></other:a></extensionElements></task>'

    assert found(around(extended).replace(b"</definitions>", picture.encode() + b"</definitions>")) == []
