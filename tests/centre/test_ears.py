"""What the listener in the hall owes to calls that are repeated, and when it leaves their order open."""

import pytest

from centre.simulate.ears import Ears
from centre.simulate.violation import Violation
from display.voice import Speak
from moiso.core import events as did
from moiso.core.events import EVENTS
from moiso.core.hours import INDOCHINA
from moiso.wire.codec import encode
from moiso.wire.messages import Event
from moiso.wire.ports import Arrived
from moiso.wire.stamp import iso
from moiso.wire.topics import Topics

TOPICS, WITHIN = Topics("an-binh"), 30.0


class Listener:
    """Hears calls and recalls at the moments at which the hub makes them."""

    def __init__(self) -> None:
        self.ears = Ears(TOPICS, WITHIN, dict)
        self.seq = 0

    def hears(self, ticket, counter, at, *, again=False):
        self.seq += 1
        kind, name = (did.TicketRecalled, "ticket-recalled") if again else (did.TicketCalled, "ticket-called")
        fields = {"ticket": ticket, "counter": counter, "service": ticket[0], "policy": "oldest", "recall": int(again)}
        data = kind(**{key: value for key, value in fields.items() if key in kind.__struct_fields__})
        assert EVENTS[name] is kind
        event = Event(
            log="k3f9", seq=self.seq, at=iso(at, INDOCHINA), clock="synced", day="2026-11-23", type=name, v=1, data=data
        )
        self.ears.overhear([Arrived(TOPICS.event(name), encode(event))], [], at, at)

    def speaks(self, ticket, counter, at):
        spoken = Speak(ticket, counter, (), "", 100, first=True)
        self.ears.overhear([], [spoken], at, at)


def two_calls(repeated_after):
    """A012 is called and called once more so much later; A013 was called between the two."""
    hall = Listener()
    hall.hears("A012", 1, 1000.0)
    hall.hears("A013", 2, 1010.0)
    hall.hears("A012", 1, 1000.0 + repeated_after, again=True)
    return hall


def test_a_repetition_in_time_keeps_the_place():
    hall = two_calls(29.0)
    with pytest.raises(Violation, match="A013 is announced before A012"):
        hall.speaks("A013", 2, 1030.0)


def test_a_repetition_of_a_call_that_became_too_late_comes_last():
    hall = two_calls(31.0)
    with pytest.raises(Violation, match="A012 is announced before A013"):
        hall.speaks("A012", 1, 1031.5)


@pytest.mark.parametrize("after", [29.9, 30.1, 30.3, 30.4])
@pytest.mark.parametrize("first", [("A012", 1), ("A013", 2)])
def test_between_the_two_either_may_come_first(after, first):
    """The wall has its turn up to a quarter of a second after a call has become too late."""
    hall = two_calls(after)
    hall.speaks(*first, 1030.5)
