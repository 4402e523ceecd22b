"""One counter with a keypad on a serial line and a panel on the pages: real processes, and everything they say."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from broker_config.prepare import prepare
from counter_terminal.fake_line import FakeLine
from tests.conftest import Broker
from tests.counter_terminal.line_site import line_site
from tests.whole.centre import end_with_us, free_port, until
from tests.whole.hall import Hall
from tests.whole.hands_judge import UNSAID, Press
from tests.whole.talk import PATIENCE

KEYPAD, COUNTER = "counter-1", 1
#: A second counter, only because a site has a clerk's account for each.
COUNTERS = (COUNTER, 2)
#: What the keypad shows of a counter that is closed or free.
NOBODY = {"", "-"}


class Desk:
    """The counter, its keypad in our hands, and the broker's traffic about it."""

    def __init__(self, hall: Hall, line: FakeLine, address: str, state: Path) -> None:
        self.hall, self.line, self.address, self._state = hall, line, address, state
        self._commands = hall.device("hub").listens("cmd/#")
        self._states = hall.device("web").listens(f"state/counter/{COUNTER}")
        self._answers = [hall.device(name).replies for name in ("web", KEYPAD)]
        self._rounds: list[int] = []

    def pin(self, account: str) -> str:
        """What this clerk logs in with."""
        return str(json.loads((self._state / "fake" / "web" / "accounts.json").read_text())[account])

    def begin_round(self) -> None:
        """What is sent from now on belongs to a new round."""
        self._rounds.append(len(self._commands.heard))

    def press(self) -> bool:
        """A finger on the keypad's *next*; whether the unit took it."""
        return self.line.press(COUNTER, "next")

    @property
    def ticket(self) -> str | None:
        """Who stands at the counter, as the hub says."""
        states = self._states.on(f"state/counter/{COUNTER}")
        return states[-1].body["ticket"] if states else None

    def shows(self, ticket: str) -> bool:
        """Whether the keypad shows this number, or without one that nobody is here."""
        return self.line.face(COUNTER).text in ({ticket} if ticket else NOBODY)

    def presses(self) -> list[Press]:
        """Every *next* that was sent, once each, with its answer."""
        answers = self._first_answers()
        found: dict[str, Press] = {}
        for at, heard in enumerate(list(self._commands.heard)):
            if not heard.topic.endswith("/next") or heard.body["id"] in found:
                continue
            body, device = heard.body, heard.topic.split("/")[1]
            number = sum(first <= at for first in self._rounds)
            said = answers.get(body["id"], ("", None))
            found[body["id"]] = Press(number, body.get("clerk", device), body.get("after", UNSAID), *said)
        return list(found.values())

    def _first_answers(self) -> dict[str, tuple[str, str | None]]:
        said: dict[str, tuple[str, str | None]] = {}
        for heard in [heard for ear in self._answers for heard in ear.on("reply/")]:
            body = heard.body
            outcome = body["status"] if body["status"] == "ok" else body["reason"]
            said.setdefault(body["re"], (outcome, body["data"].get("ticket")))
        return said

    def calls(self, counter: int | None = None) -> list[str]:
        """Everybody who was called (to this counter), in order, from the log itself."""
        calls = [event["data"] for event in self.hall.log() if event["type"] == "ticket-called"]
        return [call["ticket"] for call in calls if counter in {None, call["counter"]}]


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """The counter with everything behind it, as long as the block lasts."""
    line = FakeLine(folder, COUNTERS, 9600, lambda *_: None)
    site, web, port = line_site(folder, line.port, COUNTERS, signs=False), free_port(), free_port()
    with ExitStack() as stack:
        hall = Hall(site, lambda *args, **more: _broker(stack, folder / "state", port, *args, **more))
        stack.callback(hall.close)
        hall.start()
        line.start()
        stack.callback(line.stop)
        where = ["--site", str(site), "--state", str(folder / "state"), "--mqtt-port", str(port)]
        stack.enter_context(_running("counter_terminal", *where))
        stack.enter_context(_running("web", "--fake", "--web-port", str(web), *where))
        made = Desk(hall, line, f"http://127.0.0.1:{web}", folder / "state")
        until(lambda: made.shows(""), PATIENCE, "the keypad is not told that its counter is closed")
        until(lambda: _listens(web), PATIENCE, "the pages do not start")
        yield made


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _broker(stack: ExitStack, state: Path, port: int, devices: dict[str, str], site: str, **more: Any) -> Broker:
    broker = Broker(port, state, prepare(state, site, devices, port=port, **more), site)
    stack.callback(broker.stop)
    broker.start()
    return broker


@contextmanager
def _running(module: str, *words: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module, *words],
        preexec_fn=end_with_us,  # noqa: PLW1509  nothing but one system call is done there
    )
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        process.kill()
