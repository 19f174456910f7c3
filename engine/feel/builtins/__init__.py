"""The built-in functions of FEEL (DMN 1.5, section 10.3.4), each family in a module of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.feel.builtins import aggregates, contexts, conversion, lists, numeric, ranges, strings, temporal
from engine.feel.builtins.table import Builtin

_FAMILIES = (conversion, strings, lists, aggregates, numeric, temporal, ranges, contexts)

#: name → built-in function.
BUILTINS: Mapping[str, Builtin] = MappingProxyType(
    {name: builtin for family in _FAMILIES for name, builtin in family.TABLE.functions.items()}
)

__all__ = ["BUILTINS", "Builtin"]
