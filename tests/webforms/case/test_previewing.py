"""What a browser may show of a file."""

import pytest

from engine.attachments import File
from webforms.case import previewing


@pytest.mark.parametrize(
    ("media_type", "size", "shown"),
    [
        ("application/pdf", 10**7, True),
        ("text/plain", 10, True),
        ("image/png", 10, True),
        ("image/png", previewing.MOST_PICTURE + 1, False),
        ("image/heic", 10, False),
        ("video/mp4", 10, False),
        ("text/html", 10, False),
    ],
)
def test_only_what_is_harmless_and_small_enough_is_shown(media_type, size, shown):
    assert previewing.may_be_shown(media_type, size) is shown


def test_a_picture_stands_inside_its_page():
    assert previewing.shown(File("a.png", "image/png", b"abc")).picture == "data:image/png;base64,YWJj"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_its_encoding(encoding):
    shown = previewing.shown(File("a.txt", "text/plain", "年费未退<script>".encode(encoding)))

    assert (shown.text, shown.picture, shown.is_cut) == ("年费未退<script>", "", False)


def test_a_long_text_is_cut_and_says_so():
    shown = previewing.shown(File("a.txt", "text/plain", b"x" * (previewing.MOST_TEXT + 1)))

    assert len(shown.text) == previewing.MOST_TEXT
    assert shown.is_cut


def test_every_kind_of_file_has_a_name(app):
    with app.test_request_context():
        assert previewing.kind_name("image/heic") in {"Picture", "图片"}
        assert previewing.kind_name("unknown/kind") == "unknown/kind"
