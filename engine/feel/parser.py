"""Reads expressions and unary tests into syntax trees (DMN 1.5, section 10.3.1.2).

Operators are read by precedence climbing; what stands between them is read in `engine.feel.operands`.
"""

from engine.feel.nodes import (
    Arithmetic,
    Between,
    Comparison,
    Filter,
    HalfRange,
    In,
    InstanceOf,
    Invocation,
    Junction,
    Negation,
    Node,
    OperatorTest,
    Path,
    RangeOf,
    Tests,
)
from engine.feel.operands import Operands

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
#: How tightly an operator binds; 0 stands for the whole expression.
_BINDING = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(_COMPARISONS, 3),
    "between": 3,
    "in": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
    "instance": 8,
}
_NEGATION = 7
_TERM = 4
#: What can follow a closing bracket, so that `[` before it ends a range as in `]1..5[`.
_AFTER_RANGE = frozenset({")", "]", "}", ",", "and", "or", "then", "else", "return", "satisfies"})


class Parser(Operands):
    """Reads one text; `names` are the known names that are more than one word."""

    def whole_expression(self) -> Node:
        """The text as one expression; raises FeelSyntaxError."""
        node = self.expression()
        self.end()
        return node

    def whole_tests(self) -> Tests:
        """The text as the unary tests of a decision table's cell; raises FeelSyntaxError."""
        if self.at_end or (self.at("-") and self.peek(1).kind == "end"):
            return Tests(())
        negated = self.at("not") and self.peek(1).text == "(" and self._closes_at_end()
        if negated:
            self.advance()
            self.advance()
        tests = Tests(self._tests(), negated)
        if negated:
            self.expect(")")
        self.end()
        return tests

    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators bind more tightly than `binding`."""
        self.enter()
        left = self._prefix()
        operator = self.operator()
        while (power := _BINDING.get(operator, 0)) > binding:
            left = self._infix(left, operator, power)
            operator = self.operator()
        self.leave()
        return left

    def _prefix(self) -> Node:
        is_number = self.peek(1).kind == "number"
        if self.at("-") and not is_number:
            self.advance()
            return Negation(self.expression(_NEGATION))
        node = self.negative_number() if self.at("-") else self.operand()
        while True:
            if self.take("."):
                node = Path(node, self.member())
            elif self.at("[") and not self._ends_range():
                self.advance()
                with self.scope(of_items=True):
                    node = Filter(node, self.expression())
                self.expect("]")
            elif self.at("("):
                names, arguments = self.arguments()
                node = Invocation(node, arguments, names)
            else:
                return node

    def _infix(self, left: Node, operator: str, power: int) -> Node:
        if operator in ("and", "or"):
            operands = [left]
            while self.take(operator):
                operands.append(self.expression(power))
            return Junction(operator, tuple(operands))
        self.advance()
        if operator in _COMPARISONS:
            return Comparison(operator, left, self.expression(power))
        if operator == "between":
            low = self.expression(power)
            self.expect("and")
            return Between(left, low, self.expression(power))
        if operator == "in":
            return In(left, self._in_tests())
        if operator == "instance":
            self.expect("of")
            return InstanceOf(left, self.type_name())
        return Arithmetic(operator, left, self.expression(power))

    def _in_tests(self) -> Tests:
        if self.at("(") and not self._opens_range():
            self.advance()
            tests = self._tests()
            self.expect(")")
            return Tests(tests)
        return Tests((self._test(),))

    def _tests(self) -> tuple[Node, ...]:
        tests = [self._test()]
        while self.take(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Node:
        operator = self.operator()
        if operator in _COMPARISONS:
            self.advance()
            return OperatorTest(operator, self.expression(_TERM - 1))
        return self.expression()

    def bracketed(self) -> Node:
        """`(a)`, `(a..b)`, `]a..b[` or `(> a)`, at its opening bracket."""
        opening = self.advance().text
        if opening == "(" and self.operator() in _COMPARISONS:
            node: Node = HalfRange(self.advance().text, self.expression(_TERM - 1))
            self.expect(")")
            return node
        low = self.expression()
        if opening == "(" and self.take(")"):
            return low
        if opening == "(" and not self.at(".."):
            self.expect(")")
        self.expect("..")
        return self.range_after(low, low_included=False)

    def range_after(self, low: Node, *, low_included: bool) -> RangeOf:
        """The rest of a range after its `..`."""
        high = self.expression()
        closing = self.advance().text
        if closing not in ("]", ")", "["):
            raise self.error("expected", -1, expected="]", found=closing)
        return RangeOf(low, high, low_included, closing == "]")

    def _ends_range(self) -> bool:
        following = self.peek(1)
        return following.kind == "end" or (following.kind in ("op", "name") and following.text in _AFTER_RANGE)

    def _opens_range(self) -> bool:
        """Whether the bracket here holds a `..` of its own, as in `(1..5]`."""
        level = 0
        for token in self.rest():
            if token.kind != "op":
                continue
            if token.text == ".." and level == 1:
                return True
            level += (token.text in "([{") - (token.text in ")]}")
            if level == 0:
                return False
        return False

    def _closes_at_end(self) -> bool:
        """Whether the bracket after this token is closed by the last one of the text."""
        level = 0
        tokens = list(self.rest())
        for index, token in enumerate(tokens):
            if token.kind == "op":
                level += (token.text == "(") - (token.text == ")")
                if token.text == ")" and level == 0:
                    return tokens[index + 1].kind == "end"
        return True
