"""What a consumer still sends about a merged complaint reaches the case in which it is dealt with."""

import pytest

from engine import clock, commands
from engine.identity import Actor
from processes.complaint import consumer, messages
from processes.complaint.links import commands as linking
from processes.complaint.links import following
from tests.bank import NOW

ADMIN = Actor(1, "root", "Root", frozenset({"admin"}))


@pytest.fixture
def merge(bank):
    """Merges one complaint into another and ends it, as its process does: (one, other) → nothing."""

    def merge(one, other):
        linking.merge_case(bank.site, one.case_id, other.number, "同一投诉", actor=ADMIN, now=NOW)
        commands.cancel_instance(bank.site, one.case_id, "并案办理", actor=ADMIN, now=NOW)
        bank.change(one.case_id, closed_at=NOW, close_reason="merged")

    return merge


def texts(bank, case_id):
    with bank.reading() as session:
        return [(each.kind, each.text) for each in messages.messages(session, case_id)]


def send(bank, filed, text, key="k1"):
    consumer.send_material(bank.site, filed.case_id, text, (), sender_key=key, now=clock.now())


def test_material_goes_to_the_root_and_both_complaints_show_it(bank, merge):
    root, copy = bank.file(), bank.file()
    bank.work()
    merge(copy, root)
    for _ in range(2):
        send(bank, copy, "补充一张账单")
    assert texts(bank, root.case_id) == [("material", "补充一张账单")]
    assert texts(bank, copy.case_id) == [("material", "补充一张账单")]
    with bank.reading() as session:
        assert following.onward(session, copy.case_id) == following.Onward(root.case_id, root.number)
        assert following.onward(session, root.case_id) is None


def test_material_about_a_merged_complaint_whose_root_is_closed_is_refused_with_what_to_do(bank, merge):
    root, copy = bank.file(), bank.file()
    merge(copy, root)
    commands.cancel_instance(bank.site, root.case_id, "已办结", actor=ADMIN, now=NOW)
    with pytest.raises(consumer.ComplaintClosed, match="Ask for a review"):
        send(bank, copy, "还有一点")
    assert texts(bank, copy.case_id) == []


def test_another_persons_number_is_not_told(bank, merge):
    root = bank.file(**{"complaint.person.mobile": "13900139000", "complaint.person.email": "other@example.test"})
    copy = bank.file()
    merge(copy, root)  # by the same name only
    with bank.reading() as session:
        assert following.onward(session, copy.case_id) == following.Onward(root.case_id, "")


def test_while_the_process_has_not_merged_it_the_complaint_goes_its_own_way(bank):
    root, copy = bank.file(), bank.file()
    linking.merge_case(bank.site, copy.case_id, root.number, "同一投诉", actor=ADMIN, now=NOW)
    with bank.reading() as session:
        assert following.onward(session, copy.case_id) is None
    send(bank, copy, "补充一张账单")
    assert texts(bank, copy.case_id) == [("material", "补充一张账单")]
    assert texts(bank, root.case_id) == []
