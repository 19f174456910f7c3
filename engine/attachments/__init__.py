"""Files of a case: checked by their content, encrypted with a key of their own, kept outside the web root."""

from engine.attachments.kinds import ACCEPT, FileTypeRefused, file_name
from engine.attachments.photos import without_metadata
from engine.attachments.store import (
    File,
    FileLost,
    InstanceFull,
    Origin,
    Stored,
    names,
    put,
    read,
    store,
    sweep,
)
from engine.attachments.uploads import (
    Checked,
    FileEmpty,
    FileTooLarge,
    TooManyFiles,
    Upload,
    check,
    check_all,
)

__all__ = [
    "ACCEPT",
    "Checked",
    "File",
    "FileEmpty",
    "FileLost",
    "FileTooLarge",
    "FileTypeRefused",
    "InstanceFull",
    "Origin",
    "Stored",
    "TooManyFiles",
    "Upload",
    "check",
    "check_all",
    "file_name",
    "names",
    "put",
    "read",
    "store",
    "sweep",
    "without_metadata",
]
