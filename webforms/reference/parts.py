"""What the pages of reference tables share: their blueprint, whose tables they are, cells and flaws in words."""

from dataclasses import dataclass

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext

from engine import access, clock, reference
from engine.commands.reference import in_force_of
from engine.errors import InvalidTable, RedressError
from engine.queries.reference import TableVersion, open_proposals, table_versions
from engine.reference import Flaw, Kind, Row, Rows, Table
from webforms.fields import explained
from webforms.guards import Allowed
from webforms.language import current_language
from webforms.static_files import is_static
from webforms.store import db, site

pages = Blueprint("reference", __name__, url_prefix="/tables")

#: Who proposes and confirms.
keeper = Allowed("table keeper", access.may_keep_tables)

#: Rows of one page.
PER_PAGE = 50
#: A cell of a list is cut after so many characters.
SHORT = 80
#: Families of pages that work without the tables, and for those who watch a broken installation.
_WITHOUT = frozenset({"health", None})


@dataclass(frozen=True)
class Told:
    """A flaw for a reader: where it is, and what."""

    row: int | None
    column: str
    place: str
    text: str


def init_app(app: Flask) -> None:
    """Let every request of `app` go by the rows that are in force when it begins."""
    app.before_request(_refresh)


def table_of(name: str) -> Table:
    """The table `name`; raises NotFound."""
    return site().applications.table(name)


def current(table: Table) -> tuple[int, Rows]:
    """Number and rows of the version in force, as the database has them."""
    return in_force_of(db.session(), table)


def table_page(table: Table, refusal: RedressError | None = None, comment: str = "") -> str:
    """The page of one table: rows, a form to upload, versions; with what was wrong with an upload."""
    number, rows = current(table)
    wanted = request.args.get("q", "").strip().casefold()
    found = [(place, row) for place, row in enumerate(rows, 2) if _speaks_of(table, row, wanted)]
    pages_there = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages_there)
    return render_template(
        "reference/table.html",
        table=table,
        number=number,
        found=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(rows),
        matching=len(found),
        page=page,
        pages=pages_there,
        q=request.args.get("q", ""),
        versions=table_versions(db.session(), table.name),
        proposal=proposal_of(table),
        flaws=flaws_of(table, refusal),
        error="" if refusal is None or isinstance(refusal, InvalidTable) else explained(refusal),
        comment=comment,
        standing=standing,
        short=SHORT,
        language=current_language(),
    )


def proposal_of(table: Table) -> TableVersion | None:
    """The change of this table that waits for a second person."""
    return open_proposals(db.session()).get(table.name)


def flaws_of(table: Table, refusal: RedressError | None) -> list[Told]:
    """What is wrong with rows that were refused, in the reader's language."""
    if not isinstance(refusal, InvalidTable):
        return []
    return [_told(table, flaw) for flaw in refusal.flaws if isinstance(flaw, Flaw)]


def standing(table: Table, row: Row) -> str:
    """`now`, `later` or `over`: how a row of a dated table stands today; `now` in any other."""
    if table.validity is None:
        return "now"
    today = clock.today()
    if table.validity.holds_on(row, today):
        return "now"
    return "later" if today < table.validity.begins(row) else "over"


def name_of(table: Table, row: Row) -> str:
    """What a row is called among the others."""
    return " · ".join(cell for cell in table.identity(row) if cell)


def kind_hint(kind: Kind) -> str:
    """How a cell of this kind is written."""
    hints = {
        Kind.DATE: gettext("A date, as 2026-03-10."),
        Kind.INTEGER: gettext("A whole number."),
        Kind.DECIMAL: gettext("A number with a point, as 1234.50."),
    }
    return str(hints.get(kind, ""))


def _told(table: Table, flaw: Flaw) -> Told:
    language = current_language()
    column = table.by_name.get(flaw.column)
    places = [gettext("Row %(number)s", number=flaw.row)] if flaw.row else []
    places += [column.label(language)] if column else []
    return Told(flaw.row, flaw.column, ", ".join(places), flaw.text(language))


def _speaks_of(table: Table, row: Row, wanted: str) -> bool:
    """Whether a cell, or what its codes are called, holds the text."""
    language = current_language()
    cells = ((row[column.name], column.shown(row[column.name], language)) for column in table.columns)
    return not wanted or any(wanted in each.casefold() for cell in cells for each in cell)


def _refresh() -> None:
    if request.blueprint not in _WITHOUT and request.endpoint and not is_static(request.endpoint):
        reference.refresh(db.session())
