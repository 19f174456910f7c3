"""What the law of a regime does not allow a clock: each names the rule and where it stands (table row, article)."""

from engine.errors import InvalidInput, NotAllowed, TooLate


class PauseNotLawful(InvalidInput):
    """The period {deadline} is not stopped by {reason}: {source}. It may be recorded as a reason of waiting."""


class NoAgreedDate(InvalidInput):
    """The period {deadline} does not give way to an agreed date: {source}."""


class NoExtension(InvalidInput):
    """The period {deadline} cannot be extended any further: {source}."""


class ExtensionTooLong(InvalidInput):
    """An extension of {deadline} ends on {latest} at the latest: {source}."""


class NoLongerPeriod(InvalidInput):
    """An extension must end after {due}, when the period {deadline} ends without it."""


class NotACountedDay(InvalidInput):
    """The period {deadline} does not count {day}: choose a working day outside any pause."""


class WrongTier(NotAllowed):
    """An extension to {limit} days can be approved only by: {approvers} ({source})."""


class ExtensionTooLate(TooLate):
    """The period {deadline} ended on {due}; an extension must be approved before: {source}."""


class ReceivedAfterRegistered(InvalidInput):
    """A complaint is received before it is registered ({registered}), not afterwards."""


class NotHappenedYet(InvalidInput):
    """The clock {deadline} begins with {trigger}, which has not happened in this case."""


class PauseTurnedRound(InvalidInput):
    """A pause from {from_on} to {to_on} cannot be."""


class NoStepTime(InvalidInput):
    """The table step_times has no time for the step “{step}” with priority {priority} on {day}."""
