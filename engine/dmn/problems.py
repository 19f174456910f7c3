"""What a check of decisions finds, in English and Chinese."""

from engine.problems import describe

XML = describe(
    "dmn.xml",
    "The file cannot be read as DMN: {why}.",
    "Save it again in the modeler, as DMN 1.1 to 1.5, without a document type.",
    "该文件无法作为 DMN 读取：{why_zh}。",
    "请在建模器中重新保存为 DMN 1.1 至 1.5 格式，且不含文档类型声明。",
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
    "The decision has neither a table nor an expression and would give nothing.",
    "Draw its table or write its expression.",
    "该决策既没有决策表也没有表达式，不会给出结果。",
    "请绘制决策表或填写表达式。",
)
UNSUPPORTED = describe(
    "dmn.unsupported",
    "“{what}” is not supported and would be ignored.",
    "Use a decision table or a literal expression, and put shared logic into a decision of its own.",
    "不支持“{what}”，它将被忽略。",
    "请使用决策表或文字表达式，并将共用逻辑放入单独的决策。",
)
HIT_POLICY = describe(
    "dmn.hit_policy",
    "The hit policy {policy} is not supported.",
    "Use UNIQUE, FIRST, ANY, COLLECT or RULE ORDER.",
    "不支持命中策略 {policy}。",
    "请使用 UNIQUE、FIRST、ANY、COLLECT 或 RULE ORDER。",
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
    "The decision requires “{reference}”, which is not in this file.",
    "Put both decisions into one file, or remove the requirement.",
    "该决策依赖的“{reference}”不在此文件中。",
    "请将两个决策放在同一文件中，或删除该依赖。",
)
CYCLE = describe(
    "dmn.cycle",
    "The decision requires itself, directly or through others.",
    "Remove one of the requirements that form the circle.",
    "该决策直接或间接地依赖自身。",
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
TYPE = describe(
    "dmn.type",
    "The type “{type}” is unknown; values of any type would be accepted.",
    "Use string, number, boolean, date, time, date and time, or a duration.",
    "类型“{type}”未知，将接受任何类型的值。",
    "请使用 string、number、boolean、date、time、date and time 或时长类型。",
)
