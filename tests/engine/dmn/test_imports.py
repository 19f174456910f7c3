"""Imports: decisions, knowledge models and types of other files, under the name of the import."""

import pytest

from engine.dmn import check, load
from tests.engine.dmn.written import MODEL, codes, decision, file, given, item, knowledge, value

BASE = file(
    item("tPerson", parts="name: string"),
    given("person", "tPerson"),
    knowledge("greet", "who", '"Hello " + who'),
    decision("greeting", "greet(person.name)", needs="fn:greet, data:person"),
    namespace="http://redress.example/base",
)


def imported(name: str = "base", namespace: str = "http://redress.example/base", kind: str = MODEL) -> str:
    return f'<import name="{name}" namespace="{namespace}" importType="{kind}" locationURI="base.dmn"/>'


NEEDS = "http://redress.example/base#{}"


@pytest.mark.parametrize(
    ("name", "needs", "logic", "names", "expected"),
    [
        ("base", NEEDS.format("greeting"), 'base.greeting + "!"', {"person": {"name": "Ann"}}, "Hello Ann!"),
        ("base", NEEDS.format("greeting"), "base.greeting", {"base": {"person": {"name": "Bea"}}}, "Hello Bea"),
        ("the base", NEEDS.format("greeting"), "the base.greeting", {"person": {"name": "Ann"}}, "Hello Ann"),
        ("base", "fn:" + NEEDS.format("greet"), 'base.greet("you")', {}, "Hello you"),
        ("base", "data:" + NEEDS.format("person"), "base.person.name", {"person": {"name": "Ann"}}, "Ann"),
        ("", NEEDS.format("greeting"), "greeting", {"person": {"name": "Ann"}}, "Hello Ann"),
        ("base", NEEDS.format("greeting"), "base.greeting", {"person": "Ann"}, None),
    ],
)
def test_what_is_imported_stands_under_the_name_of_the_import(
    name: str, needs: str, logic: str, names: dict[str, object], expected: object
) -> None:
    source = file(imported(name), decision("d", logic, needs=needs))

    assert codes(source, BASE) == []
    assert value(source, "d", BASE, **names) == expected


@pytest.mark.parametrize("type_", ["base.tPerson", "base:tPerson"])
def test_an_imported_type_is_used_under_the_name_of_the_import(type_: str) -> None:
    source = file(imported(), decision("d", "x", type_=type_))

    assert codes(source, BASE) == []
    assert [value(source, "d", BASE, x=x) for x in ({"name": "Ann"}, "Ann")] == [{"name": "Ann"}, None]


def test_one_model_imported_on_two_ways_has_its_inputs_twice() -> None:
    def between(namespace: str) -> bytes:
        decided = decision("polite", 'base.greeting + "."', needs=NEEDS.format("greeting"))
        return file(imported(), decided, namespace=namespace)

    top = file(
        imported("one", "urn:one"),
        imported("two", "urn:two"),
        decision("both", "[one.polite, two.polite]", needs="urn:one#polite, urn:two#polite"),
    )
    names = {name: {"base": {"person": {"name": who}}} for name, who in (("one", "Ann"), ("two", "Bea"))}

    result = value(top, "both", between("urn:one"), between("urn:two"), BASE, **names)

    assert result == ["Hello Ann.", "Hello Bea."]


def test_an_import_that_is_not_at_hand_is_told_and_the_rest_works() -> None:
    source = file(imported(), decision("d", "1"), decision("e", "base.greeting", needs=NEEDS.format("greeting")))

    assert codes(source) == ["dmn.import", "dmn.reference"]
    assert (value(source, "d"), value(source, "e")) == (1, None)


def test_imports_of_other_kinds_are_told() -> None:
    source = file(imported(kind="http://www.w3.org/2001/XMLSchema"), decision("d", "1"))

    assert codes(source, BASE) == ["dmn.import_kind"]


def test_files_that_import_one_another_are_read_and_their_circles_told() -> None:
    one = file(imported("two", "urn:two"), decision("a", "two.b", needs="urn:two#b"), namespace="urn:one")
    two = file(imported("one", "urn:one"), decision("b", "one.a", needs="urn:one#a"), namespace="urn:two")
    apart = file(imported("two", "urn:two"), decision("a", "1"), namespace="urn:one")

    assert codes(one, two) == ["dmn.cycle"]
    assert value(one, "a", two) is None
    assert codes(two, apart) == []
    assert value(two, "b", apart) == 1


def test_a_file_of_types_alone_may_be_imported() -> None:
    types = file(item("tSmall", "number", allowed="< 10"), namespace="urn:types")
    source = file(imported("t", "urn:types"), decision("d", "x", type_="t.tSmall"))

    assert check(types, "t.dmn", frozenset()) == []
    assert [value(source, "d", types, x=x) for x in (9, 10)] == [9, None]


def test_only_the_decisions_of_the_file_itself_can_be_asked_for() -> None:
    assert load(file(imported(), decision("d", "1")), imports=[BASE]).ids == ("d",)


def test_a_file_beside_that_is_no_dmn_is_not_found_and_hinders_nobody() -> None:
    source = file(imported(), decision("d", "1"))

    assert codes(source, b"<a/>") == ["dmn.import"]
    assert codes(source, b"<a/>", BASE) == []


def test_many_files_that_import_each_other_are_read_once_each() -> None:
    names = [f"urn:{number}" for number in range(100)]
    lines = [imported(f"n{number}", name) for number, name in enumerate(names)]
    files = [file(*lines, decision("d", "1"), namespace=name) for name in names]

    found = codes(files[0], *files)

    assert found == ["dmn.import"] * 36


def test_in_dmn_1_1_the_name_of_an_import_is_the_prefix_of_its_namespace() -> None:
    old = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
    plain = f'<import namespace="http://redress.example/base" importType="{old}"/>'
    source = file(plain, decision("d", "b.greeting", needs=NEEDS.format("greeting"))).decode()
    source = source.replace(MODEL, old).replace("<definitions", '<definitions xmlns:b="http://redress.example/base"')

    assert value(source.encode(), "d", BASE, person={"name": "Ann"}) == "Hello Ann"
