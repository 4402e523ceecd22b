"""One announcement: whom it is about, and what it says. Pure."""

from dataclasses import dataclass
from typing import Literal

from display.phrases import (
    Reading,
    after_lunch_sentence,
    before_lunch_sentence,
    call_sentence,
    recall_sentence,
    test_sentence,
    training_sentence,
    wait_sentence,
)

Counter = int | str
Kind = Literal["call", "recall", "wait", "before-lunch", "after-lunch", "test"]


@dataclass(frozen=True)
class Announcement:
    """`made_at`: when, in seconds of the voice's clock; `seq`: the call's event, 0 for what is no call.

    A call has ticket and counter, a `wait` only a ticket. `named`: the numbers or the services that a word about lunch
    names. `training`: each reading begins with that. `once`: it is not read a second time.
    """

    kind: Kind
    made_at: float
    ticket: str | None = None
    counter: Counter | None = None
    seq: int = 0
    named: tuple[str, ...] = ()
    training: bool = False
    once: bool = False

    def sentence(self, reading: Reading, *, first: bool) -> tuple[str, ...]:
        """The clips of the first or the second reading."""
        plain = self._sentence(reading, first=first)
        return training_sentence(plain) if self.training else plain

    def _sentence(self, reading: Reading, *, first: bool) -> tuple[str, ...]:
        match self.kind, self.ticket, self.counter:
            # "Once more" is said once: the second reading of a recall is the plain sentence.
            case "recall", str(ticket), int() | str() as counter if first:
                return recall_sentence(ticket, counter, reading)
            case "call" | "recall", str(ticket), int() | str() as counter:
                return call_sentence(ticket, counter, reading)
            case "wait", str(ticket), _:
                return wait_sentence(ticket, reading)
            case "before-lunch", _, _:
                return before_lunch_sentence(self.named, reading)
            case "after-lunch", _, _:
                return after_lunch_sentence(self.named)
        return test_sentence()
