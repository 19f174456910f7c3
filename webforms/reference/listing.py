"""All tables, one table, and their CSV files."""

from flask import Response, render_template

from engine import reference
from engine.queries.reference import open_proposals, rows_of, table_versions
from engine.reference import Rows, Table
from webforms.guards import who
from webforms.language import current_language
from webforms.reference.parts import current, keeper, pages, table_of, table_page
from webforms.store import db, site


@pages.get("")
@who(keeper)
def index() -> str:
    """All tables and where they stand."""
    session = db.session()
    waiting = open_proposals(session)
    tables = [
        (table, current(table), next((v for v in table_versions(session, table.name) if v.state == "confirmed"), None))
        for application in site().applications.values()
        for table in application.tables.values()
    ]
    return render_template("reference/index.html", tables=tables, waiting=waiting, language=current_language())


@pages.get("/<name>")
@who(keeper)
def show(name: str) -> str:
    """One table: its rows, its versions, and ways to change it."""
    return table_page(table_of(name))


@pages.get("/<name>/rows.csv")
@who(keeper)
def download(name: str) -> Response:
    """The rows in force as CSV."""
    table = table_of(name)
    number, rows = current(table)
    return _csv(table, number, rows)


@pages.get("/<name>/<int:number>.csv")
@who(keeper)
def download_version(name: str, number: int) -> Response:
    """The rows of one version as CSV."""
    table = table_of(name)
    return _csv(table, number, rows_of(db.session(), table, number))


def _csv(table: Table, number: int, rows: Rows) -> Response:
    answer = Response(reference.write(table, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{table.name}-{number}.csv"'
    return answer
