"""What calls and definitions of functions mean (DMN 1.5, sections 10.3.2.13.1 to .3)."""

from collections.abc import Mapping

from engine.errors import FeelError
from engine.feel.budget import spend
from engine.feel.builtins import BUILTINS
from engine.feel.compiler import Run, compile_node, compile_value, step_into
from engine.feel.functions import DefinedFunction
from engine.feel.nodes import Call, FunctionOf, Invocation, Name, Node, Path, size
from engine.feel.outside import shape
from engine.feel.scope import Scope
from engine.feel.types import Function
from engine.feel.values import from_python, in_business_zone


@compile_node.register
def _call(node: Call) -> Run:
    name, names, arguments = node.name, node.names, tuple(map(compile_value, node.arguments))
    if name == "is defined" and len(arguments) == 1:
        return _is_defined(node.arguments[0], arguments[0])
    builtin = BUILTINS.get(name)

    def run(scope: Scope) -> object:
        value = scope.get(name)
        function = value if value is not None and isinstance(value, Function) else builtin
        if function is None:
            return (
                None
                if scope.has(name)
                else _call_outside(name, names, [argument(scope) for argument in arguments], scope)
            )
        values = [argument(scope) for argument in arguments]
        return function.named(dict(zip(names, values, strict=True))) if names else function(values)

    return run


def _call_outside(name: str, names: tuple[str, ...], values: list[object], scope: Scope) -> object:
    """Call the application's function `name`, null for values that it does not take.

    Raises FeelError if there is none, or for values with names.
    """
    function = scope.around.functions.get(name)
    if function is None:
        raise FeelError(why=f"there is no function “{name}”", why_zh=f"没有函数“{name}”")
    if names:
        raise FeelError(why=f"values are passed to “{name}” by position", why_zh=f"函数“{name}”的参数须按位置传入")
    spend(1 + len(values))
    return from_python(in_business_zone(function(*values))) if shape(function).fits(values) else None


@compile_node.register
def _invocation(node: Invocation) -> Run:
    callee, names, arguments = compile_node(node.callee), node.names, tuple(map(compile_value, node.arguments))

    def run(scope: Scope) -> object:
        function = callee(scope)
        if not isinstance(function, Function):
            return None
        values = [argument(scope) for argument in arguments]
        return function.named(dict(zip(names, values, strict=True))) if names else function(values)

    return run


@compile_node.register
def _function(node: FunctionOf) -> Run:
    names, types = node.parameters, node.types
    if node.body is None:
        # Code outside of FEEL is never run (section 10.3.2.13.3): no Java, no PMML.
        return lambda _: DefinedFunction(names, lambda *_: None, types)
    body, cost = compile_value(node.body), 1 + size(node.body)

    def define(scope: Scope) -> object:
        def run(*values: object) -> object:
            return body(Scope(dict(zip(names, values, strict=True)), scope))

        return DefinedFunction(names, run, types, scope.around.types, cost)

    return define


def _is_defined(argument: Node, value: Run) -> Run:
    if isinstance(argument, Name):
        return lambda scope: scope.has(argument.name)
    if isinstance(argument, Path):
        source, name = compile_node(argument.source), argument.name

        def run(scope: Scope) -> object:
            holder = source(scope)
            return name in holder if isinstance(holder, Mapping) else step_into(holder, name) is not None

        return run
    return lambda scope: value(scope) is not None
