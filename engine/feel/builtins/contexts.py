"""Functions on contexts (DMN 1.4, section 10.3.4.9)."""

from collections.abc import Mapping

from engine.feel.budget import spend
from engine.feel.builtins.table import CONTEXT, STRING, Table
from engine.feel.values import from_python, member

TABLE = Table()


@TABLE.add("get value", CONTEXT, STRING)
def _get_value(context: Mapping[str, object], key: str) -> object:
    return member(context, key)


@TABLE.add("get entries", CONTEXT)
def _get_entries(context: Mapping[str, object]) -> object:
    spend(len(context))
    return [{"key": str(key), "value": from_python(value)} for key, value in context.items()]
