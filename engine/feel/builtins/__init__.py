"""The built-in functions of FEEL (DMN 1.4, section 10.3.4), each family in a module of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.feel.builtins import contexts, conversion, lists, numeric, strings, temporal
from engine.feel.builtins.table import Builtin

_FAMILIES = (conversion, strings, lists, numeric, temporal, contexts)

#: name → built-in function.
BUILTINS: Mapping[str, Builtin] = MappingProxyType(
    {builtin.name: builtin for family in _FAMILIES for builtin in family.TABLE}
)

__all__ = ["BUILTINS", "Builtin"]
