"""What is masked elsewhere, in full."""

import pytest

from engine import clock
from engine.errors import Erased
from processes.complaint.messages import Message, write_message
from processes.complaint.personal import personal
from processes.complaint.tables import Complaint
from tests.processes.complaint.filing import SUBMITTED, local


def see(transaction, view, *arguments):
    with clock.at(local("2026-03-12")), transaction() as session:
        return view(session, *arguments)


def test_the_full_values_are_a_view_of_their_own_that_names_its_fields(file_complaint, transaction):
    file_complaint()
    see(
        transaction,
        write_message,
        "case-1",
        Message("m-1", "consumer", "progress", "请问办到哪一步了？", (), local("2026-03-12")),
    )
    full = see(transaction, personal, "case-1", "zh")
    assert full.person["full_name"] == "张小三"
    assert full.narrative == SUBMITTED["narrative"]
    assert {"person.full_name", "person.mobile", "narrative", "messages"} <= set(full.fields)
    assert "张小三" not in str(full.fields)


def test_representatives_are_shown_with_name_and_contact(file_complaint, record_of, transaction):
    file_complaint()
    people = [{"name": "李四", "contact": "13900009000"}, {"name": "王五"}]
    record_of(lambda record: record.set("person.representatives", people))
    assert see(transaction, personal, "case-1", "zh").person["representatives"] == "李四, 13900009000; 王五"


def test_the_kind_of_an_id_is_read_in_the_readers_language(file_complaint, transaction):
    file_complaint("case-1", {**SUBMITTED, "person.id_type": "resident_id"})
    kinds = [see(transaction, personal, "case-1", language).person["id_type"] for language in ("zh", "en")]
    assert len({*kinds, "resident_id"}) == 3


def test_what_was_erased_cannot_be_shown(file_complaint, transaction, site):
    file_complaint()
    with transaction() as session:
        site.vault.erase(session, session.get_one(Complaint, "case-1").subject_id, local("2026-04-01"))
    with pytest.raises(Erased):
        see(transaction, personal, "case-1", "zh")
