"""A decision as read from a file: immutable, its expressions parsed."""

from dataclasses import dataclass, field

from engine.feel import Expression


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is tested: its heading, what is tested, and the values allowed (None: any)."""

    id: str
    label: str
    expression: Expression
    allowed: Expression | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A column that is set: its name, its type, the values allowed (None: any), and the value if no rule matches."""

    id: str
    name: str
    label: str
    type: str
    allowed: Expression | None = None
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row, counted from 1: one test per input, one result per output (None: null), and its annotation."""

    id: str
    row: int
    tests: tuple[Expression, ...]
    results: tuple[Expression | None, ...]
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; `hit_policy` and `aggregation` in the words of DMN (`UNIQUE`, `COLLECT`, `SUM`, or empty)."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: a `table` or a `literal` expression.

    `variable` is its name in decisions that require it, `requires` the ids of those it requires itself, and `names`
    the dotted paths it reads from the context, its required decisions' reads included.
    """

    id: str
    name: str
    variable: str
    requires: tuple[str, ...]
    type: str = ""
    table: Table | None = None
    literal: Expression | None = None
    names: frozenset[str] = frozenset()

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs of its table; none for a literal expression."""
        return self.table.inputs if self.table else ()

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of its table's outputs; none for a literal expression."""
        return tuple(output.name for output in self.table.outputs) if self.table else ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of its table, from the top; none for a literal expression."""
        return self.table.rules if self.table else ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision gave, and why.

    `value` is a dict of outputs, or None where no rule matched; a list of dicts for COLLECT and RULE ORDER; a number
    for an aggregation; any value for a literal expression. `matched` are ids of rules, `inputs` the tested values by
    the text of their expression, `required` the outcomes of the decisions it required, in the order they were made.
    """

    decision: str
    value: object
    matched: tuple[str, ...] = ()
    inputs: dict[str, object] = field(default_factory=dict)
    required: tuple["Outcome", ...] = ()
