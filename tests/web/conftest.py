"""The real pages of a scripted hub: real mosquitto, the real web process, and a real browser."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from playwright.sync_api import Browser, ConsoleMessage, Page, WebError

from moiso.wire.codec import encode
from tests.conftest import PATIENCE, Broker
from tests.web.people import CHEAP
from tests.web.scenes import SITE_TOML
from web import pins


class Said:
    """Whoever holds a device's password: says things, and keeps what it hears."""

    def __init__(self, broker: Broker, device: str, listen: str = "") -> None:
        self.heard: list[tuple[str, bytes]] = []
        self._root = broker.root
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=f"{device}-test", protocol=mqtt.MQTTv5)
        self._client.username_pw_set(device, broker.password(device))
        self._client.on_message = lambda _c, _u, message: self.heard.append((message.topic, message.payload))
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()
        if listen:
            self._listen(broker.root + listen)

    def say(self, topic: str, message: Any, *, retain: bool = True) -> None:
        """Publish below the site's root, and return when the broker has it."""
        self._client.publish(self._root + topic, encode(message), 1, retain).wait_for_publish(PATIENCE)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _listen(self, topics: str) -> None:
        """Subscribe, and return when the broker has heard it: nothing that is said from now on is missed."""
        heard = threading.Event()
        self._client.on_subscribe = lambda *_: heard.set()
        self._client.subscribe(topics, 1)
        assert heard.wait(PATIENCE)


class Pages:
    """One running `moiso web`; `stop` and `start` as often as wanted, the address stays.

    more: tables for site.toml. program: `tests.web.patient` for one that does not give a press up on a slow machine.
    """

    def __init__(
        self, broker: Broker, port: int, folder: Path, *, fake: bool = True, more: str = "", program: str = "web"
    ) -> None:
        self.address, self.state = f"http://127.0.0.1:{port}", broker.state
        site = folder / "site.toml"
        site.write_text(SITE_TOML + more)
        self._command = [sys.executable, "-m", program, "--site", str(site), "--state", str(broker.state)]
        self._command += ["--mqtt-port", str(broker.port), "--web-port", str(port), *(["--fake"] if fake else [])]
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stderr=subprocess.PIPE, text=True)

    def stop(self) -> int:
        """End it politely, if it runs; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def failed(self) -> tuple[int, str]:
        """Wait for its end; exit code and what it said."""
        assert self._process is not None
        _, error = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, error

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


@pytest.fixture(autouse=True, scope="module")
def cheap_secrets() -> Iterator[None]:
    """What hashing costs on purpose is proved in test_accounts, not a thousand times beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "_HASHER", CHEAP)
        yield


@pytest.fixture
def hub(broker: Broker) -> Iterator[Said]:
    said = Said(broker, "hub")
    yield said
    said.close()


@pytest.fixture
def speak_as(broker: Broker) -> Iterator[Callable[[str, str], Said]]:
    made: list[Said] = []

    def speak(device: str, listen: str = "") -> Said:
        made.append(Said(broker, device, listen))
        return made[-1]

    yield speak
    for said in made:
        said.close()


@pytest.fixture
def pages(broker: Broker, free_port: int, tmp_path: Path) -> Iterator[Pages]:
    running = Pages(broker, free_port, tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Page]:
    """The one page of a file's tests: a new one for each would cost a second of the processor."""
    context = chromium.new_context(locale="vi-VN")
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """A page in Vietnamese that nothing is left on; what any page of its browser complains about fails the test."""
    context, complaints = window.context, list[str]()

    def errs(error: WebError) -> None:
        complaints.append(str(error.error))

    def says(message: ConsoleMessage) -> None:
        if "Content Security" in message.text:
            complaints.append(message.text)

    context.on("weberror", errs)
    context.on("console", says)
    window.set_viewport_size({"width": 1280, "height": 800})
    yield window
    for other in context.pages[1:]:
        other.close()
    window.goto("about:blank")
    context.clear_cookies()
    context.remove_listener("weberror", errs)
    context.remove_listener("console", says)
    assert complaints == []


def opened(page: Page, address: str) -> Page:
    """The page at this address, as soon as somebody serves it.

    The browser asks only then: its own page for an address that does not answer loads itself anew, over ours.
    """
    deadline = time.monotonic() + PATIENCE
    while not _served(address):
        assert time.monotonic() < deadline, "nobody serves the pages"
        time.sleep(0.1)
    page.goto(address)
    return page


def _served(address: str) -> bool:
    where = urlsplit(address)
    try:
        socket.create_connection((where.hostname, where.port), 1).close()
    except OSError:
        return False
    return True
