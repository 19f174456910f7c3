"""What a file must hold before it is archived."""

from processes.complaint import codes
from processes.complaint.archiving import ITEMS, missing
from processes.complaint.register import REGISTER

FULL = {
    "narrative": "多收年费",
    "summary": "多收年费，要求退还",
    "identity_verified": "verified",
    "person.mobile": "13800008000",
    "outcome": "accept",
    "contact_attempts": [{"reached": "reached"}],
    "issues": [{"issue": "年费"}],
    "texts.conclusion": "未提示即收取",
    "demand_answers": [{"answer": "accept"}],
    "followup.method": "call",
}


def missed(**changes):
    record = REGISTER.blank(FULL | {path.replace("__", "."): value for path, value in changes.items()})
    return set(missing(record.get))


def test_every_paper_has_its_words():
    assert {item.code for item in ITEMS} == set(codes.lists()["archive_item"])


def test_what_is_there_is_not_missing():
    assert missed() == {"acknowledgement", "decision"}
    assert REGISTER.blank(FULL).get("archive_missing") == ["acknowledgement", "decision"]


def test_each_part_that_the_case_needs_is_named():
    assert missed(narrative=None, summary=None) == {"submission", "registration", "acknowledgement", "decision"}
    assert "enquiries" in missed(questions=[{"question": "何时"}])
    assert "legal" in missed(flags=["legal"])
    assert "measures" in missed(measures=[{"type": "M.REFUND", "group": "dept_credit"}])
    assert "regulator" in missed(channel="CH.REG.NFRA")


def test_a_paper_that_was_supplied_as_a_file_is_there():
    assert missed(papers_supplied=["decision"]) == {"acknowledgement"}


def test_the_fast_lane_and_nobody_to_write_to_need_less():
    gone = {"contact_attempts": [], "issues": [], "texts__conclusion": None, "demand_answers": []}
    assert {"contact", "evidence", "findings", "solution"} <= missed(**gone)
    assert missed(**gone, fast_lane=True) == {"acknowledgement", "decision"}
    assert missed(person__mobile=None) == set()
    assert missed(outcome="decline", **gone) == {"acknowledgement"}
