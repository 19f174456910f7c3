"""Model files on their way between a browser and a deployment: single files or a ZIP, in both directions.

A ZIP from outside is untrusted: its numbers are capped before anything is unpacked, and no name leads anywhere.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from werkzeug.datastructures import FileStorage

from engine.bpmn.kinds import kind_of
from engine.errors import FileRefused

MOST_FILES = 300
#: Bytes of one file, and of all files together, unpacked.
FILE_BYTES = 16 * 1024 * 1024
ALL_BYTES = 64 * 1024 * 1024
#: Models are text: they shrink to a tenth at best. What shrinks more than this was made to fill the disk.
MOST_SHRUNK = 100

_NAME = re.compile(r"[\w][\w .()-]{0,150}")
_ENDING = re.compile(r"(\.bpmn20)?\.\w+$")
_CHUNK = 64 * 1024

TOO_MANY = "The file “{name}” was not accepted: these are more than {most} files."
TOO_LARGE = "The file “{name}” was not accepted: it is larger than {megabytes} MB."
ALL_TOO_LARGE = "The file “{name}” was not accepted: the files are larger than {megabytes} MB together."
TWICE = "The file “{name}” was not accepted: it is there twice."
NOTHING = "No file was chosen. Choose .bpmn, .dmn or .form files, or a ZIP of them."
NO_ZIP = "The file “{name}” was not accepted: it is no ZIP file that can be read."
ENCRYPTED = "The file “{name}” was not accepted: it is encrypted."
BOMB = "The file “{name}” was not accepted: it unpacks to far more than it holds."
LEADS_OUT = "The file “{name}” was not accepted: its name leads to another folder."
KIND = "The file “{name}” was not accepted: only .bpmn, .dmn and .form files belong to a deployment."
NAME = "The file “{name}” was not accepted: its name has signs that are not possible here; rename it."


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of `files`, the same bytes for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def read_uploads(uploads: Iterable[FileStorage], known: Iterable[str]) -> dict[str, bytes]:
    """Name in the deployment → content of what was uploaded: model files, ZIPs of them, or both.

    `known` are the names of the version underneath: an upload of the same last name takes that place. What other
    modelers call `.bpmn2`, `.bpmn20.xml` or `.xml` is named as here. Raises FileRefused naming the file.
    """
    places = {PurePosixPath(name).name: name for name in known}
    found: dict[str, bytes] = {}
    for name, content in _contents(uploads):
        if len(found) >= MOST_FILES:
            raise FileRefused(TOO_MANY, name=name, most=MOST_FILES)
        place = places.get(name, f"forms/{name}" if name.endswith(".form") else name)
        if place in found:
            raise FileRefused(TWICE, name=name)
        found[place] = content
        if sum(map(len, found.values())) > ALL_BYTES:
            raise FileRefused(ALL_TOO_LARGE, name=name, megabytes=ALL_BYTES // 1024**2)
    if not found:
        raise FileRefused(NOTHING)
    return found


def _contents(uploads: Iterable[FileStorage]) -> Iterator[tuple[str, bytes]]:
    for upload in uploads:
        name = upload.filename or ""
        if not name:
            continue
        if name.lower().endswith(".zip"):
            yield from _unpacked(name, upload)
        else:
            content = upload.stream.read(FILE_BYTES + 1)
            if len(content) > FILE_BYTES:
                raise FileRefused(TOO_LARGE, name=name, megabytes=FILE_BYTES // 1024**2)
            yield _place(name, content), content


def _unpacked(name: str, upload: FileStorage) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(upload.stream) as archive:
            members = [member for member in archive.infolist() if not _is_passed_over(member)]
            _check_totals(name, members)
            for member in members:
                content = _read(archive, member)
                yield _place(member.filename, content), content
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise FileRefused(NO_ZIP, name=name) from error


def _is_passed_over(member: zipfile.ZipInfo) -> bool:
    """Folders, and what desktops add of their own."""
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or "__MACOSX" in parts or bool(parts and parts[-1].startswith("."))


def _check_totals(name: str, members: list[zipfile.ZipInfo]) -> None:
    """What the ZIP says of itself; what it really holds is counted again while reading."""
    if len(members) > MOST_FILES:
        raise FileRefused(TOO_MANY, name=name, most=MOST_FILES)
    if sum(member.file_size for member in members) > ALL_BYTES:
        raise FileRefused(ALL_TOO_LARGE, name=name, megabytes=ALL_BYTES // 1024**2)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 0x1:
        raise FileRefused(ENCRYPTED, name=member.filename)
    most = min(FILE_BYTES, max(_CHUNK, member.compress_size * MOST_SHRUNK))
    if member.file_size > most:
        raise FileRefused(BOMB, name=member.filename)
    with archive.open(member) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise FileRefused(BOMB, name=member.filename)
    return content


def _place(name: str, content: bytes) -> str:
    """The file's own name with the ending of its kind: folders do not count, and nothing may lead out of them."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise FileRefused(LEADS_OUT, name=name)
    kind = kind_of(path.name, content)
    if not kind:
        raise FileRefused(KIND, name=path.name)
    if not _NAME.fullmatch(path.name):
        raise FileRefused(NAME, name=path.name)
    return _ENDING.sub(f".{kind}", path.name)
