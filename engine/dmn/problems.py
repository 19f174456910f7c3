"""What a check of decisions finds, in English and Chinese."""

from engine.problems import describe

XML = describe(
    "dmn.xml",
    "The file cannot be read as DMN: {why}.",
    "Save it again in the modeler, as DMN 1.1 to 1.5, without a document type.",
    "该文件无法作为 DMN 读取：{why_zh}。",
    "请在建模器中重新保存为 DMN 1.1 至 1.5 格式，且不含文档类型声明。",
)
TOO_LARGE = describe(
    "dmn.too_large",
    "The file holds more than {limit} {what}; a part of it is not read.",
    "Split it into several files that import each other.",
    "该文件包含超过 {limit} 个{what_zh}，有一部分不会被读取。",
    "请拆分为多个相互导入的文件。",
)
EMPTY = describe(
    "dmn.empty",
    "The file contains no decision.",
    "Add a decision with a table or an expression.",
    "该文件中没有决策。",
    "请添加带有决策表或表达式的决策。",
)
NO_LOGIC = describe(
    "dmn.no_logic",
    "It has neither a table nor an expression where one is needed, and would give nothing.",
    "Draw the table or write the expression.",
    "此处需要决策表或表达式，但没有填写，因此不会给出结果。",
    "请绘制决策表或填写表达式。",
)
UNSUPPORTED = describe(
    "dmn.unsupported",
    "“{what}” is not supported and would be ignored.",
    "Write the logic in FEEL: as an expression, a table, or another boxed expression of DMN.",
    "不支持“{what}”，它将被忽略。",
    "请使用 FEEL 编写逻辑：表达式、决策表或 DMN 的其他盒装表达式。",
)
HIT_POLICY = describe(
    "dmn.hit_policy",
    "The hit policy {policy} is not supported.",
    "Use UNIQUE, FIRST, ANY, PRIORITY, COLLECT, RULE ORDER or OUTPUT ORDER.",
    "不支持命中策略 {policy}。",
    "请使用 UNIQUE、FIRST、ANY、PRIORITY、COLLECT、RULE ORDER 或 OUTPUT ORDER。",
)
PRIORITY = describe(
    "dmn.priority",
    "The hit policy {policy} needs the allowed values of an output, from the highest priority to the lowest.",
    "List the allowed values of an output column, separated by commas.",
    "命中策略 {policy} 需要按优先级从高到低列出某个输出的允许值。",
    "请为输出列填写以逗号分隔的允许值。",
)
AGGREGATION = describe(
    "dmn.aggregation",
    "The aggregation {aggregation} cannot be used here: it needs COLLECT and exactly one output.",
    "Use SUM, MIN, MAX or COUNT with COLLECT and a single output column.",
    "此处不能使用聚合 {aggregation}：需要 COLLECT 且恰好一个输出列。",
    "请在 COLLECT 下使用 SUM、MIN、MAX 或 COUNT，且只保留一个输出列。",
)
REFERENCE = describe(
    "dmn.reference",
    "It requires “{reference}”, which is neither in this file nor in an imported one.",
    "Put both into one file, import the other file, or remove the requirement.",
    "其依赖的“{reference}”既不在此文件中，也不在导入的文件中。",
    "请将两者放在同一文件中，或导入另一个文件，或删除该依赖。",
)
CYCLE = describe(
    "dmn.cycle",
    "It requires itself, directly or through others, and would give nothing.",
    "Remove one of the requirements that form the circle.",
    "它直接或间接地依赖自身，不会给出结果。",
    "请删除形成循环的某个依赖。",
)
DUPLICATE = describe(
    "dmn.duplicate_id",
    "The id “{id}” stands twice in the file.",
    "Give each decision and each rule an id of its own.",
    "文件中的标识“{id}”重复。",
    "请为每个决策和每条规则设置唯一标识。",
)
NO_ID = describe(
    "dmn.no_id",
    "The {what} “{name}” has no id, so that nothing can refer to it.",
    "Give it an id.",
    "{what}“{name}”没有标识，无法被引用。",
    "请设置标识。",
)
CELLS = describe(
    "dmn.cells",
    "Row {row} has {given} cells where the table has {expected} columns.",
    "Save the table again in the modeler.",
    "第 {row} 行有 {given} 个单元格，而表中有 {expected} 列。",
    "请在建模器中重新保存该表。",
)
COLUMNS = describe(
    "dmn.columns",
    "The table has no output column.",
    "Add an output.",
    "该表没有输出列。",
    "请添加输出列。",
)
OUTPUT_NAME = describe(
    "dmn.output_name",
    "The output “{name}” has no name of its own, and its value would be lost.",
    "Give each output a different name.",
    "输出“{name}”没有唯一的名称，其值会丢失。",
    "请为每个输出设置不同的名称。",
)
OUTPUT_VALUE = describe(
    "dmn.output_value",
    "Row {row} gives {value} for “{output}”, which is not among its allowed values or not of its type.",
    "Correct the cell, or extend the allowed values of the output.",
    "第 {row} 行的“{output}”为 {value}，不在允许值之内或类型不符。",
    "请更正单元格，或扩充该输出的允许值。",
)
LANGUAGE = describe(
    "dmn.language",
    "The expression language {language} is not supported.",
    "Write the expression in FEEL.",
    "不支持表达式语言 {language}。",
    "请使用 FEEL 编写表达式。",
)
FUNCTION_KIND = describe(
    "dmn.function_kind",
    "The function is written in {kind}, which is not supported; it would give nothing.",
    "Write the function in FEEL.",
    "该函数使用 {kind} 编写，不受支持，不会给出结果。",
    "请使用 FEEL 编写该函数。",
)
ENTRY = describe(
    "dmn.entry",
    "The entry “{name}” stands twice, or after the result; its value would be lost.",
    "Give each entry a name of its own, and let the result be the last.",
    "条目“{name}”重复，或位于结果之后，其值会丢失。",
    "请为每个条目设置唯一名称，并将结果放在最后。",
)
IMPORT = describe(
    "dmn.import",
    "The file imports “{namespace}”, which is not at hand.",
    "Add the DMN file with this namespace, or remove the import.",
    "该文件导入的“{namespace}”不存在。",
    "请添加具有此命名空间的 DMN 文件，或删除该导入。",
)
IMPORT_KIND = describe(
    "dmn.import_kind",
    "The file imports something of the kind “{kind}”, which is not supported.",
    "Import DMN files only.",
    "该文件导入了不受支持的类型“{kind}”。",
    "请仅导入 DMN 文件。",
)
TYPE = describe(
    "dmn.type",
    "The type “{type}” is unknown, or consists of nothing but itself; values of any type would be accepted.",
    "Use string, number, boolean, date, time, date and time, a duration, or an item definition of the file.",
    "类型“{type}”未知，或仅由自身构成，将接受任何类型的值。",
    "请使用 string、number、boolean、date、time、date and time、时长类型，或文件中的数据类型定义。",
)
