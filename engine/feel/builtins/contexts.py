"""Functions on contexts (DMN 1.5, section 10.3.4.10). Their results are new contexts."""

from collections.abc import Mapping, Sequence

from engine.feel.budget import descend, spend
from engine.feel.builtins.table import Table
from engine.feel.values import from_python, member

TABLE = Table()

_Context = Mapping[str, object]


@TABLE.add("get value(m: context, key: string)")
def _get_value(context: _Context, key: str) -> object:
    return member(context, key)


@TABLE.add("get value(m: context, key: list)")
def _get_value_at(context: _Context, keys: list[object]) -> object:
    value: object = context
    for key in keys:
        if not isinstance(value, Mapping) or not isinstance(key, str):
            return None
        value = member(value, key)
    return value if keys else None


@TABLE.add("get entries(m: context)")
def _get_entries(context: _Context) -> object:
    spend(len(context))
    return [{"key": str(key), "value": from_python(value)} for key, value in context.items()]


@TABLE.add("context(entries: list)")
def _context(entries: list[object]) -> object:
    built: dict[str, object] = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or "key" not in entry or "value" not in entry:
            return None
        key = entry["key"]
        if not isinstance(key, str) or key in built:
            return None
        built[key] = from_python(entry["value"])
    return built


@TABLE.add("context put(context: context, key: string, value: any)")
def _context_put(context: _Context, key: str, value: object) -> object:
    return _with(context, [key], value, 0)


@TABLE.add("context put(context: context, keys: list, value: any)")
def _context_put_at(context: _Context, keys: list[object], value: object) -> object:
    return _with(context, keys, value, 0) if keys else None


@TABLE.add("context merge(contexts: list)")
def _context_merge(contexts: list[object]) -> object:
    merged: dict[str, object] = {}
    for context in contexts:
        if not isinstance(context, Mapping):
            return None
        spend(len(context))
        merged |= context
    return merged


def _with(context: object, keys: Sequence[object], value: object, depth: int) -> object:
    """`context` with `value` under the path `keys`; null where the path leads through what is no context."""
    key, rest = keys[0], keys[1:]
    if not isinstance(context, Mapping) or not isinstance(key, str):
        return None
    spend(1 + len(context) + len(rest))
    inner = _with(member(context, key), rest, value, descend(depth)) if rest else value
    return None if rest and inner is None else {**context, key: inner}
