"""By which channels a notice goes: the shipped table row by row, as far as addresses do not matter yet."""

import pytest

from engine.errors import InvalidInput
from processes.complaint import channels, notices
from processes.complaint.letters import CONSUMER
from processes.complaint.register import REGISTER

ABROAD = {"clock.start": ["UK-DISP-FINAL"]}


def chosen(template_id, recipient=CONSUMER, **values):
    record = REGISTER.blank(
        {"channel": "CH.PORTAL", **{name.replace("__", "."): each for name, each in values.items()}}
    )
    return channels.choose(channels.shipped(), record, recipient, notices.template(template_id, "zh"))


@pytest.mark.parametrize(
    ("template_id", "values", "expected"),
    [
        ("N11", {}, ["sms", "email", "portal", "letter", "in_person"]),
        ("N11", {"channel": "CH.PHONE"}, ["sms", "email", "letter", "in_person"]),
        ("N11", {"preferred_channel": "email"}, ["email", "sms", "portal", "letter", "in_person"]),
        ("N11", {"preferred_channel": "portal"}, ["portal", "sms", "email", "letter", "in_person"]),
        ("N10", {"preferred_channel": "sms"}, ["sms", "email", "portal", "letter", "in_person"]),
        ("N10", {"preferred_channel": "phone"}, ["phone", "sms", "email", "portal", "letter", "in_person"]),
        ("N10", {"preferred_channel": "letter"}, ["letter", "sms", "email", "portal", "in_person"]),
        ("N11", {"preferred_channel": "letter"}, ["sms", "email", "portal", "letter", "in_person"]),
        ("N10", {"special_needs": ["elderly"]}, ["phone", "letter", "sms", "email", "portal", "in_person"]),
        ("N10", {"special_needs": ["visual"]}, ["phone", "sms", "email", "portal", "letter", "in_person"]),
        ("N11", {"special_needs": ["elderly"]}, ["sms", "email", "portal", "letter", "in_person"]),
        ("N12", {}, ["sms", "email", "portal"]),
        ("N10", ABROAD, ["email", "portal", "letter", "in_person"]),
        ("N11", ABROAD, ["sms", "email", "portal", "letter", "in_person"]),
    ],
)
def test_channels_follow_the_notice_the_person_and_the_rules(template_id, values, expected):
    assert (
        list(chosen(template_id, **{name.replace(".", "__"): each for name, each in values.items()}).channels)
        == expected
    )


def test_elderly_people_get_large_print_and_the_matched_rules_are_told():
    choice = chosen("N10", special_needs=["elderly"])
    assert choice.large_print
    assert choice.made.rules[:2] == ("elderly_call", "elderly_letter")
    assert choice.made.inputs["template"] == "N10"
    assert not chosen("N10").large_print


def test_staff_get_mail_or_read_it_with_the_case_and_regulators_a_paper():
    assert chosen("I02", "owner").channels == ("email", "portal")
    assert chosen("G01", "regulator").channels == ("letter",)
    assert chosen("I02", "owner").made is None


def test_nobody_is_written_to_about_an_imported_case():
    assert chosen("N10", imported=True, preferred_channel="letter").channels == ("portal",)


def test_a_notice_for_which_the_table_leaves_no_channel_is_named():
    record = REGISTER.blank({"channel": "CH.PORTAL"})
    template = notices.Template("G01", "zh", "1", "s", "b", channels=("fax",))
    with pytest.raises(InvalidInput, match="leaves no channel for the notice G01"):
        channels.choose(channels.shipped(), record, CONSUMER, template)
