"""The master of one serial line: one question at a time, one answer or none. Pure.

Time and received bytes go in; bytes to send, keys and news of who is there come out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from counter_terminal.exchange import Face, Hello, Poll, UnitState, answered, ask
from counter_terminal.frame import BITS, Decoder, Frame, encode
from counter_terminal.seat import AHEAD, Key, Seat

#: Most bytes of an answer, with a few of them escaped.
ANSWER = 15
#: Seconds for a unit to turn around, an adapter to hand its bytes over, and this machine to read them.
SPARE = 0.04
#: Seconds of silence between an answer and the next question; the part of a slot that is no answer.
GAP, SLOT_SPARE = 0.002, 0.005
#: Seconds between two questions to a keypad, and at least to a sign, which has nothing to say by itself.
KEYPAD_EVERY, SIGN_EVERY = 0.05, 0.3
#: All signs together take at most this part of the line's time; bytes of a POLL and its answer, pauses included.
SIGNS_SHARE, EXCHANGE = 0.33, 28
#: Seconds between two looks for a second unit at one address, each at the next address.
CHECK_EVERY = 2.0


@dataclass(frozen=True, slots=True)
class LineUp:
    """The port of this line is open."""

    line: str


@dataclass(frozen=True, slots=True)
class LineDown:
    """The port of this line is gone, or was never there; the driver tries again by itself."""

    line: str


@dataclass(frozen=True, slots=True)
class Heard:
    """These bytes came in."""

    line: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Send:
    """Send these bytes now."""

    data: bytes


@dataclass(frozen=True, slots=True)
class News:
    """How the unit at `address` is, from now on: `ready`, `absent`, `two` (at one address) or `no-line`."""

    address: int
    state: str
    works: bool


@dataclass(slots=True)
class _Exchange:
    """A question and what has come back so far."""

    seat: Seat
    question: Hello | Poll
    frame: Frame
    until: float
    states: list[UnitState] = field(default_factory=list)
    strange: int = 0


class Line:
    """Takes LineUp, LineDown and Heard; gives Send, Key, and News when it changes (at the first turn: of everybody).

    addresses: whether there are keys at each address.
    """

    def __init__(self, addresses: Mapping[int, bool], baud: int, began: float) -> None:
        self._byte = BITS / baud
        signs = len([keys for keys in addresses.values() if not keys])
        sign_every = max(SIGN_EVERY, signs * EXCHANGE * self._byte / SIGNS_SHARE)
        self._seats = {
            address: Seat(address, began, KEYPAD_EVERY if keys else sign_every, has_keys=keys)
            for address, keys in addresses.items()
        }
        self._width = round(1000 * (ANSWER * self._byte + SLOT_SPARE))
        self._open = False
        self._decoder = Decoder()
        self._exchange: _Exchange | None = None
        self._seq, self._free_at, self._check_at = 0, -inf, began + CHECK_EVERY
        self._rounds, self._look_back = list(self._seats), False
        self._told: dict[int, News] = {}

    def show(self, address: int, face: Face) -> None:
        """The unit at this address has to show that."""
        self._seats[address].show(face)

    def handle(self, items: Sequence[LineUp | LineDown | Heard], now: float) -> list[Send | Key | News]:
        """One turn at the monotonic time `now`; to be called at `deadline`."""
        outputs: list[Send | Key | News] = [key for item in items for key in self._take(item, now)]
        if self._exchange is not None and now >= self._exchange.until:
            outputs += self._over(self._exchange, now)
        if self._open and self._exchange is None and now >= self._free_at:
            outputs += self._ask(now)
        return [*outputs, *self._news(now)]

    def deadline(self) -> float | None:
        """The monotonic moment of the next turn at the latest, or None."""
        if not self._open:
            return None
        if self._exchange is not None:
            return self._exchange.until
        return max(self._free_at, min(self._check_at, *(seat.due for seat in self._seats.values())))

    def _take(self, item: LineUp | LineDown | Heard, now: float) -> list[Key]:
        match item:
            case Heard(_, data) if self._open:
                return self._heard(data, now)
            case LineUp() | LineDown():
                self._open, self._exchange, self._check_at = isinstance(item, LineUp), None, now + CHECK_EVERY
                for seat in self._seats.values():
                    seat.hurry(now)
        return []

    # -- questions --------------------------------------------------------------------------------------------

    def _ask(self, now: float) -> list[Send]:
        seat = min(self._seats.values(), key=lambda seat: seat.due)
        check = now >= self._check_at and seat.due > now - AHEAD
        if check:
            self._check_at = now + CHECK_EVERY
            seat = self._to_check()
        elif seat.due > now:
            return []
        question = seat.question(self._width, check=check)
        self._seq = (self._seq + 1) % 256
        frame = ask(seat.address, self._seq, question)
        data = encode(frame)
        self._exchange = _Exchange(seat, question, frame, now + len(data) * self._byte + self._wait(question))
        return [Send(data)]

    def _to_check(self) -> Seat:
        """Where to look for a second unit: at each address in turn, every other time where the last look was bad."""
        self._look_back = not self._look_back
        doubtful = [address for address in self._rounds if self._seats[address].doubtful]
        address = doubtful[0] if doubtful and self._look_back else self._rounds[0]
        self._rounds.remove(address)
        self._rounds.append(address)
        return self._seats[address]

    def _wait(self, question: Hello | Poll) -> float:
        """Seconds from the end of a question until an answer would have begun to come in."""
        slots = (question.slots - 1) * question.width / 1000 if isinstance(question, Hello) else 0.0
        return slots + SPARE

    # -- answers ----------------------------------------------------------------------------------------------

    def _heard(self, data: bytes, now: float) -> list[Key]:
        frames, exchange = self._decoder.feed(data), self._exchange
        if exchange is None:
            return []
        exchange.strange += len(data)
        exchange.until = max(exchange.until, now + ANSWER * self._byte)
        for frame in frames:
            if frame == exchange.frame:
                exchange.strange = 0  # an adapter that hears itself
            elif (frame.address, frame.seq) == (exchange.frame.address, exchange.frame.seq):
                self._answered(exchange, frame)
        only_one = not isinstance(exchange.question, Hello) or exchange.question.slots <= 1
        return self._over(exchange, now) if exchange.states and only_one else []

    def _answered(self, exchange: _Exchange, frame: Frame) -> None:
        try:
            exchange.states.append(answered(frame))
        except ValueError:
            return
        exchange.strange = 0

    def _over(self, exchange: _Exchange, now: float) -> list[Key]:
        self._exchange, self._free_at = None, now + GAP
        return exchange.seat.over(exchange.question, exchange.states, now, spoilt=exchange.strange > 0)

    def _news(self, now: float) -> list[News]:
        fresh = []
        for address, seat in self._seats.items():
            state, works = (seat.state(now), seat.works(now)) if self._open else ("no-line", False)
            told = self._told.get(address)
            if told is None or (told.state, told.works) != (state, works):
                self._told[address] = News(address, state, works)
                fresh.append(self._told[address])
        return fresh
