"""What companion cases do to complaints: an early sign becomes one, and the effect of a rectification is counted."""

from datetime import timedelta

import pytest

from engine import clock, commands
from engine.applications import Work
from engine.commands import Submitted
from processes.complaint.matters.effects import SPAN, count_effect
from processes.complaint.register import REGISTER
from tests.bank import NOW

SIGN = {
    "matter.unit": "OUTLET",
    "matter.sign.scene": "early_sign",
    "matter.sign.sign": "long_wait",
    "matter.sign.note": "客户等候半小时，反复看表并询问。",
    "matter.sign.person_name": "王小明",
}


def test_an_early_sign_becomes_a_complaint_once_that_knows_what_was_noted(bank, desk):
    host = bank.person("host", "handler_branch")
    with clock.at(NOW):
        commands.start_instance(bank.site, "precomplaint", Submitted(values=SIGN), actor=host, now=NOW, key="sign")
    [sign] = desk.cases("precomplaint")

    desk.complete(sign, host, matter__sign__action="已协助登记。", matter__sign__result="convert")
    desk.wait(minutes=1)

    [complaint] = desk.cases("complaint")
    [number] = desk.read(sign, "complaint.number")
    with bank.reading() as session:
        record = REGISTER.open(session, complaint)
        told = [record.get(path) for path in ("number", "channel", "narrative", "person.full_name", "received_at")]
    assert told == [number, "CH.COUNTER", SIGN["matter.sign.note"], "王小明", NOW]


@pytest.mark.parametrize(
    ("days", "counted"), [(-1, (1, 0)), (-91, (0, 0)), (1, (0, 1)), (89, (0, 1)), (0, (1, 0)), (90, (0, 1))]
)
def test_the_effect_of_a_rectification_is_what_came_in_the_90_days_before_and_after(bank, desk, days, counted):
    filed = bank.file()
    bank.change(filed.case_id, received_at=NOW + timedelta(days=days), root_cause="RC.PROC.LONG")
    desk.send("rectification", filed.number, matter__rectification__root_cause="RC.PROC.LONG")
    [case] = desk.cases("rectification")

    with clock.at(NOW + SPAN):
        found = count_effect(bank.site, Work("job", "count_effect", case, "", "", {}, {}, 1, NOW + SPAN))

    assert (found["matter.rectification.before"], found["matter.rectification.after"]) == counted
