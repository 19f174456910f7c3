"""Processes of one application whose instances keep a record, and a number, of their own."""

import pytest

from engine.applications import PathType
from engine.bpmn.checks import Known, check
from engine.errors import InvalidModel
from engine.models import Message, ProcessInstance
from engine.problems import errors_in
from tests.agreement import disagreements
from tests.applications import Office, model, task, work
from tests.models import element, event, mappings, throwing
from tests.records import FileRow, Files

KEY = "companion"
NEWS = mappings({"companion.level": "${3}", "word": "hello"})
MAIN = model(
    task("t")
    + throwing("tells", NEWS + event("message", "news"))
    + throwing("alarms", NEWS + event("signal", "alarm")),
    "start > t > tells > alarms > end",
)
BEGUN = model(
    element("startEvent", "told", event("message", "news"))
    + element("startEvent", "heard", event("signal", "alarm"))
    + work("echo", inside=mappings({"level": "${companion.level}", "word": "${word}"}))
    + task("b"),
    "told > echo > b > end; heard > echo",
    key=KEY,
)


class Companions(Files):
    """The same rows under another name; keeps for whom each was begun."""

    name = KEY

    def __init__(self):
        self.regarding = []

    def create(self, session, start):
        self.regarding.append(start.regarding)
        return super().create(session, start)


@pytest.fixture
def companions():
    return Companions()


@pytest.fixture
def office(database, vault, tmp_path, companions):
    numbers = {KEY: lambda _session, values, _at: f"C-{values['word']}-{len(companions.regarding)}"}
    office = Office.on(database, vault, tmp_path, records={KEY: companions}, numbers=numbers)
    yield office
    assert disagreements(office) == []


def begun(office):
    return office.rows(ProcessInstance, ProcessInstance.key == KEY)


@pytest.mark.store
def test_a_message_and_a_signal_begin_cases_with_the_record_of_their_process_and_what_they_carry(office, companions):
    office.deploy(MAIN, companion=BEGUN)
    case = office.start()
    office.complete("t", case=case)

    office.tick()
    office.tick()

    assert sorted(row.business_key for row in begun(office)) == ["C-hello-0", "C-hello-1"]
    assert companions.regarding == [office.instance(case).business_key] * 2
    assert [office.record(row.id).level for row in begun(office)] == [3, 3]
    assert [call.inputs for call in office.topics.calls] == [{"level": 3, "word": "hello"}] * 2
    assert [office.open(row.id) for row in begun(office)] == [["b"], ["b"]]
    assert {row.state for row in office.rows(Message)} == {"delivered"}


def test_the_record_of_a_begun_case_is_opened_under_its_own_name(office):
    office.deploy(MAIN, companion=BEGUN)
    office.complete("t", case=office.start())
    office.tick()
    office.tick()

    one, other = begun(office)
    office.complete("b", case=one.id, **{"companion.phase": "done", "file.phase": "a mere variable"})

    assert office.record(one.id).phase == "done"
    assert office.record(other.id).phase is None
    assert office.rows(FileRow, FileRow.phase.is_not(None))[0].instance_id == one.id


@pytest.mark.parametrize("path", ["file.level", "companion.unknown"])
def test_a_model_reads_the_record_of_its_own_process_only(office, path):
    reads = model(work("w", inside=mappings({"x": f"${{{path}}}"})), "start > w > end", key=KEY)

    with pytest.raises(InvalidModel) as caught:
        office.deploy(MAIN, companion=reads)

    assert [
        (one.code, one.element_id, one.params["path"]) for one in caught.value.problems if one.severity == "error"
    ] == [("feel.unknown_path", "w", path)]


@pytest.mark.parametrize(("process", "problems"), [("main", [("a", "companion.verdict", "form")]), (KEY, [])])
def test_a_form_asks_for_the_record_of_the_process_that_uses_it(process, problems):
    field = b'{"type": "textfield", "id": "f", "key": "companion.verdict"}'
    form = b'{"type": "default", "id": "own", "components": [%s]}' % field
    uses = model(task("a").replace('"answer"', '"own"'), "start > a > end", key=process)
    known = Known(
        groups=frozenset({"desk"}),
        paths={"file.level": PathType("number")},
        own_paths={KEY: {"companion.verdict": PathType("string")}},
    )

    found = errors_in(check({"main.bpmn": uses, "own.form": form}, known))

    assert [(one.element_id, one.params["path"], one.params["place"]) for one in found] == problems
