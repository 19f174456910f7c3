"""Text messages: their parts, and the folder that they are written to."""

import json
from datetime import UTC, datetime

import pytest

from engine import clock
from engine.errors import TopicFailedForGood
from engine.sms import ALONE, PART, FolderSms, parts, plain_number

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)


def test_a_message_becomes_a_file_with_number_parts_and_moment(tmp_path):
    with clock.at(NOW):
        reference = FolderSms(tmp_path / "sms").send("+86 138-0000 8000", "您好", "job-1-0")

    written = json.loads((tmp_path / "sms" / reference).read_text("utf-8"))
    assert reference == "job-1-0.json"
    assert written == {
        "to": "+8613800008000",
        "parts": ["您好"],
        "message_id": "job-1-0",
        "at": NOW.isoformat(),
    }


def test_the_same_message_again_replaces_its_file(tmp_path):
    sms = FolderSms(tmp_path)
    sms.send("13800008000", "one", "id")
    sms.send("13800008000", "two", "id")
    [path] = tmp_path.iterdir()
    assert json.loads(path.read_text("utf-8"))["parts"] == ["two"]


def test_an_id_with_signs_of_paths_stays_inside_the_folder(tmp_path):
    FolderSms(tmp_path / "sms").send("13800008000", "text", "../../elsewhere")
    assert [path.name for path in (tmp_path / "sms").iterdir()] == ["elsewhere.json"]


@pytest.mark.parametrize("number", ["", "138", "someone@example.test", "+8613800008000 ext 5", "12345678901234567890"])
def test_what_is_no_number_is_refused_for_good(number):
    with pytest.raises(TopicFailedForGood, match="telephone number"):
        plain_number(number)


@pytest.mark.parametrize(
    ("length", "lengths"),
    [(0, [0]), (ALONE, [70]), (ALONE + 1, [67, 4]), (2 * PART, [67, 67]), (2 * PART + 1, [67, 67, 1])],
)
def test_long_messages_are_cut_as_telephones_receive_them(length, lengths):
    found = parts("字" * length)
    assert [len(part) for part in found] == lengths
    assert "".join(found) == "字" * length


def test_a_sign_of_two_units_is_never_cut_in_half():
    found = parts("a" + "😀" * 40)
    assert "".join(found) == "a" + "😀" * 40
    assert all(len(part.encode("utf-16-be")) <= PART * 2 for part in found)
