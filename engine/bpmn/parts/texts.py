"""What is told of parts of an element whose meaning had to be chosen, in English and Chinese."""

from engine.problems import describe

TOPIC = describe(
    "bpmn.derived_topic",
    "The step names no topic; it is done as external work under the topic “{topic}”, taken from {origin}.",
    "Provide the topic “{topic}”, or choose “External” as the implementation and give another one.",
    "该步骤没有主题，作为外部工作执行，主题为“{topic}”（取自 {origin}）。",
    "请提供主题“{topic}”，或将实现方式设为“External”并填写其他主题。",
)
EXPRESSION = describe(
    "bpmn.expression_task",
    "The step only calculates “{text}”, which is evaluated here as FEEL.",
    "Make it a script task in FEEL, if this is all that it does.",
    "该步骤仅计算“{text}”，此处按 FEEL 求值。",
    "如果仅此而已，请改为 FEEL 脚本任务。",
)
SCRIPT = describe(
    "bpmn.translated_script",
    "The script is read as FEEL: {feel}",
    "Write it this way, with “feel” as its language, to be sure of its meaning.",
    "脚本按 FEEL 理解为：{feel}",
    "建议按此书写，并将语言设为“feel”，以免歧义。",
)
SCRIPT_LANGUAGE = describe(
    "bpmn.script_language",
    "The script in the language “{language}” is not run: {why}. Models contain no program code.",
    "Write it in FEEL and give “feel” as its language; or let an external step with a topic do the work.",
    "不执行语言为“{language}”的脚本：{why_zh}。模型中不含程序代码。",
    "请用 FEEL 书写并将语言设为“feel”；或改为带主题的外部步骤。",
)
DATA_MAPPING = describe(
    "bpmn.data_mapping",
    "A value would not be moved as drawn: “{text}” cannot be read as FEEL.",
    "Write the assignment in FEEL, or use input and output mappings.",
    "数据不会按图示传递：“{text}”无法按 FEEL 读取。",
    "请用 FEEL 书写赋值，或使用输入输出映射。",
)
MAPPING_KIND = describe(
    "bpmn.mapping_kind",
    "The mapping “{name}” is written as {tag}, which cannot be read: {why}.",
    "Write the value as text or as a FEEL expression; lists and contexts can be written in FEEL.",
    "映射“{name}”以 {tag} 形式书写，无法读取：{why_zh}。",
    "请以文本或 FEEL 表达式书写；列表和对象可用 FEEL 表示。",
)
EVERYTHING_CROSSES = describe(
    "bpmn.everything_crosses",
    "All variables are passed to the called process and taken back from it, as {vendor} does.",
    "Add mappings for what the called process needs and gives, if less should cross.",
    "所有变量都会传入被调用流程并取回，与 {vendor} 一致。",
    "如需限制，请为被调用流程所需和返回的内容添加映射。",
)
LOCAL_VARIABLES = describe(
    "bpmn.local_variables",
    "Only variables of the step itself should be passed to the called process; all that it can see are.",
    "Map the variables one by one.",
    "按设定只应传入该步骤自身的变量，此处会传入其可见的所有变量。",
    "请逐个映射变量。",
)
CONDITION_LANGUAGE = describe(
    "bpmn.condition_language",
    "The condition in the language “{language}” is not evaluated: {why}.",
    "Write it in FEEL.",
    "不计算语言为“{language}”的条件：{why_zh}。",
    "请用 FEEL 书写。",
)
