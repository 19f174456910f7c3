"""Models: looking things up in what was read."""

import pytest

from engine.bpmn.model import ProcessSpec, reserved
from engine.errors import NotFound
from tests.models import Case, Shelf, bpmn, element, properties

FORM = b'{"type": "default", "id": "intake", "components": []}'


def model(**files):
    return Shelf({"m.bpmn": bpmn("", "start > a > end"), **files}).by_id(1)[1]


def test_a_process_is_found_by_its_key():
    assert model().process("main").file == "m.bpmn"

    with pytest.raises(NotFound, match="“other”"):
        model().process("other")


def test_a_form_is_found_by_its_id_and_other_references_give_none():
    found = model(**{"forms/intake.form": FORM}).form("intake")

    assert found is not None
    assert found.id == "intake"
    assert model().form("app:page") is None
    assert model().form("") is None


@pytest.mark.parametrize("name", ["Start", "End", "Root", "main.EndJoin"])
def test_ids_that_the_library_uses_itself_run_under_their_own_names(name):
    assert reserved(ProcessSpec("main"), name)
    case = Case(bpmn(element("userTask", name), f"start > a > {name} > b > end"))
    case.complete("a")
    assert case.open == [name]

    case.complete(name)

    assert case.open == ["b"]
    assert name in case.passed


def test_names_are_shown_in_the_language_asked_for():
    named = {"name:zh": "调查"}
    xml = bpmn(element("userTask", "a", properties(**named), name="Investigate"), "start > a > end")
    process = Shelf(xml).by_id(1)[2]

    assert process.elements["a"].named("zh-Hans") == "调查"
    assert process.elements["a"].named("en") == "Investigate"
    assert process.elements["end"].named("en") == "end"
    assert process.named("zh") == "main"
