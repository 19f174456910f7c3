"""Variables in scopes: reading looks outward, writing goes to the nearest scope that has the name, else outermost."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.applications import Record
from engine.feel import in_business_zone

INSTANCE = ""

_MISSING = object()


class Reading(Mapping[str, Any]):
    """What an expression sees: the scopes from the inside out, then the application's record under its name."""

    def __init__(self, chain: list[dict[str, Any]], record: "RecordReading | None") -> None:
        self._chain = chain
        self._record = record

    def __getitem__(self, name: str) -> Any:
        value = self.get(name, _MISSING)
        if value is _MISSING:
            raise KeyError(name)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The innermost value of `name`, else `default`: without an exception for what is not there."""
        for scope in self._chain:
            if name in scope:
                return scope[name]
        return self._record if self._record is not None and name == self._record.name else default

    def __iter__(self) -> Iterator[str]:
        names = {name for scope in self._chain for name in scope}
        if self._record is not None:
            names.add(self._record.name)
        return iter(names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def variables(self) -> dict[str, Any]:
        """All visible variables without the record, the innermost value of each name."""
        merged: dict[str, Any] = {}
        for scope in reversed(self._chain):
            merged |= scope
        return merged


class RecordReading(Mapping[str, Any]):
    """An application's record as nested FEEL contexts, read path by path and only when asked."""

    def __init__(self, name: str, record: Record, paths: frozenset[str], prefix: str = "") -> None:
        self.name = name
        self._record = record
        self._paths = paths
        self._prefix = prefix

    def __getitem__(self, key: str) -> Any:
        path = self._prefix + key
        if path in self._paths:
            return in_business_zone(self._record.get(path))
        if path in _groups(self._paths):
            return RecordReading(key, self._record, self._paths, path + ".")
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a path; reads no value, as what a Mapping does by itself would."""
        path = f"{self._prefix}{key}"
        return path in self._paths or path in _groups(self._paths)

    def __iter__(self) -> Iterator[str]:
        length = len(self._prefix)
        return iter({path[length:].split(".")[0] for path in self._paths if path.startswith(self._prefix)})

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=64)
def _groups(paths: frozenset[str]) -> frozenset[str]:
    """What stands before a dot in `paths`: `a` and `a.b` of `a.b.c`."""
    return frozenset(path[:place] for path in paths for place, sign in enumerate(path) if sign == ".")


def set_nested(scope: dict[str, Any], path: str, value: Any) -> None:
    """Set `a.b` inside the context `a` of `scope`, leaving what else it holds; the old context is not changed."""
    first, _, rest = path.partition(".")
    if not rest:
        scope[first] = value
        return
    inner = dict(scope.get(first) or {})
    set_nested(inner, rest, value)
    scope[first] = inner


def get_nested(context: Mapping[str, Any], path: str) -> Any:
    """What `a.b` is in `context`: the part `b` of its `a`; None where something on the way is missing."""
    value: Any = context
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
