"""Files of a case, decrypted for somebody who may see the case."""

import io

from flask import Blueprint, Response, send_file

from engine import attachments, clock, queries
from engine.commands.disclosures import disclose_file
from engine.errors import NotFound
from engine.models import Attachment, ProcessInstance
from webforms.guards import current_actor, staff, who
from webforms.store import db, site

pages = Blueprint("files", __name__, url_prefix="/files")


@pages.post("/<file_id>")
@who(staff)
def download(file_id: str) -> Response:
    """The file, once it is on record who opens it; to be saved, never shown by the browser as part of these pages."""
    session = db.session()
    row = session.get(Attachment, file_id)
    if row is None or not queries.may_see_case(session, site(), row.instance_id, current_actor()):
        raise NotFound
    instance = session.get_one(ProcessInstance, row.instance_id)
    disclose_file(site(), instance, row, actor=current_actor(), now=clock.now())
    file = attachments.read(session, site(), row)
    answer = send_file(io.BytesIO(file.content), file.media_type, as_attachment=True, download_name=file.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
