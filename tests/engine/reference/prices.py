"""A table of tests: prices of things, with dates of validity."""

from engine import reference
from engine.reference import Column, Flaw, Kind, Table, Validity, dated

SHIPPED = b"thing,price,colour,note\ntea,2.50,green,\nnuts,3,,salted\n"


def cheap(rows):
    """Nothing may cost more than a thousand."""
    for number, row in enumerate(rows, 2):
        if float(row["price"]) > 1000:
            yield Flaw(number, "price", "太贵", "too dear")


def prices(**changed):
    """The table, parts of it `changed`."""
    parts = {
        "name": "prices",
        "zh": "价格",
        "en": "Prices",
        "columns": (
            Column("thing", "物品", "Thing", required=True, longest=20),
            Column("price", "价格", "Price", Kind.DECIMAL, required=True),
            Column("colour", "颜色", "Colour", Kind.CODE, choices=lambda: {"green", "red"}, many=True),
            Column("note", "备注", "Note"),
            *dated(),
        ),
        "key": ("thing",),
        "shipped": lambda: SHIPPED,
        "validity": Validity(),
        "checks": (cheap,),
    }
    return Table(**{**parts, **changed})


def row(thing="tea", price="2.50", colour="", note="", since="", until=""):
    """One row of the table."""
    cells = {"thing": thing, "price": price, "colour": colour, "note": note}
    return {**cells, "effective_from": since, "effective_to": until}


def csv_of(*lines, encoding="utf-8"):
    """A file with the table's header and these lines."""
    return "\n".join(["thing,price,colour,note,effective_from,effective_to", *lines]).encode(encoding)


def said(flaws):
    """(row, column, English text) of each flaw."""
    return [(flaw.row, flaw.column, flaw.en) for flaw in flaws]


def declared(**changed):
    """The table, known to this process."""
    table = prices(**changed)
    reference.declare(table)
    return table
