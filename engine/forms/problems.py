"""What a check of a form finds: the codes `form.*` with their texts in both languages."""

from engine.problems import describe

UNREADABLE = describe(
    "form.unreadable",
    "The form cannot be read: {why}.",
    "Export the form again from the form editor, or correct the file at the place named.",
    "无法读取表单：{why}。",
    "请从表单编辑器重新导出，或按提示位置修正文件。",
)
MALFORMED = describe(
    "form.malformed",
    "The entry “{entry}” has an unusable value: {why}.",
    "Correct this entry in the form editor.",
    "属性“{entry}”的值不可用：{why}。",
    "请在表单编辑器中修正该属性。",
)
SCHEMA_VERSION = describe(
    "form.schema_version",
    "The form was written for schema version {version}; up to {known} is understood, so parts may be ignored.",
    "Save the form with an older form editor, or check the preview carefully.",
    "表单采用模式版本 {version}；系统支持到版本 {known}，部分内容可能被忽略。",
    "请用较早版本的表单编辑器保存，或仔细核对预览。",
)
UNKNOWN_TYPE = describe(
    "form.unknown_type",
    "The component type “{type}” is not known and would not be shown.",
    "Replace it with one of the form editor's own components.",
    "组件类型“{type}”无法识别，将不会显示。",
    "请改用表单编辑器自带的组件。",
)
NO_KEY = describe(
    "form.no_key",
    "The component has no usable key (found “{key}”), so its answer has no name.",
    "Give it a key of letters, digits and underscores, parts joined by dots, not starting with an underscore.",
    "组件没有可用的键（当前为“{key}”），其答案将没有名称。",
    "请设置键：由字母、数字和下划线组成，可用点分段，且不以下划线开头。",
)
DUPLICATE_KEY = describe(
    "form.duplicate_key",
    "The key “{key}” is used by more than one component, or by one inside another; answers would overwrite each other.",
    "Give each component its own key.",
    "键“{key}”被多个组件使用或互相包含，答案会互相覆盖。",
    "请为每个组件设置不同的键。",
)
PATTERN = describe(
    "form.pattern",
    "The pattern “{pattern}” cannot be used on the server: {why}.",
    "Write a simpler regular expression.",
    "服务器无法使用正则表达式“{pattern}”：{why}。",
    "请改写为更简单的正则表达式。",
)
PATTERN_SLOW = describe(
    "form.pattern_slow",
    "The pattern “{pattern}” can take very long on some answers: {why}.",
    "Avoid repetitions or choices inside a repeated group, and use at most three open-ended repetitions.",
    "正则表达式“{pattern}”在某些输入下可能耗时过长：{why}。",
    "请避免在重复分组内再使用重复或多选，且无上限的重复不超过三处。",
)
FEEL = describe(
    "form.feel",
    "The expression in “{entry}” cannot be read: {why}",
    "Correct the FEEL expression.",
    "“{entry}”中的表达式无法解析：{why}",
    "请修正该 FEEL 表达式。",
)
UNKNOWN_FUNCTION = describe(
    "form.unknown_function",
    "The form calls “{function}”, which is neither a FEEL function nor one of this application.",
    "Correct the name of the function.",
    "表单调用了“{function}”，它既不是 FEEL 函数，也不是本应用提供的函数。",
    "请修正函数名称。",
)
NO_OPTIONS = describe(
    "form.no_options",
    "There is nothing to choose from.",
    "Give the component options: fixed values, a key of the input data, or an expression.",
    "没有可供选择的选项。",
    "请为组件提供选项：固定值、输入数据的键或表达式。",
)
DUPLICATE_OPTION = describe(
    "form.duplicate_option",
    "The option value “{value}” occurs twice, so the two cannot be told apart.",
    "Give each option its own value.",
    "选项值“{value}”重复出现，无法区分。",
    "请为每个选项设置不同的值。",
)
NO_LABEL = describe(
    "form.no_label",
    "The component has no label; people who cannot see the page would not know what to answer.",
    "Give the component a label.",
    "组件没有标签，使用读屏软件的人将不知道要填写什么。",
    "请为组件设置标签。",
)
TRANSLATION = describe(
    "form.translation",
    "“{text}” has no text in the language “{language}”; people with that language read it as it is.",
    "Add the property “{property}” to the component.",
    "“{text}”缺少“{language}”语言的文字，使用该语言的人将看到原文。",
    "请为组件添加属性“{property}”。",
)
UNKNOWN_CHECK = describe(
    "form.unknown_check",
    "The check “{check}” does not exist or does not fit this kind of component, so nothing would be checked.",
    "Use one of: {known}.",
    "校验“{check}”不存在或不适用于该组件，将不会校验任何内容。",
    "可用的校验：{known}。",
)
IFRAME = describe(
    "form.iframe",
    "Foreign pages are not embedded: people see a link instead.",
    "Use a text component with the link if you want to choose its words.",
    "不会嵌入外部页面，用户将看到一个链接。",
    "如需自定义文字，请使用带链接的文本组件。",
)
LINK_REFUSED = describe(
    "form.link_refused",
    "The address “{address}” would not be shown: only https addresses can be linked.",
    "Give an address that starts with https://.",
    "地址“{address}”不会显示：只能链接 https 地址。",
    "请填写以 https:// 开头的地址。",
)
