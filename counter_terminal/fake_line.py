"""A serial line without hardware: keypads and signs made of software behind a pseudo terminal, in real time.

The real driver opens `port`, a link that comes and goes with the adapter as udev's do. What can happen to a real line
happens on request: plugs are pulled, power fails, a second unit has the same address, bytes are spoilt, units talk at
once. Baud rate and turn-around times are kept by the wire (fake_wire), since a pseudo terminal has none.
"""

import os
import select
import threading
import time
import tty
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from random import Random

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import LOST, FakeUnit
from counter_terminal.fake_wire import FakeWire, Plug

#: Seconds between two looks at the faces and at who wants to end.
_LOOK = 0.02


class FakeLine:
    """Units at these addresses, a thread that is their wire, and `port` for the driver.

    shown(address, face): called from that thread whenever what people see changes.
    """

    def __init__(self, folder: Path, addresses: Iterable[int], baud: int, shown: Callable[[int, Face], None]) -> None:
        self.port = folder / "port"
        self._chance, self._shown = Random(), shown
        self._plugs = {address: Plug(address, self._unit()) for address in addresses}
        self._wire = FakeWire(list(self._plugs.values()), baud, self._chance)
        self._faces: dict[int, Face] = {}
        self._lock, self._stopping = threading.Lock(), threading.Event()
        self._ends: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._live, name="fake-line", daemon=True)

    def start(self) -> None:
        """The adapter is plugged in. Raises OSError when the link cannot be made."""
        self.adapter(plugged=True)
        self._thread.start()

    def stop(self) -> None:
        """Everything is gone; what people see is what a unit shows that is left alone."""
        self._stopping.set()
        self._thread.join(1.0)
        self.adapter(plugged=False)
        for address in self._plugs:
            self._shown(address, LOST)

    # -- hands ------------------------------------------------------------------------------------------------

    def unit(self, address: int) -> FakeUnit:
        """The unit at this address."""
        return self._plugs[address].unit

    def press(self, address: int, key: str) -> bool:
        """A finger on a key; whether the unit took it."""
        with self._lock:
            return self._plugs[address].unit.press(key, time.monotonic())

    def face(self, address: int) -> Face:
        """What people see on the unit."""
        with self._lock:
            return self._plugs[address].unit.face(time.monotonic())

    def plug(self, address: int, *, plugged: bool) -> None:
        """Pull the unit's plug from the line, or put it in again; its power stays."""
        with self._lock:
            self._plugs[address].plugged = plugged

    def power(self, address: int) -> None:
        """The unit loses its power for a moment."""
        with self._lock:
            self._plugs[address].unit.power()

    def twin(self, address: int, *, plugged: bool) -> FakeUnit | None:
        """Put a second unit with this address on the line and return it, or take every such unit away."""
        with self._lock:
            self._wire.plugs = [*self._plugs.values()]
            if not plugged:
                return None
            self._wire.plugs.append(Plug(address, self._unit()))
            return self._wire.plugs[-1].unit

    def noise(self, part: float) -> None:
        """From now on this part of all bytes is spoilt."""
        with self._lock:
            self._wire.noise = part

    def babble(self, count: int) -> None:
        """Somebody sends so many bytes out of turn: whoever talks just then is not understood."""
        with self._lock:
            self._wire.babble(count, time.monotonic())

    def adapter(self, *, plugged: bool) -> None:
        """Put the adapter in, or pull it out; the device file comes and goes with it."""
        with self._lock:
            if plugged and self._ends is None:
                self._ends = self._open()
            elif not plugged and self._ends is not None:
                self.port.unlink(missing_ok=True)
                for end in self._ends:
                    os.close(end)
                self._ends = None

    def _open(self) -> tuple[int, int]:
        ours, theirs = os.openpty()
        for end in (ours, theirs):
            tty.setraw(end)
        os.set_blocking(ours, False)
        fresh = self.port.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(theirs))
        fresh.replace(self.port)
        # Our hold on their end keeps the wire alive while the driver has closed it.
        return ours, theirs

    def _unit(self) -> FakeUnit:
        return FakeUnit(lambda: self._chance.randrange(1, 65536))

    # -- the wire ---------------------------------------------------------------------------------------------

    def _live(self) -> None:
        while not self._stopping.is_set():
            self._wait()
            with self._lock:
                self._turn(time.monotonic())
            self._look()

    def _wait(self) -> None:
        """Until the master says something, or something ends on the wire."""
        with self._lock:
            ends, due = self._ends, self._wire.next_at()
        patience = _LOOK if due is None else max(0.0, min(_LOOK, due - time.monotonic()))
        try:
            select.select([ends[0]] if ends else [], [], [], patience)
        except (OSError, ValueError):
            time.sleep(patience)  # the adapter was pulled out just now

    def _turn(self, now: float) -> None:
        if self._ends is not None:
            with suppress(OSError):
                self._wire.say(os.read(self._ends[0], 4096), now)
        heard = self._wire.step(now)
        if heard and self._ends is not None:
            with suppress(OSError):
                os.write(self._ends[0], heard)

    def _look(self) -> None:
        for address in self._plugs:
            face = self.face(address)
            if face != self._faces.get(address):
                self._faces[address] = face
                self._shown(address, face)
