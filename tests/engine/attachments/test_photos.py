import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.attachments.photos import without_metadata

GPS = b"31.2304N 121.4737E"
PICTURE = b"\x12\x34\xff\x00\x56\xff\xd0\x78"


def segment(marker, payload):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def exif(orientation=None, order=">"):
    mark = b"MM\0*" if order == ">" else b"II*\0"
    entries = [] if orientation is None else [struct.pack(f"{order}HHLHH", 0x0112, 3, 1, orientation, 0)]
    ifd = struct.pack(f"{order}LH", 8, len(entries)) + b"".join(entries) + bytes(4)
    return segment(0xE1, b"Exif\0\0" + mark + ifd + GPS)


def jpeg(*segments, after=b""):
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + PICTURE
    return b"\xff\xd8" + b"".join(segments) + scan + scan + b"\xff\xd9" + after


JFIF, COLOURS, TABLE = segment(0xE0, b"JFIF\0\x01\x02"), segment(0xE2, b"ICC_PROFILE\0x"), segment(0xDB, bytes(65))


def strip(content):
    return without_metadata(content, "image/jpeg")


def test_place_comments_and_thumbnails_go_and_the_picture_stays():
    notes = [
        exif(),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + GPS),
        segment(0xE2, b"MPF\0" + GPS),
        segment(0xED, b"Photoshop 3.0\0" + GPS),
        segment(0xFE, GPS),
    ]

    assert strip(jpeg(JFIF, *notes, COLOURS, TABLE, after=b"a film with " + GPS)) == jpeg(JFIF, COLOURS, TABLE)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_photo_stays_turned(orientation, order):
    stripped = strip(jpeg(exif(orientation, order), TABLE))

    assert GPS not in stripped
    assert stripped == strip(stripped)
    assert struct.pack(">HHLH", 0x0112, 3, 1, orientation) in stripped


@pytest.mark.parametrize("orientation", [None, 0, 1, 9])
def test_an_upright_photo_needs_no_note(orientation):
    assert strip(jpeg(exif(orientation), TABLE)) == jpeg(TABLE)


def test_a_photo_without_end_mark_gets_one():
    assert strip(jpeg(TABLE)[:-2]) == jpeg(TABLE)


@pytest.mark.parametrize("content", [b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0", b"\xff\xd8garbage"])
def test_a_damaged_photo_is_an_error(content):
    with pytest.raises(ValueError, match="picture"):
        strip(content)


@given(st.binary(max_size=60))
def test_any_bytes_end_in_a_picture_or_an_error(rest):
    for start, kind in ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png")):
        try:
            stripped = without_metadata(start + rest, kind)
        except ValueError:
            continue
        assert without_metadata(stripped, kind) == stripped


def chunk(kind, payload):
    return struct.pack(">L", len(payload)) + kind + payload + struct.pack(">L", zlib.crc32(kind + payload))


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def test_a_png_loses_its_notes_too():
    notes = [chunk(kind, GPS) for kind in (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME")]
    head, body = chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"picture")

    assert without_metadata(png(head, *notes, body) + GPS, "image/png") == png(head, body)
    with pytest.raises(ValueError, match="cut short"):
        without_metadata(png(head, body)[:-6], "image/png")


def test_other_kinds_stay_as_they_are():
    assert without_metadata(GPS, "text/plain") == GPS
