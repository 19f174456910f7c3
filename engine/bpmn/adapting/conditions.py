"""Where one of the flows out of a gateway is left without a condition, it is the one for all other cases."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.adapting import texts
from engine.bpmn.adapting.remarks import Remark, scopes
from engine.bpmn.xml import bpmn, children, text_of
from engine.problems import Severity


def defaults(root: etree._Element) -> Iterator[Remark]:
    """The only flow without a condition out of an exclusive gateway is its default, as in Camunda."""
    for scope in scopes(root):
        out: dict[str, list[etree._Element]] = {}
        for flow in children(scope, "sequenceFlow"):
            out.setdefault(flow.get("sourceRef", ""), []).append(flow)
        for gateway in children(scope, "exclusiveGateway"):
            flows = out.get(gateway.get("id", ""), [])
            plain = [flow for flow in flows if not text_of(flow.find(bpmn("conditionExpression")))]
            if len(flows) > 1 and len(plain) == 1 and not gateway.get("default"):
                gateway.set("default", plain[0].get("id"))
                yield Remark(texts.ASSUMED_DEFAULT, plain[0], Severity.WARNING)
