import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.attachments.kinds import ENDINGS, NAME_LENGTH, FileHasMacros, FileTypeRefused, file_name, media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def package(*parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "x")  # without the time: the bytes are in names of tests
    return stream.getvalue()


WORD = package("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def box(brand, *compatible):
    return (16 + 4 * len(compatible)).to_bytes(4, "big") + b"ftyp" + brand + bytes(4) + b"".join(compatible) + bytes(64)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"%PDF-1.7\n" + bytes(50), "application/pdf"),
        ("a.exe", b"%PDF-1.7\n" + bytes(50), "application/pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png"),
        ("a.heic", box(b"heic", b"mif1"), "image/heic"),
        ("a.heic", box(b"mif1", b"heic"), "image/heic"),
        ("a.mp3", b"ID3\x04" + bytes(50), "audio/mpeg"),
        ("a.wav", b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(50), "audio/wav"),
        ("a.m4a", box(b"M4A ", b"mp42", b"isom"), "audio/mp4"),
        ("a.m4a", box(b"isom", b"mp42"), "audio/mp4"),
        ("a.mp4", box(b"isom", b"mp42"), "video/mp4"),
        ("a.docx", WORD, DOCX),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        ("a.txt", "投诉材料".encode(), "text/plain"),
        ("a.txt", "投诉材料".encode("gb18030"), "text/plain"),
        ("a.txt", "投诉材料".encode("utf-16"), "text/plain"),
        ("a", b"BMW bought in 2020\r\n", "text/plain"),
        ("a.eml", b"Received: from a\n by b\nFrom: a@example.com\n\nText", "message/rfc822"),
        ("a.eml", b"Subject: x\r\nX-A: y\r\n folded\r\nDate: z\r\n\r\nText", "message/rfc822"),
        ("a.eml", b"From here on it is text", "text/plain"),
    ],
)
def test_the_content_decides_the_kind(name, content, expected):
    assert media_type(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00" + bytes(80)),
        ("a.txt", b"\x7fELF" + bytes(80)),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.gif", b"GIF89a" + bytes(80)),
        ("a.zip", package("readme.txt")),
        ("a.docx", package("word/document.xml")),
        ("a.docx", WORD[:60]),
        ("a.mov", box(b"qt  ")),
        ("a.txt", b"text with \x00 in it"),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_every_other_content_is_refused_whatever_its_name(name, content):
    with pytest.raises(FileTypeRefused, match="none of PDF"):
        media_type(name, content)


def test_an_office_file_with_macros_is_refused():
    with pytest.raises(FileHasMacros, match="macros"):
        media_type("a.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"))


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Users\\ann\\合同 2026.PDF", "application/pdf", "合同 2026.PDF"),
        ("invoice\u202efdp.exe", "application/pdf", "invoicefdp.exe.pdf"),
        ("photo.png", "image/jpeg", "photo.png.jpg"),
        ("a\tb\r\nc.jpeg", "image/jpeg", "a b c.jpeg"),
        ('a<b>:"|?*.txt', "text/plain", "a_b______.txt"),
        (".htaccess", "text/plain", "htaccess.txt"),
        (".pdf", "application/pdf", "pdf.pdf"),
        ("", "image/png", "file.png"),
        ("x" * 500 + ".docx", DOCX, "x" * (NAME_LENGTH - 5) + ".docx"),
        ("any.thing", None, "any.thing"),
    ],
)
def test_a_name_becomes_harmless(name, kind, expected):
    assert file_name(name, kind) == expected


@given(st.text(max_size=300), st.sampled_from([None, *ENDINGS]))
def test_a_harmless_name_is_short_visible_and_stays_as_it_is(name, kind):
    clean = file_name(name, kind)

    assert 0 < len(clean) <= NAME_LENGTH
    assert clean.isprintable()
    assert not set(clean) & set('/\\<>:"|?*')
    assert not clean.startswith(".")
    assert kind is None or clean.lower().endswith(ENDINGS[kind])
    assert file_name(clean, kind) == clean
