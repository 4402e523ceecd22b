"""Whether keypads and signs tell the truth, and whether each key that was acknowledged was acted on once."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import LOST, Key

#: The hub's time of a command and the finger differ by less than this, seconds: the line's way and the age's steps.
APART = 0.3
#: Seconds between two looks: the figures are this much too large at most.
LOOK = 0.04
#: A machine that runs nothing for so long, seconds, is too busy with something else to judge a line.
STALL = 0.06


@dataclass
class Seen:
    """Seconds from each return to the truth: on a line without noise, with noise, and while this machine stood still
    for moments, so that nothing can be said of the line; and what was too late or a lie.

    within: seconds within which a unit that came back shows what is, and for which it may show what was.
    """

    within: float
    quiet: list[float] = field(default_factory=list)
    rustling: list[float] = field(default_factory=list)
    stalled: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Eye:
    """Looks at one unit again and again."""

    def __init__(self, address: int, seen: Seen) -> None:
        self._address, self._seen = address, seen
        self._since: float | None = None
        self._true = self._noisy = self._stalled = False
        self._wrong_since: float | None = None

    def look(
        self, face: Face, wanted: str, since: float | None, now: float, *, rustling: bool, stalled: bool
    ) -> None:
        """It shows `face`; its counter has `wanted`; it is whole `since` then, or not at all."""
        if since != self._since:
            self._returned(since, now)
        self._noisy, self._stalled = self._noisy or rustling, self._stalled or stalled
        true = face != LOST and face.text == wanted
        if since is None:
            return
        if true and not self._true:
            self._true = True
            seen = self._seen
            (seen.stalled if self._stalled else seen.rustling if self._noisy else seen.quiet).append(now - since)
            self._judge(now - since)
        self._stands(face, wanted, now, true=true, excused=rustling or stalled)

    def _returned(self, since: float | None, now: float) -> None:
        if self._since is not None and not self._true:
            self._judge(now - self._since)
        self._since, self._wrong_since = since, None
        self._true = self._noisy = self._stalled = False

    def _judge(self, took: float) -> None:
        if took > self._seen.within and not self._noisy and not self._stalled:
            self._seen.wrong.append(f"unit {self._address} was not true {took:.2f} s after its return")

    def _stands(self, face: Face, wanted: str, now: float, *, true: bool, excused: bool) -> None:
        """After it was true once it stays true, but for a moment after a change, and while there is noise."""
        if true or excused or not self._true:
            self._wrong_since = None
        elif self._wrong_since is None:
            self._wrong_since = now
        elif now - self._wrong_since > self._seen.within:
            self._seen.wrong.append(f"unit {self._address} shows {face.text!r} where {wanted!r} stands")
            self._wrong_since = now


class Watch:
    """Looks at every unit all the time, from a thread of its own."""

    def __init__(self, addresses: Sequence[int], within: float, look: Callable[[Eye, int, float, bool], None]) -> None:
        self.seen = Seen(within)
        self._eyes = {address: Eye(address, self.seen) for address in addresses}
        self._look, self._stopping = look, threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _live(self) -> None:
        last = time.monotonic()
        while not self._stopping.wait(LOOK):
            now = time.monotonic()
            for address, eye in self._eyes.items():
                self._look(eye, address, now, now - last > LOOK + STALL)
            last = now


@dataclass(frozen=True)
class Command:
    """A command that came to the hub; `pressed`: when it says that its key was, `came`: monotonic seconds both."""

    counter: int
    name: str
    pressed: float
    came: float

    def is_for(self, key: Key) -> bool:
        return self.name == key.name and abs(self.pressed - key.at) < APART


def unaccounted(acked: Mapping[int, Sequence[Key]], commands: Sequence[Command]) -> list[str]:
    """Acknowledged keys that no command stands for, or more than one."""
    wrong = []
    for counter, keys in acked.items():
        for key in keys:
            count = sum(command.is_for(key) for command in commands if command.counter == counter)
            if count != 1:
                wrong.append(f"counter {counter}: {key.name} at {key.at:.2f} was acted on {count} times")
    return wrong


def explained(pressed: Sequence[str], commands: Sequence[str]) -> bool:
    """Whether each command stands for a press of its own, in the order of the presses: true on any machine."""
    rest = iter(pressed)
    return all(command in rest for command in commands)


def unasked(pressed: Mapping[int, Sequence[Key]], commands: Sequence[Command]) -> list[str]:
    """Commands that no finger asked for."""
    return [
        f"counter {command.counter}: nobody pressed {command.name} at {command.pressed:.2f}"
        for command in commands
        if not any(command.is_for(key) for key in pressed[command.counter])
    ]
