"""What somebody sends, checked before any transaction: size, kind, name, and photos without their notes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from engine.attachments.kinds import file_name, media_type
from engine.attachments.photos import without_metadata
from engine.errors import FileRefused

FILE_BYTES = 20 * 1024 * 1024
FILES_PER_SUBMISSION = 20


class FileEmpty(FileRefused):
    """The file “{name}” was not accepted: it is empty."""


class FileTooLarge(FileRefused):
    """The file “{name}” was not accepted: it is larger than {megabytes} MB."""


class PhotoDamaged(FileRefused):
    """The file “{name}” was not accepted: the picture is damaged or cut short."""


class TooManyFiles(FileRefused):
    """These are {count} files; send at most {most} at once."""


@dataclass(frozen=True)
class Upload:
    """One file as it comes in: the name its sender gave it, and its bytes from the current position on."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True)
class Checked:
    """A file that may be stored: a harmless name, and the media type its content has."""

    name: str
    media_type: str
    sha256: str
    content: bytes = field(repr=False)


def check(upload: Upload, *, strip: bool) -> Checked:
    """The file, read and found acceptable; `strip` removes the camera's notes from JPEG and PNG photos.

    Raises a FileRefused that says why.
    """
    shown = file_name(upload.name)
    content = upload.stream.read(FILE_BYTES + 1)
    if not content:
        raise FileEmpty(name=shown)
    if len(content) > FILE_BYTES:
        raise FileTooLarge(name=shown, megabytes=FILE_BYTES // 1024**2)
    kind = media_type(shown, content)
    if strip:
        try:
            content = without_metadata(content, kind)
        except ValueError as error:
            raise PhotoDamaged(name=shown) from error
    return Checked(file_name(upload.name, kind), kind, hashlib.sha256(content).hexdigest(), content)


def check_all(uploads: Iterable[Upload], *, strip: bool) -> list[Checked]:
    """The files of one submission; raises as `check`, and TooManyFiles."""
    found = list(uploads)
    if len(found) > FILES_PER_SUBMISSION:
        raise TooManyFiles(count=len(found), most=FILES_PER_SUBMISSION)
    return [check(upload, strip=strip) for upload in found]
