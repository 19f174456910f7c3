"""Reading XML that comes from strangers: no DOCTYPE, no entities, no network, bounded size and depth."""

from lxml import etree

from engine.errors import InvalidModel
from engine.problems import Problem, describe

MAX_BYTES = 16 * 1024 * 1024

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

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
NOT_BPMN = describe(
    "bpmn.not_bpmn",
    "The root of the file is <{root}>, not BPMN 2.0 definitions.",
    "Export the model as BPMN 2.0 XML.",
    "文件的根元素是 <{root}>,不是 BPMN 2.0 的 definitions。",
    "请把模型导出为 BPMN 2.0 XML。",
)


def parse_safe(source: bytes, file: str = "") -> etree._Element:
    """The root element of `source`. Raises InvalidModel with one problem when the file is refused."""
    if len(source) > MAX_BYTES:
        raise InvalidModel([Problem(TOO_LARGE, file, params={"size": len(source), "limit": MAX_BYTES})])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidModel([Problem(NOT_XML, file, params={"why": str(error)})]) from error
    if root.getroottree().docinfo.doctype:
        raise InvalidModel([Problem(DOCTYPE, file)])
    return root


def parse_bpmn(source: bytes, file: str = "") -> etree._Element:
    """The `definitions` element of a BPMN 2.0 file. Raises InvalidModel with one problem when it is none."""
    root = parse_safe(source, file)
    if root.tag != bpmn("definitions"):
        raise InvalidModel([Problem(NOT_BPMN, file, params={"root": local(root)})])
    return root


def bpmn(name: str) -> str:
    """The qualified tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    return str(etree.QName(element).localname)


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The BPMN child elements called `name`."""
    return list(element.findall(bpmn(name)))


def text_of(element: etree._Element | None) -> str:
    """The text inside `element`, stripped; empty for None."""
    return "".join(element.itertext()).strip() if element is not None else ""
