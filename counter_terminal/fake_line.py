"""A serial line without hardware: keypads and signs made of software behind a pseudo terminal, in real time.

The real driver opens `port`, a link that comes and goes with the adapter. What can happen to a real line
happens on request: plugs are pulled, power fails, a second unit has the same address, bytes are spoilt, units talk at
once. Baud rate and turn-around times are kept by the wire (fake_wire), since a pseudo terminal has none.
"""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import LOST, FakeUnit
from counter_terminal.fake_wire import FakeWire, Plug
from moiso.devices.fake_serial import FakeSerial

#: Seconds between two looks at the faces and at who wants to end.
_LOOK = 0.02


class FakeLine:
    """Units at these addresses, a thread that is their wire, and `port` for the driver.

    shown(address, face): called from that thread whenever what people see changes.
    """

    def __init__(self, folder: Path, addresses: Iterable[int], baud: int, shown: Callable[[int, Face], None]) -> None:
        self._adapter = FakeSerial(folder / "port")
        self.port = self._adapter.path
        self._chance, self._shown = Random(), shown
        self._plugs = {address: Plug(address, self._unit()) for address in addresses}
        self._wire = FakeWire(list(self._plugs.values()), baud, self._chance)
        self._faces: dict[int, Face] = {}
        self._lock, self._stopping = threading.Lock(), threading.Event()
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
        self._adapter.plug(plugged=plugged)

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
            due = self._wire.next_at()
        self._adapter.wait(_LOOK if due is None else max(0.0, min(_LOOK, due - time.monotonic())))

    def _turn(self, now: float) -> None:
        if said := self._adapter.hear():
            self._wire.say(said, now)
        if heard := self._wire.step(now):
            self._adapter.say(heard)

    def _look(self) -> None:
        for address in self._plugs:
            face = self.face(address)
            if face != self._faces.get(address):
                self._faces[address] = face
                self._shown(address, face)
