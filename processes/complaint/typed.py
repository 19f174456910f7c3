"""Bringing a value into the type and the limits of its path."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import codes
from processes.complaint.paths import MOMENT, Field

#: A reference to staff is a number or a username: a name would be a personal value in the clear.
STAFF = re.compile(r"[A-Za-z0-9._@-]{1,40}")

#: Explicitly "none of these", as a form's box says it.
NOTHING = "none"

LONGEST_LIST = 200


def typed(path: str, field: Field, value: Any, record: str = "complaint") -> Any:
    """`value` as `field` stores it: Decimal, bool, text, date, aware datetime, list or None. Raises InvalidInput."""
    if value is None:
        return [] if field.type == "list" else False if field.type == "boolean" and field.default is not None else None
    try:
        found = _TYPES[field.type](field, value)
        if path in {"accused_staff", "sales_staff"}:
            _require_references(found)
    except InvalidInput as error:
        why = error.params.get("why", error.message)
        raise InvalidInput("{path}: {why}", path=f"{record}.{path}", why=why) from error
    return found


def _text(field: Field, value: Any) -> str | None:
    if not isinstance(value, str):
        raise InvalidInput(why="a text is needed here")
    text = value.strip()
    if len(text) > field.length:
        raise InvalidInput(why=f"the text has {len(text)} characters; {field.length} are possible")
    if not text:
        return None
    return codes.require(field.codes, text) if field.codes else text


def _number(field: Field, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise InvalidInput(why="a number is needed here")
    number = Decimal(value)
    if field.bounds and not field.bounds.lowest <= number <= field.bounds.highest:
        raise InvalidInput(why=f"the number must lie between {field.bounds.lowest} and {field.bounds.highest}")
    if number != round(number, 2):
        raise InvalidInput(why="two decimals are possible")
    return number


def _boolean(field: Field, value: Any) -> bool:  # noqa: ARG001
    if not isinstance(value, bool):
        raise InvalidInput(why="yes or no is needed here")
    return value


def _day(field: Field, value: Any) -> date:  # noqa: ARG001
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InvalidInput(why="a date is needed here")
    return value


def _moment(field: Field, value: Any) -> datetime:  # noqa: ARG001
    """Aware; a local time without zone is one of the business time zone."""
    if not isinstance(value, datetime):
        raise InvalidInput(why="a date with a time is needed here")
    return value if value.tzinfo else value.replace(tzinfo=clock.zone())


def _list(field: Field, value: Any) -> list[Any]:
    """Distinct codes, or whatever the list holds; the explicit code `none` is the empty list."""
    items = list(value) if isinstance(value, list | tuple) else [value]
    if len(items) > LONGEST_LIST:
        raise InvalidInput(why=f"the list has {len(items)} items; {LONGEST_LIST} are possible")
    if not field.codes:
        return items
    if not all(isinstance(item, str) for item in items):
        raise InvalidInput(why="a list of codes is needed here")
    return [codes.require(field.codes, item) for item in dict.fromkeys(items) if item != NOTHING]


def _require_references(value: Any) -> None:
    for item in value if isinstance(value, list) else [value]:
        if item is not None and not (isinstance(item, str) and STAFF.fullmatch(item)):
            raise InvalidInput(
                why=f"“{item}” is no staff number or username; a name belongs into the field for staff named"
            )


_TYPES: dict[str, Callable[[Field, Any], Any]] = {
    "string": _text,
    "number": _number,
    "boolean": _boolean,
    "date": _day,
    MOMENT: _moment,
    "list": _list,
}
