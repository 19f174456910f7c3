"""What was sent becomes typed values and stored files."""

import io

import pytest

from engine import commands
from engine.commands import Submitted
from engine.commands.submitted import dig
from engine.errors import FileRefused
from engine.forms import UploadedFile
from engine.models import Attachment
from tests.applications import DESK


def file(name, content):
    return UploadedFile(name, "text/plain", len(content), io.BytesIO(content))


def test_files_sent_with_a_task_become_part_of_the_case(office):
    office.deploy(DESK)
    case = office.start()
    task_id = office.claim("a")
    sent = Submitted(files={"letter": [file("note.txt", b"hello")]}, values={"verdict": "yes"})

    office.do(commands.complete_task, task_id, sent, by="ann")

    [attachment] = office.rows(Attachment)
    assert (attachment.instance_id, attachment.task_id, attachment.origin) == (case, task_id, "staff")


def test_a_file_that_is_refused_refuses_the_command(office):
    office.deploy(DESK)
    office.start()
    task_id = office.claim("a")
    sent = Submitted({"verdict": ["yes"]}, {"letter": [file("run.exe", b"MZ\x90\x00" + bytes(100))]})

    with pytest.raises(FileRefused):
        office.do(commands.complete_task, task_id, sent, by="ann")

    assert office.open() == ["a"]
    assert office.rows(Attachment) == []


def test_without_a_form_nothing_that_is_sent_counts(office):
    application = office.site.applications["desk"]

    assert Submitted({"x": ["1"]}).answers(None, {}, application.functions) == {}
    assert Submitted(values={"x": 1}).answers(None, {}, application.functions) == {"x": 1}


def test_a_path_is_looked_up_inside_what_was_answered():
    assert dig({"a": {"b": 3}}, "a.b") == 3
    assert dig({"a": {"b": None}}, "a.b") is None
    assert dig({"a": 1}, "a.b") is dig({}, "x")
