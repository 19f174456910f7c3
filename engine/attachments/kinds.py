"""What a file is, by its content, and what it may be called. Nothing here trusts a name or a browser."""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

import filetype

from engine.errors import FileRefused

#: Media type → the endings its names may have; the first is added to a name that has none of them.
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "audio/mpeg": (".mp3",),
    "audio/wav": (".wav",),
    "audio/mp4": (".m4a",),
    "video/mp4": (".mp4",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "message/rfc822": (".eml",),
    "text/plain": (".txt",),
}
#: For the `accept` attribute of a file field.
ACCEPT = ",".join(ending for endings in ENDINGS.values() for ending in endings)
NAME_LENGTH = 120

_OFFICE_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Names under which the library knows what we call otherwise.
_SAME = {"audio/x-wav": "audio/wav"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAIL_HEADER = re.compile(
    r"\A(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)*(?:from|date|received|return-path):", re.IGNORECASE
)


class FileTypeRefused(FileRefused):
    """The file “{name}” was not accepted: its content is none of PDF, JPEG, PNG, HEIC, MP3, WAV, M4A, MP4, DOCX, XLSX, EML or plain text."""  # noqa: E501 - one message


class FileHasMacros(FileRefused):
    """The file “{name}” was not accepted: it contains macros. Save it without them and send it again."""


def media_type(name: str, content: bytes) -> str:
    """The media type of `content`; its name decides only between kinds that look alike.

    Raises FileTypeRefused for anything that is not in ENDINGS, FileHasMacros for office files with program code.
    """
    ending = PurePosixPath(name).suffix.lower()
    guessed = filetype.guess_mime(content)
    found = _office(name, content) if content.startswith(b"PK\x03\x04") else _SAME.get(guessed, guessed)
    if found == "video/mp4" and ending == ".m4a":  # what many telephones call a voice recording
        return "audio/mp4"
    if found in ENDINGS:
        return str(found)
    if ending in {".txt", ".eml", ""} and (text := _text(content)) is not None:
        return "message/rfc822" if ending == ".eml" and _MAIL_HEADER.match(text) else "text/plain"
    raise FileTypeRefused(name=name)


def file_name(name: str, media_type: str | None = None) -> str:
    """A harmless form of `name`: no path, no control or direction characters, its type's ending, limited length."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if char.isspace() else char for char in last if char.isspace() or _is_harmless(char))
    clean = re.sub(r'[<>:"|?*]', "_", " ".join(shown.split())).strip(". ") or "file"
    endings = ENDINGS.get(media_type or "", ("",))
    ending = next((ending for ending in endings if clean.lower().endswith(ending)), None)
    stem = clean if ending is None else clean[: len(clean) - len(ending)]
    kept = endings[0] if ending is None else clean[len(stem) :]
    return (stem[: NAME_LENGTH - len(kept)].strip(". ") or "file") + kept


def _is_harmless(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _office(name: str, content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise FileHasMacros(name=name)
    if "[Content_Types].xml" not in parts:
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in parts), None)


def _text(content: bytes) -> str | None:
    """`content` as text, or None when it is none."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
