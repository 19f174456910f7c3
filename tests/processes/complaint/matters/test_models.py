"""The models of companion cases: drawn for people, in two languages, and exercised by their scenarios."""

import re
from itertools import combinations, pairwise

import pytest
from lxml import etree

from engine import scenarios
from engine.bpmn import reader
from processes.complaint import application
from processes.complaint.codes import codes
from processes.complaint.matters import RECORDS

FILES = application.model_files()
MODEL = reader.read(FILES)
ELEMENTS = {key: MODEL.process(key).elements for key in RECORDS}
ALL = [element for elements in ELEMENTS.values() for element in elements.values()]
TASKS = [element for element in ALL if element.tag == "userTask"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
#: What fits on one screen of a large monitor, zoomed to half.
WIDEST, HIGHEST = 2_700, 1_100


def plane(key):
    return next(etree.fromstring(FILES[f"{key}.bpmn"]).iter(f"{DI}BPMNPlane"))


def boxes(key):
    """Element id → (left, top, right, bottom)."""
    found = {}
    for shape in plane(key).iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        left, top, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement")] = (left, top, left + width, top + height)
    return found


def may_overlap(elements, one, other):
    """A boundary event sits on its activity, an expanded sub-process holds its inside."""
    first, second = elements[one], elements[other]
    return bool({first.parent, second.parent, first.attached_to, second.attached_to} & {one, other})


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_every_task_says_who_does_what_with_which_form(task):
    assert task.candidate_groups
    assert task.properties["role"]
    assert CHINESE.search(task.properties["instruction:zh"])
    assert task.properties["instruction:en"].isascii()
    assert MODEL.form(task.form) is not None


def test_every_name_is_there_in_both_languages():
    named = [one for one in ALL if one.name]

    assert [one.id for one in named if not CHINESE.search(one.named("zh")) or CHINESE.search(one.named("en"))] == []
    assert {key for key in RECORDS if not CHINESE.search(MODEL.process(key).name)} == set()


def test_nobody_decides_on_the_own_work():
    duties = {(task.id, task.properties.get("not_role")) for task in TASKS}

    assert {
        ("review_approve", "reviewer"),
        ("rectification_check", "owner dept"),
        ("crisis_approve_report", "liaison"),
        ("crisis_approve_statement", "press"),
        ("crisis_approve_end", "organiser"),
        ("privacy_incident_approve", "liaison"),
    } <= duties


def test_outcomes_are_codes_and_every_open_end_says_one():
    known = {item["value"] for item in codes("matter_outcome")}

    assert {one.properties["outcome"] for one in ALL if "outcome" in one.properties} <= known
    for key, elements in ELEMENTS.items():
        assert any("outcome" in one.properties for one in elements.values()) is (RECORDS[key] is not None)


def test_every_notice_that_is_sent_exists_in_both_languages():
    sent = {one.inputs["template"] for one in ALL if one.topic == "matter_notice"}

    assert {"N16", "N22", "I08", "I10", "I11", "G02", "G03"} <= sent
    assert [
        (each, language)
        for each in sent
        for language in ("zh", "en")
        if not (application.folder / f"notices/{each}.{language}.md").exists()
    ] == []


@pytest.mark.parametrize("key", RECORDS)
def test_a_diagram_fits_on_a_screen_and_no_shape_covers_another(key):
    shapes, elements = boxes(key), ELEMENTS[key]

    assert sorted(shapes) == sorted(elements)
    assert max(right for _, _, right, _ in shapes.values()) < WIDEST
    assert max(bottom for _, _, _, bottom in shapes.values()) < HIGHEST
    assert [
        (one, other)
        for (one, first), (other, second) in combinations(shapes.items(), 2)
        if first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
        and not may_overlap(elements, one, other)
    ] == []


@pytest.mark.parametrize("key", RECORDS)
def test_flows_run_straight_up_down_and_across(key):
    slanted = []
    for edge in plane(key).iter(f"{DI}BPMNEdge"):
        points = [(point.get("x"), point.get("y")) for point in edge.iter(WAYPOINT)]
        slanted += [edge.get("bpmnElement") for (x, y), (to_x, to_y) in pairwise(points) if x != to_x and y != to_y]

    assert slanted == []


@pytest.fixture(scope="module")
def results():
    mine = [one for one in scenarios.load(application.folder / "scenarios") if one.file.startswith("m_")]
    return [scenarios.run(scenario, MODEL, application) for scenario in mine]


def test_every_scenario_goes_as_expected(results):
    assert [(result.scenario.name, result.failures) for result in results if not result.passed] == []
    assert {name for result in results for name in re.findall(r"^S\d\d", result.scenario.name)} == {
        "S13", "S14", "S15", "S22", "S24", "S25",
    }  # fmt: skip


def test_the_scenarios_visit_every_element_and_every_rule(results):
    coverage = scenarios.coverage(results, MODEL, RECORDS)

    assert coverage.missed_elements == ()
    assert [rule for rule in coverage.missed_rules if rule.startswith("early_warning:")] == []
