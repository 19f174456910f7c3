"""Rules on FEEL: that it can be read, and that the functions and record paths in it exist."""

from collections.abc import Iterator

from engine import feel
from engine.bpmn import scripts
from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule, Scope
from engine.bpmn.checks.known import Known
from engine.bpmn.checks.texts import expressions as texts
from engine.bpmn.checks.written import CONDITIONS, Written, expressions
from engine.bpmn.expressions import is_expression, parsed
from engine.bpmn.parts.texts import CONDITION_LANGUAGE
from engine.bpmn.xml import bpmn, text_of
from engine.errors import FeelSyntaxError, RedressError
from engine.feel import problems as feel_texts
from engine.feel.budget import budget
from engine.problems import Severity

#: Elements that hold an expression and may name its language; conditions of flows are translated where they are read.
_WITH_LANGUAGE = [bpmn(tag) for tag in ("condition", "completionCondition", "loopCondition", "loopCardinality")]


def syntax(diagram: Diagram) -> Iterator[Finding]:
    """Every expression can be read."""
    for written in expressions(diagram):
        try:
            expression = parsed(written.text)
        except FeelSyntaxError as error:
            if written.place != "timer" or is_expression(written.text):
                yield _unreadable(diagram, written, error)
            continue
        for mistake in expression.mistakes:
            yield _unreadable(diagram, written, mistake)
        plain = feel.unwrap(written.text)
        if expression.text != plain:
            yield diagram.at(written.at, texts.TRANSLATED, Severity.NOTE, feel=expression.text, **written.params)


def _unreadable(diagram: Diagram, written: Written, error: FeelSyntaxError) -> Finding:
    is_juel = written.text.lstrip().startswith(("${", "#{"))
    why = str(error.params.get("why", error.message))
    reasons = {"why": why, "why_zh": error.params.get("why_zh", why), "position": error.params.get("position", 1)}
    return diagram.at(written.at, texts.JUEL if is_juel else feel_texts.SYNTAX, **written.params, **reasons)


def functions(diagram: Diagram) -> Iterator[Finding]:
    """Every function that is called exists."""
    known = diagram.known.functions | feel.BUILTINS.keys()
    for written in expressions(diagram):
        expression = written.read()
        for name in sorted((expression.functions | expression.invoked) - known) if expression else ():
            yield diagram.at(
                written.at, feel_texts.UNKNOWN_FUNCTION, diagram.known.missing, function=name, **written.params
            )


def paths_read(diagram: Diagram) -> Iterator[Finding]:
    """Record paths that are read exist and are not personal."""
    records = diagram.known.everywhere.records
    for written in expressions(diagram):
        known = _inside(diagram, written.scope)
        expression = written.read()
        for path in sorted(expression.names | expression.names_in_filters) if expression else ():
            if path.split(".")[0] not in records:
                continue
            if not known.has_path(path):
                yield diagram.at(written.at, texts.UNKNOWN_PATH, path=path, **written.params)
            elif not known.is_readable(path):
                yield diagram.at(written.at, texts.PERSONAL_PATH, path=path, **written.params)


def paths_of_tasks(diagram: Diagram) -> Iterator[Finding]:
    """A form or decision asks for nothing that is a path of another process's record only."""
    everywhere = diagram.known.everywhere
    for scope, node in diagram.nodes("userTask", "businessRuleTask"):
        known = _inside(diagram, scope)
        for path, place, place_zh in _asked(diagram, node):
            if path.split(".")[0] in everywhere.records and everywhere.has_path(path) and not known.has_path(path):
                yield diagram.at(node, texts.UNKNOWN_PATH, place=place, place_zh=place_zh, path=path)


def _asked(diagram: Diagram, node: Node) -> Iterator[tuple[str, str, str]]:
    """What the form or decision of `node` reads or writes, with the name of the place in both languages."""
    form = diagram.files.forms.get(node.element.form)
    decision = diagram.files.decision(node.element.decision)
    yield from ((name, "form", "表单") for name in sorted({*form.names, *form.keys} if form else ()))
    yield from ((name, "decision", "决策") for name in sorted(decision.names if decision else ()))


def _inside(diagram: Diagram, scope: Scope) -> Known:
    return diagram.known.inside(scope.process.get("id", ""))


def paths_written(diagram: Diagram) -> Iterator[Finding]:
    """Record paths that results go to exist."""
    records = diagram.known.everywhere.records
    for scope, node in diagram.nodes():
        known = _inside(diagram, scope)
        for path in _targets(node):
            first, _, rest = path.partition(".")
            if rest and first in records and path not in known.paths:
                params = {"place": "result", "place_zh": "结果", "path": path}
                yield diagram.at(node, texts.UNKNOWN_PATH, **params)


def _targets(node: Node) -> list[str]:
    element = node.element
    found = [element.result, *element.outputs, *(target for _, target in element.call_out)]
    return [*found, element.loop.collect] if element.loop else found


def constants(diagram: Diagram) -> Iterator[Finding]:
    """A condition that reads nothing is at least true or false."""
    with budget():  # all together may cost as much as one may
        valued = [(written, _shown(written)) for written in expressions(diagram) if written.place in CONDITIONS]
    for written, shown in valued:
        if shown:
            yield diagram.at(written.at, texts.NOT_BOOLEAN, text=written.text, value=shown)


def _shown(written: Written) -> str:
    """The value of a text that reads nothing, if it has one and it is neither true nor false."""
    expression = written.read()
    if expression is None or expression.names or expression.names_in_filters:
        return ""
    if expression.functions - feel.BUILTINS.keys():
        return ""
    try:
        value = expression.evaluate({})
        return "" if isinstance(value, bool) else feel.to_text(value)[:60]
    except RedressError:
        return ""


def languages(diagram: Diagram) -> Iterator[Finding]:
    """No expression is in another language, unless it is alike in FEEL."""
    for xml in diagram.root.iter(*_WITH_LANGUAGE):
        text, language = text_of(xml), xml.get("language", "")
        if not text or scripts.is_default(language) or is_expression(text):
            continue
        try:
            parsed(text)
        except FeelSyntaxError as error:
            why = str(error.params.get("why", error.message))
            params = {"language": language, "why": why, "why_zh": error.params.get("why_zh", why)}
            yield diagram.at(xml, CONDITION_LANGUAGE, **params)


RULES: list[Rule] = [syntax, functions, paths_read, paths_of_tasks, paths_written, constants, languages]
