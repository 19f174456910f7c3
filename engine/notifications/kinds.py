"""Of what people are told, and how they may want to be told of it."""

#: Events that are no kinds of history.
PASSED, MENTIONED, COMMENTED = "task_passed", "mentioned", "commented"
DUE_SOON, OVERDUE, WISH = "due_soon", "overdue", "wish"

#: What a person chooses for → the events of it.
KINDS = {
    "assigned": ("task_given", "task_assigned"),
    "handed": ("task_handed",),
    "answered": ("task_accepted", "task_declined", "task_released", PASSED),
    "mentioned": (MENTIONED,),
    "commented": (COMMENTED,),
    "due_soon": (DUE_SOON,),
    "overdue": (OVERDUE,),
    "wish": (WISH,),
}
KIND_OF = {event: kind for kind, events in KINDS.items() for event in events}

#: How somebody may be told: in the page only, there and by mail at once or once a day, or not at all.
PAGE, MAIL, DIGEST, NOTHING = "page", "mail", "digest", "nothing"
WAYS = (PAGE, MAIL, DIGEST, NOTHING)

#: What holds for whoever has chosen nothing: mail for what somebody waits for.
USUAL = {
    "assigned": MAIL,
    "handed": MAIL,
    "answered": PAGE,
    "mentioned": MAIL,
    "commented": PAGE,
    "due_soon": PAGE,
    "overdue": DIGEST,
    "wish": MAIL,
}

#: What `Notification.mailing` says of mail that is still to be sent.
NOW = "now"
