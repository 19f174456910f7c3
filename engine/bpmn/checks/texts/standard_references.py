"""Problems of references against the rules of BPMN 2.0."""

from engine.problems import describe

MISSING = describe(
    "bpmn.reference_missing",
    "{name} refers to “{id}”, which does not exist.",
    "Choose again what is meant, or remove the reference.",
    "{name} 引用了不存在的“{id}”。",
    "请重新选择，或删除该引用。",
)
KIND = describe(
    "bpmn.reference_kind",
    "{name} refers to “{id}”, but a {tag} is not what is meant here.",
    "Choose again what is meant.",
    "{name} 引用了“{id}”，但此处不应引用 {tag}。",
    "请重新选择。",
)
INNER_DEFINITION = describe(
    "bpmn.event_definition_inside",
    "The event definition “{id}” stands inside another event, so that others cannot share it.",
    "Move it beside the processes, or write a definition of its own into the event.",
    "事件定义“{id}”位于另一事件内部，不能被共用。",
    "请将其移到与流程并列的位置，或在该事件中单独定义。",
)
NO_IMPORT = describe(
    "bpmn.import_missing",
    "The model “{name}” that is imported is not among the files: what it declares is not known.",
    "Add the file to the set.",
    "所导入的模型“{name}”不在文件集中：其中声明的内容未知。",
    "请将该文件加入文件集。",
)
IMPORT_NAMESPACE = describe(
    "bpmn.import_namespace",
    "The model “{name}” is imported under another namespace than its own, so that nothing in it would be found.",
    "Write the target namespace of that model into the import.",
    "导入模型“{name}”所用的命名空间与其自身不同，无法找到其中的任何内容。",
    "请在导入中填写该模型的目标命名空间。",
)
PICTURE = describe(
    "bpmn.picture_reference",
    "The picture shows “{id}” ({name}), which does not exist; the shape would stay empty.",
    "Open the model in a modeler and save it again, which corrects the picture.",
    "图形引用了不存在的“{id}”（{name}），该图形将为空。",
    "请用建模工具打开并重新保存，以更正图形。",
)
