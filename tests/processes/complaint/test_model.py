"""The models of the complaint process: sound, drawn for people, in two languages, and exercised by their scenarios."""

import re
from itertools import combinations, pairwise

import pytest
from lxml import etree

from engine import forms, scenarios
from engine.bpmn import reader
from engine.bpmn.checks import check
from engine.bpmn.checks.known import Known
from engine.errors import InvalidForm
from engine.problems import Severity
from processes.complaint import application
from processes.complaint.codes import codes

FOLDER = application.folder
FILES = application.model_files()
MODEL = reader.read(FILES)
#: The process of a complaint, and what it calls.
KEYS = ["complaint", "quality_review"]
ELEMENTS = {key: element for process in KEYS for key, element in MODEL.process(process).elements.items()}
PHASES = ["acceptance", "investigation", "solution", "followup", "close"]
SCENARIOS = [
    scenario
    for scenario in scenarios.load(FOLDER / "scenarios")
    if scenario.content["start"].get("process", "complaint") == "complaint"
]

DIAGRAMS = [etree.fromstring(FILES[f"{key}.bpmn"]) for key in KEYS]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def user_tasks():
    return [element for element in ELEMENTS.values() if element.tag == "userTask"]


def list_codes(name):
    return {item["value"] for item in codes(name)}


def paths_of(factory):
    return {f"{factory.name}.{path}": kind for path, kind in factory.paths().items()} if factory else {}


# --- what the engine and the people read ------------------------------------------


def test_the_models_have_no_problem():
    known = Known(
        topics=frozenset(application.topics),
        groups=frozenset(group.key for group in application.groups),
        functions=frozenset(application.functions),
        paths=paths_of(application.record),
        own_paths={key: paths_of(factory) for key, factory in application.records.items()},
        rules=tuple(application.model_rules),
    )

    problems = check(FILES, known)

    assert [problem for problem in problems if problem.severity is not Severity.NOTE] == []


def test_the_five_phases_lie_in_one_sub_process_that_carries_the_events():
    phases = [element for element in ELEMENTS.values() if "phase" in element.properties]
    outer = {element.parent for element in phases}
    events = [element for element in ELEMENTS.values() if element.attached_to in outer]

    assert [element.properties["phase"] for element in phases] == PHASES
    assert len(outer) == 1
    assert {event.event.name for event in events if event.event.kind == "message"} == {
        *("withdraw", "material", "suspension", "extension", "regulator_transfer", "regulator_query", "transfer"),
        *("takeover", "agreed_date", "litigation", "leak", "level_change", "void", "notice_undelivered"),
    }
    assert sum(event.event.kind == "timer" for event in events) == 5
    assert [event.event.text for event in events if event.interrupting] == ["complaint.withdrawn_at != null"]


def test_phases_statuses_and_outcomes_are_codes():
    properties = [element.properties for element in ELEMENTS.values()]
    ends = [one for one in ELEMENTS.values() if one.tag == "endEvent" and one.parent == "complaint"]
    outcomes = {one.properties["outcome"] for one in ends if "outcome" in one.properties}

    assert {one["phase"] for one in properties if "phase" in one} <= list_codes("phase")
    assert {one["consumer_status"] for one in properties if "consumer_status" in one} <= list_codes("public_status")
    assert outcomes == {"closed", "declined", "referred", "converted", "merged", "withdrawn", "void"}


def test_ending_a_case_ends_what_waits_beside_it():
    ends = [one for one in ELEMENTS.values() if "outcome" in one.properties]

    assert {one.event.kind for one in ends} == {"terminate"}


@pytest.mark.parametrize("task", user_tasks(), ids=lambda task: task.id)
def test_every_task_says_who_does_what_with_which_form(task):
    assert task.candidate_groups
    assert task.properties["role"]
    assert CHINESE.search(task.properties["instruction:zh"])
    assert task.properties["instruction:en"].isascii()
    assert MODEL.form(task.form) is not None


def test_nobody_decides_on_the_own_work():
    duties = {(task.form, task.properties.get("not_role")) for task in user_tasks()}

    assert {
        ("approve_decline", "intake"),
        ("approval", "handler"),
        ("approve_extension", "handler"),
        ("follow_up", "handler"),
        ("close_check", "handler"),
    } <= duties


def test_every_name_is_there_in_both_languages():
    named = [element for element in ELEMENTS.values() if element.name]
    quiet = {"startEvent", "endEvent", "exclusiveGateway", "inclusiveGateway"}

    assert [one.id for one in named if not CHINESE.search(one.named("zh")) or CHINESE.search(one.named("en"))] == []
    assert {one.tag for one in ELEMENTS.values() if not one.name} <= quiet


def test_every_notice_that_the_diagram_sends_exists_in_both_languages():
    templates = {
        template
        for element in ELEMENTS.values()
        if element.topic == "notice"
        for template in re.findall(r"\b[NIG]\d\dS?\b", element.inputs["template"])
    }

    assert len(templates) > 30
    assert [
        (one, each) for one in templates for each in ("zh", "en") if not (FOLDER / f"notices/{one}.{each}.md").exists()
    ] == []


def test_every_form_is_used():
    tasks = [each for process in MODEL.processes.values() for each in process.elements.values()]
    starts = {process.start_form for process in MODEL.processes.values()}

    assert set(MODEL.forms) == {task.form for task in tasks if task.tag == "userTask"} | starts - {""}


def test_every_rule_says_why_in_both_languages():
    tables = [etree.fromstring(content) for name, content in FILES.items() if name.endswith(".dmn")]
    reasons = [rule.findtext("{*}description") or "" for table in tables for rule in table.iter("{*}rule")]

    assert len(reasons) > 90
    assert [why for why in reasons if not re.fullmatch(r"[^/]*[\u4e00-\u9fff][^/]* / .+", why)] == []


@pytest.mark.parametrize("missing", ["texts.verification_result", "texts.decision_text", "texts.grounds", "remedies"])
def test_a_decision_without_a_mandatory_part_is_refused(missing):
    form = forms.load(FILES["forms/decision.form"])
    text = ["自查明事实之日起，按照约定退还已收的全部费用。"]
    fields = {
        f"complaint.texts.{name}": text for name in ("verification_result", "decision_text", "grounds", "contact")
    }
    fields["complaint.remedies"] = ["review", "mediation", "arbitration", "litigation"]

    form.submit(fields, {}, {"complaint": {}}, "zh", application.functions)
    with pytest.raises(InvalidForm) as caught:
        form.submit(fields | {f"complaint.{missing}": []}, {}, {"complaint": {}}, "zh", application.functions)

    assert list(caught.value.errors) == [f"complaint.{missing}"]


# --- the drawing ------------------------------------------


def boxes(plane):
    """Element id → (left, top, right, bottom) of the shapes of one plane, lanes and pools left out."""
    found = {}
    for shape in plane.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        left, top, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
        if shape.get("bpmnElement") in ELEMENTS:
            found[shape.get("bpmnElement")] = (left, top, left + width, top + height)
    return found


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def may_overlap(one, other):
    """A boundary event sits on its activity, an expanded sub-process holds its inside."""
    first, second = ELEMENTS[one], ELEMENTS[other]
    inside = {first.parent, second.parent} & {one, other}
    attached = {first.attached_to, second.attached_to} & {one, other}
    return bool(inside or attached) or first.attached_to == second.parent or second.attached_to == first.parent


PLANES = [plane for diagram in DIAGRAMS for plane in diagram.iter(f"{DI}BPMNPlane")]


def test_everything_is_drawn_once():
    drawn = [each for plane in PLANES for each in boxes(plane)]
    flows = [flow.get("id") for diagram in DIAGRAMS for flow in diagram.iter(f"{BPMN}sequenceFlow")]
    edges = [edge.get("bpmnElement") for diagram in DIAGRAMS for edge in diagram.iter(f"{DI}BPMNEdge")]

    assert sorted(drawn) == sorted(ELEMENTS)
    assert sorted(edge for edge in edges if edge in flows) == sorted(flows)


@pytest.mark.parametrize("plane", PLANES, ids=lambda plane: plane.get("id"))
def test_no_shape_covers_another(plane):
    pairs = combinations(boxes(plane).items(), 2)

    assert [
        (one, other)
        for (one, first), (other, second) in pairs
        if overlap(first, second) and not may_overlap(one, other)
    ] == []


@pytest.mark.parametrize("plane", PLANES, ids=lambda plane: plane.get("id"))
def test_flows_run_straight_up_down_and_across(plane):
    slanted = []
    for edge in plane.iter(f"{DI}BPMNEdge"):
        points = [(point.get("x"), point.get("y")) for point in edge.iter(WAYPOINT)]
        slanted += [edge.get("bpmnElement") for (x, y), (to_x, to_y) in pairwise(points) if x != to_x and y != to_y]

    assert slanted == []


# --- the scenarios ------------------------------------------


@pytest.fixture(scope="module")
def results():
    return [scenarios.run(scenario, MODEL, application) for scenario in SCENARIOS]


def test_every_scenario_goes_as_expected(results):
    assert [(result.scenario.name, result.failures) for result in results if not result.passed] == []


def test_the_scenarios_visit_every_element_and_every_rule(results):
    coverage = scenarios.coverage(results, MODEL, KEYS)
    decisions = {element.decision for element in ELEMENTS.values() if element.decision}

    assert coverage.missed_elements == ()
    assert [rule for rule in coverage.missed_rules if rule.partition(":")[0] in decisions] == []
