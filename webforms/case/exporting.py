"""The file of a case as one archive: its timeline as CSV and JSON, and its documents."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

import orjson
from flask import Response, send_file
from flask_babel import format_datetime, gettext
from sqlalchemy.orm import Session

from engine import attachments, clock
from engine.errors import Erased, NotFound
from engine.models import Attachment
from engine.queries import CaseHead, FileRow
from engine.reference import sheet
from engine.site import Site
from webforms.case.lines import KINDS, Line

#: Bytes that are kept in memory before the archive goes to disk.
IN_MEMORY = 8 * 1024 * 1024


def archive(session: Session, site: Site, case: CaseHead, lines: Sequence[Line], files: Iterable[FileRow]) -> Response:
    """The archive, to be saved; texts are masked as on the screen, documents are as they came."""
    target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the answer
    rows = [_row(line) for line in reversed(lines)]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("case.json", _json(_about(case)))
        package.writestr("timeline.json", _json(rows))
        package.writestr("timeline.csv", _csv(rows))
        for number, file in enumerate(files, start=1):
            content = _content(session, site, file)
            if content is not None:
                package.writestr(f"documents/{number:03} {file.name}", content)
    target.seek(0)
    return send_file(target, "application/zip", as_attachment=True, download_name=f"{case.business_key}.zip")


def _about(case: CaseHead) -> dict[str, Any]:
    return {
        "number": case.business_key,
        "process": case.process,
        "version": case.version,
        "status": case.status,
        "started_at": case.started_at,
        "ended_at": case.ended_at,
        "exported_at": clock.now(),
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "id": line.key,
        "at": line.at,
        "kind": line.kind,
        "who": line.who,
        "username": line.username,
        "what": line.title,
        "text": line.text,
        "notes": list(line.notes),
        "changes": [{"name": each.name, "before": each.before, "after": each.after} for each in line.changes],
    }


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """With a mark at its beginning, by which spreadsheets know the encoding; a cell never begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([gettext("When"), gettext("Kind"), gettext("Who"), gettext("What"), *_rest()])
    for row in rows:
        changes = "; ".join(
            f"{each['name']}: {each['before'] or '–'} → {each['after'] or '–'}" for each in row["changes"]
        )
        cells = [
            format_datetime(row["at"], "yyyy-MM-dd HH:mm:ss"),
            str(KINDS[row["kind"]]),
            row["who"],
            row["what"],
            row["text"],
            "; ".join(row["notes"]),
            changes,
        ]
        writer.writerow([sheet.harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _rest() -> tuple[str, str, str]:
    return gettext("Text"), gettext("Notes"), gettext("Before and after")


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def _content(session: Session, site: Site, file: FileRow) -> bytes | None:
    """What is in a file; None where it was erased or is lost."""
    row = session.get(Attachment, file.id)
    if row is None or not file.name:
        return None
    try:
        return attachments.read(session, site, row).content
    except (Erased, NotFound):
        return None
