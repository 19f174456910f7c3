"""Proposing a change: one row on a form, or a whole file."""

from dataclasses import dataclass
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands, reference
from engine.errors import FileRefused, InvalidTable, NotFound, RedressError
from engine.reference import Flaw, Row, Rows, Table
from engine.reference.checking import as_date
from engine.reference.sheet import MOST_BYTES
from webforms.fields import explained
from webforms.guards import current_actor, who
from webforms.language import current_language
from webforms.reference.parts import current, flaws_of, keeper, kind_hint, name_of, pages, table_of, table_page
from webforms.store import site

#: How a row is changed: in its place, from a day on, or by taking it away; without a row a new one is added.
CORRECT, FOLLOW, REMOVE = "correct", "follow", "remove"


@dataclass(frozen=True)
class Edit:
    """What a form of one row is about. `place` is the row as a spreadsheet counts, None for a new one."""

    table: Table
    base: int
    rows: Rows
    place: int | None
    how: str
    cells: Row

    @property
    def old(self) -> Row | None:
        """The row as it is in force; raises NotFound when there is none at this place."""
        if self.place is None:
            return None
        if not 2 <= self.place < len(self.rows) + 2:
            raise NotFound
        return self.rows[self.place - 2]

    @property
    def edited(self) -> int:
        """The number of the row that the form fills in."""
        return len(self.rows) + 2 if self.place is None or self.how == FOLLOW else self.place

    def proposed(self) -> Rows:
        """The whole table with this edit."""
        if self.place is None:
            return (*self.rows, self.cells)
        before, after = self.rows[: self.place - 2], self.rows[self.place - 1 :]
        if self.how == REMOVE:
            return (*before, *after)
        if self.how == FOLLOW and self.old is not None:
            return (*before, _ended(self.table, self.old, self.cells), *after, self.cells)
        return (*before, self.cells, *after)


@pages.get("/<name>/row")
@who(keeper)
def edit(name: str) -> str:
    """A form for one row: as it is, as it shall be from a day on, or empty."""
    table = table_of(name)
    number, rows = current(table)
    place, how = request.args.get("row", type=int), request.args.get("how", CORRECT)
    empty = Edit(table, number, rows, place, how, {})
    cells = dict(empty.old or reference.row_of(table, {}))
    if how == FOLLOW and table.validity:
        cells |= {table.validity.since: "", table.validity.until: ""}
    return _row_page(Edit(table, number, rows, place, how, cells))


@pages.post("/<name>/row")
@who(keeper)
def propose_row(name: str) -> Response | tuple[str, int]:
    """Proposes the table with this one row changed, added or taken away."""
    table = table_of(name)
    _, rows = current(table)
    base, place = request.form.get("base", -1, type=int), request.form.get("row", type=int)
    cells = reference.row_of(table, _sent(table))
    edited = Edit(table, base, rows, place, request.form.get("how", CORRECT), cells)
    if edited.old is None and edited.how != CORRECT:
        raise NotFound
    comment = request.form.get("comment", "")
    try:
        _require_first_day(edited)
        number = _propose(table, edited.proposed(), base, comment)
    except RedressError as refusal:
        return _row_page(edited, refusal, comment), refusal.status
    return _proposed(table, number)


@pages.post("/<name>/upload")
@who(keeper)
def upload(name: str) -> Response | tuple[str, int]:
    """Proposes the rows of an uploaded CSV file."""
    table = table_of(name)
    base, comment = request.form.get("base", -1, type=int), request.form.get("comment", "")
    try:
        number = _propose(table, _uploaded(table), base, comment)
    except RedressError as refusal:
        return table_page(table, refusal, comment), refusal.status
    return _proposed(table, number)


def _propose(table: Table, rows: Rows, base: int, comment: str) -> int:
    return commands.propose_rows(
        site(), table.name, rows, base=base, comment=comment, actor=current_actor(), now=clock.now()
    )


def _proposed(table: Table, number: int) -> Response:
    flash(gettext("The change is proposed. It counts once a second person has confirmed it."), "success")
    return redirect(url_for(".version", name=table.name, number=number))


def _sent(table: Table) -> dict[str, str]:
    """The cells that a browser sent: lines end as everywhere else, and ticked codes stand in one cell."""
    texts = {column.name: request.form.getlist(f"cell-{column.name}") for column in table.columns}
    return {name: "|".join(sent).replace("\r\n", "\n") for name, sent in texts.items()}


def _uploaded(table: Table) -> Rows:
    """Raises FileRefused when no file came, InvalidTable when it is no such table."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FileRefused("No file was chosen. Choose a CSV file.")
    sheet = reference.read(table, file.stream.read(MOST_BYTES + 1))
    if sheet.flaws:
        raise InvalidTable(sheet.flaws)
    return sheet.rows


def _row_page(edited: Edit, refusal: RedressError | None = None, comment: str = "") -> str:
    table = edited.table
    flaws = flaws_of(table, refusal)
    own = {flaw.column: flaw.text for flaw in flaws if flaw.column and flaw.row == edited.edited}
    return render_template(
        "reference/row.html",
        table=table,
        edit=edited,
        name=name_of(table, edited.old) if edited.old else "",
        own=own,
        flaws=flaws,
        error="" if refusal is None or isinstance(refusal, InvalidTable) else explained(refusal),
        choices={column.name: sorted(column.choices()) for column in table.columns if column.choices},
        removable=edited.old is not None and edited.how == CORRECT and _is_removable(table, edited.old),
        hint=kind_hint,
        comment=comment,
        language=current_language(),
    )


def _is_removable(table: Table, row: Row) -> bool:
    """Whether the row can go: what the program ships stays where the table says so."""
    return not table.overlays or table.key_of(row) not in {table.key_of(each) for each in reference.shipped(table)}


def _require_first_day(edited: Edit) -> None:
    """Refuse a following row without a first day, for which the checks of the table only know that it overlaps."""
    validity = edited.table.validity
    if edited.how == FOLLOW and validity is not None and not edited.cells[validity.since]:
        zh, en = "请填写新的一行从哪一天起生效。", "Say from which day the new row is in force."
        raise InvalidTable([Flaw(edited.edited, validity.since, zh, en)])


def _ended(table: Table, old: Row, new: Row) -> Row:
    """`old`, over on the day before `new` begins; as it is when that day cannot be read."""
    begins = as_date(new[table.validity.since]) if table.validity else None
    if table.validity is None or begins is None:
        return old
    return {**old, table.validity.until: (begins - timedelta(days=1)).isoformat()}
