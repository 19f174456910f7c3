"""The pages of one case beside its timeline: details, documents, process, what its application adds, print, export."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as Answer

from engine import attachments, clock, queries
from engine.commands.disclosures import disclose_export, disclose_file
from engine.errors import InvalidInput, NotFound
from engine.models import Attachment
from webforms import fields, panels
from webforms.case import exporting, previewing
from webforms.case.composing import lines_of
from webforms.case.frame import Opened, opened
from webforms.case.lines import Line, by_day
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.panels import PURPOSES
from webforms.store import db, site

pages = Blueprint("case", __name__, url_prefix="/instances/<instance_id>")

Page = str | Answer | tuple[str, int]


@pages.get("/details")
@who(staff)
def details(instance_id: str) -> str:
    """What the case is about, and what was answered at each step."""
    case = opened(instance_id)
    return render_template(
        "case/details.html",
        **case.context("details"),
        side=case.side(),
        beside=_beside(case),
        followers=queries.followers(db.session(), instance_id),
    )


@pages.get("/expected")
@who(staff)
def expected(instance_id: str) -> str:
    """When the case is expected to be done, and why then; the other pages fetch it when they are shown."""
    case = opened(instance_id)
    found = queries.case_forecast(db.session(), site(), clock.now(), instance_id)
    return render_template("case/expected.html", case=case.head, forecast=found)


@pages.get("/documents")
@who(staff)
def documents(instance_id: str) -> str:
    """Files and notices of the case."""
    case = opened(instance_id)
    sent = [line for line in case.part.lines() if line.kind == "notice"] if case.part else []
    return render_template(
        "case/documents.html",
        **case.context("documents"),
        files=queries.files_of(db.session(), site(), instance_id),
        notices=sent,
        may_be_shown=previewing.may_be_shown,
        kind_name=previewing.kind_name,
    )


@pages.post("/documents/<file_id>")
@who(staff)
def preview(instance_id: str, file_id: str) -> Page:
    """A file in the browser, once it is on record who opens it: text and pictures in a page, a PDF by itself."""
    case, session = opened(instance_id), db.session()
    row = session.get(Attachment, file_id)
    if row is None or row.instance_id != case.instance.id or not previewing.may_be_shown(row.media_type, row.size):
        raise NotFound
    disclose_file(site(), case.instance, row, actor=current_actor(), now=clock.now())
    file = attachments.read(session, site(), row)
    if row.media_type == previewing.PDF:
        return previewing.pdf(file)
    shown = previewing.shown(file)
    return render_template("case/preview.html", **opened(instance_id).context("documents"), shown=shown, row_id=row.id)


@pages.get("/process")
@who(staff)
def process(instance_id: str) -> str:
    """The diagram with its tokens, and the same as tables."""
    case, session = opened(instance_id), db.session()
    detail = queries.instance_detail(
        session, site(), instance_id, actor=current_actor(), language=current_language(), now=clock.now()
    )
    return render_template("case/process.html", **case.context("process"), detail=detail)


@pages.get("/about/<name>")
@who(staff)
def about(instance_id: str, name: str) -> str:
    """A page that the application of the case adds."""
    case = opened(instance_id)
    if case.part is None or name not in case.part.tabs:
        raise NotFound
    part = case.part.tabs[name].shown(db.session(), instance_id, current_language())
    return render_template("case/about.html", **case.context(name), body=panels.rendered(part, instance_id))


@pages.get("/print")
@who(staff)
def printed(instance_id: str) -> str:
    """The whole file of the case in the order in which it came about, to be printed; masked as on the screen."""
    case = opened(instance_id)
    lines = [line for line in _lines(case) if not line.is_fine]
    return render_template(
        "case/print.html",
        **case.context("print"),
        side=case.side(unfolded=True),
        beside=_beside(case),
        days=by_day(reversed(lines)),
        by=current_actor().username,
    )


@pages.route("/export", methods=["GET", "POST"])
@who(staff)
def export(instance_id: str) -> Page | Response:
    """Ask what the file is wanted for; then the timeline and the documents as one archive, on record before."""
    case, error, purpose = opened(instance_id), "", request.form.get("purpose", "")
    if request.method == "POST":
        try:
            files = queries.files_of(db.session(), site(), instance_id)
            lines = _lines(case)
            disclose_export(
                site(), case.instance, [file.id for file in files], purpose, actor=current_actor(), now=clock.now()
            )
            return exporting.archive(db.session(), site(), case.head, lines, files)
        except InvalidInput as refused:
            error = fields.explained(refused)
    page = render_template(
        "case/export.html", **opened(instance_id).context("export"), purposes=PURPOSES, purpose=purpose, error=error
    )
    return page, 422 if error else 200


def _lines(case: Opened) -> list[Line]:
    return lines_of(
        db.session(),
        site(),
        case.instance,
        lambda: case.part,
        actor=current_actor(),
        language=current_language(),
        now=clock.now(),
    )


def _beside(case: Opened) -> queries.Case:
    return queries.case(db.session(), site(), case.instance.id, language=current_language(), now=clock.now())
