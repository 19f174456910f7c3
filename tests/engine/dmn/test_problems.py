"""Every way a decision file can be wrong is told, with the element, the row and what to do."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn import check, load
from engine.errors import InvalidModel
from engine.problems import CATALOGUE

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
TABLE = """
<decision id="level" name="Level"><decisionTable id="t" hitPolicy="FIRST">
<input id="i" label="Amount"><inputExpression><text>amount</text></inputExpression></input>
<output id="o" name="level" typeRef="string"/>
<rule id="r1"><inputEntry id="c1"><text>&gt; 5</text></inputEntry>
<outputEntry id="c2"><text>"a"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="c3"><text>-</text></inputEntry><outputEntry id="c4"><text>"b"</text></outputEntry></rule>
</decisionTable></decision>
"""


def file(inner: str) -> bytes:
    return f'<definitions xmlns="{MODEL}" id="d" name="D">{inner}</definitions>'.encode()


def found(inner: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.element_id) for problem in check(file(inner), "a.dmn", frozenset())]


def test_a_good_file_has_no_problems() -> None:
    assert found(TABLE) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "element_id"),
    [
        ('hitPolicy="FIRST"', 'hitPolicy="PRIORITY"', "dmn.priority", "t"),
        ('hitPolicy="FIRST"', 'hitPolicy="OUTPUT ORDER"', "dmn.priority", "t"),
        ('hitPolicy="FIRST"', 'hitPolicy="BOGUS"', "dmn.hit_policy", "t"),
        ('hitPolicy="FIRST"', 'hitPolicy="FIRST" aggregation="SUM"', "dmn.aggregation", "t"),
        ('hitPolicy="FIRST"', 'hitPolicy="COLLECT" aggregation="MEDIAN"', "dmn.aggregation", "t"),
        ("&gt; 5", "&gt; 5 and", "feel.syntax", "c1"),
        ("&gt; 5", "frobnicate(?)", "feel.unknown_function", "c1"),
        ('"b"', "b c", "feel.syntax", "c4"),
        ('"b"', "5", "dmn.output_value", "c4"),
        ('typeRef="string"/>', "><outputValues><text>\"a\"</text></outputValues></output>", "dmn.output_value", "c4"),
        ('typeRef="string"', 'typeRef="strnig"', "dmn.type", "o"),
        ('name="level" typeRef', "typeRef", "", ""),
        ('<output id="o"', '<output id="p"/><output id="o"', "dmn.output_name", "p"),
        ('<output id="o" name="level" typeRef="string"/>', "", "dmn.columns", "t"),
        ('<inputEntry id="c3"><text>-</text></inputEntry>', "", "dmn.cells", "r2"),
        ('<rule id="r2">', '<rule id="r1">', "dmn.duplicate_id", "r1"),
        ("<inputExpression>", '<inputExpression expressionLanguage="javascript">', "dmn.language", ""),
        ('decision id="level"', "decision", "dmn.no_id", ""),
        ("<text>amount</text>", "<text></text>", "dmn.no_logic", "i"),
        ("<decision id", '<businessKnowledgeModel id="bkm"/><decision id', "dmn.no_logic", "bkm"),
        ("<decision id", '<somethingElse id="x"/><decision id', "dmn.unsupported", "x"),
        ("<decisionTable", '<somethingElse id="x"/><decisionTable', "dmn.unsupported", "x"),
        ("<decision id", '<inputData name="Amount"/><decision id', "dmn.no_id", ""),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(old: str, new: str, code: str, element_id: str) -> None:
    assert old in TABLE
    problems = found(TABLE.replace(old, new, 1))

    assert problems == [] if not code else (code, element_id) in problems


def test_a_wrong_cell_names_its_row() -> None:
    problems = check(file(TABLE.replace('"b"', "5 +")), "a.dmn", frozenset())

    assert [problem.params["row"] for problem in problems] == [2]
    assert problems[0].what().startswith("Row 2: ")
    assert problems[0].file == "a.dmn"


def test_all_problems_are_told_at_once_and_the_table_gives_null() -> None:
    inner = TABLE.replace('"b"', "5 +").replace("&gt; 5", "&gt;").replace("FIRST", "BOGUS")
    loaded = load(file(inner))

    assert {code for code, _ in found(inner)} == {"feel.syntax", "dmn.hit_policy"}
    assert len(loaded.problems) == 3
    assert loaded.evaluate("level", {"amount": 9}) is None
    assert "cannot be read" in str(loaded.decide("level", {"amount": 9}).reasons[0])


def test_functions_of_the_application_are_known_to_the_check_and_left_open_by_load() -> None:
    source = file(TABLE.replace("&gt; 5", "is elderly(?)"))

    assert [problem.code for problem in check(source, "", frozenset())] == ["feel.unknown_function"]
    assert check(source, "", frozenset({"is elderly"})) == []
    assert load(source).ids == ("level",)


@pytest.mark.parametrize(
    "inner",
    ["", "<decision id='a' name='a'/>", "<decision id='a' name='a'><extensionElements/></decision>", "<unknown/>"],
)
def test_a_file_without_usable_decisions_is_told(inner: str) -> None:
    assert {code for code, _ in found(inner)} & {"dmn.empty", "dmn.no_logic"}


LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = [
    b"",
    b"\x00",
    b"not xml",
    b"<a/>",
    b"<definitions/>",
    LAUGHS.encode() + file("&b;"),
    LAUGHS.encode("utf-16") + file("").decode().encode("utf-16-le"),
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    b'<?xml version="1.0" encoding="nonsense"?><x/>',
    file("<decision>" * 10_000),
    file("<decision>" * 300 + "</decision>" * 300),
    file("<decision>" + "<list>" * 100 + "</list>" * 100 + "</decision>"),
    b"<a>" + b" " * 5_000_001 + b"</a>",
]


@pytest.mark.parametrize("source", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_are_refused_quickly(source: bytes) -> None:
    started = time.thread_time()

    assert [problem.code for problem in check(source, "a.dmn", frozenset())] == ["dmn.xml"]
    with pytest.raises(InvalidModel):
        load(source)

    assert time.thread_time() - started < 2


@given(st.binary(max_size=200) | st.text("<>/=\"' abdecisonTl&;", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    assert check(source, "", frozenset()) != []


@given(st.text(max_size=20))
def test_any_cell_is_read_or_told(cell: str) -> None:
    printable = "".join(character for character in cell if character.isprintable())
    escaped = printable.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    problems = check(file(TABLE.replace("&gt; 5", escaped)), "", frozenset())

    assert {problem.code for problem in problems} <= {"feel.syntax", "feel.unknown_function"}


def test_logic_as_deep_as_a_file_may_be_is_read_and_evaluated() -> None:
    source = file("<decision id='a' name='a'>" + "<list>" * 98 + "</list>" * 98 + "</decision>")

    assert check(source, "", frozenset()) == []
    assert len(str(load(source).evaluate("a", {}))) == 2 * 98


def test_every_problem_speaks_both_languages() -> None:
    ours = {code: texts for code, texts in CATALOGUE.items() if code.startswith(("dmn.", "feel."))}

    assert len(ours) >= 15
    for texts in ours.values():
        assert all(texts)
        assert any("\u4e00" <= character <= "\u9fff" for character in texts.what_zh + texts.remedy_zh)
