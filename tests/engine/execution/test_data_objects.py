"""Data objects and properties of sub-processes live and end with them (BPMN 2.0.2, 10.4.1)."""

from engine.applications import PathType
from tests.models import Case, boundary, bpmn, element, event, mappings, scope, several

NOTE = '<dataObject id="note_o"/><dataObjectReference id="note_r" name="note" dataObjectRef="note_o"/>'
UNDO = element("intermediateThrowEvent", "undo", event("compensate"))


def pack(inside, flows="start1 > a > b > end1", tag="subProcess", **attributes):
    return element(tag, "pack", scope(inside, flows), **attributes)


def test_what_is_written_to_a_data_object_of_a_sub_process_is_gone_with_it():
    case = Case(bpmn(pack(NOTE), "start > pack > c > end"), note="outer")
    assert case.execution.context(case.token("a"))["note"] is None

    case.complete("a", note="inner", other=1)
    assert case.execution.context(case.token("b"))["note"] == "inner"

    case.complete("b")
    assert case.variables == {"note": "outer", "other": 1}
    assert list(case.execution.scopes) == [""]


def test_a_property_of_a_sub_process_and_a_data_object_without_a_reference_are_its_own_too():
    own = '<property id="limit" name="limit"/><dataObject id="total"/>'
    case = Case(bpmn(pack(own), "start > pack > c > end"))
    case.complete("a", limit=1, total=2)
    case.complete("b")

    assert case.variables == {}


def test_a_data_object_of_the_process_that_is_shown_in_a_sub_process_stays():
    shown = '<dataObjectReference id="note_r" name="note" dataObjectRef="note_o"/>'
    case = Case(bpmn('<dataObject id="note_o"/>' + pack(shown), "start > pack > c > end"))
    case.complete("a", note="kept")
    case.complete("b")

    assert case.variables == {"note": "kept"}


def test_a_data_object_that_a_sub_process_inside_shows_belongs_to_the_outer_one():
    shown = '<dataObjectReference id="note_2" name="note" dataObjectRef="note_o"/>'
    deep = element("subProcess", "deep", scope(shown, "start2 > a > end2"))
    case = Case(bpmn(pack(NOTE + deep, "start1 > deep > b > end1"), "start > pack > c > end"))
    case.complete("a", note="inner")

    assert case.execution.context(case.token("b"))["note"] == "inner"


def test_a_data_object_begins_empty_each_time():
    gate = element("exclusiveGateway", "m") + element("exclusiveGateway", "x", default="x_end")
    case = Case(bpmn(gate + pack(NOTE), "start > m > pack > x; x > m: again; x > end"), again=True)
    case.complete("a", note="first")
    case.complete("b")

    assert case.execution.context(case.token("a"))["note"] is None


def test_mappings_and_associations_carry_a_data_object_over_the_border_even_under_the_same_name():
    both = mappings(inputs={"note": "${note}"}, outputs={"kept": "${note}"})
    case = Case(bpmn(pack(both + NOTE), "start > pack > c > end"), note="outer")
    assert case.execution.context(case.token("a"))["note"] == "outer"
    case.complete("a", note="inner")
    case.complete("b")
    assert case.variables == {"note": "outer", "kept": "inner"}

    outer = '<dataObject id="o"/><dataObjectReference id="r" name="note" dataObjectRef="o"/>'
    out = "<dataOutputAssociation><sourceRef>note_r</sourceRef><targetRef>r</targetRef></dataOutputAssociation>"
    case = Case(bpmn(outer + pack(NOTE + out), "start > pack > c > end"), note="outer")
    case.complete("a", note="inner")
    case.complete("b")
    assert case.variables == {"note": "inner"}


def test_the_item_of_a_repeated_sub_process_is_not_emptied_by_a_data_object_of_its_name():
    case = Case(bpmn(pack(several("[1, 2]", item="note") + NOTE), "start > pack > c > end"))

    assert [case.execution.context(case.token("a", nth))["note"] for nth in (0, 1)] == [1, 2]


def test_the_message_that_begins_an_event_sub_process_fills_its_data_objects_and_nothing_outside():
    begin = element("startEvent", "come", event("message", "message_news"))
    late = element("subProcess", "late", scope(begin + NOTE, "come > b > end2"), triggeredByEvent="true")
    case = Case(bpmn(late, "start > a > end"))
    case.message("come", note="inner", seen=True)

    assert case.execution.context(case.token("b"))["note"] == "inner"
    assert case.variables == {"seen": True}


def test_what_is_undone_sees_the_data_objects_as_they_were():
    edge = boundary("edge", "a", event("compensate")) + element("userTask", "not_a", isForCompensation="true")
    joined = element("association", "to", sourceRef="edge", targetRef="not_a")
    case = Case(bpmn(UNDO + pack(NOTE + edge + joined), "start > pack > c > undo > d > end"))
    for name, values in (("a", {}), ("b", {"note": "inner"}), ("c", {})):
        case.complete(name, **values)

    assert case.execution.context(case.token("not_a"))["note"] == "inner"


def test_a_data_object_named_like_the_record_does_not_hide_it():
    class Notes:
        def get(self, path):
            return f"the {path}"

    options = {"record": Notes(), "record_name": "note", "paths": {"level": PathType("string")}}
    case = Case(bpmn(pack(NOTE), "start > pack > c > end"), options=options)
    token = case.execution.token(case.token("a"))

    assert case.execution.evaluate(token, "note.level") == "the level"
