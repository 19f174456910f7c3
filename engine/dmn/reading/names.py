"""Which names expressions may use: FEEL must know those of several words before it reads an expression."""

import re

from engine.dmn.xml import Element, children, descendants, tag

#: Elements whose name stands behind a dot, in a filter or beside other entries.
_MEMBERS = ("itemComponent", "column", "output")
#: The key of an entry in a context that is written in FEEL, which other expressions may read.
_KEY = re.compile(r'[{,]\s*(?:"([^"\\]+)"|([^\W\d]\w*(?: \w+)+))\s*:')


def member_names(root: Element) -> frozenset[str]:
    """The names of entries that values of the file may have: of types, relations, tables, contexts and imports."""
    found = {element.get("name", "").strip() for element in descendants(root, *_MEMBERS)}
    found |= {
        part.get("name", "").strip()
        for element in descendants(root, "contextEntry")
        for part in children(element, "variable")
    }
    for element in descendants(root, "text"):
        found |= {match[1] or match[2] for match in _KEY.finditer(element.text or "")}
    return frozenset(found - {""})


def variable_name(element: Element) -> str:
    """The name under which the value of `element` stands: of its variable, else its own, else its id."""
    variable = next((part for part in element if tag(part) == "variable"), None)
    own = element.get("name", "") or element.get("id", "")
    return ((variable.get("name") if variable is not None else "") or own).strip()
