"""What people do to fake keypads and signs, and the files that show what those show.

`<state>/fake/<device>/lamps.json` holds `{"lamp": "steady"}` as of every call unit, `sign.json` `{"text": "A012"}`;
`line.json` `{"plug": "plug", "address": "alone"}`, the last that was done to its plug and its address.
`<state>/fake/line-<name>/port` is the line's device file, `line.json` beside it `{"adapter": "adapter-in", "noise":
"quiet"}`.
"""

from collections.abc import Callable
from pathlib import Path

from counter_terminal.exchange import CODES, Face
from counter_terminal.fake_files import write
from counter_terminal.fake_line import FakeLine
from moiso.runtime.site import CounterConf, LineConf, SeatConf
from moiso.wire.messages import FakePress

#: The part of all bytes that is spoilt when somebody asks for noise.
NOISE = 0.02
#: Bytes that come when somebody asks for a babbler.
BABBLE = 40


class FakeDesks:
    """The keypads and signs of these counters on one fake line; `folder_of`: where a fake device writes."""

    def __init__(self, conf: LineConf, counters: list[CounterConf], folder_of: Callable[[str], Path]) -> None:
        self._name, self._folder_of = conf.name, folder_of
        self._counters = {counter.unit: counter for counter in counters}
        addresses = sorted({seat.address for counter in counters for seat in self._seats(counter)})
        self.line = FakeLine(folder_of(f"line-{conf.name}"), addresses, conf.baud, self._shown)
        self._done = {f"line-{conf.name}": {"adapter": "adapter-in", "noise": "quiet"}}
        self._done |= {device: {"plug": "plug", "address": "alone"} for device in self._counters}
        self._write_done()

    def do(self, device: str, what: FakePress) -> None:
        """Press a key of the device, or do this to it or its line. Raises ValueError when there is no such thing."""
        counter = self._counters.get(device)
        if counter is not None and what.press is not None:
            self._press(counter, what.press)
        if counter is not None and what.line is not None:
            self._happen(counter, what.line)

    def _press(self, counter: CounterConf, key: str) -> None:
        keypad = counter.keypad
        if keypad is None or keypad.line != self._name:
            return
        if key not in CODES:
            raise ValueError(f"{counter.unit} has no key {key!r}; it has {', '.join(CODES)}")
        self.line.press(keypad.address, key)

    def _happen(self, counter: CounterConf, what: str) -> None:
        """To the line, or to everything of this counter on it."""
        match what:
            case "adapter-out" | "adapter-in":
                self.line.adapter(plugged=what == "adapter-in")
                self._done[f"line-{self._name}"]["adapter"] = what
            case "noise" | "quiet":
                self.line.noise(NOISE if what == "noise" else 0.0)
                self._done[f"line-{self._name}"]["noise"] = what
            case "babble":
                self.line.babble(BABBLE)
            case "twin" | "alone":
                self._twin(counter, what)
            case _:
                self._plug(counter, what)
        self._write_done()

    def _plug(self, counter: CounterConf, what: str) -> None:
        for seat in self._seats(counter):
            if what == "power":
                self.line.power(seat.address)
            else:
                self.line.plug(seat.address, plugged=what == "plug")
                self._done[counter.unit]["plug"] = what

    def _twin(self, counter: CounterConf, what: str) -> None:
        """A second keypad, or sign where the counter has none; the line holds one such unit at a time."""
        self.line.twin(self._seats(counter)[0].address, plugged=what == "twin")
        for device in self._counters:
            self._done[device]["address"] = "alone"
        self._done[counter.unit]["address"] = what

    def _write_done(self) -> None:
        for owner, done in self._done.items():
            write(self._folder_of(owner) / "line.json", done)

    def _seats(self, counter: CounterConf) -> list[SeatConf]:
        return [seat for seat in counter.parts.values() if seat.line == self._name]

    def _shown(self, address: int, face: Face) -> None:
        here = SeatConf(line=self._name, address=address)
        for device, counter in self._counters.items():
            if counter.keypad == here:
                write(self._folder_of(device) / "lamps.json", {"lamp": face.lamp.value})
            if counter.sign == here:
                write(self._folder_of(device) / "sign.json", {"text": face.text})
