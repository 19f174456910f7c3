"""Ways to break a file. Each takes the content and a source of chance, and gives other content, or the same."""

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

from engine.bpmn.assembly import STEPS
from tests.fuzz import hostile_texts
from tests.fuzz.corpus import chosen, decisions, diagrams, forms

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
Mutation = Callable[[bytes, Random], bytes]
TAGS = [
    *STEPS,
    *("sequenceFlow", "process", "lane", "laneSet", "conditionExpression", "messageEventDefinition", "nonsense"),
    *("timerEventDefinition", "errorEventDefinition", "compensateEventDefinition", "linkEventDefinition", "script"),
    *("signalEventDefinition", "conditionalEventDefinition", "terminateEventDefinition", "extensionElements"),
    *("multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "eventDefinitionRef", "collaboration"),
    *("timeCycle", "timeDuration", "timeDate", "condition", "completionCondition", "loopCardinality", "association"),
    *("participant", "messageFlow", "dataObject", "dataInputAssociation", "ioSpecification", "message", "incoming"),
]
ATTRIBUTES = [
    *("id", "name", "sourceRef", "targetRef", "attachedToRef", "default", "messageRef", "signalRef", "errorRef"),
    *("isExecutable", "isSequential", "isForCompensation", "triggeredByEvent", "cancelActivity", "parallelMultiple"),
    *("calledElement", "loopMaximum", "testBefore", "behavior", "instantiate", "startQuantity", "completionQuantity"),
    *("gatewayDirection", "eventGatewayType", "scriptFormat", "language", "processRef", "activityRef", "ordering"),
    *("href", "typeRef", "hitPolicy", "aggregation", "namespace", "importType", "isCollection", "expressionLanguage"),
]

# --- bytes ------------------------------------------------------------------------------------------------------------


def cut(content: bytes, chance: Random) -> bytes:
    """Without its end."""
    return content[: chance.randrange(len(content) + 1)]


def drop(content: bytes, chance: Random) -> bytes:
    """Without a piece."""
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randrange(1, 200) :]


def flip(content: bytes, chance: Random) -> bytes:
    """With a few other bytes."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.choice(b"\x00\xff<>\"'&;{}[]:,=0 \xe4/")
    return bytes(changed)


def repeat(content: bytes, chance: Random) -> bytes:
    """With a piece many times."""
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.randrange(1, 300)]
    return content[:start] + piece * chance.choice([2, 3, 50]) + content[start:]


def splice(content: bytes, chance: Random) -> bytes:
    """The beginning of this and the end of another file."""
    other = chosen(chance.choice([diagrams(), decisions(), forms()]), chance).content
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


def encode(content: bytes, chance: Random) -> bytes:
    """In another encoding than it says, with or without marks."""
    text = content.decode("utf-8", "replace")
    codec = chance.choice(["utf-16", "utf-16-le", "gb18030", "utf-8-sig", "utf-7", "utf-32"])
    return text.encode(codec, "replace")


def declare(content: bytes, chance: Random) -> bytes:
    """With a document type and entities."""
    entities = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 20))
    kind = chance.choice(["", '<!ENTITY e0 "x">' + entities, '<!ENTITY e0 SYSTEM "file:///etc/passwd">'])
    return f"<!DOCTYPE definitions [{kind}]>".encode() + content.partition(b"?>")[2].replace(b">", b">&e0;", 1)


# --- XML --------------------------------------------------------------------------------------------------------------


def grow(content: bytes, chance: Random) -> bytes:
    """One change of the tree: elements removed, doubled, moved, nested, renamed, rewired, or given odd texts."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return flip(content, chance)
    inner = list(root.iter(etree.Element))[1:]
    if inner:
        chance.choice(TREES)(chance.choice(inner), chance.choice(inner), chance)
    return etree.tostring(root, encoding="utf-8")


def _remove(one: etree._Element, _other: etree._Element, _chance: Random) -> None:
    one.getparent().remove(one)


def _copy(one: etree._Element, other: etree._Element, _chance: Random) -> None:
    other.append(deepcopy(one))


def _move(one: etree._Element, other: etree._Element, _chance: Random) -> None:
    if one is not other and one not in list(other.iterancestors()):
        other.append(one)


def _nest(one: etree._Element, other: etree._Element, chance: Random) -> None:
    for _ in range(chance.choice([1, 3, 60])):
        _copy(one, other, chance)
        other = other[-1]
        if len(other.getroottree().getroot().xpath("//*")) > 3_000:
            return


def _swap(one: etree._Element, other: etree._Element, _chance: Random) -> None:
    one.tag, other.tag = other.tag, one.tag


def _rename(one: etree._Element, _other: etree._Element, chance: Random) -> None:
    namespace = str(one.tag).rpartition("}")[0] + "}" if "}" in str(one.tag) else ""
    one.tag = chance.choice([BPMN, namespace, "{urn:other}", ""]) + chance.choice(TAGS)


def _rewire(one: etree._Element, other: etree._Element, chance: Random) -> None:
    """An attribute of one takes the value of an attribute of another: cyclic references, two with one id."""
    if one.attrib and other.attrib:
        one.set(chance.choice(list(one.attrib)), other.get(chance.choice(list(other.attrib))))


def _attribute(one: etree._Element, other: etree._Element, chance: Random) -> None:
    value = chance.choice(_writable(chance.choice([hostile_texts.NAMES, hostile_texts.JUEL, hostile_texts.FEEL])))
    one.set(chance.choice([*ATTRIBUTES, *one.attrib, *other.attrib]), value)


def _without(one: etree._Element, _other: etree._Element, chance: Random) -> None:
    if one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]


def _text(one: etree._Element, _other: etree._Element, chance: Random) -> None:
    one.text = chance.choice(_writable(hostile_texts.ALL))


def _texts(one: etree._Element, _other: etree._Element, chance: Random) -> None:
    """Wherever an expression or a time stands, another one."""
    written = [each for each in one.getroottree().iter(etree.Element) if not len(each) and (each.text or "").strip()]
    if written:
        kinds = [hostile_texts.FEEL, hostile_texts.JUEL, hostile_texts.TIMES, hostile_texts.LONG]
        chance.choice(written).text = chance.choice(_writable(chance.choice(kinds)))


TREES = [_remove, _copy, _move, _nest, _swap, _rename, _rewire, _rewire, _attribute, _without, _text, _texts, _texts]


def _writable(texts: list[str]) -> list[str]:
    return [text for text in texts if text.replace("\n", "").isprintable()]


# --- JSON -------------------------------------------------------------------------------------------------------------


def reshape(content: bytes, chance: Random) -> bytes:
    """One change of a JSON tree: a value replaced, removed, doubled, or put where another one stands."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        return flip(content, chance)
    places = list(_places(tree))
    if not places:
        return content
    (holder, key), (other, other_key) = chance.choice(places), chance.choice(places)
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.append(json.loads(json.dumps(other[other_key])))
        case 2:
            holder[key] = json.loads(json.dumps(other[other_key]))
        case 3 if isinstance(holder, dict):
            holder[chance.choice(hostile_texts.NAMES)] = holder.pop(key)
        case _:
            odd: list[Any] = [*hostile_texts.ALL, None, True, -1, 1e308, 10**400, [], {}, [[]], {"a": {"b": []}}]
            holder[key] = chance.choice(odd)
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")


def _places(tree: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    front = [tree]
    while front:
        holder = front.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        for key, value in pairs:
            found.append((holder, key))
            front.append(value)
    return found


BYTES: list[Mutation] = [cut, drop, flip, repeat, splice, encode, declare]
#: Kind of file → mutations; those of the tree come more often, because most broken bytes end at the XML parser.
MUTATIONS: dict[str, list[Mutation]] = {
    "bpmn": [grow] * 30 + BYTES,
    "dmn": [grow] * 20 + BYTES,
    "form": [reshape] * 20 + BYTES,
}
