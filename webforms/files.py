"""Files of a case, decrypted for somebody who may see the case."""

import io

from flask import Blueprint, Response, send_file

from engine import attachments, queries
from engine.errors import NotFound
from engine.models import Attachment
from webforms.guards import current_actor, staff, who
from webforms.store import db, site

pages = Blueprint("files", __name__, url_prefix="/files")


@pages.get("/<file_id>")
@who(staff)
def download(file_id: str) -> Response:
    """The file, always to be saved and never shown by the browser as part of these pages."""
    session = db.session()
    row = session.get(Attachment, file_id)
    if row is None or not queries.may_see_case(session, site(), row.instance_id, current_actor()):
        raise NotFound
    file = attachments.read(session, site(), row)
    answer = send_file(io.BytesIO(file.content), file.media_type, as_attachment=True, download_name=file.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
