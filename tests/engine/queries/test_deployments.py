"""What process owners see of the versions of an application."""

import pytest

from engine import commands, definitions
from engine.errors import NotFound
from engine.queries import deployments
from tests.office import OFFICE
from tests.office.installation import NOW


@pytest.fixture
def second(office):
    """A second version, deployed by Eva over the shipped one."""
    base_id = office.ask(deployments.state, "office", None).newest.id
    changed = {"office.bpmn": OFFICE.model_files()["office.bpmn"] + b"<!-- another -->"}
    return commands.deploy(office.site, "office", changed, actor=office.eva, now=NOW, base_id=base_id, comment="better")


def test_versions_come_newest_first_with_who_and_why(office, second):
    newest, shipped = office.ask(deployments.versions, "office")

    assert (newest.number, newest.by, newest.origin, newest.comment) == (2, "Eva", "person", "better")
    assert (shipped.number, shipped.by, shipped.origin) == (1, "", "shipped")
    assert [newest.is_active, shipped.is_active, newest.is_newest, shipped.is_newest] == [True, False, True, False]


def test_an_older_version_can_be_the_active_one(office, second):
    first = office.ask(deployments.version, "office", 1)
    commands.activate_version(office.site, first.id, actor=office.eva, now=NOW)

    state = office.ask(deployments.state, "office", None)
    assert (state.active.number, state.newest.number, state.waiting) == (1, 2, None)


def test_a_shipped_version_behind_a_persons_one_waits(office, second):
    with office.site.database.transaction() as session:
        later = OFFICE.model_files() | {"office.bpmn": OFFICE.model_files()["office.bpmn"] + b"<!-- later -->"}
        definitions.deploy(session, OFFICE, later, shipped=True, now=NOW)

    state = office.ask(deployments.state, "office", None)
    assert (state.active.number, state.waiting.number) == (2, 3)


def test_ones_own_drafts_come_first_and_can_be_opened(office, second):
    for file, body in (("a.bpmn", b"1"), ("b.bpmn", b"2")):
        commands.save_model_draft(
            office.site, "office", file, body, base_id=second.deployment_id, actor=office.eva, now=NOW
        )

    drafts = office.ask(deployments.state, "office", office.eva.id).drafts
    assert {(draft.file, draft.by, draft.base_number, draft.is_own) for draft in drafts} == {
        ("a.bpmn", "Eva", 2, True),
        ("b.bpmn", "Eva", 2, True),
    }
    assert office.ask(deployments.draft, "office", "b.bpmn", office.eva.id).body == b"2"
    assert office.ask(deployments.draft, "office", "b.bpmn", office.ann.id) is None
    assert not any(draft.is_own for draft in office.ask(deployments.state, "office", office.ann.id).drafts)


def test_files_tell_the_processes_they_bring(office, second):
    files = office.ask(deployments.files, second.deployment_id)

    assert (files[0].name, files[0].is_diagram) == ("office.bpmn", True)
    assert "request" in files[0].processes
    assert {file.name for file in files} == set(OFFICE.model_files())
    assert office.ask(deployments.file, second.deployment_id, "office.bpmn").endswith(b"<!-- another -->")


def test_what_is_not_there_is_not_found(office):
    with pytest.raises(NotFound):
        office.ask(deployments.version, "office", 9)
    with pytest.raises(NotFound):
        office.ask(deployments.file, 1, "absent.bpmn")
