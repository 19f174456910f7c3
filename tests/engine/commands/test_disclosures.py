"""Nothing personal is shown in full before it is on record who asked; the record itself holds names, never values."""

import pytest

from engine import values
from engine.commands.disclosures import disclose, disclose_file
from engine.errors import InvalidInput, NotAllowed
from engine.identity import CONSUMER
from engine.models import Attachment, HistoryEvent
from tests.applications import DESK

pytestmark = pytest.mark.store


@pytest.fixture
def instance(office):
    office.deploy(DESK)
    return office.instance(office.start())


def told(office):
    events = office.rows(HistoryEvent, HistoryEvent.kind.in_(("personal_shown", "file_opened")))
    return [(event.kind, event.actor, values.loads(event.detail)) for event in events]


def test_a_view_says_who_which_case_which_fields_and_what_for(office, instance):
    office.do(disclose, instance, ["person.mobile"], "identity", by="ann")

    detail = {
        "instance": instance.id,
        "case": instance.business_key,
        "fields": ["person.mobile"],
        "purpose": "identity",
    }
    assert told(office) == [("personal_shown", "ann", detail)]


@pytest.mark.parametrize("purpose", ["", "because"])
def test_a_view_needs_a_purpose(office, instance, purpose):
    with pytest.raises(InvalidInput, match="what you need"):
        office.do(disclose, instance, ["person.mobile"], purpose, by="ann")

    assert told(office) == []


def test_an_opened_file_is_told_by_its_id(office, instance):
    office.do(disclose_file, instance, Attachment(id="file-1"), by="ann")

    detail = {"instance": instance.id, "case": instance.business_key, "file": "file-1"}
    assert told(office) == [("file_opened", "ann", detail)]


def test_who_has_no_account_is_shown_nothing(office, instance):
    with pytest.raises(NotAllowed):
        disclose(office.site, instance, [], "identity", actor=CONSUMER, now=office.now)
