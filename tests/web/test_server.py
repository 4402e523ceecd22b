"""The web process and its server: many viewers, a taken port, a small memory."""

import http.client
import json
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.conftest import Broker
from tests.web.conftest import Pages, Said
from tests.web.scenes import board, counter, service
from web.app import FOR_CLERKS
from web.server import STREAMS


def fetch(address: str, timeout: float = 5) -> int:
    try:
        with urllib.request.urlopen(address, timeout=timeout) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def up(pages: Pages) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            assert fetch(pages.address + "/") == 200
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def watch(address: str, path: str = "/live/managers", cookie: str = "") -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    viewer = socket.create_connection((host, int(port)), timeout=5)
    viewer.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode())
    assert b" 200 " in viewer.recv(4096)
    return viewer


def clerk(pages: Pages) -> str:
    """The cookie of a clerk who has logged in."""
    pin = json.loads((pages.state / "fake/web/accounts.json").read_text())["cb-01"]
    connection = http.client.HTTPConnection(pages.address.removeprefix("http://"), timeout=5)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/login", f"account=cb-01&secret={pin}", kind)
    return connection.getresponse().headers["Set-Cookie"].split(";")[0]


def pss(pid: int) -> int:
    """Proportional memory, kB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def test_every_stream_lives_and_the_page_stays_quick(pages: Pages, hub: Said):
    hub.say("state/board", board(service()))
    hub.say("state/counter/1", counter())
    up(pages)
    viewers = [watch(pages.address) for _ in range(STREAMS - FOR_CLERKS)]
    began = time.monotonic()
    assert fetch(pages.address + "/") == 200
    assert time.monotonic() - began < 1.0
    assert fetch(pages.address + "/live/managers") == 503
    mine = clerk(pages)
    panels = [watch(pages.address, "/clerk/live", mine) for _ in range(FOR_CLERKS)]
    hub.say("state/board", board(service(waiting=77), seq=8))
    hub.say("state/counter/1", counter(ticket="A077", seq=8))
    for viewer in viewers:
        assert heard(viewer, b'"waiting":"77"')
    for panel in panels:
        assert heard(panel, b'"A077"')
    print(f"with {STREAMS} viewers: PSS {pss(pages.pid)} kB")
    assert pss(pages.pid) < 45_000
    for viewer in (*viewers, *panels):
        viewer.close()
    deadline = time.monotonic() + 10
    while fetch_head(pages.address) == 503:
        assert time.monotonic() < deadline, "the places of viewers who left never came back"
        time.sleep(0.2)


def heard(viewer: socket.socket, words: bytes) -> bool:
    seen = b""
    while words not in seen:
        seen += viewer.recv(65536)
    return True


def fetch_head(address: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address + "/live/managers", method="HEAD")) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_silent_stream_says_that_it_is_alive(pages: Pages):
    up(pages)
    viewer = watch(pages.address)
    began = time.monotonic()
    assert heard(viewer, b"event: alive")
    assert time.monotonic() - began < 4.5
    viewer.close()


def test_a_taken_port_is_one_sentence_that_says_what_to_do(broker: Broker, free_port: int, tmp_path: Path):
    with socket.create_server(("127.0.0.1", free_port)):
        second = Pages(broker, free_port, tmp_path)
        second.start()
        code, said = second.failed()
    assert code == 78
    assert said.count("\n") == 1
    assert f"127.0.0.1:{free_port}" in said
    assert "--web-port" in said


def test_a_real_centre_has_no_panel(broker: Broker, free_port: int, tmp_path: Path):
    pages = Pages(broker, free_port, tmp_path, fake=False)
    pages.start()
    up(pages)
    assert fetch(pages.address + "/panel") == 404
    assert pages.stop() == 0


def test_viewers_do_not_hold_up_the_end(pages: Pages):
    up(pages)
    viewers = [watch(pages.address) for _ in range(3)]
    began = time.monotonic()
    assert pages.stop() == 0
    assert time.monotonic() - began < 3
    for viewer in viewers:
        viewer.close()


def test_nonsense_on_every_topic_kills_nothing(pages: Pages, hub: Said):
    up(pages)
    for topic in ("state/board", "state/counter/1", "state/counter/x", "state/day", "status/hub", "beat"):
        for nonsense in (5, [], {"log": []}, "x" * 100_000, None):
            hub.say(topic, nonsense)
    hub.say("state/board", board(service("Z", name="vẫn sống"), seq=99))
    deadline = time.monotonic() + 5
    while "vẫn sống" not in urllib.request.urlopen(pages.address + "/").read().decode():
        assert time.monotonic() < deadline
        time.sleep(0.1)
