"""One serial line in the program: the master between the port and the call units whose keypads and signs hang on it."""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from counter_terminal.exchange import Face
from counter_terminal.line import Heard, Line, LineDown, LineUp, News, Send
from counter_terminal.machine import Attached, Pressed, Show
from counter_terminal.seat import Key
from moiso.devices.serial_port import SerialPort
from moiso.runtime.site import CounterConf, LineConf

#: Parts of call units (`keypad`, `sign`) by device.
Parts = list[tuple[str, str]]


class Bus:
    """The line `conf` with the keypads and signs of these counters; a part of the shell (see moiso.runtime.shell).

    port: another device file than the one in site.toml.
    """

    def __init__(self, conf: LineConf, counters: Sequence[CounterConf], port: str = "") -> None:
        self._conf, self._path = conf, port or conf.port
        self._parts = parts_on(conf.name, counters)
        keys = {address: any(part == "keypad" for _, part in parts) for address, parts in self._parts.items()}
        self._line = Line(keys, conf.baud, monotonic())
        self._port: SerialPort | None = None

    def start(self, put: Callable[[object], None]) -> None:
        """Open the port; what comes in goes to `put`, and from there to `handle`."""
        name = self._conf.name
        self._port = SerialPort(
            f"line {name}",
            self._path,
            self._conf.baud,
            opened=lambda: put(LineUp(name)),
            gone=lambda: put(LineDown(name)),
            heard=lambda data: put(Heard(name, data)) if data else None,
        )
        self._port.start()

    def close(self) -> None:
        """Let the port go; the units notice within three seconds that they are alone."""
        if self._port is not None:
            self._port.close()

    def show(self, device: str, output: Show) -> None:
        """Let the keypad and the sign of this unit, if they are on this line, say this."""
        for address, parts in self._parts.items():
            if any(owner == device for owner, _ in parts):
                self._line.show(address, Face(output.lamp, output.sign))

    def handle(self, items: Sequence[object], now: float) -> list[object]:
        """Take what concerns the line; gives the rest, and what it means for the call units."""
        own, rest = [], []
        for item in items:
            if isinstance(item, LineUp | LineDown | Heard) and item.line == self._conf.name:
                own.append(item)
            else:
                rest.append(item)
        for output in self._line.handle(own, now):
            rest += self._said(output)
        return rest

    def deadline(self) -> float | None:
        """When the line wants a turn."""
        return self._line.deadline()

    def _said(self, output: Send | Key | News) -> list[object]:
        match output:
            case Send(data) if self._port is not None:
                self._port.write(data)
            case Key(address, key, age):
                return [Pressed(key, device, age) for device, part in self._parts[address] if part == "keypad"]
            case News(address, state, works):
                return [Attached(part, state, works, device) for device, part in self._parts[address]]
        return []


def parts_on(line: str, counters: Sequence[CounterConf]) -> Mapping[int, Parts]:
    """What hangs on this line, by address."""
    found: dict[int, Parts] = {}
    for counter in counters:
        for part, seat in counter.parts.items():
            if seat.line == line:
                found.setdefault(seat.address, []).append((counter.unit, part))
    return found
