"""The methods that expressions of older models call, in FEEL."""

import re
from collections.abc import Callable, Sequence

from engine.feel.juel.terms import ATOM, Term, is_empty, text_of

#: Names under which other engines give expressions their own objects.
ENGINES = frozenset(
    {"execution", "task", "delegateTask", "delegateExecution", "kcontext", "processInstance", "caseExecution"}
)
_READS = frozenset({"getVariable", "getVariableLocal", "getVariableTyped", "getProcessVariable"})
#: Calls that change something, and so are no expressions.
_CHANGES = re.compile(r"(?:set|remove|create|delete|add|put|complete|signal)(?:[A-Z]\w*)?")
_GETTER = re.compile(r"(?:get|is)([A-Z]\w*)")
#: Classes whose static methods only convert.
CONVERTERS = frozenset({"String", "Integer", "Long", "Double", "Boolean", "Number", "Objects", "KieFunctions"})
#: Constants of such classes.
CONSTANTS = {("Boolean", "TRUE"): "true", ("Boolean", "FALSE"): "false"}

_Method = Callable[..., Term | None]


def _equals(one: Term, other: Term) -> Term:
    return Term(f"{one.within(4)} = {other.within(4)}", 3)


def _same_letters(one: Term, other: Term) -> Term:
    return Term(f"lower case({one.text}) = lower case({other.text})", 3)


def _contains(one: Term, other: Term) -> Term:
    if one.is_text:
        return Term(f"contains({one.text}, {other.text})")
    listed = f"list contains({one.text}, {other.text})"
    return Term(f"if {one.within(ATOM)} instance of string then contains({one.text}, {other.text}) else {listed}", 0)


def _function(name: str, *, is_text: bool = False) -> _Method:
    def call(*terms: Term) -> Term:
        return Term(f"{name}({', '.join(term.text for term in terms)})", is_text=is_text)

    return call


def _itself(one: Term) -> Term:
    return one


def _matches(one: Term, other: Term) -> Term | None:
    return None if other.literal is None else Term(f"matches({one.text}, {text_of(f'^(?:{other.literal})$').text})")


def _substring(one: Term, *bounds: Term) -> Term | None:
    if not all(bound.text.isdecimal() for bound in bounds):
        return None
    first, *last = [int(bound.text) for bound in bounds]
    length = f", {last[0] - first}" if last else ""
    return Term(f"substring({one.text}, {first + 1}{length})", is_text=True)


def _get(one: Term, other: Term) -> Term | None:
    if other.literal is not None and other.literal.isidentifier():
        return Term(f"{one.within(ATOM)}.{other.literal}")
    return Term(f"{one.within(ATOM)}[{int(other.text) + 1}]") if other.text.isdecimal() else None


def _has_key(one: Term, other: Term) -> Term:
    return Term(f"get value({one.text}, {other.text}) != null", 3)


def _later(unit: str, before: str = "") -> _Method:
    def call(one: Term, other: Term) -> Term | None:
        if not other.text.isdecimal():
            return None
        return Term(f'{one.within(4)} + duration("P{before}{other.text}{unit}")', 4)

    return call


#: Name and number of arguments → FEEL; None where the arguments do not allow it.
METHODS: dict[tuple[str, int], _Method] = {
    ("equals", 1): _equals,
    ("equalsIgnoreCase", 1): _same_letters,
    ("contains", 1): _contains,
    ("includes", 1): _contains,
    ("isEmpty", 0): is_empty,
    ("isBlank", 0): is_empty,
    ("size", 0): _function("count"),
    ("length", 0): _function("string length"),
    ("toString", 0): _function("string", is_text=True),
    ("toLowerCase", 0): _function("lower case", is_text=True),
    ("toUpperCase", 0): _function("upper case", is_text=True),
    ("trim", 0): _function("trim", is_text=True),
    ("startsWith", 1): _function("starts with"),
    ("endsWith", 1): _function("ends with"),
    ("lower", 0): _function("lower case", is_text=True),
    ("upper", 0): _function("upper case", is_text=True),
    ("matches", 1): _matches,
    ("substring", 1): _substring,
    ("substring", 2): _substring,
    ("get", 1): _get,
    ("containsKey", 1): _has_key,
    **{(f"{kind}Value", 0): _itself for kind in ("boolean", "int", "long", "double", "float")},
    ("plusDays", 1): _later("D"),
    ("plusWeeks", 1): _later("W"),
    ("plusMonths", 1): _later("M"),
    ("plusYears", 1): _later("Y"),
    ("plusHours", 1): _later("H", "T"),
    ("plusMinutes", 1): _later("M", "T"),
    ("plusSeconds", 1): _later("S", "T"),
    ("toDate", 0): _itself,
}


def _compared(sign: str) -> _Method:
    def call(one: Term, other: Term) -> Term | None:
        # jBPM writes the other side as a text, whatever it is.
        number = other.literal if other.literal is not None and other.literal.replace(".", "", 1).isdecimal() else None
        return None if number is None else Term(f"{one.within(4)} {sign} {number}", 3)

    return call


def _same_text(one: Term, other: Term) -> Term:
    return Term(f"string({one.text}) = {other.text}", 3)


def _is(value: str) -> _Method:
    return lambda one: Term(f"{one.within(4)} = {value}", 3)


_STATIC: dict[tuple[str, int], _Method] = {
    **{(name, 1): _function("number") for name in ("parseInt", "parseLong", "parseDouble", "Number")},
    ("String.valueOf", 1): _function("string", is_text=True),
    ("valueOf", 1): _itself,
    ("isNull", 1): _is("null"),
    ("isTrue", 1): _is("true"),
    ("isFalse", 1): _is("false"),
    ("isEmpty", 1): is_empty,
    ("equalsTo", 2): _same_text,
    ("contains", 2): _contains,
    ("startsWith", 2): _function("starts with"),
    ("endsWith", 2): _function("ends with"),
    ("greaterThan", 2): _compared(">"),
    ("greaterOrEqualThan", 2): _compared(">="),
    ("lessThan", 2): _compared("<"),
    ("lessOrEqualThan", 2): _compared("<="),
    ("nonNull", 1): lambda one: Term(f"{one.within(4)} != null", 3),
    ("equals", 2): _equals,
}
_FUNCTIONS: dict[tuple[str, int], _Method] = {
    ("dateTime", 0): lambda: Term("now()"),
    ("now", 0): lambda: Term("now()"),
    ("len", 1): _function("count"),
    ("str", 1): _function("string", is_text=True),
    ("int", 1): _function("number"),
    ("float", 1): _function("number"),
    ("parseInt", 1): _function("number"),
    ("parseFloat", 1): _function("number"),
    ("String", 1): _function("string", is_text=True),
    ("Number", 1): _function("number"),
    ("Boolean", 1): _itself,
}


def method(receiver: Term, name: str, arguments: Sequence[Term]) -> Term | None:
    """FEEL for `receiver.name(arguments)`; None where there is none."""
    if receiver.name in ENGINES:
        return _of_engine(name, arguments)
    if receiver.name in CONVERTERS:
        return _called(_STATIC, f"{receiver.name}.{name}", arguments) or _called(_STATIC, name, arguments)
    found = _called(METHODS, name, (receiver, *arguments), len(arguments))
    if found is not None or _CHANGES.fullmatch(name):
        return found
    getter = _GETTER.fullmatch(name)
    if getter and not arguments:
        return Term(f"{receiver.within(ATOM)}.{getter[1][0].lower()}{getter[1][1:]}")
    return _called_by_name(f"{receiver.name}_{name}", arguments) if receiver.name else None


def function(name: str, arguments: Sequence[Term]) -> Term:
    """FEEL for `name(arguments)`: a function of the application where it is none of the language."""
    return _called(_FUNCTIONS, name, arguments) or _called_by_name(name, arguments)


def _of_engine(name: str, arguments: Sequence[Term]) -> Term | None:
    literal = arguments[0].literal if len(arguments) == 1 else None
    if literal is None or not literal.isidentifier():
        return None
    if name in _READS:
        return Term(literal, name=literal)
    return Term(f"is defined({literal})") if name in {"hasVariable", "hasVariableLocal"} else None


def _called(
    table: dict[tuple[str, int], _Method], name: str, terms: Sequence[Term], count: int | None = None
) -> Term | None:
    found = table.get((name, len(terms) if count is None else count))
    return found(*terms) if found is not None else None


def _called_by_name(name: str, arguments: Sequence[Term]) -> Term:
    return Term(f"{name}({', '.join(term.text for term in arguments)})")
