"""Commands of process owners."""

import pytest

from engine import commands, history
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.models import HistoryEvent, ModelDraft, PersonGroup
from tests.applications import DESK, model, task


def test_deploying_and_activating_stand_in_the_audit_stream(office):
    first = office.deploy(DESK)
    office.deploy(model(task("a"), "start > a > end"))
    office.do(commands.activate_version, first.deployment_id, by="olga")

    stream = office.rows(HistoryEvent, HistoryEvent.stream.startswith(history.chain.AUDIT))
    assert [(event.kind, event.actor) for event in stream] == [
        ("deployed", "olga"),
        ("deployed", "olga"),
        ("activated", "olga"),
    ]


def test_only_process_owners_and_admins_deploy(office):
    with pytest.raises(NotAllowed):
        office.deploy(DESK, by="ann")
    with pytest.raises(NotAllowed):
        office.do(commands.add_group, "x", "", "", by="ann")
    with pytest.raises(NotFound, match="no application “nothing”"):
        office.do(commands.deploy, "nothing", {}, by="olga")


def test_a_draft_of_a_file_is_kept_for_its_owner_until_it_is_thrown_away(office):
    base = office.deploy(DESK).deployment_id

    office.do(commands.save_model_draft, "desk", "main.bpmn", b"<half/>", base_id=base, by="olga")
    office.do(commands.save_model_draft, "desk", "main.bpmn", b"<more/>", base_id=base, by="olga")
    assert [draft.body for draft in office.rows(ModelDraft)] == [b"<more/>"]

    commands.discard_model_draft(office.site, "desk", "main.bpmn", actor=office.people["olga"])
    assert office.rows(ModelDraft) == []


def test_a_draft_needs_a_base_of_its_application_and_a_sensible_name(office):
    base = office.deploy(DESK).deployment_id

    with pytest.raises(NotFound):
        office.do(commands.save_model_draft, "desk", "main.bpmn", b"x", base_id=99, by="olga")
    with pytest.raises(InvalidInput):
        office.do(commands.save_model_draft, "desk", "x" * 201, b"x", base_id=base, by="olga")


def test_a_group_is_added_once_and_has_a_plain_key(office):
    office.do(commands.add_group, "night_shift", "夜班", "", by="olga")

    assert office.rows(PersonGroup, PersonGroup.key == "night_shift")[0].name_en == "night_shift"
    with pytest.raises(InvalidInput, match="exists already"):
        office.do(commands.add_group, "night_shift", "", "", by="olga")
    with pytest.raises(InvalidInput):
        office.do(commands.add_group, "no blanks", "", "", by="olga")
