"""Notices that people hand over: which wait, what recording does, and what is refused."""

import pytest

from engine import clock
from engine.errors import InvalidInput
from engine.forms import load
from processes.complaint import application
from processes.complaint.letters import attempts
from processes.complaint.register import REGISTER
from processes.complaint.topics import rehearse_notice
from tests.processes.complaint.filing import end_of, local

DECIDED = {
    "received_at": local("2026-03-10"),
    "preferred_channel": "letter",
    "texts.verification_result": "年费于2月5日扣收，未事先告知。",
    "texts.decision_text": "退还年费360元。",
    "texts.grounds": "领用合约第五条。",
    "remedies": ["review"],
}


@pytest.fixture
def record():
    """A complaint whose decision waits to be posted."""
    with clock.at(local("2026-03-10")):
        record = REGISTER.blank(DECIDED)
    with clock.at(local("2026-03-24")):
        result = rehearse_notice(record, {"template": "N10", "to": "consumer"}, local("2026-03-24"))
        record.set("decided", True)
    assert result.values["sent_at"] is None
    return record


def hand_over(record, at, now=None, **values):
    given = {"method": "letter", "reference": "XA123456789CN", **values}
    with clock.at(now or at):
        for name, value in given.items():
            record.set(f"delivery.{name}", value)
        record.set("delivery.delivered_at", at)


def test_a_decision_that_waits_has_decided_nothing_and_its_clock_runs(record):
    assert record.get("decided") is False
    assert record.get("clock.due_at") == end_of("2026-03-25")
    [option] = record.get("delivery.awaiting")
    assert (option["zh"], option["en"]) == ("处理决定答复书, 2026年3月24日 14:00", "Decision, 24 March 2026 14:00")


def test_posting_it_decides_at_that_moment_and_moves_progress_and_clocks(record):
    record.changed.clear()
    hand_over(record, local("2026-03-25", "17:00"), now=local("2026-03-26"))

    assert record.get("decided_at") == local("2026-03-25", "17:00")
    assert record.get("clock.met") is True
    assert record.get("progress.told_at") == local("2026-03-25", "17:00")
    assert record.get("delivery.awaiting") == []
    assert {"clock.warnings", "progress.moments"} <= record.changed
    [row] = record.complaint.notices
    assert (row.state, row.channel, row.sent_at) == ("sent", "letter", local("2026-03-25", "17:00"))
    [proof] = attempts(record.papers.sealing, row)
    assert (proof.state, proof.reference) == ("handed_over", "XA123456789CN")
    assert record.get("delivery.method") is None  # the form is empty for the next one
    assert record.get("delivery.reference") is None


@pytest.mark.parametrize(
    ("at", "values", "why"),
    [
        (local("2026-03-27"), {}, "in the future"),
        (local("2026-03-24", "13:59"), {}, "cannot have been handed over before"),
        (local("2026-03-25"), {"reference": ""}, "number of the recording"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(record, at, values, why):
    with pytest.raises(InvalidInput, match=why):
        hand_over(record, at, now=local("2026-03-26"), **values)
    assert record.get("decided") is False


def test_of_several_the_chosen_one_is_recorded(record):
    with clock.at(local("2026-03-24")):
        record.set("texts.conclusion", "退还年费。")
        rehearse_notice(record, {"template": "N20", "to": "consumer"}, local("2026-03-24"))
    with pytest.raises(InvalidInput, match="which of the waiting notices"):
        hand_over(record, local("2026-03-25"))

    hand_over(record, local("2026-03-25"), notice_id="N20-2")
    assert record.get("decided") is False
    assert [option["value"] for option in record.get("delivery.awaiting")] == ["N10-1"]


def test_where_nothing_waits_any_more_nothing_is_recorded(record):
    hand_over(record, local("2026-03-25"))
    hand_over(record, local("2026-03-26"))
    assert record.get("decided_at") == local("2026-03-25")


def test_the_form_sends_the_moment_last_for_it_acts():
    form = load((application.folder / "forms/deliver_notice.form").read_bytes())
    given = {
        "complaint.delivery.notice_id": ["N10-1"],
        "complaint.delivery.method": ["letter"],
        "complaint.delivery.reference": ["XA1"],
        "complaint.delivery.delivered_at": ["2026-03-25T17:00"],
    }
    context = {"complaint": {"delivery": {"awaiting": [{"value": "N10-1", "label": "Decision"}]}}}
    with clock.at(local("2026-03-26")):
        answers = form.submit(given, {}, context, "zh", application.functions)
    assert list(answers.values["complaint"]["delivery"])[-1] == "delivered_at"
