"""The elements of a decision model as read from a file: immutable, their expressions parsed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.boxed import Boxed, FunctionBox
from engine.dmn.tables import Input, Rule, Table
from engine.dmn.types import ANY, Type
from engine.errors import DecisionFault
from engine.feel.types import Types

#: Namespace of the file, and id: what an element is called in all files.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A requirement of the element `key`, which stands under the name of the import `prefix`, if it has one."""

    key: Key
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class InputData:
    """What is given from outside, under the name `variable`."""

    key: Key
    name: str
    variable: str
    type: Type = ANY
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision with its `logic`: a table, a literal or another boxed expression.

    `variable` is its name in decisions that require it, `links` what it requires, and `names` the dotted paths that
    it reads from the context, the reads of what it requires included.
    """

    key: Key
    name: str
    variable: str
    logic: Boxed
    type: Type = ANY
    links: tuple[Link, ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """Its id."""
        return self.key[1]

    @property
    def table(self) -> Table | None:
        """Its table; None where its logic is another one."""
        return self.logic if isinstance(self.logic, Table) else None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs of its table; none for other logic."""
        return self.table.inputs if self.table else ()

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of its table's outputs; none for other logic."""
        return tuple(output.name for output in self.table.outputs) if self.table else ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of its table, from the top; none for other logic."""
        return self.table.rules if self.table else ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function that decisions call by the name `variable`."""

    key: Key
    name: str
    variable: str
    function: FunctionBox
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A decision service: a function of `input_data`, then of `input_decisions`, which it does not evaluate."""

    key: Key
    name: str
    variable: str
    outputs: tuple[Link, ...]
    input_data: tuple[Link, ...] = ()
    input_decisions: tuple[Link, ...] = ()
    result: Type = ANY

    @property
    def links(self) -> tuple[Link, ...]:
        """None: it requires nothing until it is called."""
        return ()


Element = InputData | Decision | Knowledge | Bundle


@dataclass(frozen=True, slots=True)
class Model:
    """The elements of a file and of those it imports, and of each namespace the types that FEEL may name."""

    elements: Mapping[Key, Element]
    types: Mapping[str, Types]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision gave, and why.

    `value` is its value in FEEL. `named` is the same with the names of a table's outputs, also where it has only
    one: a dict of outputs, or None where no rule matched; a list of dicts for COLLECT, RULE ORDER and OUTPUT ORDER;
    for an aggregation and any other logic the value. `matched` are ids of rules, `inputs` the tested values by the
    text of their expression, `required` the outcomes of the decisions it required, in the order they were made.
    `reasons` tell why values are null that should not be: a table that contradicts itself, a value of another type,
    an unreadable part.
    """

    decision: str
    value: object
    named: object = None
    matched: tuple[str, ...] = ()
    inputs: dict[str, object] = field(default_factory=dict)
    required: tuple["Outcome", ...] = ()
    reasons: tuple[DecisionFault, ...] = ()
