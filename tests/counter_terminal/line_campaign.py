"""Keypads and LED signs on one bad line, for minutes: the real program, broker and hub, on a pseudo terminal.

    python -m tests.counter_terminal.line_campaign                     4 keypads and 4 signs, 10 minutes
    python -m tests.counter_terminal.line_campaign --minutes 1 --seed 7

Every few seconds somebody presses a key of each keypad; plugs, power, adapter, noise, babblers and second units with
the same address come and go at random. Ends with 1 when a key that was acknowledged was not acted on exactly once, when
a command came that nobody had pressed, or when a unit was not true within a second of its return without noise.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import paho.mqtt.client as mqtt

from broker_config.prepare import prepare
from counter_terminal.fake_line import FakeLine
from counter_terminal.fake_unit import Key
from moiso.wire.stamp import seconds
from tests.conftest import Broker
from tests.counter_terminal.line_chaos import Chaos
from tests.counter_terminal.line_judge import Command, Eye, Seen, Watch, unaccounted, unasked
from tests.counter_terminal.line_site import line_site
from tests.counter_terminal.scripted_hub import wait_for
from tests.counter_terminal.test_process import Program
from tests.whole.centre import free_port
from tests.whole.hall import Hall

COUNTERS = (1, 2, 3, 4)
#: Seconds between two presses of one keypad: the last one is over by then, whatever became of it.
BETWEEN = (3.0, 5.0)
#: What a clerk may press for somebody who is called, for somebody who is served, and with nobody there.
KEYS = {
    "called": ["next", "next", "next", "recall", "start", "start", "no-show", "undo"],
    "serving": ["next", "next", "finish", "hold", "undo"],
    None: ["next"],
}


@dataclass
class Report:
    """What came of it."""

    seen: Seen
    happened: Counter[str]
    pressed: dict[int, list[Key]] = field(default_factory=dict)
    acked: dict[int, list[Key]] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Every broken promise."""
        return [*unaccounted(self.acked, self.commands), *unasked(self.pressed, self.commands), *self.seen.wrong]

    def lines(self) -> list[str]:
        """The figures."""
        ways = [min(c.came - key.at for key in self.acked[c.counter] if c.is_for(key)) for c in self._acked_commands()]
        pressed, acked = (sum(map(len, keys.values())) for keys in (self.pressed, self.acked))
        return [
            f"keys: {pressed} pressed and taken by the keypad, {acked} acknowledged, {len(self.commands)} acted on",
            f"key to hub, seconds: {_spread(ways)}",
            f"return to truth without noise, seconds: {_spread(self.seen.quiet)}",
            f"return to truth with noise, seconds: {_spread(self.seen.rustling)}",
            f"return to truth while this machine stood still at times, seconds: {_spread(self.seen.stalled)}",
            "happened: " + ", ".join(f"{count} {what}" for what, count in sorted(self.happened.items())),
            *(f"WRONG: {what}" for what in self.wrong),
        ]

    def _acked_commands(self) -> list[Command]:
        return [c for c in self.commands if any(c.is_for(key) for key in self.acked[c.counter])]


def _spread(values: list[float]) -> str:
    if not values:
        return "none"
    ordered = sorted(values)
    p50, p99 = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"{len(ordered)} times, p50 {p50:.2f}, p99 {p99:.2f}, most {ordered[-1]:.2f}"


class Counters:
    """How every counter stands, as the hub says; `latest` by number."""

    def __init__(self, broker: Broker) -> None:
        self.latest: dict[int, dict[str, Any]] = {}
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="watch", protocol=mqtt.MQTTv5)
        self._client.username_pw_set("web", broker.password("web"))
        self._client.on_message = self._heard
        self._client.on_connect = lambda client, *_: client.subscribe(broker.root + "state/counter/#")
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()

    def _heard(self, _client: Any, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        self.latest[int(message.topic.rpartition("/")[2])] = json.loads(message.payload)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


class Campaign:
    """A hall, a line and the program between them."""

    def __init__(self, folder: Path, make_broker: Callable[..., Broker], seed: int, within: float = 1.0) -> None:
        self._chance, self._seed, self._within = Random(seed), seed, within
        self._addresses = [address for n in COUNTERS for address in (n, 10 + n)]
        self.line = FakeLine(folder, self._addresses, 9600, lambda *_: None)
        self._path = line_site(folder, self.line.port, COUNTERS)
        self._brokers: list[Broker] = []
        self.hall = Hall(self._path, lambda *args, **more: self._noted(make_broker(*args, **more)))
        self._pressed = {n: list[Key]() for n in COUNTERS}
        self._due = dict.fromkeys(COUNTERS, 0.0)

    def _noted(self, broker: Broker) -> Broker:
        self._brokers.append(broker)
        return broker

    def run(self, duration: float, tickets: int, tell: Callable[[str], None]) -> Report:
        """Everything at once for so many seconds; `tickets` people wait in the beginning."""
        self.hall.start()
        self.hall.numbers("A", tickets)
        self.line.start()
        program = Program(self._brokers[0], self._path)
        try:
            return self._week(duration, tell)
        finally:
            code, errors = program.end()
            self.line.stop()
            self.hall.close()
            assert code == 0, errors
            assert "Traceback" not in errors, errors

    def _week(self, duration: float, tell: Callable[[str], None]) -> Report:
        hub, self._counters = self.hall.device("hub").listens("cmd/#"), Counters(self._brokers[0])
        wait_for(self._is_whole)
        offset = time.time() - time.monotonic()
        chaos = Chaos(self.line, self._addresses, self._seed, time.monotonic())
        watch = Watch(self._addresses, self._within, partial(self._look, chaos))
        watch.start()
        self._press_until(time.monotonic() + duration, chaos, lambda: tell(self._progress(chaos, watch.seen)))
        chaos.calm(time.monotonic())
        time.sleep(3.0)
        wait_for(self._is_whole)
        self._press_until_each_counts()
        watch.stop()
        acked = {n: list(self.line.unit(n).acked) for n in COUNTERS}
        commands = _commands([(h.topic, h.body, h.at) for h in hub.on("cmd/")], offset)
        hub.close()
        self._counters.close()
        return Report(watch.seen, chaos.happened, self._pressed, acked, commands)

    def _is_whole(self) -> bool:
        """Whether every unit shows what is."""
        return all(self.line.face(a).text == self._text(a) for a in self._addresses)

    def _press_until(self, end: float, chaos: Chaos, tell: Callable[[], None]) -> None:
        told = time.monotonic()
        while (now := time.monotonic()) < end:
            chaos.turn(now)
            self._press_who_is_due(now)
            if now - told > 10.0:
                told = now
                tell()
            time.sleep(0.02)

    def _press_until_each_counts(self) -> None:
        """In the end a key of every keypad is acknowledged again, and there is time to act on it."""
        before = {n: len(self.line.unit(n).acked) for n in COUNTERS}

        def counts() -> bool:
            self._press_who_is_due(time.monotonic())
            return all(len(self.line.unit(n).acked) > before[n] for n in COUNTERS)

        wait_for(counts)
        time.sleep(1.0)

    def _press_who_is_due(self, now: float) -> None:
        for counter in COUNTERS:
            if now >= self._due[counter]:
                self._due[counter] = now + self._chance.uniform(*BETWEEN)
                self._press(counter)

    def _press(self, counter: int) -> None:
        name = self._chance.choice(KEYS[self._state(counter).get("phase")])
        if self.line.press(counter, name):
            self._pressed[counter].append(Key(0, 0, name, time.monotonic()))

    def _look(self, chaos: Chaos, eye: Eye, address: int, now: float, stalled: bool) -> None:
        face, wanted, since = self.line.face(address), self._text(address), chaos.returned[address]
        eye.look(face, wanted, since, now, rustling=chaos.rustling, stalled=stalled)

    def _text(self, address: int) -> str:
        """What stands at the counter of this unit, as a sign says it."""
        state = self._state(address % 10)
        return (state.get("ticket") or "-") if state.get("state") == "open" else ""

    def _state(self, counter: int) -> dict[str, Any]:
        return self._counters.latest.get(counter, {})

    def _progress(self, chaos: Chaos, seen: Seen) -> str:
        pressed, acked = sum(map(len, self._pressed.values())), sum(len(self.line.unit(n).acked) for n in COUNTERS)
        returns = [*seen.quiet, *seen.rustling, *seen.stalled]
        return (
            f"{pressed} keys, {acked} acknowledged; {sum(chaos.happened.values())} mishaps, {len(returns)} returns,"
            f" the slowest {max(returns, default=0.0):.2f} s; {len(seen.wrong)} wrong"
        )


def _commands(heard: list[tuple[str, dict[str, Any], float]], offset: float) -> list[Command]:
    """Each command once, as it came first."""
    first: dict[str, Command] = {}
    for topic, body, came in heard:
        _, device, name = topic.split("/")
        if device.startswith("counter-"):
            pressed = seconds(body["at"]) - offset
            first.setdefault(body["id"], Command(int(device.removeprefix("counter-")), name, pressed, came))
    return list(first.values())


def main() -> int:
    """Run the campaign and print its figures; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    brokers: list[Broker] = []
    with tempfile.TemporaryDirectory(prefix="moiso-line-") as folder:
        campaign = Campaign(Path(folder), partial(_broker, Path(folder), brokers), args.seed)
        began = time.monotonic()
        try:
            report = campaign.run(
                60 * args.minutes,
                round(30 + 60 * args.minutes),
                lambda text: print(f"{time.monotonic() - began:4.0f} s: {text}", flush=True),
            )
        finally:
            for broker in brokers:
                broker.stop()
    print("\n".join(report.lines()))
    return 1 if report.wrong else 0


def _broker(folder: Path, brokers: list[Broker], devices: dict[str, str], site: str, **more: Any) -> Broker:
    port, state = free_port(), folder / "state"
    brokers.append(Broker(port, state, prepare(state, site, devices, port=port, **more), site))
    brokers[-1].start()
    return brokers[-1]


if __name__ == "__main__":
    sys.exit(main())
