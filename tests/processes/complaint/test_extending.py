"""Asking for an extension: one request at a time."""

import pytest

from engine import forms
from engine.errors import InvalidForm
from processes.complaint import application

FORM = forms.load((application.folder / "forms/extension.form").read_bytes())
REQUEST = {
    "extension_answer": ["yes"],
    "complaint.extension.reason_code": ["EXT-EVIDENCE"],
    "complaint.extension.facts": ["须向外部支付机构调取交易凭证，对方答复需时，已发函两次。"],
    "complaint.extension.done_so_far": ["已联系投诉人，已发函调证。"],
    "complaint.extension.plan": ["收到凭证后三日内答复投诉人。"],
}


def submit(state, **changed):
    context = {"complaint": {"extension": {"state": state, "next": "CN-NFRA-DEC-2"}, "clock": {}}}
    return FORM.submit(REQUEST | changed, {}, context, "zh", application.functions)


@pytest.mark.parametrize("state", ["none", "refused", "valid"])
def test_an_extension_is_asked_for_where_no_request_waits(state):
    assert submit(state).values["extension_answer"] == "yes"


def test_no_second_extension_is_asked_for_while_one_waits_for_approval():
    with pytest.raises(InvalidForm) as caught:
        submit("asked")

    assert list(caught.value.errors) == ["extension_answer"]
    assert "待批" in str(caught.value.errors["extension_answer"][1]["text"])
    assert submit("asked", extension_answer=["no"]).values["extension_answer"] == "no"
