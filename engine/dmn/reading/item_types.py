"""Reads item definitions, and finds the types that `typeRef` names."""

from collections.abc import Mapping

from engine.dmn import problems as found
from engine.dmn.reading.findings import Findings
from engine.dmn.types import ANY, Constrained, FunctionOf, Later, ListOf, Structure, Type, builtin
from engine.dmn.xml import Element, child, children, tag, text_of
from engine.feel.types import Types

_FEEL = "feel"
#: Item definitions built upon one another.
_DEPTH = 64


class ItemTypes:
    """The types of one file. Those of imported files are known once `imports` are set."""

    def __init__(self, root: Element, findings: Findings, names: frozenset[str]) -> None:
        """`names`: those that tests of allowed values may use."""
        self.imports: Mapping[str, ItemTypes] = {}
        self._findings = findings
        self._names = names
        self._elements: dict[str, Element] = {}
        self._made: dict[str, Type] = {}
        self._making: set[str] = set()
        self._depths: dict[str, int] = {}
        for item in children(root, "itemDefinition"):
            self._elements.setdefault(item.get("name", "").strip(), item)

    @property
    def names(self) -> frozenset[str]:
        """The names of the file's own types."""
        return frozenset(self._elements)

    @property
    def tests(self) -> Types:
        """Of each type that an expression of the file may name, whether a value is of it."""
        imported = {
            f"{prefix}.{name}": test
            for prefix, types in self.imports.items()
            if prefix
            for name, test in types.own_tests.items()
        }
        unnamed = self.imports[""].own_tests if "" in self.imports else {}
        return {**imported, **unnamed, **self.own_tests}

    @property
    def own_tests(self) -> Types:
        """As `tests`, without those of imported files."""
        return {name: self._own(name).fits for name in self._elements}

    def of(self, reference: str, element: Element) -> Type:
        """The type that `reference`, the `typeRef` of `element`, means; a problem is noted if it means none."""
        if not reference.strip():
            return ANY
        known = self.find(reference.strip())
        if known is None:
            self._findings.add(found.TYPE, element, type=reference)
        return known or ANY

    def find(self, name: str) -> Type | None:
        """The type called `name`: the file's own, an imported `prefix.name`, or a built-in one, also `feel:name`."""
        if name in self._elements:
            return self._own(name)
        for sign in ".", ":":
            prefix, _, rest = name.partition(sign)
            if rest and prefix in self.imports:
                return self.imports[prefix].find(rest)
            if rest and prefix == _FEEL:
                return builtin(rest)
        # In DMN 1.1 the prefix of a name is that of an XML namespace, often the file's own.
        plain = name.rpartition(":")[2]
        if plain != name:
            return self.find(plain)
        unnamed = self.imports.get("")
        if unnamed is not None and name in unnamed._elements:
            return unnamed._own(name)
        return builtin(name)

    def make_all(self) -> None:
        """Read all item definitions, each after those it consists of, so that all their problems are known."""
        waiting = list(self._elements)
        seen: set[str] = set()
        while waiting:
            name = waiting[-1]
            inner = [] if name in seen else [one for one in self._references(name) if one not in self._made]
            if inner:
                waiting.extend(inner)
            else:
                self._own(waiting.pop())
            seen.add(name)

    def _references(self, name: str) -> list[str]:
        """The types of this file that the type `name` refers to."""
        references = (part.text or "" for part in self._elements[name].iter() if tag(part) == "typeRef")
        plain = (reference.strip().rpartition(":")[2] for reference in references)
        return [one for one in plain if one in self._elements]

    def _own(self, name: str) -> Type:
        if name in self._making:
            return Later(name, lambda: self._made.get(name, ANY))
        if name not in self._made:
            self._making.add(name)
            made = self._item(self._elements[name], name)
            self._making.discard(name)
            self._depths[name] = 1 + max((self._depths.get(one, 0) for one in self._references(name)), default=0)
            self._made[name] = ANY
            self._made[name] = self._sound(made, name)
        return self._made[name]

    def _sound(self, made: Type, name: str) -> Type:
        """`made`, unless it is nothing but itself or built up of too many others."""
        inner = made
        while isinstance(inner, Constrained):
            inner = inner.base
        if isinstance(inner, Later) or self._depths[name] > _DEPTH:
            self._depths[name] = 0
            self._findings.add(found.TYPE, self._elements[name], type=name)
            return ANY
        return made

    def _item(self, element: Element, name: str) -> Type:
        """The type that an item definition or component called `name` describes."""
        base = self._base(element, name)
        base = self._constrained(base, element, "allowedValues", name)
        if element.get("isCollection") == "true":
            base = ListOf(base)
        return self._constrained(base, element, "typeConstraint", name)

    def _base(self, element: Element, name: str) -> Type:
        parts = {part.get("name", "").strip(): part for part in children(element, "itemComponent")}
        if parts:
            return Structure(name, {key: self._item(part, key) for key, part in parts.items()})
        function = child(element, "functionItem")
        if function is not None:
            parameters = sum(1 for _ in children(function, "parameters"))
            return FunctionOf(self.of(function.get("outputTypeRef", ""), element), parameters)
        reference = child(element, "typeRef")
        return self.of((reference.text or "") if reference is not None else "", element)

    def _constrained(self, base: Type, element: Element, kind: str, name: str) -> Type:
        inner = child(element, kind)
        text = text_of(inner)
        if not text or not self._findings.language(inner):
            return base
        tests = self._findings.expression(text, element, self._names, unary=True)
        return Constrained(name, base, tests) if tests else base
