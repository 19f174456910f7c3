"""What the decision tables said in a case, and by which of their rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import history
from engine.dmn import Decision, Rule
from engine.dmn.tables import one_side
from engine.errors import NotFound
from engine.history import Entry
from engine.models import ProcessInstance
from engine.queries.labels import Labels
from engine.site import Site

#: The kind of history that a decision leaves.
DECIDED = "decided"

#: Tests of cells that hold always.
_ALWAYS = frozenset({"", "-"})


@dataclass(frozen=True)
class Named:
    """A value with the heading of its column; `name` is the output's, or the text of what was tested."""

    label: str
    name: str
    value: object


@dataclass(frozen=True)
class DecisionRow:
    """What a table said last. Values are those of FEEL; `inputs` and `outputs` are empty once they were erased."""

    decision: str
    name: str
    at: datetime
    step: str
    outputs: tuple[Named, ...]
    #: what the model says of each row that held
    reasons: tuple[str, ...]
    #: what these rows looked at
    inputs: tuple[Named, ...]
    #: how often the table was asked in this case
    times: int


def decisions(session: Session, site: Site, instance_id: str, language: str) -> tuple[DecisionRow, ...]:
    """What each table said last in a case that the reader may see, the newest first. Raises NotFound."""
    instance = session.get(ProcessInstance, instance_id)
    if instance is None:
        raise NotFound
    entries = history.read(session, site.vault, history.instance_stream(instance_id), {DECIDED})
    times = Counter(entry.detail["decision"] for entry in entries)
    last = {entry.detail["decision"]: entry for entry in entries}
    labels = Labels(session, language)
    rows = [_row(labels, instance.definition_id, entry, times[key]) for key, entry in last.items()]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _row(labels: Labels, definition_id: int, entry: Entry, times: int) -> DecisionRow:
    key, rules = entry.detail["decision"], entry.detail["rules"]
    name, reasons = labels.decision(definition_id, key, rules)
    found = labels.decision_model(definition_id, key)
    values = entry.values or {}
    return DecisionRow(
        decision=key,
        name=name,
        at=entry.at,
        step=labels.element(definition_id, entry.element_id),
        outputs=tuple(_outputs(found, values.get("value"), labels.language)) if entry.values else (),
        reasons=tuple(dict.fromkeys(reasons)),
        inputs=tuple(_inputs(found, rules, values.get("inputs") or {}, labels.language)),
        times=times,
    )


def _outputs(decision: Decision | None, value: object, language: str) -> Iterator[Named]:
    table = decision.table if decision else None
    names = {each.name or "": one_side(each.label or each.name, language) for each in table.outputs} if table else {}
    if isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
        value = {name: [row.get(name) for row in value] for name in value[0]}
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield Named(names.get(str(name), str(name)), str(name), one)
    else:
        first = next(iter(names), "")
        yield Named(names.get(first, first), first, value)


def _inputs(
    decision: Decision | None, rules: Sequence[str], tested: Mapping[str, Any], language: str
) -> Iterator[Named]:
    """What the rows that held looked at."""
    table = decision.table if decision else None
    if table is None:
        return
    held = [rule for rule in table.rules if rule.id in rules]
    for number, column in enumerate(table.inputs):
        text = column.expression.text
        if text in tested and any(_tests(rule, number) for rule in held):
            yield Named(one_side(column.label or text, language), text, tested[text])


def _tests(rule: Rule, number: int) -> bool:
    return rule.tests[number].text.strip() not in _ALWAYS
