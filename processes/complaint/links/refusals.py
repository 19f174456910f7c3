"""Why two complaints are not linked or merged as somebody wants."""

from engine.errors import InvalidInput


class NoSuchComplaint(InvalidInput):
    """There is no complaint “{number}”. Please check the number."""


class SameComplaint(InvalidInput):
    """{number} is this complaint itself, or was merged into it."""


class RootClosed(InvalidInput):
    """{number} is closed. Link this complaint to it as a repeat, and offer a review (order No. 3 Art. 20)."""


class OtherPerson(InvalidInput):
    """{number} comes from another person. Link the two as a group: only complaints of one person are merged."""


class PastAcceptance(InvalidInput):
    """{number} is past acceptance and worked on already. Link the two as a repeat instead of merging them."""


class LinkedAlready(InvalidInput):
    """{number} belongs to this complaint already: one goes on in the other."""


class LinkStands(InvalidInput):
    """A case has ended with this link or begun with it; it is not taken back."""


class StillOpen(InvalidInput):
    """{number} is still open. Only a complaint that has ended is opened again."""
