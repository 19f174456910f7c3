"""The check of a file set as a whole: files that cannot be read, and names that stand twice."""

import pytest

from engine.applications import PathType
from engine.bpmn.checks import Known, check
from engine.bpmn.checks.diagram import MAX_ELEMENTS, MAX_FINDINGS, MAX_PARTS
from engine.problems import Severity, errors_in
from tests.engine.bpmn.drawing import DECISION, END, FORM, START, TASK, process

SOUND = process(START, TASK, END)


def codes(files: dict[str, bytes], known: Known | None = None) -> list[tuple[str, str]]:
    return [(each.code, each.file) for each in check(files, known or Known.anything())]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml.unreadable"),
        (b"<definitions", "xml.unreadable"),
        (b"\xff\xfe\x00", "xml.unreadable"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "xml.doctype"),
        (b"<html/>", "bpmn.not_bpmn"),
        (b"a" * (16 * 1024 * 1024 + 1), "xml.too_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_only_problem(content, code):
    assert codes({"a.bpmn": content}) == [(code, "a.bpmn")]


def test_a_file_of_another_kind_is_not_read():
    assert ("file.unknown_kind", "notes.txt") in codes({"a.bpmn": SOUND, "ask.form": FORM, "notes.txt": b""})


@pytest.mark.parametrize(
    "files", [{}, {"ask.form": FORM}, {"a.bpmn": process(START, attributes='isExecutable="false"')}]
)
def test_a_set_in_which_nothing_can_start_is_refused(files):
    assert ("bpmn.no_executable", "") in codes(files)


def test_a_process_key_may_stand_in_one_file_only():
    files = {"a.bpmn": SOUND, "b.bpmn": SOUND, "ask.form": FORM}

    assert [file for code, file in codes(files) if code == "bpmn.duplicate_process"] == ["a.bpmn", "b.bpmn"]


def test_a_form_id_and_a_decision_id_may_stand_in_one_file_only():
    files = {"a.bpmn": SOUND, "a.form": FORM, "b.form": FORM, "a.dmn": DECISION, "b.dmn": DECISION}

    told = codes(files)

    assert ("bpmn.duplicate_form", "b.form") in told
    assert ("bpmn.duplicate_decision", "b.dmn") in told


def test_a_form_needs_an_id():
    assert ("bpmn.no_form_id", "a.form") in codes({"a.bpmn": SOUND, "a.form": FORM.replace(b'"ask"', b'""')})


def test_a_form_with_errors_is_told_once_and_not_called_missing():
    broken = FORM.replace(b'"number"', b'"hologram"')

    told = codes({"a.bpmn": SOUND, "ask.form": broken})

    assert ("form.unknown_type", "ask.form") in told
    assert "bpmn.unknown_form" not in [code for code, _ in told]


def test_a_table_with_errors_is_told_once_and_not_called_missing():
    step = '<businessRuleTask id="x" camunda:decisionRef="level" camunda:resultVariable="r"/>'
    model = process(START, step, END, ways="s>x x>e")

    told = codes({"a.bpmn": model, "level.dmn": DECISION.replace(b"UNIQUE", b"BOGUS")})

    assert ("dmn.hit_policy", "level.dmn") in told
    assert "bpmn.unknown_decision" not in [code for code, _ in told]


def test_a_file_with_too_many_elements_is_not_looked_into():
    assert codes({"a.bpmn": process("<group/>" * MAX_ELEMENTS)}) == [("bpmn.too_many_elements", "a.bpmn")]


def test_a_picture_may_be_larger_than_what_it_shows():
    namespace = 'xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"'
    picture = f"<d:BPMNDiagram {namespace}>{'<d:BPMNShape/>' * MAX_PARTS}</d:BPMNDiagram></definitions>"
    model = process(START, END, ways="s>e").replace(b"</definitions>", picture.encode())

    assert codes({"a.bpmn": model}) == []
    assert codes({"a.bpmn": process("<group/>" * MAX_PARTS)}) == [("bpmn.too_many_parts", "a.bpmn")]


def test_very_many_problems_of_one_kind_are_cut_off_and_that_is_an_error():
    same = '<eventBasedGateway id="g"/>' * 100
    flows = '<sequenceFlow sourceRef="g" targetRef="t"/>' * 100

    found = check({"a.bpmn": process(same, flows, TASK, ways="")}, Known.anything())

    assert {each.severity for each in found if each.code == "bpmn.too_many_problems"} == {Severity.ERROR}
    assert len(found) < 3 * MAX_FINDINGS


def test_a_file_with_too_much_text_is_not_looked_into_but_documentation_may_be_long():
    said = "a" * 9_000
    long = f"<documentation>{said}</documentation>" * 30
    names = "".join(f'<manualTask id="{n}" name="{said}"/>' for n in "abcdefghijklmnopqrstuvwxyz")

    assert codes({"a.bpmn": process(long, START, END, ways="s>e")}) == []
    assert codes({"a.bpmn": process(names)}) == [("bpmn.too_much_text", "a.bpmn")]


def test_sub_processes_nested_too_deeply_are_told_and_not_entered():
    inside = ""
    for depth in range(60):
        inside = f'<subProcess id="n{depth}"><startEvent id="s{depth}"/>{inside}</subProcess>'

    told = check({"a.bpmn": process(inside, ways="")}, Known.anything())

    assert [each.element_id for each in told if each.code == "bpmn.too_deep"] == ["n9"]


def test_forms_may_use_personal_values_but_decisions_may_not():
    known = Known(paths={"amount": PathType("number"), "case.name": PathType("string", personal=True, readable=False)})
    form = FORM.replace(b'"amount"', b'"case.name"')
    table = DECISION.replace(b"<text>amount</text>", b"<text>case.name</text>")

    told = [(each.code, each.file) for each in check({"a.bpmn": SOUND, "ask.form": form, "level.dmn": table}, known)]

    assert ("feel.personal_path", "level.dmn") in told
    assert ("feel.unknown_path", "ask.form") not in told


def test_a_form_field_for_a_record_path_that_does_not_exist_is_told():
    known = Known(paths={"case.name": PathType("string")})

    told = codes({"a.bpmn": SOUND, "ask.form": FORM.replace(b'"amount"', b'"case.nmae"')}, known)

    assert ("feel.unknown_path", "ask.form") in told


def test_unknown_functions_of_forms_and_tables_are_warnings_where_nothing_is_known():
    table = DECISION.replace(b"<text>amount</text>", b"<text>gone(amount)</text>")
    files = {"a.bpmn": SOUND, "ask.form": FORM, "level.dmn": table}

    assert not errors_in(check(files, Known.anything()))
    assert "feel.unknown_function" in [
        each.code for each in errors_in(check(files, Known(groups=frozenset({"staff"}))))
    ]


def test_variables_that_a_topic_may_give_are_noted_only():
    steps = '<serviceTask id="x" camunda:type="external" camunda:topic="mail"/><exclusiveGateway id="g" default="g_e"/>'
    model = process(START, steps, TASK, END, ways="s>x x>g g>t g>e t>e", conditions={"g>t": "sent = true"})

    told = check({"a.bpmn": model, "ask.form": FORM}, Known.anything())

    assert [each.severity for each in told if each.code == "feel.unknown_variable"] == [Severity.NOTE]
