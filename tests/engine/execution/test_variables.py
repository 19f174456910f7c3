"""Where names are read and written."""

from datetime import UTC, date, datetime

import pytest

from engine.applications import PathType
from engine.errors import InvalidInput
from engine.execution import StepFailed
from engine.execution.scopes import get_nested, set_nested
from tests.models import Case, boundary, bpmn, element, event, mappings, scope, timer

PATHS = {"level": PathType("string"), "secret": PathType("string", readable=False), "clock.due": PathType("date")}


class Notes:
    """A record with two paths, one of which FEEL may not read."""

    def __init__(self):
        self.kept = {}
        self.changed = set()

    def get(self, path):
        return self.kept.get(path)

    def set(self, path, value):
        if path not in PATHS:
            raise InvalidInput(why=path)
        self.kept[path] = value


def with_record():
    return {"record": Notes(), "record_name": "note", "paths": PATHS}


def test_input_mappings_are_local_and_what_is_written_elsewhere_is_not():
    task = element("userTask", "a", mappings(inputs={"shown": "${x + 1}"}))
    case = Case(bpmn(task, "start > a > b > end"), x=1)
    assert case.execution.context(case.token("a"))["shown"] == 2
    assert case.variables == {"x": 1}

    case.complete("a", x=5, y=6)

    assert case.variables == {"x": 5, "y": 6}
    assert list(case.execution.scopes) == [""]


def test_inside_a_sub_process_writing_goes_to_its_local_name_else_to_the_instance():
    sub = element("subProcess", "sub", mappings(inputs={"x": "${0}"}) + scope("", "start2 > a > b > end2"))
    case = Case(bpmn(sub, "start > sub > c > end"), x=1, y=1)
    case.complete("a", x=2, y=2, z=2)
    assert case.execution.context(case.token("b"))["x"] == 2
    assert case.variables == {"x": 1, "y": 2, "z": 2}

    case.complete("b")

    assert case.variables == {"x": 1, "y": 2, "z": 2}
    assert list(case.execution.scopes) == [""]


def test_output_mappings_of_a_sub_process_read_its_locals():
    both = mappings(inputs={"n": "${0}"}, outputs={"total": "${n * 10}"})
    sub = element("subProcess", "sub", both + scope("", "start2 > a > end2"))
    case = Case(bpmn(sub, "start > sub > c > end"))
    case.complete("a", n=3)

    assert case.variables == {"total": 30}


def test_with_an_output_mapping_what_a_form_gives_stays_local():
    case = Case(bpmn(element("userTask", "a", mappings(outputs={"kept": "${x}"})), "start > a > b > end"), x=1)
    case.complete("a", x=2, y=3)

    assert case.variables == {"x": 1, "kept": 2}


def test_dotted_names_change_one_part_of_a_context():
    case = Case(bpmn("", "start > a > end"), who={"name": "Ann", "town": "Bonn"})
    case.set(**{"who.name": "Bo"})

    assert case.variables == {"who": {"name": "Bo", "town": "Bonn"}}


def test_setting_variables_gives_what_they_were():
    case = Case(bpmn("", "start > a > end"), x=1, who={"name": "Ann"})
    before = case.do(lambda execution: execution.set_variables({"x": 2, "who.name": "Bo", "new": 3}))

    assert before == {"x": 1, "who.name": "Ann", "new": None}


def test_nested_values_are_set_without_changing_the_old_context():
    old = {"b": 1}
    scope_of_a = {"a": old}
    set_nested(scope_of_a, "a.c.d", 2)

    assert (old, scope_of_a) == ({"b": 1}, {"a": {"b": 1, "c": {"d": 2}}})
    assert get_nested(scope_of_a, "a.c.d") == 2
    assert get_nested(scope_of_a, "a.x.d") is None


def test_record_paths_are_written_to_the_record_from_everywhere():
    task = element("userTask", "a", mappings(outputs={"note.level": "${level}"}))
    options = with_record()
    case = Case(bpmn(task, "start > a > b > c > end"), options=options)
    case.complete("a", level="high")
    assert options["record"].kept == {"level": "high"}

    case.complete("b", **{"note.level": "low"})

    assert options["record"].kept == {"level": "low"}
    assert case.variables == {}


def test_a_record_path_goes_to_the_record_also_past_an_output_mapping():
    options = with_record()
    case = Case(bpmn(element("userTask", "a", mappings(outputs={"kept": "${x}"})), "start > a > end"), options=options)
    case.complete("a", x=1, **{"note.level": "low"})

    assert options["record"].kept == {"level": "low"}
    assert case.variables == {"kept": 1}


def test_the_record_is_read_by_path_and_only_where_it_may_be():
    options = with_record()
    options["record"].kept = {"level": "low", "secret": "s", "clock.due": "soon"}
    case = Case(bpmn("", "start > a > end"), options=options)
    token = case.execution.token(case.token("a"))

    assert [case.execution.evaluate(token, f"note.{path}") for path in ("level", "clock.due", "secret", "none")] == [
        "low",
        "soon",
        None,
        None,
    ]


def test_a_path_that_the_record_does_not_take_is_refused():
    case = Case(bpmn("", "start > a > end"), options=with_record())
    with pytest.raises(InvalidInput):
        case.complete("a", **{"note.other": 1})


def test_functions_of_the_application_are_called_and_one_that_is_missing_fails_by_name():
    script = element("scriptTask", "add", "<script>twice(2)</script>", camunda_resultVariable="b")
    model = bpmn(script, "start > add > a > end")
    assert Case(model, options={"functions": {"twice": lambda n: 2 * n}}).variables == {"b": 4}

    with pytest.raises(StepFailed, match="twice"):
        Case(model)


def reminders():
    remind = boundary("remind", "a", event("message", "remind"), interrupting=False)
    again = boundary("again", "b", event("message", "again"), interrupting=False)
    return bpmn(remind + again, "start > a > end; remind > b > end2; again > c > end3")


def test_a_branch_inside_a_branch_writes_to_the_outer_one_where_the_name_is():
    case = Case(reminders(), x=0)
    case.message("remind", n=1)
    case.message("again", m=2)
    case.complete("c", n=5, m=6, x=7, y=8)

    assert case.execution.context(case.token("b"))["n"] == 5
    assert case.variables == {"x": 7, "y": 8}


def test_a_branch_that_ended_leaves_no_scope_behind():
    case = Case(reminders())
    case.message("remind", n=1)
    case.message("again", m=2)
    case.complete("b")
    assert case.execution.context(case.token("c")) == {"n": 1, "m": 2}

    case.complete("c")

    assert list(case.execution.scopes) == [""]


def test_a_branch_that_joins_the_main_path_brings_nothing_along():
    remind = boundary("remind", "a", event("message", "remind"), interrupting=False)
    case = Case(
        bpmn(remind + element("parallelGateway", "join"), "start > a > join; remind > b > join; join > c > end")
    )
    case.message("remind", n=1)
    case.complete("a")
    case.complete("b")

    assert case.open == ["c"]
    assert dict(case.execution.context(case.token("c"))) == {}


def test_a_fork_and_join_inside_a_branch_stay_in_it():
    remind = boundary("remind", "a", event("message", "remind"), interrupting=False)
    gateways = element("parallelGateway", "fork") + element("parallelGateway", "join")
    flows = "start > a > end; remind > fork; fork > b > join; fork > c > join; join > d > end2"
    case = Case(bpmn(remind + gateways, flows))
    case.message("remind", n=1)
    case.complete("b", n=2)
    case.complete("c")

    assert dict(case.execution.context(case.token("d"))) == {"n": 2}


def test_a_loop_through_an_interrupting_timer_does_not_nest_its_branches():
    late = boundary("late", "a", timer("PT1H"))
    case = Case(bpmn(late, "start > a > end; late > a"))
    for _ in range(5):
        case.wait(hours=1)

    assert len(case.execution.scopes) == 2
    assert case.execution.context(case.token("a"))["fired"]["at"] == case.now


def test_instants_in_utc_count_in_the_business_time_zone_wherever_they_stand():
    late = datetime(2026, 3, 9, 17, tzinfo=UTC)
    options = with_record()
    options["record"].set("clock.due", late)
    text = "[date(at), date(all[1]), date(kept.at), date(note.clock.due), date(of_program())]"
    script = element("scriptTask", "s", f"<script>{text}</script>", camunda_resultVariable="days")

    options["functions"] = {"of_program": lambda: late}
    case = Case(bpmn(script, "start > a > s > end"), options=options, at=late, all=[late], kept={"at": late})
    case.complete("a")

    assert case.variables["days"] == [date(2026, 3, 10)] * 5
