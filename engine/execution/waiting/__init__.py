"""Where a case stands and why it goes no further: what every token waits for, told in both languages."""

from engine.execution.waiting import texts
from engine.execution.waiting.failing import Failure, failure_of
from engine.execution.waiting.sentences import Said, Sentence, paragraph, plain
from engine.execution.waiting.waits import Wait, waits

__all__ = ["Failure", "Said", "Sentence", "Wait", "failure_of", "paragraph", "plain", "texts", "waits"]
