"""One call unit, pure: three buttons and a lamp that tells the clerk the truth.

The lamp's language:

    steady    the hub is reached, the last press was carried out, and what the wall shows of this counter holds
    blinking  wait: the hub is not reached (no link, or no beat for 5 s), or it has not answered the press yet
    fast      the last press did nothing. For a second: it was refused, nobody waits, or it came too soon.
              On and on: nobody answered it in time. Press again; the next press ends it, and so does a counter that
              shows what was wanted: after *next* somebody called since (then the press did count, or a colleague
              called), after the others that whoever stood there is gone
    dark      the program does not run

A counter may change by itself: an undo from a page puts somebody back, a suspended service or one recall too many takes
somebody away. None of that was called by a *next* that nobody answered, so none of it ends the flicker.

Nobody is skipped by a nervous finger: while a press is unanswered every other one is the same press; and for
`GLANCE` after an answer, or after somebody new stands at the counter, a press cannot be meant for that person yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Any

import msgspec

from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Beat, CounterState
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.stamp import seconds
from moiso.wire.topics import Topics

#: The buttons, named for the commands they send.
BUTTONS = ("next", "recall", "no-show")
#: The buttons that end somebody's turn: they say whose, so that nobody else's is ended.
SENDS_AWAY = frozenset({"next", "no-show"})
#: Seconds for which a press is wanted; later it would surprise whoever stands there by then.
WANTED = 2.0
#: Seconds that a person needs to see who was called; presses before that are the tail of the last one.
GLANCE = 0.7
#: Seconds for which the lamp says that a press did nothing.
FLASH = 1.0


class Lamp(StrEnum):
    """What the lamp says; see above."""

    STEADY = "steady"
    BLINKING = "blinking"
    FAST = "fast"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Pressed:
    """The clerk pressed one of BUTTONS of the unit `device`."""

    button: str
    device: str


@dataclass(frozen=True, slots=True)
class Show:
    """The lamp has to say this from now on."""

    lamp: Lamp


Output = Publish | Complaint | Show


class CallUnit:
    """The call unit `device` of the counter with this number; `new_id` makes an id that no other press has.

    Takes Pressed, Arrived, LinkUp and LinkDown; gives Publish, Complaint and Show (only when the lamp changes).
    """

    def __init__(self, topics: Topics, device: str, counter: int, new_id: Callable[[], str]) -> None:
        self.subscriptions = (topics.reply(device), topics.counter(counter), topics.beat)
        self.detail: dict[str, Any] = {"counter": counter}
        self.ready = False
        self._topics = topics
        self._requests = Requests(topics, device, new_id)
        self._pulse = Pulse()
        self._up = False
        self._counter: CounterState | None = None
        self._glance_ends = -inf
        # A press counts as done in vain until an answer, or what it wanted at the counter, says otherwise.
        self._vain_ends = -inf
        self._last: tuple[str, str | None] = ("", None)
        self._shown = Lamp.DARK

    def handle(self, items: Sequence[object], now: float) -> list[Output]:
        """One turn at the monotonic time `now`; to be called once a second at least, or at `deadline`."""
        outputs = [output for item in items for output in self._take(item, now)]
        self._requests.given_up(now)
        outputs += self._requests.due(now)
        self.ready = self._up and not self._pulse.silent(now)
        return [*outputs, *self._lamp(now)]

    def deadline(self) -> float | None:
        """The monotonic moment at which something is due: a repetition, a give-up, the end of a flash."""
        moments = [self._requests.deadline(), self._vain_ends if self._shown is Lamp.FAST else None]
        return min((moment for moment in moments if moment is not None), default=None)

    def _take(self, item: object, now: float) -> list[Output]:
        match item:
            case Pressed(button):
                return self._pressed(button, now)
            case LinkUp():
                self._up = True
                self._requests.hurry(now)
            case LinkDown():
                self._up = False
            case Arrived(topic, payload):
                return self._arrived(topic, payload, now)
        return []

    # -- presses ----------------------------------------------------------------------------------------------

    def _pressed(self, button: str, now: float) -> list[Output]:
        if self._requests.open:
            return []
        known = self._known(button, now)
        if now < self._glance_ends or not known:
            self._vain_ends = max(self._vain_ends, now + FLASH if known else inf)
            return []
        self._vain_ends = inf
        self._last = (button, known.get("at"))
        return [self._requests.send(button, now, lifetime=WANTED, **known)[1]]

    def _known(self, button: str, now: float) -> dict[str, Any]:
        """What keeps a late or doubled press harmless; a press that could carry nothing of it is not sent."""
        stamp = self._pulse.stamp(now)
        known: dict[str, Any] = {} if stamp is None else {"at": stamp}
        if button in SENDS_AWAY and self._counter is not None:
            known["after"] = self._counter.ticket
        return known

    # -- what the hub says ------------------------------------------------------------------------------------

    def _arrived(self, topic: str, payload: bytes, now: float) -> list[Output]:
        try:
            match self._topics.below(topic):
                case ["beat"]:
                    self._pulse.felt(decode(payload, Beat), now)
                case ["reply", _]:
                    self._answered(payload, now)
                case ["state", "counter", _]:
                    self._adopt(decode(payload, CounterState) if payload else None, now)
        except ValueError as error:
            return [Complaint(topic, str(error))]
        return []

    def _answered(self, payload: bytes, now: float) -> None:
        reply = self._requests.answered(payload)
        if reply is None:
            return
        nobody_came = reply.to == "next" and reply.data.get("ticket") is None
        self._glance_ends = now + GLANCE
        try:
            if reply.data:
                self._adopt(_counter_in(reply.data), now)
        finally:
            self._vain_ends = now + FLASH if reply.status != "ok" or nobody_came else -inf

    def _adopt(self, counter: CounterState | None, now: float) -> None:
        """The counter stands like this, unless we know something newer; None: the hub does not know it."""
        known = self._counter
        if counter and known and counter.log == known.log and counter.seq < known.seq:
            return
        if counter and known and counter.ticket != known.ticket:
            self._moved(counter, now)
        self._counter = counter

    def _moved(self, counter: CounterState, now: float) -> None:
        """Somebody else stands at the counter, or nobody."""
        if _is_wanted(counter, *self._last):
            self._vain_ends = -inf
        if counter.ticket is not None:
            self._glance_ends = now + GLANCE

    # -- the lamp ---------------------------------------------------------------------------------------------

    def _lamp(self, now: float) -> list[Output]:
        lamp = self._truth(now)
        if lamp is self._shown:
            return []
        self._shown = lamp
        return [Show(lamp)]

    def _truth(self, now: float) -> Lamp:
        if not self.ready or self._requests.open:
            return Lamp.BLINKING
        return Lamp.FAST if now < self._vain_ends else Lamp.STEADY


def _is_wanted(counter: CounterState, button: str, at: str | None) -> bool:
    """Whether a counter that just changed shows what the last press, made at that moment, was for.

    Raises ValueError when the counter's `since` is no moment.
    """
    since = inf if counter.since is None else seconds(counter.since)
    if button != "next":
        return True
    return counter.ticket is not None and (at is None or since >= seconds(at))


def _counter_in(data: dict[str, Any]) -> CounterState:
    """Raises BadMessage when the data are no counter's state."""
    try:
        return msgspec.convert(data, CounterState)
    except msgspec.ValidationError as error:
        raise BadMessage(str(error)) from None
