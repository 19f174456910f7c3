"""`not`, `string`, `number` and `is defined` (DMN 1.4, sections 10.3.4.1 and 10.3.4.2)."""

from engine.feel.builtins.table import ANY, STRING, Table
from engine.feel.numbers import read_number
from engine.feel.text import to_text

TABLE = Table()


@TABLE.add("not", ANY)
def _not(value: object) -> object:
    return not value if isinstance(value, bool) else None


@TABLE.add("string", ANY)
def _string(value: object) -> object:
    return None if value is None else to_text(value)


@TABLE.add("number", STRING, ANY, ANY, least=1)
def _number(text: str, grouping: object = None, decimal: object = None) -> object:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or (grouping and grouping == decimal):
        return None
    if isinstance(grouping, str):
        text = text.replace(grouping, "")
    if decimal == ",":
        text = text.replace(",", ".") if "." not in text else ""
    return read_number(text.strip())


@TABLE.add("is defined", ANY)
def _is_defined(value: object) -> object:
    """For values that are neither a name nor a path; those are looked up by the compiler."""
    return value is not None
