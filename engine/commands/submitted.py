"""What a person sent with a form, and how it becomes typed values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, cast

from sqlalchemy.orm import Session

from engine import attachments
from engine.attachments import Origin, Stored, Upload, check_all, put
from engine.feel import Functions
from engine.forms import Form, UploadedFile
from engine.identity import CONSUMER, Actor
from engine.models import ProcessInstance
from engine.site import Site

_MISSING = object()


@dataclass(frozen=True)
class Submitted:
    """Raw fields as a browser sends them, name → texts, and files, name → uploads."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[UploadedFile]] = field(default_factory=dict)
    language: str = "zh"
    #: typed values instead of fields, for callers that are programs: path → value
    values: Mapping[str, Any] | None = None
    #: photos lose the camera's notes, as those of consumers do
    strip: bool = False

    def stored_files(self, site: Site, *, strip: bool) -> list[Stored]:
        """All files, checked and written to disk: done before a transaction begins. Raises FileRefused.

        `strip` removes the camera's notes from photos. A file whose row is never written is swept up later.
        """
        uploads = [Upload(file.name, cast(BinaryIO, file.stream)) for files in self.files.values() for file in files]
        return [put(site, checked) for checked in check_all(uploads, strip=strip)]

    def answers(self, form: Form | None, context: Mapping[str, Any], functions: Functions) -> dict[str, Any]:
        """Path → typed value of everything the form writes; without a form nothing. Raises InvalidForm."""
        if self.values is not None:
            return dict(self.values)
        if form is None:
            return {}
        submission = form.submit(self.fields, self.files, context, self.language, functions)
        found = {path: dig(submission.values, path) for path in form.keys}
        return {path: value for path, value in found.items() if value is not _MISSING}


def dig(values: Any, path: str) -> Any:
    """The value at the dotted `path` of nested mappings; a marker of its own when there is none."""
    for part in path.split("."):
        if not isinstance(values, Mapping) or part not in values:
            return _MISSING
        values = values[part]
    return values


def keep_files(
    site: Site, session: Session, instance: ProcessInstance, files: Sequence[Stored], actor: Actor, now: datetime
) -> None:
    """Make files that lie on disk part of the case. Raises InstanceFull, Erased."""
    origin = Origin("consumer" if actor is CONSUMER else "staff", actor.id)
    for file in files:
        attachments.store(session, site, instance, file, origin, now)
