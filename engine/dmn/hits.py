"""Hit policies: what several matching rules give together (DMN 1.5, section 8.2.8)."""

from collections.abc import Callable
from typing import Final

from engine.feel import parse

Row = dict[str, object]
#: Of each output column, its values from the highest priority to the lowest.
Order = list[list[object]]

_AGGREGATES: Final = {name: parse(f"{name.lower()}(values)") for name in ("SUM", "MIN", "MAX", "COUNT")}
AGGREGATIONS: Final = _AGGREGATES.keys()


class Faulty(Exception):
    """A table contradicts itself or meets a value it may not; `why` in English and Chinese."""

    def __init__(self, why: str, why_zh: str) -> None:
        super().__init__(why)
        self.why = (why, why_zh)


def values_of(named: object) -> object:
    """`named` without the name of the only output."""
    if isinstance(named, list):
        return [values_of(row) for row in named]
    return next(iter(named.values())) if isinstance(named, dict) else named


def _unique(rows: list[Row], _order: Order, _aggregation: str) -> object:
    if len(rows) > 1:
        raise Faulty("several rules match, but at most one may", "多条规则同时命中，但最多只允许一条")
    return rows[0]


def _any(rows: list[Row], _order: Order, _aggregation: str) -> object:
    if any(row != rows[0] for row in rows):
        raise Faulty("the rules that match give different results", "命中的规则给出了不同的结果")
    return rows[0]


def _first(rows: list[Row], _order: Order, _aggregation: str) -> object:
    return rows[0]


def _priority(rows: list[Row], order: Order, _aggregation: str) -> object:
    return _sorted(rows, order)[0]


def _output_order(rows: list[Row], order: Order, _aggregation: str) -> object:
    return _sorted(rows, order)


def _collect(rows: list[Row], _order: Order, aggregation: str) -> object:
    if not aggregation:
        return list(rows)
    values = [value for row in rows for value in row.values()]
    result = _AGGREGATES[aggregation].evaluate({"values": values})
    if values and result is None:
        raise Faulty(f"{aggregation} needs values of one kind, as numbers", f"{aggregation} 需要同类的值，例如数字")
    return result


def _sorted(rows: list[Row], order: Order) -> list[Row]:
    """`rows` by the priority of their outputs, the first column counting most; an unlisted value comes last."""

    def rank(row: Row) -> list[int]:
        columns = zip(row.values(), order, strict=True)
        return [values.index(value) if value in values else len(values) for value, values in columns]

    return sorted(rows, key=rank)


#: Hit policy → the result of the matching rows, of which there is at least one except for those in `MANY`.
HIT_POLICIES: Final[dict[str, Callable[[list[Row], Order, str], object]]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "COLLECT": _collect,
    "RULE ORDER": _collect,
    "OUTPUT ORDER": _output_order,
}
#: Policies that give a list, which is empty where no rule matches, or an aggregation.
MANY: Final = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
