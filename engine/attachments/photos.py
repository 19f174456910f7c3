"""Photos without what their camera noted: place, time, device, thumbnails. JPEG and PNG; how to turn the picture stays.

HEIC keeps its notes: they lie in boxes that only a rewriting of the whole file removes.
"""

import re
import struct

_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
#: Markers without a length: restart markers, and TEM.
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP = range(0xE0, 0xF0)
#: The picture's next marker after compressed content, in which 0xFF is followed by 0, a restart or a fill byte.
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_NOTES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def without_metadata(content: bytes, media_type: str) -> bytes:
    """The same picture without notes; other kinds of file as they are. Raises ValueError for a damaged picture."""
    try:
        if media_type == "image/jpeg":
            return _jpeg(content)
        if media_type == "image/png":
            return _png(content)
    except (IndexError, struct.error) as error:
        raise ValueError("the picture is cut short") from error
    return content


def _jpeg(content: bytes) -> bytes:
    """Walks the segments of ITU-T T.81, annex B; what follows the end of the picture is dropped."""
    kept, position, turned = [content[:2]], 2, 1
    while True:
        if content[position] != 0xFF:
            raise ValueError("a segment of the picture does not begin with a marker")
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == _EOI:
            break
        end = _segment_end(content, position)
        payload = content[position + 4 : end]
        turned = max(turned, _orientation(payload))
        if marker == _SOS:
            following = _NEXT.search(content, end)
            end = following.start() if following else len(content)
        if _is_picture(marker, payload):
            kept.append(content[position:end])
        if marker == _SOS and end == len(content):  # without its end mark, as some cameras leave it
            break
        position = end
    return b"".join([kept[0], _turned(turned), *kept[1:], b"\xff\xd9"])


def _segment_end(content: bytes, position: int) -> int:
    if content[position + 1] in _BARE:
        return position + 2
    (length,) = struct.unpack_from(">H", content, position + 2)
    if length < 2 or position + 2 + length > len(content):
        raise ValueError("a segment of the picture has a wrong length")
    return position + 2 + int(length)


def _is_picture(marker: int, payload: bytes) -> bool:
    """Whether a segment is needed to show the picture: no comment, and of the APPn only JFIF, colours and Adobe's."""
    if marker in _APP:
        return payload.startswith((b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"))
    return marker != _COM


def _orientation(payload: bytes) -> int:
    """The orientation, 1 to 8, that an Exif segment gives; 1 (upright) when it gives none."""
    if not payload.startswith(_EXIF):
        return 1
    tiff = payload[len(_EXIF) :]
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHLH", tiff, start + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turned(orientation: int) -> bytes:
    """An Exif segment with nothing but the orientation."""
    if orientation == 1:
        return b""
    tiff = b"MM\0*" + struct.pack(">LHHHLHHL", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _png(content: bytes) -> bytes:
    kept, position = [_PNG], len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">L4s", content, position)
        end = position + 12 + length
        if end > len(content):
            raise ValueError("a chunk of the picture is cut short")
        if kind not in _PNG_NOTES:
            kept.append(content[position:end])
        position = end
    return b"".join(kept)
