"""Small decision models, written as text."""

from typing import Any

from engine.dmn import check, load

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    MODEL,
]


def file(*elements: str, namespace: str = "n") -> bytes:
    inner = "".join(elements)
    return f'<definitions xmlns="{MODEL}" id="d" name="D" namespace="{namespace}">{inner}</definitions>'.encode()


def text(value: str) -> str:
    return f"<text>{value.replace('&', '&amp;').replace('<', '&lt;')}</text>"


def literal(value: str, **attributes: str) -> str:
    return f"<literalExpression{_written(attributes)}>{text(value)}</literalExpression>"


def variable(name: str, type_: str = "") -> str:
    return f'<variable name="{name}" typeRef="{type_}"/>' if type_ else f'<variable name="{name}"/>'


def given(name: str, type_: str = "") -> str:
    """Input data; its id is its name without spaces."""
    return f'<inputData id="{_id(name)}" name="{name}">{variable(name, type_)}</inputData>'


def decision(name: str, logic: str, *, needs: str = "", type_: str = "") -> str:
    """A decision; its id is its name without spaces. `logic` without `<` is FEEL. `needs`: names, `fn:` functions."""
    written = logic if logic.startswith("<") else literal(logic)
    return f'<decision id="{_id(name)}" name="{name}">{variable(name, type_)}{_needs(needs)}{written}</decision>'


def knowledge(name: str, parameters: str, body: str, *, needs: str = "", type_: str = "", kind: str = "FEEL") -> str:
    """A function of `parameters`, as `a, b: number`; `body` without `<` is FEEL."""
    return (
        f'<businessKnowledgeModel id="{_id(name)}" name="{name}">{variable(name, type_)}'
        f'<encapsulatedLogic kind="{kind}">{_function(parameters, body)}</encapsulatedLogic>{_needs(needs)}'
        "</businessKnowledgeModel>"
    )


def function(parameters: str, body: str) -> str:
    return f"<functionDefinition>{_function(parameters, body)}</functionDefinition>"


def context(*entries: tuple[str, str], result: str = "") -> str:
    """Entries as (name, logic), or (name: type, logic)."""
    parts = "".join(
        f"<contextEntry>{_typed('variable', name)}{_logic(logic)}</contextEntry>" for name, logic in entries
    )
    last = f"<contextEntry>{_logic(result)}</contextEntry>" if result else ""
    return f"<context>{parts}{last}</context>"


def invocation(called: str, **bindings: str) -> str:
    bound = "".join(f'<binding><parameter name="{name}"/>{_logic(logic)}</binding>' for name, logic in bindings.items())
    return f"<invocation>{literal(called)}{bound}</invocation>"


def table(
    rules: list[str], *, policy: str = "FIRST", inputs: str = "amount", outputs: str = "level", extra: str = ""
) -> str:
    """A table whose rules are written as `cell | cell -> result | result`."""
    columns = "".join(
        f'<input id="i{n}" label="{name}"><inputExpression id="e{n}">{text(name)}</inputExpression></input>'
        for n, name in enumerate(inputs.split(" | "))
    )
    results = "".join(f'<output id="o{n}" name="{name}"/>' for n, name in enumerate(outputs.split(" | ")))
    rows = "".join(_rule(number, rule) for number, rule in enumerate(rules, 1))
    return f'<decisionTable id="t" hitPolicy="{policy}"{extra}>{columns}{results}{rows}</decisionTable>'


def item(name: str, type_: str = "", *, parts: str = "", allowed: str = "", only: str = "", many: bool = False) -> str:
    """An item definition; `parts`: `a: number, b: string`; `allowed`, `only`: tests of each item, of the whole."""
    inner = f"<typeRef>{type_}</typeRef>" if type_ else ""
    inner += f"<allowedValues>{text(allowed)}</allowedValues>" if allowed else ""
    inner += f"<typeConstraint>{text(only)}</typeConstraint>" if only else ""
    for part in filter(None, parts.split(", ")):
        key, _, kind = part.partition(": ")
        inner += f'<itemComponent name="{key}"><typeRef>{kind}</typeRef></itemComponent>'
    return f'<itemDefinition name="{name}" isCollection="{str(many).lower()}">{inner}</itemDefinition>'


def value(source: bytes, /, name: str, *imports: bytes, **names: object) -> Any:
    return load(source, imports=imports).evaluate(name, names)


def reasons(source: bytes, name: str, **names: object) -> str:
    return "; ".join(str(reason.params["why"]) for reason in load(source).decide(name, names).reasons)


def codes(source: bytes, *imports: bytes) -> list[str]:
    return [problem.code for problem in check(source, "a.dmn", frozenset(), imports)]


def _id(name: str) -> str:
    return name.replace(" ", "_")


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in attributes.items())


def _logic(logic: str) -> str:
    return logic if logic.startswith("<") else literal(logic)


def _typed(tag: str, name: str) -> str:
    plain, _, kind = name.partition(": ")
    return f'<{tag} name="{plain}" typeRef="{kind}"/>' if kind else f'<{tag} name="{plain}"/>'


def _function(parameters: str, body: str) -> str:
    return "".join(_typed("formalParameter", one) for one in filter(None, parameters.split(", "))) + _logic(body)


def _needs(needs: str) -> str:
    """Requirements of `a, b, fn:c, data:d`, or of `namespace#id`."""
    parts = []
    for need in filter(None, needs.split(", ")):
        kind = next((one for one in ("fn", "data") if need.startswith(f"{one}:")), "")
        name = need.removeprefix(f"{kind}:")
        outer = "knowledgeRequirement" if kind == "fn" else "informationRequirement"
        inner = {"fn": "requiredKnowledge", "data": "requiredInput"}.get(kind, "requiredDecision")
        href = name if "#" in name else f"#{_id(name)}"
        parts.append(f'<{outer}><{inner} href="{href}"/></{outer}>')
    return "".join(parts)


def _rule(number: int, rule: str) -> str:
    tests, results = rule.split(" -> ")
    cells = "".join(f'<inputEntry id="r{number}_i">{text(cell)}</inputEntry>' for cell in tests.split(" | "))
    cells += "".join(f'<outputEntry id="r{number}_o">{text(cell)}</outputEntry>' for cell in results.split(" | "))
    return f'<rule id="r{number}">{cells}</rule>'
