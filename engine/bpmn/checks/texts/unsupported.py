"""Problems of what BPMN and its vendors know, but this engine does not run."""

from engine.problems import describe

EVENT_SUBPROCESS = describe(
    "bpmn.event_subprocess",
    "Event sub-processes are not run: the event would never be heard.",
    "Put the steps it should watch into a sub-process and attach a boundary event to that.",
    "不执行事件子流程：该事件永远不会被监听。",
    "请将需要监听的步骤放入子流程，并在其上附着边界事件。",
)
COMPENSATION = describe(
    "bpmn.compensation",
    "Compensation is not run: nothing would be undone.",
    "Draw the steps that undo the work as an ordinary path.",
    "不执行补偿：不会撤销任何操作。",
    "请将撤销步骤绘制为普通路径。",
)
TRANSACTION = describe(
    "bpmn.transaction",
    "Transactions and cancel events are not run.",
    "Use an ordinary sub-process with an error end event inside and an error boundary event.",
    "不执行事务子流程和取消事件。",
    "请使用普通子流程，内部用错误结束事件，外部用错误边界事件。",
)
AD_HOC = describe(
    "bpmn.ad_hoc",
    "Ad-hoc sub-processes are not run.",
    "Use an ordinary sub-process, with an inclusive gateway for steps that are optional.",
    "不执行即席子流程。",
    "请使用普通子流程，可选步骤用包容网关表达。",
)
COMPLEX_GATEWAY = describe(
    "bpmn.complex_gateway",
    "Complex gateways are not run.",
    "Use exclusive, inclusive or parallel gateways.",
    "不执行复杂网关。",
    "请使用排他、包容或并行网关。",
)
NOT_RUN = describe(
    "bpmn.not_run",
    "The element {tag} is not run.",
    "Remove it, or replace it with an element that is run.",
    "不执行元素 {tag}。",
    "请将其删除，或替换为可执行的元素。",
)
DATA_STORE = describe(
    "bpmn.data_store",
    "Nothing is read from or written to a data store; it is a remark in the picture only.",
    "Let a service task with a topic read or write, if this is meant to happen.",
    "不会读写数据存储，它只是图中的说明。",
    "如确需读写，请使用带主题的服务任务。",
)
DATA_OBJECT = describe(
    "bpmn.data_object",
    "Data objects are a remark in the picture: variables hold the values.",
    "Nothing needs to be done.",
    "数据对象只是图中的说明，值保存在变量中。",
    "无需处理。",
)
DATA_MAPPING = describe(
    "bpmn.data_mapping",
    "Values would not be moved as drawn: {tag} is not run.",
    "Use input and output mappings (camunda:inputOutput), or a script task in FEEL.",
    "数据不会按图示传递：不执行 {tag}。",
    "请使用输入输出映射（camunda:inputOutput），或 FEEL 脚本任务。",
)
JAVA = describe(
    "bpmn.java",
    "The step is implemented by “{attribute}”, program code of another engine that does not exist here.",
    "Choose “External” as its implementation and give a topic.",
    "该步骤由“{attribute}”实现，属于其他引擎的程序代码，此处不存在。",
    "请将其实现方式设为“External”并填写主题。",
)
LISTENER = describe(
    "bpmn.listener",
    "Listeners are not run: {tag} would be ignored.",
    "Draw what it does as a step of the process.",
    "不执行监听器：{tag} 会被忽略。",
    "请将其所做的事绘制为流程步骤。",
)
EXTENSION = describe(
    "bpmn.extension",
    "The extension {name} is not read: what it asks for would not happen.",
    "Remove it, or say the same with what this engine reads.",
    "不读取扩展 {name}，其要求不会实现。",
    "请将其删除，或用本引擎可读取的方式表达。",
)
MAPPING_KIND = describe(
    "bpmn.mapping_kind",
    "The mapping “{name}” is written as {tag}, which is not read.",
    "Write the value as text or as a FEEL expression; lists and contexts can be written in FEEL.",
    "映射“{name}”以 {tag} 形式书写，不会被读取。",
    "请以文本或 FEEL 表达式书写；列表和对象可用 FEEL 表示。",
)
CORRELATION = describe(
    "bpmn.correlation",
    "Correlation keys in the diagram are not read: a message finds its case by business key, or by the variables that "
    "its sender names.",
    "Let the sender give the business key of the case.",
    "不读取图中的关联键：消息通过业务键或发送方指定的变量找到案件。",
    "请让发送方提供案件的业务键。",
)
QUANTITY = describe(
    "bpmn.quantity",
    "The step asks for {attribute}=“{value}”: several tokens at once are not run.",
    "Remove the attribute; repeat a step with a loop or as multi-instance.",
    "该步骤要求 {attribute}=“{value}”：不支持一次处理多个令牌。",
    "请删除该属性；如需重复，请使用循环或多实例。",
)
BINDING = describe(
    "bpmn.binding",
    "The reference asks for “{binding}”; the active version is used when the step is reached.",
    "Check that the active version is meant.",
    "该引用要求“{binding}”；到达该步骤时使用当前生效的版本。",
    "请确认应使用当前生效的版本。",
)
