"""What a submitted form gives, and what it refuses."""

import io
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.errors import InvalidForm
from engine.forms import UploadedFile

COMPLETE = {
    "summary": ["Card charged twice"],
    "confirmed": ["", "true"],
}


def file(name="letter.pdf", media_type="application/pdf", content=b"x") -> UploadedFile:
    return UploadedFile(name, media_type, len(content), io.BytesIO(content))


@pytest.fixture
def submit(form, context, functions):
    def submit_form(entered=None, files=None, language="en", **more):
        return form.submit({**COMPLETE, **(entered or {})}, files or {}, {**context, **more}, language, functions)

    return submit_form


@pytest.fixture
def refused(submit):
    def errors_of(entered=None, files=None, language="en", **more) -> dict[str, str]:
        with pytest.raises(InvalidForm) as caught:
            submit(entered, files, language, **more)
        return {name: template.format(**params) for name, (template, params) in caught.value.errors.items()}

    return errors_of


def test_answers_are_typed_and_nested(submit):
    values = submit(
        {
            "complaint.email": ["li@example.com"],
            "amount": ["\uff11\uff0c\uff12\uff13\uff14.\uff15"],
            "received_at": ["2026-03-10T11:30"],
            "event_on": ["2026年3月9日"],
            "call_time": ["14:30"],
            "founded": ["", "yes"],
            "reason": ["delay"],
            "demands": ["", "refund", "apology"],
            "contact.phone": ["138 0013 8000"],
            "narrative": ["one\r\ntwo"],
        },
        limit=Decimal(9999),
    ).values
    shanghai = ZoneInfo("Asia/Shanghai")
    assert values == {
        "summary": "Card charged twice",
        "confirmed": True,
        "complaint": {"email": "li@example.com"},
        "amount": Decimal("1234.5"),
        "double": Decimal(2469),
        "received_at": datetime(2026, 3, 10, 11, 30, tzinfo=shanghai),
        "event_on": date(2026, 3, 9),
        "call_time": time(14, 30),
        "founded": "yes",
        "reason": "delay",
        "demands": ["refund", "apology"],
        "contact": {"phone": "13800138000"},
        "narrative": "one\ntwo",
    }


def test_an_emptied_answer_is_null_and_one_that_was_not_asked_does_not_occur(submit):
    values = submit({"amount": [""], "demands": [""]}).values
    assert values["amount"] is None
    assert values["demands"] == []
    assert "narrative" not in values


def test_everything_wrong_is_told_at_once_in_the_readers_language(refused):
    assert refused({"summary": [""], "confirmed": [""], "amount": ["many"]}) == {
        "summary": "“Summary” must be filled in",
        "confirmed": "“I confirm” must be ticked",
        "amount": "“Amount” is not a clear number; write it like 1234.50",
    }
    assert refused({"summary": [""]}, language="zh") == {"summary": "“摘要” must be filled in"}


def test_a_hidden_answer_is_dropped_and_not_required(submit):
    assert "reason" not in submit({"founded": ["no"], "reason": ["delay"], "contact.phone": ["not a number"]}).values


def test_a_question_that_appears_must_be_answered(refused):
    assert refused({"founded": ["yes"]}) == {"reason": "“Reason” needs a choice"}


def test_a_limit_may_be_an_expression(refused):
    assert refused({"amount": ["500.01"]}) == {"amount": "“Amount” must be 500 or less"}
    assert refused({"amount": ["-1"]}) == {"amount": "“Amount” must be 0 or more"}
    assert refused({"amount": ["1.234"]}) == {"amount": "“Amount” has more than 2 digits after the point"}


def test_steps_are_exact(make, field):
    form = make(field("number", increment="0.000000000000001"))
    assert form.submit({"x": ["1234567890123456789012345"]}, {}, {}).values["x"] == 1234567890123456789012345
    tenth = make(field("number", increment="0.1"))
    assert tenth.submit({"x": ["0.3"]}, {}, {}).values == {"x": Decimal("0.3")}
    with pytest.raises(InvalidForm):
        tenth.submit({"x": ["0.35"]}, {}, {})


def test_a_locked_answer_is_never_taken(submit):
    assert "approved" not in submit({"approved": ["999999"]}).values


def test_a_forged_answer_does_not_unlock_itself(make, field):
    form = make(field("textfield", "status", disabled='=status != "open"'))
    assert form.submit({"status": ["open"]}, {}, {"status": "closed"}).values == {}
    assert form.submit({"status": ["closed"]}, {}, {"status": "open"}).values == {"status": "closed"}


@pytest.mark.parametrize(
    "name", ["other", "double", "measures", "measures-x-what", "measures-1-other", "summary-0-what", "proof.x"]
)
def test_a_name_that_is_not_the_forms_is_refused(refused, name):
    assert refused({name: ["1"]}) == {"": "The form contains fields that do not belong to it"}


def test_a_file_for_a_field_that_is_not_the_forms_is_refused(refused):
    assert refused(files={"other": [file()]}) == {"": "The form contains fields that do not belong to it"}


def test_buttons_of_the_page_are_no_fields(submit):
    assert submit({"_complete": ["1"], "_rows:measures": [""]}).values["measures"] == []


@pytest.mark.parametrize("entered", [{"founded": ["maybe"]}, {"demands": ["refund", "gold"]}, {"tags": ["c"]}])
def test_an_option_that_was_not_offered_is_refused(refused, entered):
    (message,) = refused(entered).values()
    assert message.endswith("was answered with something that was not offered")


def test_an_answer_given_twice_is_refused(refused):
    assert refused({"summary": ["first", "second"]}) == {"summary": "“Summary” was answered more than once"}


def test_a_rule_must_hold_and_speaks_in_its_own_words(refused):
    assert refused({"received_at": ["2026-03-10T12:01"]}) == {"received_at": "That lies in the future"}
    assert refused({"received_at": ["2026-03-10T12:01"]}, language="zh") == {"received_at": "不能晚于现在"}


def test_a_rule_may_ask_for_one_of_two_answers(make, field):
    rule = {"rule": "mobile != null or email != null", "rule:en": "One of both", "rule:zh": "至少一项"}
    form = make(field("textfield", "mobile"), field("textfield", "email", properties=rule))
    with pytest.raises(InvalidForm) as caught:
        form.submit({"mobile": [""], "email": [""]}, {}, {})
    assert set(caught.value.errors) == {"email"}
    assert form.submit({"mobile": ["1"], "email": [""]}, {}, {}).values == {"mobile": "1", "email": None}


def test_the_message_of_a_field_can_be_its_own(make, field):
    form = make(field("number", "n", properties={"error:en": "How many?", "error:zh": "多少？"}))
    with pytest.raises(InvalidForm) as caught:
        form.submit({"n": ["?"]}, {}, {}, "zh")
    assert caught.value.errors["n"][1]["text"] == "多少？"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([file("a.exe", "application/x-msdownload")], "is of a kind that is not accepted"),
        ([file(content=b"")], "is empty"),
        ([file()] * 21, "takes at most 20 files"),
    ],
)
def test_files_that_were_not_asked_for_are_refused(refused, files, told):
    assert told in refused(files={"proof": files})["proof"]


def test_files_stand_beside_the_values(submit):
    pictures = [file("A.PDF", "application/octet-stream"), file("b.heic", "image/heic")]
    submission = submit(files={"proof": pictures})
    assert submission.files == {"proof": tuple(pictures)}
    assert "proof" not in submission.values


def test_a_required_file_may_be_there_already(make, field):
    form = make(field("filepicker", "proof", validate={"required": True}))
    with pytest.raises(InvalidForm):
        form.submit({}, {}, {})
    assert form.submit({}, {}, {"proof": ["document-1"]}).files == {}


def test_a_lazy_record_is_read_only_where_the_form_reads_it(make, field):
    class Record(dict):
        def __missing__(self, key):
            raise AssertionError(key)

    class Context(dict):
        def __getitem__(self, key):
            assert key != "secret"
            return super().__getitem__(key)

    form = make(field("number", "complaint.amount", validate={"max": "=complaint.limit"}))
    context = Context(complaint=Record(limit=5), secret=1)
    assert form.submit({"complaint.amount": ["5"]}, {}, context).values == {"complaint": {"amount": Decimal(5)}}
    with pytest.raises(InvalidForm):
        form.submit({"complaint.amount": ["6"]}, {}, context)
