"""Problems of FEEL texts beyond those of `engine.feel.problems`."""

from engine.problems import describe

JUEL = describe(
    "feel.juel",
    "The {place} “{text}” can neither be read as FEEL nor translated to it: {why}.",
    "Write it in FEEL; methods and beans of other engines do not exist here.",
    "{place_zh}“{text}”既不是 FEEL，也无法翻译为 FEEL：{why_zh}。",
    "请用 FEEL 书写；此处没有其他引擎的方法和对象。",
)
TRANSLATED = describe(
    "feel.translated",
    "The {place} “{text}” is read as FEEL: {feel}",
    "Write it this way to be sure of its meaning.",
    "{place_zh}“{text}”按 FEEL 理解为：{feel}",
    "建议按此书写，以免歧义。",
)
UNKNOWN_PATH = describe(
    "feel.unknown_path",
    "The {place} uses “{path}”, which the record does not have.",
    "Correct the path.",
    "{place_zh}使用了“{path}”，记录中没有该路径。",
    "请更正路径。",
)
PERSONAL_PATH = describe(
    "feel.personal_path",
    "The {place} reads “{path}”, which is personal: only forms and topics may.",
    "Decide by a value that is not personal; forms can show and ask for personal values.",
    "{place_zh}读取“{path}”，属于个人信息：只有表单和主题可以读取。",
    "请改用非个人信息的值判断；表单可以显示和填写个人信息。",
)
UNKNOWN_VARIABLE = describe(
    "feel.unknown_variable",
    "The {place} reads “{name}”, which nothing in the model writes: without a value it is null.",
    "Correct the name; or make sure that it is given at the start, by a message, or by a topic.",
    "{place_zh}读取“{name}”，模型中没有任何步骤写入它：没有值时为 null。",
    "请更正名称；或确保它在启动时、由消息或由主题给出。",
)
NOT_BOOLEAN = describe(
    "feel.not_boolean",
    "The condition “{text}” is always {value}, which is neither true nor false, and so never holds.",
    "Write a comparison, as amount > 500.",
    "条件“{text}”恒为 {value}，既不是 true 也不是 false，因此永远不成立。",
    "请写成比较，例如 amount > 500。",
)
