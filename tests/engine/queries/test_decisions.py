"""What the decision tables said in a case: by which rows, because of what."""

import pytest

from engine import queries
from engine.errors import NotFound
from engine.models import ProcessInstance
from engine.queries.decisions import Named, _outputs
from tests.bank import NOW


def told(bank, case_id, language="en"):
    with bank.reading() as session:
        return {row.decision: row for row in queries.decisions(session, bank.site, case_id, language)}


def test_each_table_is_told_as_it_was_asked_last_with_the_rows_that_held(bank):
    case_id = bank.file().case_id
    bank.work()
    [found] = told(bank, case_id).values()

    assert (found.name, found.at, found.times) == ("Channels of a notice", NOW, 1)
    assert found.outputs[0].name == "channel"
    assert found.outputs[0].value[0] == "email"
    assert "Prefers e-mail" in " ".join(found.reasons)
    assert told(bank, case_id, "zh")["notice_channel"].name == "通知渠道"


def test_only_what_the_rows_that_held_looked_at_is_told(bank):
    case_id = bank.file().case_id
    bank.work()
    tested = {each.name: each.value for each in told(bank, case_id)["notice_channel"].inputs}

    assert tested["complaint.preferred_channel"] == "email"
    assert "complaint.special_needs" not in tested


def test_of_erased_people_only_the_rules_are_told(bank):
    case_id = bank.file().case_id
    bank.work()
    with bank.database.transaction() as session:
        subject_id = session.get_one(ProcessInstance, case_id).subject_id
        bank.site.vault.erase(session, subject_id, NOW)
    found = told(bank, case_id)["notice_channel"]

    assert found.reasons
    assert (found.outputs, found.inputs) == ((), ())


def test_a_case_that_is_not_there_has_none(bank):
    with pytest.raises(NotFound):
        told(bank, "none")


def test_values_of_several_rows_stand_together_under_their_output():
    rows = [{"channel": "phone", "large": False}, {"channel": "email", "large": False}]

    assert list(_outputs(None, rows, "en")) == [
        Named("channel", "channel", ["phone", "email"]),
        Named("large", "large", [False, False]),
    ]
    assert list(_outputs(None, 7, "en")) == [Named("", "", 7)]
