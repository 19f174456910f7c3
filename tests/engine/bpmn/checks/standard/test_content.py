"""The tables read from the XML schema, held against the schema's own validator."""

from importlib.resources import as_file, files

import pytest
from lxml import etree

from engine.bpmn.checks import Known
from engine.bpmn.checks.diagram import Diagram, FileSet
from engine.bpmn.checks.standard.content import content
from engine.bpmn.checks.standard.drawing import Drawing
from engine.bpmn.checks.standard.schema import schema
from engine.bpmn.xml import parse_bpmn
from tests.engine.bpmn.checks.standard.test_standard import IDS, PLANTED

#: Default flows and ids have rules of their own.
AGREED = [
    pytest.param(broken, mended, id=name)
    for name, (code, _, broken, mended) in zip(IDS, PLANTED, strict=True)
    if code not in {"bpmn.default_place", "bpmn.id_twice"}
]


@pytest.fixture(scope="module")
def validator():
    with as_file(files("SpiffWorkflow.bpmn.parser") / "schema") as folder:
        return etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))


def told(root: etree._Element) -> list[str]:
    return [finding.problem.code for finding in content(Drawing(Diagram("a.bpmn", root, FileSet(Known.anything()))))]


@pytest.mark.parametrize(("broken", "mended"), AGREED)
def test_the_tables_and_the_validator_agree(validator, broken, mended):
    for model in (broken, mended):
        root = parse_bpmn(model)
        is_valid = validator.validate(root)

        assert (told(root) == []) == is_valid, validator.error_log


def test_every_element_of_the_schema_has_its_content():
    tables = schema()

    assert len(tables.elements) > 120
    assert all(tables.content(kind) for kind in tables.elements.values())
    assert tables.content("tUserTask").children["potentialOwner"][1] == "tPotentialOwner"
    assert not tables.content("tBoundaryEvent").is_abstract
    assert tables.content("tBoundaryEvent").attributes["attachedToRef"].is_required
    assert tables.content("tMultiInstanceLoopCharacteristics").attributes["behavior"].values == {
        "None", "One", "All", "Complex",
    }  # fmt: skip


def test_the_schema_is_read_once():
    assert schema() is schema()
