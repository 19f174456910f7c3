"""FEEL, the expression language of DMN: read once, evaluated many times, safe with expressions of strangers.

No Python is reachable from an expression, and time and memory are bounded (`engine.feel.budget`).
"""

from engine.feel.builtins import BUILTINS
from engine.feel.expression import Expression, evaluate, parse, parse_unary, unwrap
from engine.feel.functions import DefinedFunction
from engine.feel.juel import from_juel, is_composite
from engine.feel.problems import check
from engine.feel.regex import Pattern
from engine.feel.scope import Functions
from engine.feel.temporal import Duration, YearsMonths, add_duration, parse_duration
from engine.feel.text import to_text
from engine.feel.types import Function, Range, Type
from engine.feel.values import from_python, in_business_zone

__all__ = [
    "BUILTINS",
    "DefinedFunction",
    "Duration",
    "Expression",
    "Function",
    "Functions",
    "Pattern",
    "Range",
    "Type",
    "YearsMonths",
    "add_duration",
    "check",
    "evaluate",
    "from_juel",
    "from_python",
    "in_business_zone",
    "is_composite",
    "parse",
    "parse_duration",
    "parse_unary",
    "to_text",
    "unwrap",
]
