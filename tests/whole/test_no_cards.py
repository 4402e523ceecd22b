"""No field of a scanned identity card can be found afterwards: in no file, log, database, journal or message.

The kiosk is the real program with its real drivers; its scanner hangs on a pseudo terminal, its printer on loopback.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.fake_kiosk import CODES as TICKETS_OF_FAKES
from kiosk.fake_printer import FakePrinter
from kiosk.fake_scanner import FakeScanner
from tests.conftest import Broker
from tests.kiosk.cards import CARDS, IDENTITY
from tests.moiso.runtime.site_text import GOOD
from tests.whole.centre import Centre, end_with_us, free_port, until
from tests.whole.hall import Hall
from tests.whole.needles import files_below, found_in, needles
from tests.whole.talk import PATIENCE, Heard
from tests.whole.tap import Stream, Tap
from web.panel_kiosk import CODES

TICKETS = "http://an-binh.example/t"
KIOSK = """
[[kiosk]]
device = "kiosk-1"
screen = true
page_port = {page}

[kiosk.printer]
kind = "network"
host = "127.0.0.1"
port = {printer}

[kiosk.scanner]
port = "{scanner}"
"""


class Desk:
    """A running kiosk with ears on everything that it says."""

    def __init__(self, folder: Path, make_broker: Callable[..., Broker]) -> None:
        self.folder, self._page, self._tokens = folder, free_port(), 0
        self._printer = FakePrinter(folder / "printer")
        self._printer.start()
        self.scanner = FakeScanner(folder / "scanner")
        self.scanner.start()
        self.hall = Hall(self._site(), lambda *args, **more: self._noted(make_broker(*args, **more)))
        self.hall.start()
        self.tap = Tap(self.broker.port)
        self.ear = self.hall.device("hub").listens("#")
        self.streams: list[Stream] = []
        self.start()

    def _site(self) -> Path:
        path, printer = self.folder / "site.toml", self._printer.settings.port
        site = GOOD.replace('id = "an-binh"', f'id = "an-binh"\nticket_url = "{TICKETS}"')
        kiosk = KIOSK.format(page=self._page, printer=printer, scanner=self.folder / "scanner")
        path.write_text(site + kiosk, encoding="utf-8")
        return path

    def _noted(self, broker: Broker) -> Broker:
        self.broker = broker
        return broker

    def start(self) -> None:
        """Start the kiosk; returns when it has its scanner and its page."""
        command = [sys.executable, "-P", "-m", "kiosk", "--site", str(self.folder / "site.toml")]
        command += ["--state", str(self.broker.state), "--mqtt-port", str(self.tap.listen), "--device", "kiosk-1"]
        since = len(self.ear.heard)
        with (self.folder / "kiosk.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=end_with_us)  # noqa: PLW1509
        self.works(since)
        self.streams.append(Stream(self._page))

    def works(self, since: int) -> None:
        """Wait until it says that it has its scanner and reaches the hub; `since`: only what is heard after that."""

        def ready(heard: Heard) -> bool:
            said = heard.body if heard.topic == "status/kiosk-1" else {"state": ""}
            return said["state"] == "ready" and said["detail"].get("scanner") == "ready"

        self.ear.wait(ready, "the kiosk has no scanner", since=since)

    def unplugged(self) -> None:
        """Pull the scanner's plug; returns when the kiosk says so."""
        since = len(self.ear.heard)
        self.scanner.plug(plugged=False)
        absent = '"scanner":"absent"'
        self.ear.wait(lambda h: h.topic == "status/kiosk-1" and absent in h.payload, "nobody misses it", since=since)

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        self._process.send_signal(by)
        self._process.wait(PATIENCE)

    def close(self) -> None:
        self.end(signal.SIGKILL)
        for each in (*self.streams, self.tap, self.scanner):
            each.close() if not isinstance(each, FakeScanner) else each.stop()
        self.hall.close()
        self._printer.stop()

    # -- what is scanned, and what is known of it -----------------------------------------------------------------

    def told(self) -> int:
        """How often the page has said that no card is needed."""
        return sum(stream.taken.count(b'"kind":"other"') for stream in self.streams)

    def ticket(self) -> str:
        """Scan a ticket, which the hub is asked about; its token. Everything scanned before has been read then."""
        self._tokens += 1
        token = f"{self._tokens:016x}"
        self.scanner.scan(f"{TICKETS}/{token}")
        self.ear.wait(lambda h: h.topic == "cmd/kiosk-1/return" and h.body["token"] == token, "no ticket was read")
        return token

    def heaps(self) -> dict[str, bytes]:
        """All that is left of what it did."""
        streams = {f"page {number}": stream.taken for number, stream in enumerate(self.streams)}
        heard = {"broker": b"\n".join(f"{h.topic} {h.payload}".encode() for h in self.ear.heard)}
        return {"wire": self.tap.taken, **streams, **heard, **files_below(self.folder, self.broker.state)}


@pytest.fixture
def desk(tmp_path: Path, make_broker: Callable[..., Broker]) -> Iterator[Desk]:
    it = Desk(tmp_path, make_broker)
    yield it
    it.close()


def test_nothing_of_a_scanned_card_is_anywhere(desk: Desk):
    for number, card in enumerate(CARDS, 1):
        desk.scanner.scan(card)
        until(lambda number=number: desk.told() >= number, PATIENCE, f"card {number} was not turned away")
        token = desk.ticket()
    scan_badly(desk)
    desk.end(signal.SIGKILL)
    desk.start()
    desk.scanner.scan(IDENTITY)
    desk.ticket()
    desk.end()
    heaps = desk.heaps()
    assert token.encode() in heaps["wire"], "the ear on the wire is deaf"
    assert token.encode() in heaps["broker"], "the ear at the broker is deaf"
    assert found_in(heaps, CARDS) == set()


def scan_badly(desk: Desk) -> None:
    """Cards in halves, in other letters, without an end, after ten thousand bytes, and cut off by the plug."""
    raw = IDENTITY.encode()
    desk.scanner.say(raw[:40])
    time.sleep(0.4)
    desk.scanner.say(raw[40:] + b"\r")
    desk.scanner.say(IDENTITY.encode("utf-16") + b"\r\n")
    desk.scanner.say(b"\xff" * 10_000 + raw + b"\r")
    desk.scanner.say(f"https://dichvucong.gov.vn/?cccd={IDENTITY[:12]}&ma_thu_tuc=1.001193\r".encode())
    desk.scanner.say(raw)
    time.sleep(0.4)
    desk.ticket()
    desk.scanner.say(raw[:60])
    time.sleep(0.05)
    desk.unplugged()
    since = len(desk.ear.heard)
    desk.scanner.plug(plugged=True)
    desk.works(since)
    desk.scanner.say(raw)
    time.sleep(0.05)


def test_nothing_of_the_front_panels_card_is_anywhere_but_on_its_way_to_the_fake(tmp_path: Path):
    """The finger's own message carries it, as a hand carries a card; nobody keeps that."""
    with Centre(tmp_path / "state", (free_port(), free_port())) as centre:
        centre.start()
        with centre.device("hub").listens("#") as hub, centre.device("kiosk-1").listens("reply/kiosk-1") as kiosk:
            for code in (CODES["card"], CODES["procedure"], CODES["noise"]):
                centre.device("web").says("fake/kiosk-1", {"scan": code}, qos=0)
            centre.device("web").says("fake/kiosk-1", {"scan": f"{TICKETS_OF_FAKES}/{'0' * 16}"}, qos=0)
            hub.wait(lambda h: h.topic == "cmd/kiosk-1/return", "the scanner reads nothing")
            kiosk.hears("reply/kiosk-1", to="return")
            heard = b"\n".join(f"{h.topic} {h.payload}".encode() for h in (*hub.heard, *kiosk.heard))
        centre.end()
        heaps = {"broker": heard, "log": centre.log.read_bytes(), **files_below(centre.state)}
    assert len(heaps) > 10
    assert found_in(heaps, [CODES["card"]]) == set()


@pytest.mark.parametrize("card", CARDS, ids=range(len(CARDS)))
def test_what_is_looked_for_would_be_found(card: str, tmp_path: Path):
    """A search that finds nothing proves nothing unless it can find."""
    kept = [card.encode(), json.dumps({"scan": card}).encode(), card.encode().hex().encode()]
    for number, heap in enumerate(kept):
        (tmp_path / f"{number}.db").write_bytes(b"\0" * 100 + heap)
    assert {Path(name).name for name, _ in found_in(files_below(tmp_path), [card])} == {"0.db", "1.db", "2.db"}
    assert len(needles(card)) >= 6
