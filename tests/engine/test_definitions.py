"""Deployments and versions: what becomes active, what waits, what running cases keep."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import commands, definitions
from engine.applications import Applications
from engine.definitions import Library
from engine.errors import InvalidInput, InvalidModel, NotAllowed, NotFound, NotLatest
from engine.models import Content, Deployment, DeploymentFile, ProcessDefinition
from tests.applications import FORM, model, task

ONE = model(task("a"), "start > a > end")
TWO = model(task("b"), "start > b > end")
BROKEN = model(task("a", groups="nobody"), "start > a")


@pytest.fixture
def ask(office):
    """Asks a function of definitions: (function, arguments) → what it gives."""

    def asked(function, *arguments):
        with office.site.database.reading() as session:
            found = function(session, *arguments)
            return found.number if isinstance(found, Deployment) else found

    return asked


@pytest.fixture
def ship(office, tmp_path):
    """Ships a BPMN text with the program."""

    def shipped(bpmn):
        folder: Path = tmp_path / "shipped"
        (folder / "forms").mkdir(parents=True, exist_ok=True)
        (folder / "main.bpmn").write_bytes(bpmn)
        (folder / "forms/answer.form").write_bytes(FORM)
        application = replace(office.site.applications["desk"], folder=folder)
        site = replace(office.site, applications=Applications([application]))
        return commands.ship(site, "desk", now=office.now)

    return shipped


@pytest.mark.store
def test_new_cases_use_the_new_version_and_running_ones_keep_theirs(office):
    office.deploy(ONE)
    old = office.start()
    office.deploy(TWO)
    new = office.start()

    assert (office.open(old), office.open(new)) == (["a"], ["b"])
    office.complete("a", case=old)
    assert office.instance(old).status == "completed"
    assert [row.version for row in office.rows(ProcessDefinition)] == [1, 2]


@pytest.mark.store
def test_content_is_kept_once_and_unchanged_content_does_nothing(office):
    first = office.deploy(ONE)
    again = office.deploy(ONE)

    assert (again.deployment_id, again.is_new) == (first.deployment_id, False)
    office.deploy(TWO)
    assert len(office.rows(Content)) == 3
    assert len(office.rows(DeploymentFile)) == 4


def test_rolling_back_is_deploying_again(office):
    office.deploy(ONE)
    office.deploy(TWO)
    back = office.deploy(ONE)

    assert (back.number, back.is_new, back.is_active) == (3, True, True)
    assert office.open(office.start()) == ["a"]


def test_an_older_version_is_made_active_again(office, ask):
    first = office.deploy(ONE)
    office.deploy(TWO)

    with pytest.raises(NotAllowed):
        office.do(commands.activate_version, first.deployment_id, by="ann")
    with pytest.raises(NotFound):
        office.do(commands.activate_version, 99, by="olga")
    office.do(commands.activate_version, first.deployment_id, by="olga")

    assert ask(definitions.active_deployment, "desk") == 1
    assert ask(definitions.newest_deployment, "desk") == 2
    assert office.open(office.start()) == ["a"]


def test_a_model_with_errors_is_refused_with_all_of_them_and_nothing_is_stored(office):
    with pytest.raises(InvalidModel) as refused:
        office.deploy(BROKEN)

    assert {problem.element_id for problem in refused.value.problems} >= {"a"}
    assert office.rows(Deployment) == office.rows(Content) == office.rows(ProcessDefinition) == []
    with pytest.raises(NotFound):
        office.start()


def test_one_file_is_deployed_over_its_base_unless_another_was_faster(office):
    base = office.deploy(ONE)
    changed = {"main.bpmn": TWO}
    newer = office.do(commands.deploy, "desk", changed, by="olga", base_id=base.deployment_id)

    assert newer.number == 2
    with pytest.raises(NotLatest, match="version 1, but version 2"):
        office.do(commands.deploy, "desk", changed, by="olga", base_id=base.deployment_id)


def test_what_is_shipped_takes_the_place_of_what_was_shipped_before(office, ship, ask):
    assert ship(ONE).is_active
    assert not ship(ONE).is_new
    assert ship(TWO).is_active
    assert ask(definitions.shipped_waiting, "desk") is None
    assert office.open(office.start()) == ["b"]


def test_what_is_shipped_never_takes_the_place_of_what_a_person_deployed(office, ship, ask):
    office.deploy(ONE)
    shipped = ship(TWO)

    assert (shipped.is_new, shipped.is_active) == (True, False)
    assert ask(definitions.shipped_waiting, "desk") == 2
    assert office.open(office.start()) == ["a"]
    assert not ship(TWO).is_new


def test_what_is_shipped_never_takes_the_place_of_what_a_person_went_back_to(office, ship, ask):
    first = ship(ONE)
    ship(TWO)
    office.do(commands.activate_version, first.deployment_id, by="olga")

    assert not ship(model(task("c"), "start > c > end")).is_active
    assert ask(definitions.active_deployment, "desk") == 1


def test_a_process_belongs_to_one_application(office):
    office.deploy(ONE)
    other = replace(office.site.applications["desk"], key="other")

    files = {"main.bpmn": TWO, "forms/answer.form": FORM}

    def deploy():
        with office.site.database.transaction() as session:
            definitions.deploy(session, other, files, now=office.now)

    with pytest.raises(InvalidInput, match="“main” belongs to the application “desk”"):
        deploy()


def test_the_files_of_a_deployment_come_back_as_they_were(office, ask):
    deployed = office.deploy(ONE)

    files = ask(definitions.files_of, deployed.deployment_id)
    assert files == {"main.bpmn": ONE, "forms/answer.form": FORM}
    assert definitions.file_set_hash(files) == office.rows(Deployment)[0].hash


def test_a_model_is_read_once_for_all_sessions(office):
    office.deploy(ONE)
    with office.site.database.reading() as session:
        first = Library(session).by_key("main")[1]
    with office.site.database.reading() as session:
        library = Library(session)
        definition_id, again, process = library.by_id(library.active()[0])

    assert again is first
    assert (process.key, definition_id) == ("main", office.rows(ProcessDefinition)[0].id)
    with office.site.database.reading() as session, pytest.raises(NotFound):
        Library(session).by_id(99)


def test_a_call_is_bound_by_deployment_number_or_tag(office):
    def tagged(tag):
        return model(task("a"), "start > a > end").replace(
            b'id="main"', f'id="main" camunda:versionTag="{tag}"'.encode()
        )

    for tag in ("old", "mid", "old"):
        office.deploy(tagged(tag))
    with office.site.database.reading() as session:
        library, ids = Library(session), [row.id for row in office.rows(ProcessDefinition)]

        def bound(*asked, caller=ids[1]):
            return ids.index(library.bound(*asked, caller)[0]) + 1

        assert bound("main", "deployment", "") == 2
        assert bound("main", "version", "1") == 1
        assert bound("main", "versionTag", "old") == 3, "the newest of those with the tag"
        assert bound("main", "versionTag", "mid") == 2
        for asked in (("main", "version", "4"), ("main", "version", "x"), ("main", "versionTag", "none")):
            with pytest.raises(NotFound):
                bound(*asked)
        with pytest.raises(NotFound):
            bound("gone", "deployment", "")
