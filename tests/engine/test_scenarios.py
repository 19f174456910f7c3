"""Process tests in YAML."""

import pytest

from engine import scenarios
from engine.applications import Application
from engine.bpmn import reader
from engine.errors import InvalidInput
from tests import units
from tests.applications import FORM, GROUPS, model, receive, task, timer, work
from tests.models import boundary, event
from tests.units import TREE, one_task

CASE = model(
    task("a")
    + timer("late", "a", "P2D", interrupting=False)
    + task("chase", "boss")
    + receive("m", "news")
    + task("b"),
    "start > a > m > b > end; late > chase > end2",
)
GOOD = """
name: it goes well
start: {at: "2026-03-02T09:00:00+08:00", process: main, values: {colour: red}}
steps:
  - {task: a, by: desk_1, after: P3D, answers: {verdict: "yes", amount: 12.5, day: 2026-03-04}}
  - {message: news, payload: {word: "=1 + 2"}}
  - {set: {colour: blue}}
  - {wait: PT1H}
  - {task: a, refused: true}
expect:
  path: [start, a, m]
  not: [end]
  open: [b, chase]
  deadlines: {amount: 12.5, word: 3, colour: blue, day: 2026-03-04}
  moments: {late: ["2026-03-04T09:00:00+08:00"]}
"""
BAD = """
start: {at: "2026-03-02T09:00:00+08:00", process: main}
steps: [{task: a, by: boss_1}, {message: news, refused: true}]
expect: {ended: end, path: [a, end], not: [a], open: [a], deadlines: {x: 1}, moments: {late: []}, decisions: {d: [r]}}
"""


@pytest.fixture
def play(tmp_path):
    """Runs one scenario text; gives its result."""
    read = reader.read({"main.bpmn": CASE, "forms/answer.form": FORM})
    application = Application("main", "某", "X", tmp_path, groups=GROUPS)

    def played(text):
        (tmp_path / "one.yaml").write_text(text, "utf-8")
        [scenario] = scenarios.load(tmp_path)
        return scenarios.run(scenario, read, application), read

    return played


def test_a_scenario_that_goes_as_expected_passes(play):
    result, read = play(GOOD)

    assert result.failures == []
    assert result.passed
    covered = scenarios.coverage([result], read, ["main"])
    assert set(covered.missed_elements) == {"end", "end2"}
    assert 50 < covered.percent < 100


def test_everything_that_went_otherwise_is_told(play):
    result, _ = play(BAD)

    told = "\n".join(result.failures)
    for part in (
        "“a” was offered to desk, not to boss",
        "step 2: expected to be refused",
        "ended “open”, expected “end”",
        "“end” was not completed",
        "“a” was reached",
        "“a” is not open",
        "x is null, expected 1",
        "decision d matched [], expected ['r']",
    ):
        assert part in told


def test_a_step_that_is_refused_ends_the_scenario_with_its_number(play):
    result, _ = play('start: {at: "2026-03-02", process: main}\nsteps: [{task: b}]')

    assert result.failures == [
        "This cannot be accepted: step 1: This cannot be accepted: the task “b” is not open; "
        "open are: a (at 2026-03-02 00:00)"
    ]


def test_a_file_that_is_no_scenario_is_named(tmp_path):
    (tmp_path / "odd.yaml").write_text("steps: []")
    with pytest.raises(InvalidInput, match=r"odd\.yaml is no scenario"):
        scenarios.load(tmp_path)
    (tmp_path / "odd.yaml").write_text("a: [")
    with pytest.raises(InvalidInput, match=r"odd\.yaml is not readable YAML"):
        scenarios.load(tmp_path)


def test_a_scenario_says_how_work_fails(tmp_path):
    edge = boundary("edge", "w", event("error", "lost"))
    read = reader.read({"main.bpmn": model(work("w") + edge, "start > w > end; edge > end2")})
    (tmp_path / "one.yaml").write_text(
        """
        start: {at: "2026-03-02T09:00:00+08:00", process: main}
        work: {w: {error: lost}}
        expect: {ended: end2, not: [end]}
        """,
        "utf-8",
    )
    [scenario] = scenarios.load(tmp_path)

    assert scenarios.run(scenario, read, Application("main", "某", "X", tmp_path)).failures == []


def test_scenarios_belong_to_the_number_with_which_their_name_begins(play, tmp_path):
    (tmp_path / "acceptance.csv").write_text("number,name,elsewhere\nS01,Well,\nS010,Other,\n")
    result, _ = play("name: S01 it goes well\nstart: {at: '2026-03-02T09:00:00+08:00', process: main}")

    first, other = scenarios.acceptance(tmp_path)

    assert first.of([result]) == [result]
    assert other.of([result]) == []
    assert scenarios.acceptance(tmp_path / "elsewhere") == []


def test_a_list_of_another_form_is_refused(tmp_path):
    (tmp_path / "acceptance.csv").write_text("number,name\nS01,Well\n")

    with pytest.raises(InvalidInput, match="no column 'elsewhere'"):
        scenarios.acceptance(tmp_path)


TABLE = """
name: a table by itself
start: {at: "2026-03-02T09:00:00+08:00"}
decide:
  - {decision: %s, given: {case.colour: red}, rules: [%s], result: %s}
"""
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="tone" name="tone"><decisionTable id="t" hitPolicy="FIRST">
<input id="i"><inputExpression id="e"><text>case.colour</text></inputExpression></input><output id="o" name="tone"/>
<rule id="warm"><inputEntry id="r1"><text>"red"</text></inputEntry>
<outputEntry id="r2"><text>1</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@pytest.mark.parametrize(
    ("decision", "rule", "value", "failure"),
    [
        ("tone", "warm", 1, ""),
        ("tone", "cold", 1, "row 1: matched ['warm'], expected ['cold']"),
        ("tone", "warm", 2, "row 1: gave 1, expected 2"),
        ("mood", "warm", 1, "row 1: “mood” cannot be asked (KeyError)"),
    ],
)
def test_a_table_that_no_diagram_asks_is_tried_by_itself(tmp_path, decision, rule, value, failure):
    read = reader.read({"main.bpmn": CASE, "forms/answer.form": FORM, "tone.dmn": DECISION})
    (tmp_path / "one.yaml").write_text(TABLE % (decision, rule, value), "utf-8")

    result = scenarios.run(scenarios.load(tmp_path)[0], read, Application("main", "某", "X", tmp_path))

    assert result.failures == ([failure] if failure else [])
    assert result.rules == ({("tone", "warm")} if decision == "tone" else set())


@pytest.mark.parametrize(
    ("by", "offered"),
    [
        ("clerk_1", True),
        ("clerk_1@N1", True),
        ("clerk_1@N", True),
        ("clerk_1@S", False),
        ("chief_1@N1", False),
    ],
)
def test_a_person_of_a_unit_does_the_tasks_that_are_offered_there(tmp_path, by, offered):
    read = reader.read({"main.bpmn": one_task("clerk@N1"), "forms/answer.form": FORM})
    steps = f'start: {{at: "2026-03-02", process: main}}\nsteps: [{{task: a, by: {by}, answers: {{verdict: x}}}}]'
    (tmp_path / "one.yaml").write_text(steps, "utf-8")
    [scenario] = scenarios.load(tmp_path)
    application = Application("main", "某", "X", tmp_path, groups=units.GROUPS, organisation=lambda: TREE)

    failures = scenarios.run(scenario, read, application).failures
    assert failures == ([] if offered else [f"“a” was offered to clerk@N1, not to {by}"])
