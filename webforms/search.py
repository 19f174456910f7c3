"""One box for all cases: by number, name, phone and the words of their texts."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import clock, queries, search
from engine.commands.disclosures import record_search
from engine.queries import Findings
from engine.search import Asked, Kind
from processes.complaint.searching import found
from webforms.auditing import KINDS
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site

pages = Blueprint("search", __name__, url_prefix="/search")


@pages.get("")
@who(staff)
def index() -> str | Response:
    """What is found, or how to search; the very number of a case leads to it.

    Who looked for a person or for words stands in the audit stream before anything is shown.
    """
    typed, session, actor = request.args.get("q", ""), db.session(), current_actor()
    asked = search.asked(site().vault, typed)
    exact = queries.case_numbered(session, site(), actor, asked.number)
    if exact is not None:
        return redirect(url_for("instances.show", instance_id=exact))
    page = request.args.get("page", 1, type=int)
    findings = queries.found_cases(session, site(), asked, actor, current_language(), page)
    ids = [row.instance_id for row in findings.rows]
    complaints = found(session, site().vault, ids, current_language())
    if _is_personal(asked, findings):
        by = {kind for row in findings.rows for kind in row.where}
        record_search(site(), asked, by, findings.total, actor=actor, now=clock.now())
    return render_template(
        "search.html",
        searched=typed[: search.LONGEST],
        asked=asked,
        found=findings,
        complaints=complaints,
        kinds=KINDS,
        longest=search.LONGEST,
    )


def _is_personal(asked: Asked, findings: Findings) -> bool:
    """Whether more than numbers was looked for: what found cases by their numbers alone was a number."""
    by_number = bool(findings.rows) and all(row.where == (Kind.NUMBER,) for row in findings.rows)
    return bool(asked.words) and not by_number
