"""Reads the names of types, as `list<number>` or `context<name: string, age: number>` (DMN 1.5, rule 54)."""

from engine.feel.budget import MAX_NESTING
from engine.feel.tokens import Tokens
from engine.feel.types import ANY, TYPES, Type
from engine.feel.vocabulary import Vocabulary

_LONG = Vocabulary(name for name in TYPES if " " in name)


class TypeNames(Tokens):
    """The part of the parser that reads types; the whole is `engine.feel.parser.Parser`."""

    def type_name(self, level: int = 0) -> Type:
        """A type. A name that nobody knows here may be one of the model's, so it is noted as a mistake only."""
        if level > MAX_NESTING:
            raise self.error("too_deep")
        start = self.peek()
        name = self.phrase(_LONG) or self._qualified()
        if name not in TYPES:
            self.mistakes.append(self.error("type", start=start, found=name))
        elif self.at("<"):
            return self._parametrized(name, level + 1)
        return Type(name)

    def _qualified(self) -> str:
        name = self.word()
        while self.take("."):
            name += f".{self.phrase() or self.word()}"
        return name

    def _parametrized(self, name: str, level: int) -> Type:
        match name:
            case "list" | "range":
                self.advance()
                part = self.type_name(level)
                self.expect(">")
                return Type(name, (part,))
            case "context":
                return Type(name, entries=self._entries(level))
            case "function":
                return self._function(level)
        return Type(name)

    def _entries(self, level: int) -> tuple[tuple[str, Type], ...]:
        self.expect("<")
        entries: list[tuple[str, Type]] = []
        while not entries or self.take(","):
            key = self.new_name(":")
            self.expect(":")
            entries.append((key, self.type_name(level)))
            self.know_key(key)
        self.expect(">")
        return tuple(entries)

    def _function(self, level: int) -> Type:
        self.expect("<")
        parts: list[Type] = []
        while not self.take(">"):
            if parts:
                self.expect(",")
            parts.append(self.type_name(level))
        result = self.type_name(level) if self.take("->") else ANY
        return Type("function", tuple(parts), result=result)
