"""Questions and answers on the serial line, as frames and back. Pure; docs/keypad.md has the table."""

from dataclasses import dataclass

from counter_terminal.frame import Frame, Kind
from counter_terminal.machine import Lamp
from counter_terminal.sign import OFF

#: The keys by their codes; 0 is no key.
KEYS = {1: "next", 2: "recall", 3: "no-show", 4: "undo", 5: "start", 6: "finish", 7: "hold"}
CODES = {key: code for code, key in KEYS.items()}
#: The lamp by its code.
LAMPS = (Lamp.DARK, Lamp.STEADY, Lamp.BLINKING, Lamp.FAST, Lamp.UNDONE)
#: A key's age goes in steps of so many seconds.
AGE_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Face:
    """What a unit shows: the lamp, and on a sign up to eight ASCII characters."""

    lamp: Lamp = Lamp.DARK
    text: str = OFF


@dataclass(frozen=True, slots=True)
class Hello:
    """Whoever has this address answers, in one of `slots` slots of `width` milliseconds, chosen by lot."""

    slots: int
    width: int


@dataclass(frozen=True, slots=True)
class Poll:
    """Only the unit with this boot word answers; the key with the number `ack` was taken (0: none).

    With a face (and its version, 1 to 255) it is a SHOW: the unit shows that from now on.
    """

    boot: int
    ack: int
    version: int = 0
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class UnitState:
    """The answer to every question.

    boot: a random word of 16 bits, new whenever the unit gets power. version: of the face it shows, 0 when it shows
    none of ours. key_seq: the number of its last key, 1 to 255 in a circle. key: the key that waits to be
    acknowledged, pressed `age` seconds ago.
    """

    boot: int
    version: int
    key_seq: int
    key: str | None
    age: float


def ask(address: int, seq: int, question: Hello | Poll) -> Frame:
    """The question number `seq` to the unit at this address."""
    if isinstance(question, Hello):
        return Frame(address, Kind.HELLO, seq, bytes([question.slots, question.width]))
    begin = question.boot.to_bytes(2, "big") + bytes([question.ack])
    if question.face is None:
        return Frame(address, Kind.POLL, seq, begin)
    face = bytes([question.version, LAMPS.index(question.face.lamp)]) + question.face.text.encode("ascii")
    return Frame(address, Kind.SHOW, seq, begin + face)


def asked(frame: Frame) -> Hello | Poll:
    """The question in a frame. Raises ValueError when it is none."""
    match frame.kind, tuple(frame.data):
        case Kind.HELLO, (slots, width):
            return Hello(slots, width)
        case Kind.POLL, (high, low, ack):
            return Poll(high << 8 | low, ack)
        case Kind.SHOW, (high, low, ack, version, lamp, *text) if lamp < len(LAMPS):
            return Poll(high << 8 | low, ack, version, Face(LAMPS[lamp], bytes(text).decode("ascii")))
    raise ValueError(f"no question: type {frame.kind:02x}, {frame.data.hex(' ')}")


def answer(address: int, seq: int, state: UnitState) -> Frame:
    """The answer to question number `seq`."""
    key, age = CODES[state.key] if state.key else 0, min(255, round(state.age / AGE_STEP))
    data = state.boot.to_bytes(2, "big") + bytes([state.version, state.key_seq, key, age])
    return Frame(address, Kind.STATE, seq, data)


def answered(frame: Frame) -> UnitState:
    """The state in an answer. Raises ValueError when it is none; a key we do not know is no key."""
    match frame.kind, tuple(frame.data):
        case Kind.STATE, (high, low, version, key_seq, key, age):
            return UnitState(high << 8 | low, version, key_seq, KEYS.get(key), age * AGE_STEP)
    raise ValueError(f"no answer: type {frame.kind:02x}, {frame.data.hex(' ')}")
