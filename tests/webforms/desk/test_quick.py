"""The quick record on a phone: few fields, photos without what the camera wrote, and no second record."""

import io

import pytest

from engine import attachments
from engine.models import Attachment, UserTask
from processes.complaint.register import REGISTER
from tests.webforms.conftest import Browser

NOTED = {
    "complaint.narrative": "排队超过一小时没有人理会。",
    "complaint.onsite.scene": "poor_service",
    "complaint.onsite.place": "lobby",
    "complaint.onsite.actions": "apology",
    "complaint.cat_c": "C.ATT",
}
SETTLED = {
    "resolved_on_spot": "true",
    "complaint.onsite.agreed": "true",
    "complaint.texts.verification_result": "等候超过一小时，情况属实。",
    "complaint.texts.decision_text": "当面致歉并立即办理。",
    "complaint.texts.grounds": "服务承诺等候不超过三十分钟。",
    "complaint.root_cause": "RC.DISC",
}


@pytest.fixture
def phone(bank, bank_app):
    return Browser(bank_app, bank.person("li", "intake@OUTLET"))


def tasks(bank):
    with bank.reading() as session:
        return [task.element_id for task in session.query(UserTask)]


def test_few_fields_make_a_record_that_goes_on_to_registration(phone, bank):
    done = phone.get(phone.post("/quick", 303, **NOTED).to)
    bank.work()

    assert "TS-20260302-OUTLET-00001" in done.text(".reference-box")
    assert "register" in tasks(bank)
    assert "record_onsite" not in tasks(bank)


def test_what_was_settled_on_the_spot_is_answered_at_once(phone, bank):
    phone.post("/quick", 303, **NOTED, **SETTLED)
    bank.work()

    with bank.reading() as session:
        record = REGISTER.open(session, bank.only_case_id())
        assert record.get("fast_lane") is True
    assert "register" not in tasks(bank)


def test_what_lacks_is_told_and_the_story_stays(phone):
    page = phone.post("/quick", 422, **{**NOTED, "complaint.cat_c": ""})

    assert "Reason" in page.text(".error-summary")
    assert NOTED["complaint.narrative"] in page.text("textarea")


def test_ticking_settled_asks_how(phone):
    page = phone.post("/quick", 200, _update="1", **NOTED, resolved_on_spot="true")

    assert "complaint.root_cause" in [each.get("name") for each in page.find("select")]


def test_photos_lose_what_the_camera_wrote(phone, bank):
    phone.post("/quick", 303, **NOTED, onsite_photos=(photo(), "lobby.jpg"))

    with bank.reading() as session:
        kept = session.query(Attachment).one()
        content = attachments.read(session, bank.site, kept).content
    assert b"Redmi" not in content


def test_the_record_opens_the_camera_of_a_phone(phone):
    camera = phone.get("/quick").find("input[type=file]")[0]

    assert (camera.get("capture"), camera.get("accept")) == ("environment", "image/*")


def photo():
    """A picture in which a camera has left its name."""
    notes = b"Exif\0\0" + b"MM\0*\0\0\0\x08\0\0" + b"Redmi"
    return io.BytesIO(
        b"\xff\xd8" + segment(0xE1, notes) + segment(0xDB, bytes(65)) + segment(0xDA, b"") + b"\0\xff\xd9"
    )


def segment(mark, content):
    return b"\xff" + bytes([mark]) + (len(content) + 2).to_bytes(2, "big") + content
