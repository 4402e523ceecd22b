"""The MQTT link against a real mosquitto that stops, dies and comes back."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from moiso.runtime import link as link_module
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Acked, Address, Link
from moiso.wire.ports import Arrived, LinkDown, LinkUp, Publish
from tests.conftest import PATIENCE


class End:
    """One end of a link: a device, its link, and what came."""

    def __init__(self, broker, device: str, subscribe: tuple[str, ...], **more: Any) -> None:
        self.broker, self.device, self.items = broker, device, []
        self.inbox = Inbox()
        address = Address(broker.host, broker.port, device, more.pop("password", None) or broker.password(device))
        topics = [broker.root + topic for topic in subscribe]
        no_echo = [broker.root + topic for topic in more.pop("no_echo", ())]
        self.link = Link(address, self.inbox, subscribe=topics, no_echo=no_echo, **more)
        self.link.start()

    def wait(self, wanted: Callable[[object], bool], seconds: float = PATIENCE) -> Any:
        """The first new item that is wanted."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for item in self.inbox.drain(0.05, most=1):
                self.items.append(item)
                if wanted(item):
                    return item
        pytest.fail(f"{self.device}: never came; there were {self.items[-10:]}")

    def wait_up(self) -> None:
        self.wait(lambda item: isinstance(item, LinkUp))

    def wait_down(self) -> None:
        self.wait(lambda item: isinstance(item, LinkDown))

    def hear(self, topic: str) -> Arrived:
        """The next message on this topic."""
        return self.wait(lambda item: isinstance(item, Arrived) and item.topic == self.broker.root + topic)

    def rest(self, seconds: float) -> list[Arrived]:
        """Every message that comes within some seconds."""
        until = time.monotonic() + seconds
        items: list[object] = []
        while time.monotonic() < until:
            items += self.inbox.drain(0.05)
        self.items += items
        return [item for item in items if isinstance(item, Arrived)]

    def say(self, topic: str, payload: bytes, **more: Any) -> int | None:
        return self.link.publish(Publish(self.broker.root + topic, payload, **more))


@pytest.fixture
def end(broker, monkeypatch) -> Iterator[Callable[..., End]]:
    monkeypatch.setattr(link_module, "LONGEST_PAUSE", 0.2)
    ends: list[End] = []

    def make(device: str, *subscribe: str, **more: Any) -> End:
        ends.append(End(broker, device, subscribe, **more))
        return ends[-1]

    yield make
    for made in ends:
        made.link.stop()


def status(root: str, word: bytes) -> Publish:
    return Publish(root + "status/kiosk-1", word, retain=True)


def test_a_link_that_is_up_hears_what_is_said_from_then_on(end, broker):
    """Five connections: what is said at LinkUp, comes; so the subscriptions were made before."""
    kiosk = end("kiosk-1", "status/kiosk-1")
    for number in range(5):
        kiosk.wait_up()
        kiosk.say("status/kiosk-1", b"%d" % number)
        kiosk.wait(lambda item, n=number: isinstance(item, Arrived) and item.payload == b"%d" % n)
        kiosk.link.cut()
        kiosk.wait_down()
        kiosk.link.mend()


def test_items_name_their_device_and_say_what_was_retained(end):
    kiosk = end("kiosk-1", "status/kiosk-1")
    kiosk.wait_up()
    assert kiosk.items == [LinkUp("kiosk-1")]
    kiosk.say("status/kiosk-1", b"live", retain=True)
    heard = kiosk.hear("status/kiosk-1")
    assert (heard.payload, heard.retained, heard.device) == (b"live", False, "kiosk-1")
    late = end("web", "status/+")
    assert (late.hear("status/kiosk-1").retained, late.items[-1].device) == (True, "web")


def test_it_comes_back_however_often_the_broker_dies(end, broker):
    kiosk = end("kiosk-1", "status/kiosk-1")
    for kill in (broker.kill, broker.stop, broker.kill):
        kiosk.wait_up()
        kill()
        kiosk.wait_down()
        time.sleep(0.7)  # a few tries in vain
        broker.start()
    kiosk.wait_up()
    kiosk.say("status/kiosk-1", b"here")
    kiosk.hear("status/kiosk-1")


def test_it_waits_for_a_broker_that_is_not_there_yet(end, broker):
    broker.stop()
    kiosk = end("kiosk-1", "status/kiosk-1")
    assert kiosk.rest(0.5) == []
    broker.start()
    kiosk.wait_up()


def test_it_comes_after_another(end, monkeypatch):
    monkeypatch.setattr(link_module, "LONGEST_PAUSE", PATIENCE)
    first = threading.Event()
    second = end("kiosk-1", "beat", after=first)
    assert not any(isinstance(item, LinkUp) for item in second.inbox.drain(0.5))
    assert not second.link.standing.is_set()
    first.set()
    second.wait_up()
    assert second.link.standing.is_set()


def test_it_waits_for_another_no_longer_than_the_longest_pause(end):
    end("kiosk-1", "beat", after=threading.Event()).wait_up()


def test_pauses_grow_to_a_limit(monkeypatch):
    """With nobody there at all, and a clock of the test's own."""
    pauses: list[float] = []
    link = Link(Address("127.0.0.1", 9, "kiosk-1", ""), Inbox(), subscribe=["x"])

    def wait(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) == 9

    monkeypatch.setattr(link._stopping, "wait", wait)
    monkeypatch.setattr(link, "_live", lambda: False)
    link._keep()
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]


def test_nothing_is_sent_or_kept_while_the_link_is_down(end, broker):
    kiosk, web = end("kiosk-1", "status/kiosk-1"), end("web", "status/+")
    kiosk.wait_up()
    web.wait_up()
    broker.kill()
    kiosk.wait_down()
    web.wait_down()
    assert kiosk.say("status/kiosk-1", b"into the void") is None
    broker.start()
    kiosk.wait_up()
    web.wait_up()
    assert kiosk.say("status/kiosk-1", b"after") is not None
    assert web.hear("status/kiosk-1").payload == b"after"
    assert web.rest(0.3) == []


def test_what_the_broker_never_took_does_not_come_out_late(end, broker):
    kiosk, web = end("kiosk-1", "status/kiosk-1"), end("web", "status/+")
    kiosk.wait_up()
    web.wait_up()
    broker.process.send_signal(signal.SIGSTOP)
    assert kiosk.say("status/kiosk-1", b"unheard") is not None
    broker.kill()
    kiosk.wait_down()
    broker.start()
    kiosk.wait_up()
    web.wait_up()
    assert web.rest(0.5) == []


def test_a_broker_that_hangs_is_left(end, broker, monkeypatch):
    monkeypatch.setattr(link_module, "KEEPALIVE", 1)
    kiosk = end("kiosk-1", "status/kiosk-1")
    kiosk.wait_up()
    broker.process.send_signal(signal.SIGSTOP)
    try:
        kiosk.wait_down()
    finally:
        broker.process.send_signal(signal.SIGCONT)
    kiosk.wait_up()


def test_a_plug_that_is_pulled_says_no_goodbye_and_stays_pulled(end, broker):
    will = status(broker.root, b"lost")
    kiosk, web = end("kiosk-1", "status/kiosk-1", will=will), end("web", "status/+")
    kiosk.wait_up()
    web.wait_up()
    kiosk.link.cut()
    kiosk.wait_down()
    assert web.hear("status/kiosk-1").payload == b"lost"
    assert kiosk.say("status/kiosk-1", b"x") is None
    kiosk.rest(0.7)
    assert kiosk.items.count(LinkUp("kiosk-1")) == 1
    kiosk.link.mend()
    kiosk.wait_up()


PROGRAM = """
import json, sys, time
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Address, Link
from moiso.wire.ports import LinkUp, Publish
root, host, port, password = json.loads(sys.argv[1])
inbox = Inbox()
topic = root + "status/kiosk-1"
will = Publish(topic, b"lost", retain=True)
link = Link(Address(host, port, "kiosk-1", password), inbox, subscribe=[topic], will=will)
link.start()
while not any(isinstance(item, LinkUp) for item in inbox.drain(1.0)):
    pass
link.publish(Publish(topic, b"ready", retain=True))
time.sleep(600)
"""


def test_the_broker_speaks_the_will_of_a_program_that_is_killed(end, broker):
    web = end("web", "status/+")
    web.wait_up()
    about = json.dumps([broker.root, broker.host, broker.port, broker.password("kiosk-1")])
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, about])
    try:
        assert web.hear("status/kiosk-1").payload == b"ready"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
    assert web.hear("status/kiosk-1").payload == b"lost"
    late = end("web", "status/+", client_id="web-late")
    assert late.hear("status/kiosk-1").payload == b"lost"


def test_a_link_that_is_stopped_says_its_farewell_and_no_will(end, broker):
    kiosk = end("kiosk-1", "status/kiosk-1", will=status(broker.root, b"lost"))
    web = end("web", "status/+")
    kiosk.wait_up()
    web.wait_up()
    kiosk.link.stop(status(broker.root, b"stopped"))
    assert web.hear("status/kiosk-1").payload == b"stopped"
    assert web.rest(0.5) == []


def test_acks_come_for_what_the_broker_took(end):
    kiosk = end("kiosk-1", "status/kiosk-1", acks=True)
    kiosk.wait_up()
    numbers = {kiosk.say("status/kiosk-1", b"%d" % n) for n in range(20)}
    taken = {kiosk.wait(lambda item: isinstance(item, Acked)).mid for _ in range(20)}
    assert taken == numbers


def test_what_it_said_itself_does_not_come_back_where_it_asked_for_that(end):
    kiosk = end("kiosk-1", "reply/kiosk-1", no_echo=["status/kiosk-1"])
    kiosk.wait_up()
    kiosk.say("status/kiosk-1", b"mine")
    assert kiosk.rest(0.3) == []


def test_a_wrong_password_is_said_in_the_log_and_tried_again(end, caplog):
    kiosk = end("kiosk-1", "status/kiosk-1", password="wrong")
    until = time.monotonic() + PATIENCE
    while len([m for m in caplog.messages if m.startswith("kiosk-1: the broker refuses")]) < 2:
        assert time.monotonic() < until
        kiosk.rest(0.1)
    assert not any(isinstance(item, LinkUp) for item in kiosk.items)


class Ready:
    """A client that would connect at once; just when it is made, somebody stops the link."""

    def __init__(self, link: Link) -> None:
        self.lived = False
        self.stopper = threading.Thread(target=link.stop)
        self.stopper.start()
        assert link._stopping.wait(PATIENCE)

    def loop_start(self) -> None:
        self.lived = True

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_more: None


def test_a_link_that_is_stopped_just_before_it_connects_lives_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    link = Link(Address("127.0.0.1", 1, "kiosk-1", "secret"), Inbox(), subscribe=[])
    made: list[Ready] = []

    def make(*_args: object, **_more: object) -> Ready:
        made.append(Ready(link))
        return made[-1]

    monkeypatch.setattr("paho.mqtt.client.Client", make)
    link.start()
    link._thread.join(PATIENCE)
    [client] = made
    client.stopper.join(PATIENCE)
    assert not client.stopper.is_alive(), "it waits for the end of a connection that nobody will end"
    assert not client.lived
