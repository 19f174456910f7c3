"""Other namespaces, prefixes, encodings and ways to write true and false."""

import pytest

from engine.bpmn import reader
from engine.bpmn.adapting import opened
from engine.bpmn.checks import Known, check
from engine.bpmn.xml import BPMN, CAMUNDA
from engine.errors import InvalidModel
from tests.engine.bpmn.drawing import END, START, TASK, around, process


def only(model: bytes):
    (found,) = reader.read_file(model, "a.bpmn")
    return found


@pytest.mark.parametrize("prefix", ["bpmn", "bpmn2", "semantic", "ns0"])
def test_any_prefix_will_do(prefix):
    model = process(START, TASK, END).decode().replace("xmlns=", f"xmlns:{prefix}=")
    for tag in ("definitions", "process", "startEvent", "userTask", "endEvent", "sequenceFlow"):
        model = model.replace(f"<{tag} ", f"<{prefix}:{tag} ").replace(f"</{tag}>", f"</{prefix}:{tag}>")

    assert only(model.encode()).elements["t"].form == "ask"


@pytest.mark.parametrize(
    "namespace",
    [
        BPMN + "/",
        BPMN.replace("http", "https"),
        "http://schema.omg.org/spec/BPMN/2.0",
        "http://www.omg.org/spec/BPMN/2.0",
    ],
)
def test_drafts_of_bpmn_2_are_read(namespace):
    assert set(only(process(START, TASK, END).replace(BPMN.encode(), namespace.encode())).elements) == {"s", "t", "e"}


@pytest.mark.parametrize(
    "namespace",
    [
        "http://activiti.org/bpmn",
        "http://flowable.org/bpmn",
        "http://operaton.org/schema/1.0/bpmn",
        "http://www.camunda.com/fox",
    ],
)
def test_relatives_of_camunda_are_read_alike(namespace):
    step = '<serviceTask id="x" camunda:class="org.example.SendMail"/>'

    assert only(around(step).replace(CAMUNDA.encode(), namespace.encode())).elements["x"].topic == "SendMail"


@pytest.mark.parametrize(
    ("said", "is_executable"), [("true", True), ("1", True), ("TRUE", True), ("false", False), ("0", False)]
)
def test_true_and_false_may_be_written_in_several_ways(said, is_executable):
    assert only(process(START, TASK, END, attributes=f'isExecutable="{said}"')).is_executable is is_executable


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gbk", "gb18030", "utf-16-le"])
def test_a_file_may_be_in_any_encoding_that_it_says(encoding):
    said = "UTF-8" if encoding == "utf-8-sig" else "utf-16" if encoding.startswith("utf-16") else encoding
    text = f'<?xml version="1.0" encoding="{said}"?>' + process(START, TASK, END).decode().replace("Case", "投诉")

    assert only(text.encode(encoding)).name == "投诉"
    assert not opened(text.encode(encoding)).remarks


def test_a_wrong_encoding_is_guessed_and_told_where_the_guess_may_be_wrong():
    text = '<?xml version="1.0" encoding="{}"?>' + process(START, TASK, END).decode().replace("Case", "投诉")

    silent, doubtful = text.replace("{}", "utf-16").encode(), text.replace("{}", "UTF-8").encode("gbk")

    assert (only(silent).name, only(doubtful).name) == ("投诉", "投诉")
    assert not opened(silent).remarks
    assert [remark.code for remark in opened(doubtful).remarks] == ["xml.encoding"]


def test_blank_lines_before_the_declaration_do_not_matter():
    assert only(b'\n  <?xml version="1.0"?>' + process(START, TASK, END)).key == "p"


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>', "XPDL"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', ".dmn"),
        (b"<definitions/>", "no namespace"),
    ],
)
def test_what_is_not_bpmn_is_refused_with_what_it_seems_to_be(content, hint):
    with pytest.raises(InvalidModel) as caught:
        reader.read_file(content)

    assert hint in caught.value.problems[0].what()


@pytest.mark.parametrize("name", ["a.bpmn20.xml", "a.bpmn2", "a.xml", "A.BPMN"])
def test_models_are_known_by_several_endings(name):
    told = check({name: process(START, TASK, END)}, Known.anything())

    assert "file.unknown_kind" not in [each.code for each in told]
    assert set(reader.read({name: process(START, TASK, END)}).processes) == {"p"}


def test_xml_of_another_kind_is_left_alone():
    told = check({"pom.xml": b"<project/>", "a.bpmn": process(START, TASK, END)}, Known.anything())

    assert ("file.unknown_kind", "pom.xml") in [(each.code, each.file) for each in told]
