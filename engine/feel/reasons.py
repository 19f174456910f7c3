"""Why an expression cannot be read, in English and Chinese: one catalogue for every syntax error."""

from engine.errors import FeelSyntaxError

_REASONS: dict[str, tuple[str, str]] = {
    "too_long": ("it is longer than {limit} characters", "表达式超过 {limit} 个字符"),
    "too_deep": ("it is nested too deeply", "嵌套层次过深"),
    "character": ("“{found}” cannot stand here", "此处不能出现“{found}”"),
    "string_open": ("the text has no closing quote", "文本缺少结尾引号"),
    "number": ("the number {found} is too large", "数字 {found} 过大"),
    "unexpected": ("“{found}” was not expected", "此处不应出现“{found}”"),
    "ends": ("it ends too early", "表达式不完整"),
    "expected": ("“{expected}” is missing before “{found}”", "“{found}”之前缺少“{expected}”"),
    "expected_end": ("“{expected}” is missing at the end", "结尾缺少“{expected}”"),
    "name": ("a name is missing before “{found}”", "“{found}”之前缺少名称"),
    "temporal": ("“{found}” is not a date, time or duration", "“{found}”不是日期、时间或时长"),
    "type": ("the type “{found}” is unknown", "类型“{found}”未知"),
    "parameter": ("“{found}” stands twice", "“{found}”重复出现"),
    "parameters": (
        "{function} has no parameters called {given}",
        "{function} 没有名为 {given} 的参数",
    ),
    "arity": (
        "{function} takes {expected} values, not {given}",
        "{function} 需要 {expected} 个参数，而不是 {given} 个",
    ),
    "pattern": ("the pattern “{found}” cannot be used", "正则表达式“{found}”无法使用"),
    "duplicate": ("the entry “{found}” stands twice in the context", "上下文中“{found}”重复出现"),
    "juel": ("“{found}” has no counterpart in FEEL", "“{found}”在 FEEL 中没有对应写法"),
}


def syntax_error(position: int, reason: str, **params: object) -> FeelSyntaxError:
    """The error for `reason` at the 0-based `position`; people count from 1. Carries `why` and `why_zh`."""
    english, chinese = _REASONS[reason]
    return FeelSyntaxError(position=position + 1, why=english.format(**params), why_zh=chinese.format(**params))
