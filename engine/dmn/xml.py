"""Reading the XML of strangers: no document type, no entities, no network, bounded size and depth."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from engine.dmn.problems import XML
from engine.errors import InvalidModel
from engine.problems import Problem

#: An element of the file; lxml comes without types.
Element = Any

MAX_BYTES = 5_000_000
MAX_TAGS = 600_000
#: Elements inside one another; the logic of a decision is read and evaluated by recursion.
MAX_DEPTH = 100
#: DMN 1.1 to 1.5, as the object management group dated their namespaces.
_NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)


def definitions(source: bytes, file: str = "") -> Element:
    """The root element of the DMN file `source`; raises InvalidModel for what is not safe or not DMN."""
    if len(source) > MAX_BYTES:
        raise _refusal(file, f"it is larger than {MAX_BYTES // 1_000_000} MB", f"大于 {MAX_BYTES // 1_000_000} MB")
    if source.count(b"<") + source.count(b"=") > MAX_TAGS:
        raise _refusal(file, f"it has more than {MAX_TAGS} tags and attributes", f"标签和属性超过 {MAX_TAGS} 个")
    # Without huge_tree the parser itself refuses more than 256 levels. The second look at the document type is for
    # files in an encoding in which the first one does not see it.
    if b"<!DOCTYPE" in source:
        raise _refusal(file, "it has a document type", "含有文档类型声明")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(file, f"it is not well-formed XML ({error})", f"不是格式良好的 XML（{error}）") from error
    if root.getroottree().docinfo.doctype:
        raise _refusal(file, "it has a document type", "含有文档类型声明")
    name = etree.QName(root)
    if name.namespace not in _NAMESPACES or name.localname != "definitions":
        raise _refusal(file, "its first element is not “definitions” of DMN", "根元素不是 DMN 的“definitions”")
    if root.xpath("/*" * (MAX_DEPTH + 1)):
        raise _refusal(file, f"it is nested deeper than {MAX_DEPTH} levels", f"嵌套超过 {MAX_DEPTH} 层")
    return root


def is_model_namespace(name: str) -> bool:
    """Whether `name` is the namespace of models of a version of DMN."""
    return name in _NAMESPACES


def tag(element: Element) -> str:
    """The name of `element` if it belongs to DMN itself, else empty."""
    return _local(element.tag)


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    namespace, _, own = name.removeprefix("{").rpartition("}")
    return own if namespace in _NAMESPACES else ""


def children(element: Element, name: str = "") -> Iterator[Element]:
    """The DMN elements directly below `element`, all or those called `name`."""
    return (child for child in element.iterchildren(f"{{*}}{name or '*'}") if tag(child))


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """The DMN elements anywhere below `element` that have one of `names`."""
    return (found for found in element.iter(*(f"{{*}}{name}" for name in names)) if tag(found))


def child(element: Element, name: str) -> Element | None:
    """The first DMN element called `name` directly below `element`."""
    return next(children(element, name), None)


def grouped(element: Element) -> dict[str, list[Element]]:
    """The DMN elements directly below `element`, by name."""
    groups: dict[str, list[Element]] = {}
    for part in element:
        groups.setdefault(tag(part), []).append(part)
    return groups


def text_of(element: Element | None) -> str:
    """The content of the `text` element below `element`; empty if there is none."""
    for inner in element if element is not None else ():
        if tag(inner) == "text":
            return (inner.text or "").strip()
    return ""


def _refusal(file: str, why: str, why_zh: str) -> InvalidModel:
    return InvalidModel([Problem(XML, file, params={"why": why, "why_zh": why_zh})])
