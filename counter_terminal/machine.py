"""One call unit, pure: buttons, a lamp that tells the clerk the truth, and what a sign above the counter shows.

The lamp's language:

    steady    the hub is reached, the last press was carried out, and what the wall shows of this counter holds
    blinking  wait: the hub is not reached (no link, or no beat for 5 s), or it has not answered the press yet
    fast      the last press did nothing. For a second: it was refused, nobody waits, or it came too soon.
              On and on: nobody answered it in time. Press again; the next press ends it, and so does a counter that
              shows what was wanted: after *next* somebody called since (then the press did count, or a colleague
              called), after the others that whoever stood there is gone, or is served, if that was it
    undone    for two seconds: the last command of this counter was taken back
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

from counter_terminal.sign import OFF, sign_text
from counter_terminal.two_way import TwoWayButton
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Beat, CounterState
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.stamp import seconds
from moiso.wire.topics import Topics

#: The buttons that end somebody's turn: they say whose, so that nobody else's is ended.
SENDS_AWAY = frozenset({"next", "no-show"})
#: Seconds for which a press is wanted; later it would surprise whoever stands there by then.
WANTED = 2.0
#: Seconds that a person needs to see who was called; presses before that are the tail of the last one.
GLANCE = 0.7
#: Seconds for which the lamp says that a press did nothing.
FLASH = 1.0
#: Seconds for which the lamp confirms an undo.
CONFIRM = 2.0


class Lamp(StrEnum):
    """What the lamp says; see above."""

    STEADY = "steady"
    BLINKING = "blinking"
    FAST = "fast"
    UNDONE = "undone"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Pressed:
    """The clerk pressed a button of the unit `device`, named for the command it sends, `age` seconds ago."""

    button: str
    device: str
    age: float = 0.0


@dataclass(frozen=True, slots=True)
class Contact:
    """The level of the unit's recall button changed at the monotonic time `at`: held long enough it means *undo*."""

    down: bool
    at: float
    device: str


@dataclass(frozen=True, slots=True)
class Attached:
    """How a part of the unit, `keypad` or `sign`, hangs on its line: `state` is said in the status.

    works: it can be used; a unit whose keypad does not work is not ready.
    """

    part: str
    state: str
    works: bool
    device: str


@dataclass(frozen=True, slots=True)
class Show:
    """The lamp has to say this from now on, and the sign to show that; see `sign_text`."""

    lamp: Lamp
    sign: str


Output = Publish | Complaint | Show


class CallUnit:
    """The call unit `device` of the counter with this number; `new_id` makes an id that no other press has.

    Takes Pressed, Contact, Attached, Arrived, LinkUp and LinkDown; gives Publish, Complaint, and Show when it changes.
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
        self._undone_ends = -inf
        self._last: tuple[str, str | None] = ("", None)
        self._crossed = False
        self._recall = TwoWayButton()
        self._keypad_works = True
        self._shown = Show(Lamp.DARK, OFF)

    def handle(self, items: Sequence[object], now: float) -> list[Output]:
        """One turn at the monotonic time `now`; to be called once a second at least, or at `deadline`."""
        outputs = [output for item in items for output in self._take(item, now)]
        outputs += self._certain(self._recall.due(now), now)
        self._requests.given_up(now)
        outputs += self._requests.due(now)
        self.ready = self._up and not self._pulse.silent(now) and self._keypad_works
        return [*outputs, *self._show(now)]

    def deadline(self) -> float | None:
        """The monotonic moment at which something is due: a repetition, a give-up, the end of a flash."""
        ends = {Lamp.FAST: self._vain_ends, Lamp.UNDONE: self._undone_ends}.get(self._shown.lamp)
        moments = [self._requests.deadline(), self._recall.deadline(), ends]
        return min((moment for moment in moments if moment is not None), default=None)

    def _take(self, item: object, now: float) -> list[Output]:
        match item:
            case Pressed(button, _, age):
                return self._pressed(button, now, age)
            case Contact(down, at):
                return self._certain(self._recall.edge(down, at), now)
            case Attached(part, state, works):
                self._attached(part, state, works=works)
            case LinkUp():
                self._up = True
                self._requests.hurry(now)
            case LinkDown():
                self._up = False
            case Arrived(topic, payload):
                return self._arrived(topic, payload, now)
        return []

    def _attached(self, part: str, state: str, *, works: bool) -> None:
        self.detail = {**self.detail, part: state}
        if part == "keypad":
            self._keypad_works = works

    # -- presses ----------------------------------------------------------------------------------------------

    def _certain(self, press: str | None, now: float) -> list[Output]:
        """What the recall button turned out to mean, if anything."""
        return [] if press is None else self._pressed(press, now, 0.0)

    def _pressed(self, button: str, now: float, age: float) -> list[Output]:
        if self._requests.open:
            self._crossed = self._crossed or (button == "undo" and self._last[0] != "undo")
            return []
        known = self._known(button, now - age)
        if now - age < self._glance_ends or age >= WANTED or not known:
            self._vain_ends = max(self._vain_ends, now + FLASH if known and age < WANTED else inf)
            return []
        self._vain_ends, self._undone_ends, self._crossed = inf, -inf, False
        self._last = (button, known.get("at"))
        return [self._requests.send(button, now, lifetime=WANTED - age, **known)[1]]

    def _known(self, button: str, pressed: float) -> dict[str, Any]:
        """What keeps a late or doubled press harmless; a press that could carry nothing of it is not sent."""
        stamp = self._pulse.stamp(pressed)
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
            done = reply.status == "ok" and not nobody_came and not self._crossed
            self._vain_ends = -inf if done else now + FLASH
            self._undone_ends = now + CONFIRM if done and reply.to == "undo" else -inf

    def _adopt(self, counter: CounterState | None, now: float) -> None:
        """The counter stands like this, unless we know something newer; None: the hub does not know it."""
        known = self._counter
        if counter and known and counter.log == known.log and counter.seq < known.seq:
            return
        if counter and known and (counter.ticket, counter.phase) != (known.ticket, known.phase):
            self._moved(known, counter, now)
        self._counter = counter

    def _moved(self, known: CounterState, counter: CounterState, now: float) -> None:
        """Somebody else stands at the counter, or nobody, or is served now."""
        if _is_wanted(known, counter, *self._last):
            self._vain_ends = -inf
        if counter.ticket not in {None, known.ticket}:
            self._glance_ends = now + GLANCE

    # -- lamp and sign ----------------------------------------------------------------------------------------

    def _show(self, now: float) -> list[Output]:
        show = Show(self._truth(now), sign_text(self._counter, silent=self._pulse.silent(now)))
        if show == self._shown:
            return []
        self._shown = show
        return [show]

    def _truth(self, now: float) -> Lamp:
        if not self.ready or self._requests.open:
            return Lamp.BLINKING
        if now < self._vain_ends:
            return Lamp.FAST
        return Lamp.UNDONE if now < self._undone_ends else Lamp.STEADY


def _is_wanted(known: CounterState, counter: CounterState, button: str, at: str | None) -> bool:
    """Whether a counter that just changed shows what the last press, made at that moment, was for.

    Raises ValueError when the counter's `since` is no moment.
    """
    since = inf if counter.since is None else seconds(counter.since)
    gone = counter.ticket != known.ticket
    if button == "next":
        return gone and counter.ticket is not None and (at is None or since >= seconds(at))
    return gone or (button == "start" and counter.phase == "serving")


def _counter_in(data: dict[str, Any]) -> CounterState:
    """Raises BadMessage when the data are no counter's state."""
    try:
        return msgspec.convert(data, CounterState)
    except msgspec.ValidationError as error:
        raise BadMessage(str(error)) from None
