"""`not`, `is`, `string`, `number` and `is defined` (DMN 1.5, sections 10.3.4.1, 10.3.4.2 and 10.3.4.6)."""

from datetime import datetime, time

from engine.feel.builtins.table import Table
from engine.feel.numbers import read_number
from engine.feel.text import to_text
from engine.feel.values import equal

TABLE = Table()


@TABLE.add("not(negand: boolean)")
def _not(negand: bool) -> object:  # noqa: FBT001
    return not negand


@TABLE.add("is(value1: any, value2: any)")
def _is(first: object, second: object) -> object:
    """Unlike `=` it tells a time with a zone from the same moment in another."""
    if type(first) is not type(second):
        return False
    if isinstance(first, datetime | time) and isinstance(second, datetime | time) and first.tzinfo != second.tzinfo:
        return False
    return equal(first, second) is True


@TABLE.add("string(from: any)")
def _string(value: object) -> object:
    return None if value is None else to_text(value)


@TABLE.add("number(from: string, grouping separator?: string|null, decimal separator?: string|null)")
def _number(text: str, grouping: str | None = None, decimal: str | None = None) -> object:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or (grouping and grouping == decimal):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if decimal == ",":
        text = text.replace(",", ".") if "." not in text else ""
    return read_number(text.strip())


@TABLE.add("is defined(value: any)")
def _is_defined(value: object) -> object:
    """For values that are neither a name nor a path; those are looked up where the call is compiled."""
    return value is not None
