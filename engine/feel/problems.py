"""What a check of models says about an expression."""

from functools import partial

from engine.errors import FeelSyntaxError
from engine.feel.builtins import BUILTINS
from engine.feel.expression import Expression, parse, parse_unary
from engine.problems import Problem, Severity, describe

SYNTAX = describe(
    "feel.syntax",
    "{where}The expression “{text}” cannot be read at position {position}: {why}.",
    "Correct the expression. Texts stand in double quotes, names of several words must be known.",
    "{where_zh}表达式“{text}”在第 {position} 个字符处无法读取：{why_zh}。",
    "请更正表达式。文本须用双引号括起，多个单词组成的名称必须是已知名称。",
)
UNKNOWN_FUNCTION = describe(
    "feel.unknown_function",
    "{where}The expression “{text}” calls the function “{function}”, which does not exist.",
    "Use a built-in function of FEEL or one of the application's functions, and check its spelling.",
    "{where_zh}表达式“{text}”调用了不存在的函数“{function}”。",
    "请使用 FEEL 内置函数或本应用提供的函数，并检查拼写。",
)
_SHOWN = 80


def check(
    text: str,
    functions: frozenset[str],
    *,
    unary: bool = False,
    names: frozenset[str] = frozenset(),
    file: str = "",
    element_id: str = "",
    element_name: str = "",
    row: int = 0,
) -> list[Problem]:
    """All problems of the expression `text` (`unary`: the tests of a cell), found without evaluating it.

    Only a warning: what can be read but would always be null, as a call with too few values.

    `functions` are the application's own; `names` as for `parse`; `row` is named in the texts unless 0.
    """
    problem = partial(Problem, file=file, element_id=element_id, element_name=element_name)
    params: dict[str, object] = {
        "text": text.strip()[:_SHOWN],
        "where": f"Row {row}: " if row else "",
        "where_zh": f"第 {row} 行：" if row else "",
        "row": row,
    }
    try:
        expression: Expression = (parse_unary if unary else parse)(text, names)
    except FeelSyntaxError as error:
        return [problem(SYNTAX, params={**params, **error.params})]
    mistakes = [
        problem(SYNTAX, severity=Severity.WARNING, params={**params, **mistake.params})
        for mistake in expression.mistakes
    ]
    unknown = sorted(expression.functions - functions - BUILTINS.keys())
    return mistakes + [problem(UNKNOWN_FUNCTION, params={**params, "function": name}) for name in unknown]
