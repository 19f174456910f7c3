"""The diagram in the reader's language."""

import pytest
from lxml import etree

from engine import queries
from engine.bpmn.xml import bpmn
from engine.errors import NotFound


@pytest.mark.parametrize(("language", "name"), [("en", "Announce"), ("zh", "通知")])
def test_names_are_the_readers(office, language, name):
    root = etree.fromstring(office.ask(queries.diagram, 1, language))

    assert root.find(f".//{bpmn('serviceTask')}").get("name") == name
    assert root.find(f".//{bpmn('process')}").get("name") == ("Request" if language == "en" else "申请")


def test_an_unknown_definition_has_no_diagram(office):
    with pytest.raises(NotFound):
        office.ask(queries.diagram, 99, "en")
