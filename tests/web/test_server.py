"""The web process and its server: many viewers, a taken port, a small memory."""

import http.client
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, Broker
from tests.ports import free_port
from tests.web.conftest import Pages, Said
from tests.web.scenes import board, counter, service
from web.app import FOR_CLERKS
from web.server import STREAMS


@pytest.fixture(scope="module")
def broker(make_broker: Callable[..., Broker]) -> Broker:
    """One for all tests of this file, as are the fake centre's pages and the hub."""
    return make_broker()


@pytest.fixture(scope="module")
def hub(broker: Broker) -> Iterator[Said]:
    said = Said(broker, "hub")
    yield said
    said.close()


@pytest.fixture(scope="module")
def pages(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    running = Pages(broker, free_port(), tmp_path_factory.mktemp("pages"))
    running.start()
    try:
        up(running)
        yield running
    finally:
        running.stop()


def fetch(address: str, method: str = "GET") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def up(pages: Pages) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            assert fetch(pages.address + "/") == 200
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def all_places_free(pages: Pages) -> None:
    """Everybody who looked on has left, and the server knows it."""
    deadline = time.monotonic() + PATIENCE
    while fetch(pages.address + "/live/managers", "HEAD") == 503:
        assert time.monotonic() < deadline, "the places of viewers who left never came back"
        time.sleep(0.2)


def watch(address: str, path: str = "/live/managers", cookie: str = "") -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    viewer = socket.create_connection((host, int(port)), timeout=PATIENCE)
    viewer.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode())
    assert b" 200 " in viewer.recv(4096)
    return viewer


def clerk(pages: Pages) -> str:
    """The cookie of a clerk who has logged in."""
    pin = json.loads((pages.state / "fake/web/accounts.json").read_text())["cb-01"]
    connection = http.client.HTTPConnection(pages.address.removeprefix("http://"), timeout=PATIENCE)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/login", f"account=cb-01&secret={pin}", kind)
    return connection.getresponse().headers["Set-Cookie"].split(";")[0]


def pss(pid: int) -> int:
    """Proportional memory, kB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def test_every_stream_lives_and_the_page_comes_beside_them(pages: Pages, hub: Said):
    hub.say("state/board", board(service()))
    hub.say("state/counter/1", counter())
    viewers = [watch(pages.address) for _ in range(STREAMS - FOR_CLERKS)]
    assert fetch(pages.address + "/") == 200
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
    all_places_free(pages)


def heard(viewer: socket.socket, words: bytes) -> bool:
    seen = b""
    while words not in seen:
        more = viewer.recv(65536)
        assert more, "the stream ended"
        seen += more
    return True


def test_a_silent_stream_says_that_it_is_alive(pages: Pages):
    viewer = watch(pages.address)
    assert heard(viewer, b"event: alive")
    viewer.close()


def test_a_taken_port_is_one_sentence_that_says_what_to_do(broker: Broker, tmp_path: Path):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        second = Pages(broker, port, tmp_path)
        second.start()
        code, said = second.failed()
    assert code == 78
    assert said.count("\n") == 1
    assert f"127.0.0.1:{port}" in said
    assert "--web-port" in said


def test_a_real_centre_has_no_panel_and_viewers_do_not_hold_up_its_end(
    make_broker: Callable[..., Broker], tmp_path: Path
):
    pages = Pages(make_broker(), free_port(), tmp_path, fake=False)
    pages.start()
    up(pages)
    assert fetch(pages.address + "/panel") == 404
    viewers = [watch(pages.address) for _ in range(3)]
    assert pages.stop() == 0
    for viewer in viewers:
        viewer.close()


def test_nonsense_on_every_topic_kills_nothing(pages: Pages, hub: Said):
    for topic in ("state/board", "state/counter/1", "state/counter/x", "state/day", "status/hub", "beat"):
        for nonsense in (5, [], {"log": []}, "x" * 100_000, None):
            hub.say(topic, nonsense)
    hub.say("state/board", board(service("Z", name="vẫn sống"), seq=99))
    deadline = time.monotonic() + PATIENCE
    while "vẫn sống" not in urllib.request.urlopen(pages.address + "/", timeout=PATIENCE).read().decode():
        assert time.monotonic() < deadline
        time.sleep(0.1)
