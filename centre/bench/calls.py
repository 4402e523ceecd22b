"""(a) From a published `next` to the call in the machine of the wall, beside two hops and one commit."""

import itertools
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from centre.bench.ground import ECHO, SITE, Ground
from centre.bench.peer import PATIENCE, Peer
from centre.bench.table import Figure, p50, p99
from display.machine import Over, Wall
from display.phrases import CHIME, spoken_words
from display.voice import Speak, VoiceQueue
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Link
from moiso.runtime.program import new_id
from moiso.wire.codec import encode
from moiso.wire.topics import Topics

#: Seconds before a press: people do not press in bursts, and the states after the last one are out by then.
REST = 0.15
#: People in the hall.
WAITING = 60
#: Calls before any counts.
WARM = 10


class Hall:
    """A kiosk and a call unit that press, and a wall that hears through the display's own link."""

    def __init__(self, ground: Ground) -> None:
        self._topics = Topics(SITE)
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._kiosk = self._device(ground, "kiosk-1")
        self._unit = self._device(ground, "counter-1")
        self._inbox = Inbox()
        bank = {CHIME, *spoken_words()}
        self._wall = Wall(self._topics, "bench", VoiceQueue(bank), has_clips=True, trial=False)
        self._link = Link(ground.address("display-1"), self._inbox, subscribe=self._wall.subscriptions)
        self._link.start()

    def close(self) -> None:
        """Everybody goes home."""
        self._kiosk.close()
        self._unit.close()
        self._link.stop()

    def issue(self) -> None:
        """One more visitor waits."""
        self._kiosk.publish(self._topics.cmd("kiosk-1", "issue"), encode({"id": new_id(), "service": "A"}))
        self._answers.get(timeout=PATIENCE)

    def call(self) -> float:
        """Press next; seconds until the wall's machine has taken the call."""
        self._hush()
        began = time.perf_counter()
        self._unit.publish(self._topics.cmd("counter-1", "next"), encode({"id": new_id()}))
        while not self._takes_call():
            pass
        took = time.perf_counter() - began
        self._answers.get(timeout=PATIENCE)
        return took

    def _device(self, ground: Ground, device: str) -> Peer:
        reply = self._topics.reply(device)
        return Peer(ground.address(device), device, [reply], lambda _topic, payload: self._answers.put(payload))

    def _takes_call(self) -> bool:
        items = self._inbox.drain(PATIENCE)
        if not items:
            raise TimeoutError("a call did not reach the wall")
        return _speaks(self._wall.handle(items, time.monotonic()))

    def _hush(self) -> None:
        """Let the last announcement end, so that the voice is idle when the next call comes."""
        self._wall.handle(self._inbox.drain(0.0), time.monotonic())
        while _speaks(self._wall.handle([Over()], time.monotonic())):
            pass


class Floor:
    """Two hops through the same broker, and one durable commit on the same disk."""

    def __init__(self, ground: Ground) -> None:
        self._topics = Topics(ECHO)
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        reply = self._topics.reply("counter-2")
        self._peer = Peer(ground.address("counter-2"), "bench-floor", [reply], lambda _t, p: self._answers.put(p))
        self._db = _database(ground.folder / "floor.db")

    def close(self) -> None:
        """Done."""
        self._peer.close()
        self._db.close()

    def hops(self) -> float:
        """Seconds of one round trip."""
        began = time.perf_counter()
        self._peer.publish(self._topics.cmd("counter-2", "next"), encode({"id": new_id()}))
        self._answers.get(timeout=PATIENCE)
        return time.perf_counter() - began

    def commit(self) -> float:
        """Seconds of one transaction."""
        began = time.perf_counter()
        self._db.execute("INSERT INTO row (data) VALUES (?)", (b"x" * 300,))
        return time.perf_counter() - began


def measure(ground: Ground, rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """`rounds` calls, each beside one floor."""
    with ground.hub(), ground.echo("reply"):
        hall, floor = Hall(ground), Floor(ground)
        for _ in range(WAITING):
            hall.issue()
        calls, hops, commits = [], [], []
        for number in range(rounds + WARM):
            hall.issue()
            time.sleep(REST)
            hops.append(floor.hops())
            commits.append(floor.commit())
            calls.append(hall.call())
            if number % 100 == 99:
                tell(f"{number + 1} calls")
        hall.close()
        floor.close()
    return _figures(*([1000 * seconds for seconds in series[WARM:]] for series in (calls, hops, commits)))


def _figures(calls: list[float], hops: list[float], commits: list[float]) -> list[Figure]:
    low = p50(hops) + p50(commits)
    pairs = itertools.zip_longest((p50(calls), p99(calls)), (2.0, 6.0), ("p50", "p99"))
    return [
        *(
            Figure("a", f"next -> wall, {name}", value, "ms", low, value / low, f"<= {most:.0f} x", value / low <= most)
            for value, most, name in pairs
        ),
        Figure("a", "  floor: two hops, p50 (p99 beside)", p50(hops), "ms", p99(hops)),
        Figure("a", "  floor: one commit, p50 (p99 beside)", p50(commits), "ms", p99(commits)),
    ]


def _speaks(outputs: object) -> bool:
    return any(isinstance(output, Speak) for output in outputs)  # type: ignore[attr-defined]


def _database(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, data BLOB)")
    return db
