"""Ten minutes of eight units on a bad line under virtual time, where no busy machine blurs what is the line's doing."""

from random import Random

import pytest

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import FakeUnit
from counter_terminal.machine import Lamp
from tests.counter_terminal.line_chaos import Chaos
from tests.counter_terminal.line_judge import Eye, Seen
from tests.counter_terminal.line_world import LineWorld

KEYPADS, SIGNS = (1, 2, 3, 4), (11, 12, 13, 14)


class VirtualLine:
    """A LineWorld to which can be done what can be done to a FakeLine."""

    def __init__(self, world: LineWorld) -> None:
        self.world = world
        self._twin: FakeUnit | None = None

    def plug(self, address: int, *, plugged: bool) -> None:
        self.world.plugs[address].plugged = plugged

    def power(self, address: int) -> None:
        self.world.plugs[address].unit.power()

    def twin(self, address: int, *, plugged: bool) -> FakeUnit | None:
        self.world.wire.plugs = [*self.world.plugs.values()]
        return self.world.twin(address).unit if plugged else None

    def noise(self, part: float) -> None:
        self.world.wire.noise = part

    def babble(self, count: int) -> None:
        self.world.wire.babble(count, self.world.now)

    def adapter(self, *, plugged: bool) -> None:
        if plugged:
            self.world.plug_in()
        else:
            self.world.pull_out()


class Week:
    """Keys every few seconds, numbers that change, and mishaps."""

    def __init__(self, seed: int) -> None:
        self.world = LineWorld(len(KEYPADS), len(SIGNS), seed=seed)
        self.chance, self.seen = Random(seed), Seen(1.0)
        self._due = dict.fromkeys(KEYPADS, self.world.now + 2)
        self._texts = dict.fromkeys(KEYPADS, "-")
        self._show()
        self.world.plug_in().run(2.0)
        self.chaos = Chaos(VirtualLine(self.world), [*KEYPADS, *SIGNS], seed, self.world.now)
        self._eyes = {address: Eye(address, self.seen) for address in (*KEYPADS, *SIGNS)}

    def run(self, seconds: float) -> "Week":
        end = self.world.now + seconds
        while self.world.now < end:
            self.chaos.turn(self.world.now)
            for n in KEYPADS:
                if self.world.now >= self._due[n]:
                    self._press(n)
            self._go_on(0.02)
        self.chaos.calm(self.world.now)
        for _ in range(200):
            self._go_on(0.02)
        return self

    def _press(self, n: int) -> None:
        self._due[n] = self.world.now + self.chance.uniform(1.0, 4.0)
        self.world.press(n)
        if self.chance.random() < 0.5:
            self._texts[n] = f"A{self.chance.randrange(1000):03}"
            self._show()

    def _show(self) -> None:
        for n in KEYPADS:
            for address in (n, 10 + n):
                self.world.line.show(address, Face(Lamp.STEADY, self._texts[n]))

    def _go_on(self, seconds: float) -> None:
        self.world.run(seconds)
        for address, eye in self._eyes.items():
            wanted, since = self._texts[address % 10], self.chaos.returned[address]
            eye.look(
                self.world.face(address), wanted, since, self.world.now, rustling=self.chaos.rustling, stalled=False
            )


@pytest.mark.parametrize("seed", [1, 2])
def test_five_minutes_and_five_more(seed):
    week = Week(seed).run(300.0)
    assert week.seen.wrong == []
    assert len(week.seen.quiet) > 100
    assert sum(week.chaos.happened.values()) > 150
    for n in KEYPADS:
        acted = week.world.acted(n)
        assert len(acted) == len(set(acted)) > 50
        assert {key.at for key in week.world.plugs[n].unit.acked} <= set(acted)
