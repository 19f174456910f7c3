"""The drawings of the shipped diagrams, as readers see them."""

import pytest
from lxml import etree
from sqlalchemy import select

from engine import queries
from engine.bpmn.xml import BPMNDI, DC
from engine.models import ProcessDefinition


@pytest.fixture
def drawn(bank):
    """Every diagram in English: definition → its root."""
    with bank.database.reading() as session:
        definitions = session.execute(select(ProcessDefinition.id, ProcessDefinition.key)).all()
        return {row.key: etree.fromstring(queries.diagram(session, row.id, "en")) for row in definitions}


def test_no_word_of_a_label_is_broken(drawn):
    broken = []
    for key, root in drawn.items():
        names = {node.get("id"): node.get("name", "") for node in root.iter(etree.Element)}
        for label in root.iter(f"{{{BPMNDI}}}BPMNLabel"):
            element = label.getparent().get("bpmnElement")
            longest = max(map(len, names[element].split()), default=0)
            if float(label.find(f"{{{DC}}}Bounds").get("width")) < 6 * longest:
                broken.append((key, element))

    assert len(drawn) > 8
    assert broken == []


def test_the_label_of_an_event_stays_over_its_middle(drawn):
    shape = drawn["review"].find(f".//{{{BPMNDI}}}BPMNShape[@bpmnElement='review_overdue']")
    event, label = (each for each in shape.iter(f"{{{DC}}}Bounds"))

    assert middle(label) == pytest.approx(middle(event), abs=60)


def middle(bounds):
    return float(bounds.get("x")) + float(bounds.get("width")) / 2
