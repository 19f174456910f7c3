"""Which kind of model a file holds, by its name and, where that leaves it open, by its beginning."""

_ENDINGS = {".bpmn": "bpmn", ".bpmn2": "bpmn", ".bpmn20.xml": "bpmn", ".dmn": "dmn", ".form": "form"}
#: Bytes in which the root of an XML file stands.
_BEGINNING = 4096
#: Endings of the names of model files.
ENDINGS = tuple(_ENDINGS)


def kind_of(name: str, content: bytes) -> str:
    """`bpmn`, `dmn` or `form`; empty for a file of another kind. An `.xml` file is what its root says."""
    name = name.lower()
    for ending, kind in _ENDINGS.items():
        if name.endswith(ending):
            return kind
    if not name.endswith(".xml"):
        return ""
    beginning = content[:_BEGINNING].replace(b"\0", b"")
    return "dmn" if b"/spec/DMN/" in beginning else "bpmn" if b"/BPMN" in beginning else ""
