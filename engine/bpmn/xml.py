"""Reading XML that comes from strangers: no DOCTYPE, no entities, no network, bounded size and depth."""

from typing import NamedTuple

from lxml import etree

from engine.errors import InvalidModel
from engine.problems import Problem, describe

MAX_BYTES = 16 * 1024 * 1024
#: Tags and attributes of one file, however small: each takes some hundred bytes when it is read.
MAX_TAGS = 400_000
#: Attributes of one element; each is found by a walk over all of them.
MAX_ATTRIBUTES = 200

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

#: What some exporters write before the XML declaration, where nothing may stand.
_BLANK = b" \t\r\n"
#: Encodings that files are written in which say another one: by careless exporters, and by editors of this country.
_GUESSES = ("utf-8-sig", "gb18030", "cp1252")

TOO_LARGE = describe(
    "xml.too_large",
    "The file has {size} bytes; more than {limit} are not read.",
    "Split the model into several files, or remove embedded images.",
    "文件大小为 {size} 字节,超过 {limit} 字节的文件不予读取。",
    "请把模型拆分为多个文件,或删除内嵌图片。",
)
NOT_XML = describe(
    "xml.unreadable",
    "The file is not readable XML: {why}",
    "Open it in a modeler and save it again; if it was cut off while copying, upload it again.",
    "文件不是可读取的 XML:{why}",
    "请用建模工具打开并重新保存;如果复制时被截断,请重新上传。",
)
DOCTYPE = describe(
    "xml.doctype",
    "The file contains a DOCTYPE; such files are refused because they can hide other files or endless text.",
    "Remove the <!DOCTYPE …> line; modelers never write one.",
    "文件包含 DOCTYPE 声明;这类文件可能夹带其他文件或无限文本,因此拒绝读取。",
    "请删除 <!DOCTYPE …> 一行;建模工具不会写入它。",
)
TOO_MANY_TAGS = describe(
    "xml.too_many_tags",
    "The file has more than {limit} tags and attributes; such a file is not read.",
    "Split the model into several files.",
    "文件包含超过 {limit} 个标签和属性,这样的文件不予读取。",
    "请把模型拆分为多个文件。",
)
ATTRIBUTES = describe(
    "xml.attributes",
    "An element of the file has more than {limit} attributes; such a file is not read.",
    "Export the file again; no modeler writes so many.",
    "文件中有元素的属性超过 {limit} 个,这样的文件不予读取。",
    "请重新导出文件;建模工具不会写入这么多属性。",
)
NOT_BPMN = describe(
    "bpmn.not_bpmn",
    "The root of the file is <{root}> of the namespace {namespace}, not the definitions of BPMN 2.0.{kind}",
    "Export the model as BPMN 2.0 XML.",
    "文件的根元素是命名空间 {namespace} 的 <{root}>,不是 BPMN 2.0 的 definitions。{kind_zh}",
    "请把模型导出为 BPMN 2.0 XML。",
)

_XPDL = (" It seems to be XPDL.", "它似乎是 XPDL 文件。")
_DMN = (" It seems to be a decision; such files end in .dmn.", "它似乎是决策文件,扩展名应为 .dmn。")
_CMMN = (" It seems to be a case model (CMMN), which is not run.", "它似乎是案例模型(CMMN),不予执行。")
_WSDL = (" It seems to be a description of web services.", "它似乎是 Web 服务描述文件。")
#: Local name of the root, or namespace of its `definitions` → what else the file may be.
_OTHERS = {
    "Package": _XPDL,
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": _DMN,
    "http://www.omg.org/spec/DMN/20180521/MODEL/": _DMN,
    "https://www.omg.org/spec/DMN/20191111/MODEL/": _DMN,
    "https://www.omg.org/spec/DMN/20211108/MODEL/": _DMN,
    "https://www.omg.org/spec/DMN/20230324/MODEL/": _DMN,
    "http://www.omg.org/spec/CMMN/20151109/MODEL": _CMMN,
    "http://schemas.xmlsoap.org/wsdl/": _WSDL,
    "": (" It names no namespace at all.", "文件未声明任何命名空间。"),
}


class Parsed(NamedTuple):
    """A root element, and the encoding that had to be guessed because the file says a wrong one, else empty."""

    root: etree._Element
    guessed: str


def parse_safe(source: bytes, file: str = "") -> etree._Element:
    """The root element of `source`. Raises InvalidModel with one problem when the file is refused."""
    return parse_guessing(source, file).root


def parse_guessing(source: bytes, file: str = "") -> Parsed:
    """As `parse_safe`, telling whether the encoding was guessed."""
    if len(source) > MAX_BYTES:
        raise InvalidModel([Problem(TOO_LARGE, file, params={"size": len(source), "limit": MAX_BYTES})])
    if source.count(b"<") + source.count(b"=") > MAX_TAGS:
        raise InvalidModel([Problem(TOO_MANY_TAGS, file, params={"limit": MAX_TAGS})])
    text = source.lstrip(_BLANK)
    try:
        parsed = _parsed(text)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidModel([Problem(NOT_XML, file, params={"why": str(error)})]) from error
    if parsed.root.getroottree().docinfo.doctype:
        raise InvalidModel([Problem(DOCTYPE, file)])
    if any(len(xml.attrib) > MAX_ATTRIBUTES for xml in parsed.root.iter(etree.Element)):
        raise InvalidModel([Problem(ATTRIBUTES, file, params={"limit": MAX_ATTRIBUTES})])
    return parsed


def _parsed(text: bytes) -> Parsed:
    """Raises XMLSyntaxError or ValueError, as lxml does for the encoding that the file says."""
    try:
        return Parsed(etree.fromstring(text, _parser()), "")
    except (etree.XMLSyntaxError, ValueError):
        for encoding in _GUESSES:
            try:
                root = etree.fromstring(text.decode(encoding).encode(), _parser("utf-8"))
            except (etree.XMLSyntaxError, ValueError):
                continue
            return Parsed(root, encoding)
        raise


def _parser(encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_bpmn(source: bytes, file: str = "") -> etree._Element:
    """The `definitions` element of a BPMN 2.0 file. Raises InvalidModel with one problem when it is none."""
    return definitions(parse_safe(source, file), file)


def definitions(root: etree._Element, file: str = "") -> etree._Element:
    """`root`, if it is the `definitions` of BPMN 2.0 as published. Raises InvalidModel with one problem."""
    if root.tag == bpmn("definitions"):
        return root
    name = etree.QName(root)
    kind, kind_zh = _OTHERS.get(local(root) if local(root) != "definitions" else name.namespace or "", ("", ""))
    params = {"root": local(root), "namespace": name.namespace or "–", "kind": kind, "kind_zh": kind_zh}
    raise InvalidModel([Problem(NOT_BPMN, file, params=params)])


def bpmn(name: str) -> str:
    """The qualified tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The BPMN child elements called `name`."""
    return list(element.iterchildren(bpmn(name)))


def text_of(element: etree._Element | None) -> str:
    """The text inside `element`, stripped; empty for None."""
    return "".join(element.itertext()).strip() if element is not None else ""
