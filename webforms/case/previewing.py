"""Files shown in the browser: what can be shown at all, and how, so that nothing in a file can act."""

import base64
import io
from dataclasses import dataclass

from flask import Response, send_file
from flask_babel import lazy_gettext

from engine.attachments import File

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png"})
TEXTS = frozenset({"text/plain", "message/rfc822"})

#: Bytes of a picture, which stands inside its page, and characters of a text.
MOST_PICTURE, MOST_TEXT = 10 * 1024 * 1024, 200_000

#: A PDF is shown by the browser itself, as a page of its own that may load nothing from here.
_ALONE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'"

#: Media type → what it is called.
_NAMES = {
    PDF: "PDF",
    "image/jpeg": lazy_gettext("Picture"),
    "image/png": lazy_gettext("Picture"),
    "image/heic": lazy_gettext("Picture"),
    "text/plain": lazy_gettext("Text"),
    "message/rfc822": lazy_gettext("E-mail"),
    "audio/mpeg": lazy_gettext("Sound recording"),
    "audio/wav": lazy_gettext("Sound recording"),
    "audio/mp4": lazy_gettext("Sound recording"),
    "video/mp4": lazy_gettext("Video"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": lazy_gettext("Word document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lazy_gettext("Spreadsheet"),
}


@dataclass(frozen=True)
class Shown:
    """A file in a page: a picture as a data address, or its text, cut where it is too long."""

    name: str
    picture: str
    text: str
    is_cut: bool


def may_be_shown(media_type: str, size: int) -> bool:
    """Whether a browser can show it; everything else is saved."""
    return media_type == PDF or media_type in TEXTS or (media_type in PICTURES and size <= MOST_PICTURE)


def kind_name(media_type: str) -> str:
    """What kind of file it is, in words."""
    return str(_NAMES.get(media_type, media_type))


def shown(file: File) -> Shown:
    """A picture or text inside a page."""
    if file.media_type in PICTURES:
        coded = base64.b64encode(file.content).decode()
        return Shown(file.name, f"data:{file.media_type};base64,{coded}", "", is_cut=False)
    text = _text(file.content)
    return Shown(file.name, "", text[:MOST_TEXT], is_cut=len(text) > MOST_TEXT)


def pdf(file: File) -> Response:
    """A PDF for the browser's own viewer."""
    answer = send_file(io.BytesIO(file.content), PDF, as_attachment=False, download_name=file.name)
    answer.headers["Content-Security-Policy"] = _ALONE
    return answer


def _text(content: bytes) -> str:
    """The text of a file in the encodings that files of a case may have; what is none is marked."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")
