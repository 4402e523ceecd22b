"""What the fake devices left for the front panel's eyes. Pure."""

from msgspec import Struct

#: The devices' own words for their lamps, and ours.
_LAMPS = {
    "on": "steady", "steady": "steady", "blink": "blinking", "blinking": "blinking", "flicker": "fast", "fast": "fast",
    "dip": "steady", "undone": "undone",
}  # fmt: skip


class Spoken(Struct, frozen=True, kw_only=True):
    """One announcement, as the fake loudspeaker noted it."""

    ticket: str | None
    text: str
    at: str


NOTHING_SPOKEN = Spoken(ticket="", text="", at="")


class Traces(Struct, frozen=True, kw_only=True):
    """What a fake device left: lamps by name, its last ticket, versions of its pictures (0 = none), bytes of sound.

    sign: the text of an LED sign. done: what was last done to a plug, an address, a serial line, paper or a printer, by
    which of these. code: what the QR code of the last ticket says, if it has one.
    """

    lamps: dict[str, str] = {}
    ticket: str = ""
    printed: int = 0
    screen: int = 0
    spoken: Spoken = NOTHING_SPOKEN
    sound: int = 0
    sign: str = ""
    done: dict[str, str] = {}
    code: str = ""

    def lamp(self, name: str) -> str:
        """How a lamp looks: `off`, `steady`, `blinking`, `fast` or `undone`."""
        return _LAMPS.get(self.lamps.get(name, ""), "off")


def line_traces(name: str) -> str:
    """Under which name a serial line leaves its traces, beside the devices."""
    return f"line-{name}"
