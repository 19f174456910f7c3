"""What is said of a dry run beside where it stands."""

from engine.execution.waiting import Sentence

TOO_LONG = Sentence(
    "The run was stopped: the next timer is due {due}, more than {years} years after the start.",
    "运行已停止：下一个定时器将于 {due} 到期，距开始超过 {years} 年。",
)
CIRCLE = Sentence(
    "The run was stopped after {steps} steps: at its end it went round {circle} again and again.",
    "运行在 {steps} 步后停止：最后一直在{circle}之间循环。",
)
SIGNAL_UNHEARD = Sentence(
    "The signal “{name}” was thrown by {thrower} before {element} waited for it: a signal reaches only those who wait.",
    "信号“{name}”在{element}开始等待之前已由{thrower}抛出：信号只能到达正在等待者。",
)
UNDECIDED = Sentence(
    "At {element} the decision “{decision}” gave no result for {inputs}.",
    "在{element}处，决策“{decision}”对{inputs}没有给出结果。",
)
UNDECIDED_PLAIN = Sentence(
    "At {element} the decision “{decision}” gave no result.", "在{element}处，决策“{decision}”没有给出结果。"
)
LEFT_OVER = Sentence(
    "Of {given} answers for “{key}” {used} were used: it was not reached more often.",
    "“{key}”的 {given} 个答案只用了 {used} 个：它没有被更多次到达。",
)
NOT_REACHED = Sentence(
    "The answers for {element} were not used: it was not reached.", "{element}的答案没有使用：它未被到达。"
)
NOT_ASKING = Sentence(
    "The answers for {element} were not used: it asks nobody.", "{element}的答案没有使用：它不询问任何人。"
)
UNDER_NAME = Sentence(
    "The answers for {element} were not used: what it waits for stands under its name, “{name}”.",
    "{element}的答案没有使用：它所等待的内容应写在名称“{name}”之下。",
)
NOT_WAITED_FOR = Sentence(
    "The answers for “{key}” were not used: {elements} never waited for it.",
    "“{key}”的答案没有使用：{elements}从未等待它。",
)
UNKNOWN = Sentence(
    "The answers for “{key}” were not used: no element and no message has that name.",
    "“{key}”的答案没有使用：没有元素或消息叫这个名称。",
)
UNKNOWN_NEAR = Sentence(
    "The answers for “{key}” were not used: no element and no message has that name; is “{near}” meant?",
    "“{key}”的答案没有使用：没有元素或消息叫这个名称；是否指“{near}”？",
)
UNKNOWN_FIELD = Sentence(
    "The answers for {element} have {unknown}, which its form “{form}” does not ask for; it asks for {fields}.",
    "{element}的答案含有其表单“{form}”未询问的{unknown}；该表单询问{fields}。",
)
