"""The hub under virtual time: its shell's rules, and a life that can end at any point of a turn.

As in hub/__main__.py: decide, commit, publish; what was not committed was never said; after a reconnect everything
goes out again that the broker may not have.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal

from centre.simulate.clock import HubClock
from centre.simulate.disk import Disk, DiskFull
from centre.simulate.eyes import Truth
from centre.simulate.ground import Ground
from centre.simulate.hub_mouth import Mouth
from centre.simulate.judge import Judge
from centre.simulate.network import Wire
from centre.simulate.sparing import SparingSpeaker
from hub.log import Row
from hub.machine import Machine, Place, Turn
from moiso.core.day import Moment
from moiso.wire.ports import Arrived, LinkUp

#: Where in a turn the hub dies.
Doom = Literal["before-commit", "after-commit", "midway"]

#: Seconds until the next try after a turn that could not be stored.
PAUSE = 2.0
#: Seconds from the first word of a turn to a death in the middle of it.
LAST_WORDS = 0.0015
#: Seconds between two turns that nobody asked for: while somebody waits, during the day, at night.
BUSY, QUIET, NIGHT = 25.0, 60.0, 600.0


class HubHost:
    """One hub with its disk; `doom`: it dies at that point of its next turn that brings anything."""

    def __init__(self, ground: Ground, place: Place, clock: HubClock, judge: Judge, truth: Truth) -> None:
        self._ground, self.place, self.clock, self._judge, self._truth = ground, place, clock, judge, truth
        self._chance = ground.chance("hub")
        topics = place.topics
        self.disk = Disk()
        self.wire = Wire(
            "hub",
            hears=[topics.button("+", "+"), topics.status("+")],
            others_only=[topics.cmd("+", "+"), topics.counter("+"), topics.beat],
            deliver=self.deliver,
            new_name=True,
        )
        ground.broker.attach(self.wire)
        ground.attention.begins = self._catch_up
        self.machine: Machine | None = None
        self.doom: Doom | None = None
        self.when_dead: Callable[[], None] = lambda: None
        self.heard_since = 0.0
        self._lives = 0
        self._dying = False
        self._inbox: list[object] = []
        self._planned: float | None = None

    # -- life and death ---------------------------------------------------------------------------------------

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self.machine is not None

    @property
    def heard(self) -> bool:
        """Whether anybody can talk to it."""
        return self.alive and self.wire.up

    def start(self) -> None:
        """The program starts, from the disk, and connects."""
        self._lives += 1
        self.machine = self._fold()
        self._mouth = Mouth(self._ground, self.place.topics, self.wire, self.disk, self._lives)
        self._ground.broker.connect(self.wire)

    def die(self) -> None:
        """SIGKILL: whatever was not committed is lost."""
        self._judge.dies()
        self.machine = self.doom = None
        self._dying = False
        self._inbox, self._planned = [], None
        self._ground.broker.cut(self.wire, died=True)
        self.when_dead()

    def _fold(self) -> Machine:
        machine = Machine(self.place, self.disk.read(), self.disk.from_seq)
        machine.speaker = SparingSpeaker(self.place, machine, lambda: self._ground.attention.close)
        self._judge.begins(machine)
        return machine

    # -- what others ask of the simulation --------------------------------------------------------------------

    def deliver(self, item: object) -> None:
        """Something happened on the hub's connection."""
        if isinstance(item, LinkUp):
            self.heard_since = self._ground.time.now
        if self.alive:
            self._inbox.append(item)
            self._plan(self._ground.time.now + self._drowsy())

    def poke(self) -> None:
        """Have a turn now."""
        if self.alive:
            self._plan(self._ground.time.now)

    def told(self, device: str, topics: Sequence[str], *, afresh: bool) -> Iterable[Arrived]:
        """What a device has heard of the hub that nobody sent; `afresh`: it has just connected."""
        if not self.heard or self._ground.attention.close:
            return ()
        if afresh:
            self._speaker.forget_listener(device)
        return self._speaker.heard(device, topics, self.clock)

    def _catch_up(self) -> None:
        """Say what changed while nobody listened."""
        if self.heard:
            self._mouth.say(self._speaker.snapshots(self.clock.moment()))
            self._truth.note(self._speaker.centre, self._ground.time.now)
            self.poke()

    @property
    def _speaker(self) -> SparingSpeaker:
        assert self.machine is not None
        assert isinstance(self.machine.speaker, SparingSpeaker)
        return self.machine.speaker

    # -- turns ------------------------------------------------------------------------------------------------

    def _drowsy(self) -> float:
        """Seconds until the loop gets to what has come: presses that come meanwhile share the turn."""
        if self._ground.broker.weather.calm:
            return 0.003
        slow = self._chance.random() < 0.02
        return self._chance.uniform(0.2, 1.0) if slow else self._chance.uniform(0.002, 0.03)

    def _plan(self, due: float) -> None:
        if self._planned is None or due < self._planned:
            self._planned = due
            self._ground.time.at(due, partial(self._due, due))

    def _due(self, due: float) -> None:
        if self._planned != due or self.machine is None or self._dying:
            return
        self._planned = None
        items, self._inbox = self._inbox, []
        moment = self.clock.moment()
        stored = self._run(self.machine, items, moment)
        if self.machine is not None and not self._dying:
            if self._ground.attention.close:
                self._truth.note(self.machine.ledger.centre, self._ground.time.now)
            self._plan(self._ground.time.now + (self._pause(self.machine, moment) if stored else PAUSE))

    def _pause(self, machine: Machine, moment: Moment) -> float:
        if self._ground.attention.close:
            return max(0.001, machine.deadline() - moment.mono)
        centre = machine.ledger.centre
        if centre.day is None:
            return NIGHT
        return BUSY if any(centre.lines.values()) or any(c.ticket for c in centre.counters.values()) else QUIET

    def _run(self, machine: Machine, items: list[object], moment: Moment) -> bool:
        """Decide, commit, publish; or die at the point that is doomed. False when the disk took nothing."""
        kept = self._judge.keep() if self.doom == "before-commit" or self.disk.full else None
        turn = machine.handle(items, moment)
        doom = self.doom if turn.batch.rows else None
        if doom == "before-commit":
            self._judge.lose(kept)
            self.die()
            return True
        if not self._commit(turn, items, moment, kept):
            return False
        self._judge.committed(turn.batch.rows)
        if doom == "after-commit":
            self.die()
        elif doom == "midway":
            self._die_speaking(machine, turn.batch.rows)
        else:
            self._mouth.tell(machine, turn, items)
        return True

    def _die_speaking(self, machine: Machine, rows: Sequence[Row]) -> None:
        """Some of the events reach the broker, the answers reach nobody."""
        self._mouth.rows(machine, rows[: (len(rows) + 1) // 2])
        self._dying = True
        self._ground.time.after(LAST_WORDS, lambda: self.die() if self._dying else None)

    def _commit(self, turn: Turn, items: list[object], moment: Moment, kept: object) -> bool:
        """Store the turn; when that fails the machine is made anew, and everybody is told."""
        if turn.batch.empty:
            return True
        try:
            self.disk.commit(turn.batch, self._mouth.taken)
        except DiskFull:
            self._judge.lose(kept)
            self.machine = self._fold()
            speaker = self.machine.speaker
            refused = self.machine.refuse(items, "disk-full")
            self._mouth.say([*refused, *speaker.snapshots(moment), speaker.beat(moment)])
            return False
        return True
