"""(d) Durable issues per second with eight closed-loop kiosks, beside an echo with the same number of messages."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from centre.bench.ground import ECHO, KIOSKS, SITE, Ground, running
from centre.bench.peer import Peer
from centre.bench.table import Figure, p50
from moiso.wire.topics import ROOT

#: Processes that the kiosks are spread over.
PROCESSES = 2


class Crowd:
    """The kiosks, and a listener that hears events and states as stats and the wall would."""

    def __init__(self, ground: Ground, processes: Sequence["subprocess.Popen[str]"]) -> None:
        self._processes = processes
        self._states = 0
        topics = [f"{ROOT}/+/event/#", f"{ROOT}/+/state/#"]
        self._listener = Peer(ground.address("web"), "bench-listens", topics, self._heard)

    def issue(self, site: str, seconds: float) -> float:
        """Tickets per second at this site."""
        for process in self._processes:
            assert process.stdin is not None
            print(site, seconds, file=process.stdin, flush=True)
        return sum(_number(process) for process in self._processes) / seconds

    def states_per_ticket(self, seconds: float) -> float:
        """How many states the hub publishes for a ticket under this load."""
        before = self._states
        tickets = self.issue(SITE, seconds) * seconds
        return (self._states - before) / tickets

    def close(self) -> None:
        """Hear no more."""
        self._listener.close()

    def _heard(self, topic: str, _payload: bytes) -> None:
        self._states += "/state/" in topic


@contextmanager
def crowd(ground: Ground) -> Iterator[Crowd]:
    """Eight kiosks in two processes, as long as the block lasts."""
    names = [f"kiosk-{number}" for number in range(1, KIOSKS + 1)]
    program = [sys.executable, "-P", "-m", "centre.bench.issuers", str(ground.port), str(ground.credentials)]
    with ExitStack() as stack:
        shares = [names[share::PROCESSES] for share in range(PROCESSES)]
        made = Crowd(ground, [stack.enter_context(running([*program, *share])) for share in shares])
        yield made
        made.close()


def measure(ground: Ground, rounds: int, seconds: float, tell: Callable[[str], None]) -> list[Figure]:
    """`rounds` times so many seconds of the hub, each beside as many of the echo."""
    with ground.hub(), crowd(ground) as kiosks:
        kiosks.issue(SITE, seconds)
        states = kiosks.states_per_ticket(seconds)
        with ground.echo(f"{states:.3f}"):
            pairs = []
            for number in range(rounds):
                pairs.append((kiosks.issue(SITE, seconds), kiosks.issue(ECHO, seconds)))
                tell(f"round {number + 1} of {rounds}: {pairs[-1][0]:.0f} tickets/s, echo {pairs[-1][1]:.0f}/s")
    hub, echo = p50([pair[0] for pair in pairs]), p50([pair[1] for pair in pairs])
    ratio = p50([hub / echo for hub, echo in pairs])
    return [
        Figure("d", "durable tickets, 8 kiosks", hub, "/s", echo, ratio, ">= 0.5 x", ratio >= 0.5),
        Figure("d", "  states published with a ticket", states, ""),
    ]


def _number(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())
