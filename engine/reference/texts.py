"""What a check of a table says, in both languages: Chinese first; `{name}` stands for a value."""

TEXTS = {
    "too_large": (
        "文件超过 {megabytes} MB，请拆分或删去多余内容。",
        "The file is larger than {megabytes} MB; leave out what does not belong to the table.",
    ),
    "not_utf8": (
        "文件不是 UTF-8 编码。请在电子表格中另存为“CSV UTF-8”。",
        "The file is not written in UTF-8. Save it as “CSV UTF-8” in your spreadsheet program.",
    ),
    "no_header": (
        "文件是空的，第一行应为列名：{columns}。",
        "The file is empty; its first row must name the columns: {columns}.",
    ),
    "unreadable": (
        "从这里起无法按 CSV 读取（{why}）；请检查引号是否成对。",
        "From here on this is no CSV ({why}); look for a quotation mark that is not closed.",
    ),
    "unknown_column": (
        "没有“{name}”这一列；应有的列：{columns}。",
        "There is no column “{name}”; the columns are {columns}.",
    ),
    "missing_column": (
        "缺少“{name}”列；应有的列：{columns}。",
        "The column “{name}” is missing; the columns are {columns}.",
    ),
    "twice_column": ("“{name}”列出现两次，请删去一列。", "The column “{name}” is there twice; take one away."),
    "too_many_rows": ("行数超过 {most} 行。", "These are more than {most} rows."),
    "empty_row": ("这是空行，请删除。", "The row is empty; take it away."),
    "cells": (
        "此行有 {found} 个单元格，应为 {wanted} 个；含逗号的内容要加引号。",
        "The row has {found} cells instead of {wanted}; a text with a comma needs quotation marks.",
    ),
    "required": ("必须填写。", "This must be filled in."),
    "too_long": ("超过 {most} 个字符。", "This is longer than {most} characters."),
    "date": ("“{value}”不是日期；请写成 2026-03-10。", "“{value}” is no date; write it as 2026-03-10."),
    "integer": ("“{value}”不是整数。", "“{value}” is no whole number."),
    "decimal": (
        "“{value}”不是数字；请写成 1234.50，不加千分位。",
        "“{value}” is no number; write it as 1234.50, without separators.",
    ),
    "yes_no": ("“{value}”应为 yes 或 no。", "“{value}” must be yes or no."),
    "code": ("没有代码“{value}”；可用：{known}。", "There is no code “{value}”; possible are {known}."),
    "unit": ("没有机构“{value}”；可用：{known}。", "There is no unit “{value}”; possible are {known}."),
    "group": ("没有组“{value}”；可用：{known}。", "There is no group “{value}”; possible are {known}."),
    "twice": ("与第 {other} 行重复（{key}）；请删去一行。", "This is the same as row {other} ({key}); take one away."),
    "reversed": ("失效日期 {until} 早于生效日期 {since}。", "The last day {until} is before the first day {since}."),
    "overlap": (
        "与第 {other} 行（{key}）的有效期重叠；请先让较早的一行在前一天失效。",
        "This overlaps with row {other} ({key}) in time; end the earlier row the day before this one begins.",
    ),
    "gap": (
        "与第 {other} 行（{key}）之间有空档：{first} 至 {last} 没有有效的行。",
        "Between this and row {other} ({key}) nothing is in force, from {first} to {last}.",
    ),
}
