"""Walking over the nodes of a shown form."""

from engine.forms.view import Fieldset, GapNode, ListRow, RowsNode, walk

LEAF = GapNode(id="leaf", line=True)
ROW = ListRow(index=0, number=1, children=(GapNode(id="in a row", line=True),))
LIST = RowsNode(id="list", name="list", label="", description="", rows=(ROW,), marker="", add="", remove="")
GROUP = Fieldset(id="group", label="", description="", outline=False, children=(LEAF, LIST))


def test_what_contains_comes_before_what_it_contains():
    assert [node.id for node in walk([GROUP])] == ["group", "leaf", "list", "in a row"]


def test_rows_are_left_out_where_they_are_not_wanted():
    assert [node.id for node in walk([GROUP, LEAF], into_rows=False)] == ["group", "leaf", "list", "leaf"]
