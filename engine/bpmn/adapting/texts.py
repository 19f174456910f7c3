"""What adapting says, in English and Chinese."""

from engine.problems import describe

ENCODING = describe(
    "xml.encoding",
    "The file is not in the encoding that it says; it is read as {encoding}.",
    "Look whether names are right, and save the file again as UTF-8.",
    "文件的实际编码与其声明不符，按 {encoding} 读取。",
    "请确认名称显示正确，并重新以 UTF-8 保存。",
)
EXECUTABLE_UNSAID = describe(
    "bpmn.executable_unsaid",
    "The process does not say whether it is executable: it counts as executable.",
    "Mark it as executable, or as not executable if it is a picture only.",
    "流程未说明是否可执行：视为可执行。",
    "请将其标记为可执行；如仅为图示，请标记为不可执行。",
)
NO_ID = describe(
    "bpmn.no_id",
    "A {tag} has no id; it gets the id “{id}”, which changes when others are put before it.",
    "Open the model in a modeler and save it again, or write an id.",
    "一个 {tag} 没有标识，使用标识“{id}”；如在其前增加元素，该标识会变化。",
    "请用建模工具打开并重新保存，或补写标识。",
)
RENAMED_ID = describe(
    "bpmn.renamed_id",
    "The id “{id}” stands several times in the file; this element is called “{new}”.",
    "Give each element an id of its own.",
    "标识“{id}”在文件中重复出现，此元素改称“{new}”。",
    "请为每个元素设置唯一的标识。",
)
DUPLICATE_ID = describe(
    "bpmn.duplicate_id",
    "The id “{id}” stands several times in the file; what refers to it could mean either element.",
    "Give each element an id of its own.",
    "标识“{id}”在文件中重复出现，引用它的内容可能指其中任何一个。",
    "请为每个元素设置唯一的标识。",
)
REFERENCE_BY_NAME = describe(
    "bpmn.reference_by_name",
    "“{text}” is no id; the element of this name is meant: “{id}”.",
    "Refer to the element by its id.",
    "“{text}”不是标识，按名称理解为元素“{id}”。",
    "请通过标识引用该元素。",
)
FLOW_BY_STEP = describe(
    "bpmn.flow_by_step",
    "The sequence flow does not say where it begins or ends; the step “{id}” says that it does there.",
    "Save the model again in a modeler, which writes both ends.",
    "顺序流未说明起点或终点，依据步骤“{id}”的声明确定。",
    "请用建模工具重新保存，以写入两端。",
)
FLOWS_COUNT = describe(
    "bpmn.flows_count",
    "The flows that this step lists as {tag} are not those that are drawn; the drawn ones count.",
    "Save the model again in a modeler, which writes the list anew.",
    "该步骤列出的 {tag} 与图中的顺序流不一致，以顺序流为准。",
    "请用建模工具重新保存，以更新列表。",
)
MESSAGE_BY_FLOW = describe(
    "bpmn.message_by_flow",
    "No message is chosen here; the message flow says which step gets it, and both use the message “{name}”.",
    "Choose the message in the properties of both steps.",
    "此处未选择消息；根据消息流，两端使用同一消息“{name}”。",
    "请在两端步骤的属性中选择消息。",
)
UNDECLARED = describe(
    "bpmn.undeclared",
    "The {kind} “{name}” is not declared in the file; the reference itself is taken for its name.",
    "Choose the {kind} again in the properties of the element.",
    "文件中没有声明 {kind}“{name}”，以该引用本身作为名称。",
    "请在元素属性中重新选择 {kind}。",
)
UNSAID = describe(
    "bpmn.unsaid",
    "No {kind} is chosen; this element uses one that is named after it: “{name}”.",
    "Choose the {kind} in the properties of the element, so that both sides mean the same.",
    "未选择 {kind}，此元素使用以其名称命名的“{name}”。",
    "请在元素属性中选择 {kind}，以保证双方一致。",
)
IMPLICIT_START = describe(
    "bpmn.implicit_start",
    "There is no start event: it begins with every step that no flow leads to: {steps}.",
    "Draw a start event and connect it to the first step.",
    "没有开始事件：从所有没有流入顺序流的步骤开始：{steps}。",
    "请绘制开始事件并连接到第一个步骤。",
)
ASSUMED_DEFAULT = describe(
    "bpmn.assumed_default",
    "The flow has no condition: it is taken when none of the other flows is, as the default flow.",
    "Mark it as the default flow, or give it a condition.",
    "该顺序流没有条件：视为默认流，在其他流均不成立时选中。",
    "请将其标记为默认流，或设置条件。",
)
