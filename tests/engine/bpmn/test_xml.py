"""XML from strangers: nothing hidden in a file reaches further than the file."""

import pytest

from engine.bpmn import xml
from engine.errors import InvalidModel
from tests.engine.bpmn.drawing import END, START, TASK, process

BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
FOREIGN = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>"""


def refused(source: bytes) -> str:
    with pytest.raises(InvalidModel) as caught:
        xml.parse_bpmn(source, "a.bpmn")
    (problem,) = caught.value.problems
    assert problem.file == "a.bpmn"
    assert problem.what("zh")
    assert problem.remedy("en")
    return problem.code


def test_a_model_gives_its_definitions():
    root = xml.parse_bpmn(process(START, TASK, END))

    assert xml.local(root) == "definitions"
    assert [node.get("id") for node in xml.children(root, "process")] == ["p"]


@pytest.mark.parametrize("source", [BOMB, FOREIGN, b"<!DOCTYPE html><html/>"])
def test_a_document_type_is_refused_whatever_it_holds(source):
    assert refused(source) == "xml.doctype"


@pytest.mark.parametrize("source", [b"", b"   ", b"<a>", b"<a>&unknown;</a>", b"\x00"])
def test_what_is_not_xml_is_refused(source):
    assert refused(source) == "xml.unreadable"


def test_too_deep_a_tree_is_refused():
    assert refused(b"<a>" * 5000 + b"</a>" * 5000) == "xml.unreadable"


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed():
    assert refused(b"<" * (xml.MAX_BYTES + 1)) == "xml.too_large"


def test_too_many_tags_are_refused_before_they_are_parsed():
    assert refused(b"<a>" + b"<b/>" * xml.MAX_TAGS + b"</a>") == "xml.too_many_tags"


def test_an_element_with_too_many_attributes_is_refused():
    attributes = " ".join(f'a{number}=""' for number in range(xml.MAX_ATTRIBUTES + 1))

    assert refused(f"<a {attributes}/>".encode()) == "xml.attributes"


@pytest.mark.parametrize("source", [b"<html/>", b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'])
def test_xml_that_is_not_bpmn_is_refused(source):
    assert refused(source) == "bpmn.not_bpmn"


def test_comments_and_instructions_are_not_seen():
    root = xml.parse_bpmn(process("<!-- a --><?b c?>", START, TASK, END))

    assert all(isinstance(node.tag, str) for node in root.iter())


def test_text_is_collected_from_inside_and_none_has_no_text():
    root = xml.parse_bpmn(process("<documentation> one <b>two</b> </documentation>"))

    assert xml.text_of(next(root.iter(xml.bpmn("documentation")))) == "one two"
    assert xml.text_of(None) == ""
