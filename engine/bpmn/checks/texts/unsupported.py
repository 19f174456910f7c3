"""Problems of what BPMN and its vendors know, but this engine does not run."""

from engine.problems import describe

NOT_RUN = describe(
    "bpmn.not_run",
    "The element {tag} is not run.",
    "Remove it, or replace it with an element that is run.",
    "不执行元素 {tag}。",
    "请将其删除，或替换为可执行的元素。",
)
AD_HOC = describe(
    "bpmn.ad_hoc",
    "Each activity of the ad-hoc sub-process that nothing leads to is offered once; people do not choose among them.",
    "State a completion condition if not all of them are needed.",
    "即席子流程中没有前置流的每个活动都会分派一次,不由人员挑选。",
    "如果不需要全部完成,请填写完成条件。",
)
DATA_STORE = describe(
    "bpmn.data_store",
    "The data store is the variable “{variable}” of the case; nothing is kept in it beyond the case.",
    "Let a service task with a topic read or write, if other cases should see it.",
    "数据存储即案件的变量“{variable}”，案件之外不保留。",
    "如需供其他案件使用，请用带主题的服务任务读写。",
)
DATA_OBJECT = describe(
    "bpmn.data_object",
    "The data object is the variable “{variable}” of the case.",
    "Nothing needs to be done.",
    "数据对象即案件的变量“{variable}”。",
    "无需处理。",
)
DATA_OBJECT_INSIDE = describe(
    "bpmn.data_object_inside",
    "The data object is the variable “{variable}” of the sub-process: it begins empty, and is gone when that ended.",
    "Nothing needs to be done; draw it outside if it should stay.",
    "数据对象即子流程的变量“{variable}”：开始时为空，子流程结束后即消失。",
    "无需处理；如需保留，请绘制在子流程之外。",
)
DATA_OBJECT_OUTSIDE = describe(
    "bpmn.data_object_outside",
    "“{variable}” is read here, but belongs to the sub-process “{inside}”, which keeps it for itself: what is written "
    "there is not seen here.",
    "Draw the data object outside the sub-process, or let the sub-process write it outward with an output mapping.",
    "此处读取“{variable}”，但它属于子流程“{inside}”，仅供其内部使用：其中写入的值在此不可见。",
    "请将数据对象绘制在子流程之外，或用输出映射将其写出子流程。",
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
    "Listeners are not run: {tag} is ignored, and a variable that it would set stays without its value.",
    "Draw what it does as a step of the process.",
    "不执行监听器：{tag} 会被忽略，由其设置的变量将没有值。",
    "请将其所做的事绘制为流程步骤。",
)
EXTENSION = describe(
    "bpmn.extension",
    "The extension {name} is not read: what it asks for would not happen.",
    "Remove it, or say the same with what this engine reads.",
    "不读取扩展 {name}，其要求不会实现。",
    "请将其删除，或用本引擎可读取的方式表达。",
)
CORRELATION = describe(
    "bpmn.correlation",
    "Correlation keys in the diagram are not read: a message finds its case by business key, or by the variables that "
    "its sender names.",
    "Let the sender give the business key of the case.",
    "不读取图中的关联键：消息通过业务键或发送方指定的变量找到案件。",
    "请让发送方提供案件的业务键。",
)
BINDING = describe(
    "bpmn.binding",
    "The reference asks for “{binding}”, which is not read: {used} is used.",
    "Check that this is the version that is meant.",
    "该引用要求“{binding}”，系统不读取：使用{used_zh}。",
    "请确认这就是所需的版本。",
)
