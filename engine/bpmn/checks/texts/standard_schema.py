"""Problems of a file against the XML schema of BPMN 2.0."""

from engine.problems import describe

NO_ATTRIBUTE = describe(
    "bpmn.schema_no_attribute",
    "<{tag}> needs the attribute “{name}”; without it nobody can tell what is meant.",
    "Fill it in with a modeler, or write the attribute.",
    "<{tag}> 缺少必需的属性“{name}”，无法确定其含义。",
    "请用建模工具补全，或直接写入该属性。",
)
VALUE = describe(
    "bpmn.schema_value",
    "“{value}” is not a value that {name} can have in BPMN 2.0.",
    "Choose the value again in a modeler.",
    "“{value}”不是 BPMN 2.0 中 {name} 的有效值。",
    "请在建模工具中重新选择该值。",
)
ATTRIBUTE = describe(
    "bpmn.schema_attribute",
    "BPMN 2.0 knows no attribute “{name}” of <{tag}>; it would be ignored.",
    "Remove it, or put it into the namespace of the tool that reads it.",
    "BPMN 2.0 的 <{tag}> 没有属性“{name}”，它会被忽略。",
    "请将其删除，或放入读取该属性的工具的命名空间。",
)
CHILD = describe(
    "bpmn.schema_child",
    "<{tag}> must not stand inside <{parent}>; it would be ignored.",
    "Draw it in its right place, or remove it.",
    "<{tag}> 不允许出现在 <{parent}> 中，会被忽略。",
    "请将其绘制在正确的位置，或将其删除。",
)
FOREIGN = describe(
    "bpmn.schema_foreign",
    "<{tag}> is not BPMN and stands directly inside <{parent}>; it would be ignored.",
    "Put it into <extensionElements>, or remove it.",
    "<{tag}> 不是 BPMN 元素，却直接位于 <{parent}> 中，会被忽略。",
    "请将其放入 <extensionElements>，或将其删除。",
)
ORDER = describe(
    "bpmn.schema_order",
    "<{tag}> stands too late inside <{parent}>; other tools may refuse the file.",
    "Open the model in a modeler and save it again, which puts the parts in order.",
    "<{tag}> 在 <{parent}> 中的位置过于靠后，其他工具可能拒绝该文件。",
    "请用建模工具打开并重新保存，以恢复正确的顺序。",
)
MISSING = describe(
    "bpmn.schema_missing",
    "<{tag}> needs <{name}> inside it; without that it is not complete.",
    "Complete it in a modeler.",
    "<{tag}> 中必须包含 <{name}>，否则不完整。",
    "请在建模工具中补全。",
)
TOO_MANY = describe(
    "bpmn.schema_too_many",
    "<{tag}> has more than {limit} of <{name}>; it would not be clear which one counts.",
    "Keep the one that is meant.",
    "<{tag}> 中 <{name}> 多于 {limit} 个，无法确定以哪个为准。",
    "请只保留所需的那个。",
)
CHOICE = describe(
    "bpmn.schema_choice",
    "<{tag}> may have only one of these: {names}; it would not be clear which one counts.",
    "Keep the one that is meant.",
    "<{tag}> 只能包含其中之一：{names}，无法确定以哪个为准。",
    "请只保留所需的那个。",
)
ID_TWICE = describe(
    "bpmn.id_twice",
    "The id “{id}” stands several times in the file; nobody can tell which element is meant by it.",
    "Give each element an id of its own.",
    "标识“{id}”在文件中重复出现，无法确定它指哪个元素。",
    "请为每个元素设置唯一的标识。",
)
STRAY_TEXT = describe(
    "bpmn.schema_text",
    "Text stands inside <{tag}> where none is allowed; it would be ignored.",
    "Remove the text, or put it into <documentation>.",
    "<{tag}> 中出现了不允许的文本，会被忽略。",
    "请删除该文本，或放入 <documentation>。",
)
