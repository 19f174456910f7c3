"""Whether a file was written for an engine.

Vendors let their users break some rules of the standard that their engines do not need: gateways with one way in and
one way out, processes without an end event, parts out of order. A file that carries the settings of an engine has run
there, so that breaking such a rule is a warning; in any other file it is an error. That a file declares a vendor's
namespace is not enough: drawing tools write it into every file.
"""

from lxml import etree

from engine.bpmn.dialects import is_bpmn
from engine.bpmn.xml import BPMN

_ENGINES = (
    *("http://camunda.org/", "http://activiti.org/", "http://flowable.org/", "http://operaton.org/"),
    "http://www.camunda.com/fox",
    *("http://www.jboss.org/drools", "http://spiffworkflow.org/", "http://www.bonitasoft.org/"),
    *("http://www.imixs.org/", "http://processmaker.com/", "http://www.ibm.com/", "http://xmlns.oracle.com/"),
)
#: Target namespaces that designers of engines give to every model.
_TARGETS = ("http://www.activiti.org/", "http://www.flowable.org/", "http://www.jboss.org/drools")


def is_for_engine(root: etree._Element) -> bool:
    """Whether an attribute or an extension element of a vendor's engine stands in the file, or its model's name."""
    if root.get("targetNamespace", "").startswith(_TARGETS):
        return True
    return any(_is_of_engine(str(name)) for xml in root.iter(etree.Element) for name in (xml.tag, *xml.attrib))


def is_draft(xml: etree._Element) -> bool:
    """Whether `xml` is an element of a draft of BPMN 2.0, which knew other rules."""
    namespace = etree.QName(xml).namespace or ""
    return namespace != BPMN and is_bpmn(namespace)


def _is_of_engine(name: str) -> bool:
    return name.startswith("{") and name[1:].startswith(_ENGINES)
