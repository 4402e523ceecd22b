"""All serial lines of the program, real or fake."""

from collections.abc import Callable, Sequence
from pathlib import Path

from counter_terminal.bus import Bus
from counter_terminal.fake_desks import FakeDesks
from counter_terminal.machine import Show
from moiso.runtime.site import CounterConf, LineConf
from moiso.wire.messages import FakePress


class Lines:
    """The lines on which these counters have a keypad or a sign.

    fake: where a fake device writes; None for real lines. Raises OSError when a fake line cannot be made.
    """

    def __init__(
        self, lines: Sequence[LineConf], counters: Sequence[CounterConf], fake: Callable[[str], Path] | None
    ) -> None:
        self._fakes: list[FakeDesks] = []
        self.buses: list[Bus] = []
        for conf in lines:
            on_it = [c for c in counters if any(seat.line == conf.name for seat in c.parts.values())]
            if on_it:
                self.buses.append(Bus(conf, on_it, self._fake_port(conf, on_it, fake)))

    def start(self, put: Callable[[object], None]) -> None:
        """Open the ports; what comes in goes to `put`."""
        for desks in self._fakes:
            desks.line.start()
        for bus in self.buses:
            bus.start(put)

    def close(self) -> None:
        """Let the ports go."""
        for bus in self.buses:
            bus.close()
        for desks in self._fakes:
            desks.line.stop()

    def show(self, device: str, output: Show) -> None:
        """Let keypad and sign of the call unit say this."""
        for bus in self.buses:
            bus.show(device, output)

    def do(self, device: str, what: FakePress) -> None:
        """Do this to the fake keypad or sign of the call unit. Raises ValueError when there is no such thing to do."""
        for desks in self._fakes:
            desks.do(device, what)

    def _fake_port(
        self, conf: LineConf, counters: list[CounterConf], fake: Callable[[str], Path] | None
    ) -> str:
        if fake is None:
            return ""
        self._fakes.append(FakeDesks(conf, counters, fake))
        return str(self._fakes[-1].line.port)
