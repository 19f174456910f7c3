"""The reference of all problems that a check can find, as Markdown."""

from collections.abc import Iterator

from engine.bpmn.checks import CODES
from engine.problems import CATALOGUE

_HEAD = """# Problems found before a deployment / 部署前检查发现的问题

Before files are deployed, every `.bpmn`, `.dmn` and `.form` file of the set is checked. An *error* refuses the
deployment, a *warning* asks for a look, a *note* tells which meaning was chosen. Words in braces are filled in.

部署之前会检查文件集中的每个 `.bpmn`、`.dmn` 和 `.form` 文件。*error*（错误）会拒绝部署，*warning*（警告）提示需要确认，
*note*（说明）告知所采用的含义。花括号中的内容会被替换为具体值。

This page is written by `python -m engine.bpmn.checks > docs/problems.md`.
"""
_GROUPS = {
    "bpmn": "Diagrams / 流程图",
    "dmn": "Decisions / 决策",
    "feel": "Expressions / 表达式",
    "file": "Files / 文件",
    "form": "Forms / 表单",
    "model": "Names / 名称",
    "xml": "XML",
}


def reference() -> str:
    """Every code with what it means and what to do, in English and Chinese."""
    return _HEAD + "".join(_sections())


def _sections() -> Iterator[str]:
    group = ""
    for code in CODES:
        if code.split(".")[0] != group:
            group = code.split(".")[0]
            yield f"\n## {_GROUPS[group]}\n"
        texts = CATALOGUE[code]
        english = f"{_plain(texts.what)} *{_plain(texts.remedy)}*"
        chinese = f"{_plain(texts.what_zh)} *{_plain(texts.remedy_zh)}*"
        yield f"\n### `{code}`\n\n{english}\n\n{chinese}\n"


def _plain(text: str) -> str:
    """`text` with doubled braces as they are shown, and no sign that Markdown would take for its own."""
    shown = text.replace("{{", "{").replace("}}", "}")
    return shown.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
