"""Who gets in, and what the connection is like."""

import statistics
import subprocess
import time

import pytest

from broker_config.prepare import command
from tests.conftest import PATIENCE

BAD_LOGIN = {0x86, 0x87}


def test_the_right_password_gets_in(broker, connect):
    assert not connect(broker.port, "kiosk-1", broker.password("kiosk-1")).connected.is_failure


@pytest.mark.parametrize(
    ("user", "password"),
    [(None, None), ("kiosk-1", "wrong"), ("kiosk-1", ""), ("nobody", "x"), ("root", "root")],
)
def test_everybody_else_stays_out(broker, connect, user, password):
    assert connect(broker.port, user, password).connected.value in BAD_LOGIN


def test_one_devices_password_is_not_anothers(broker, connect):
    assert connect(broker.port, "web", broker.password("kiosk-1")).connected.value in BAD_LOGIN


def test_mosquitto_pub_and_sub_can_take_part(broker):
    def mosquitto(tool: str, device: str, *more: str) -> list[str]:
        login = ["-h", broker.host, "-p", str(broker.port), "-u", device, "-P", broker.password(device)]
        return ["stdbuf", "-oL", tool, *login, *more]

    listen = mosquitto(
        "mosquitto_sub", "hub", "-t", broker.root + "button/#", "-C", "1", "-W", str(int(PATIENCE)), "-d"
    )
    with subprocess.Popen(listen, stdout=subprocess.PIPE, text=True) as ear:
        assert ear.stdout is not None
        next(line for line in ear.stdout if "SUBACK" in line)
        subprocess.run(
            mosquitto("mosquitto_pub", "bell-1", "-t", broker.root + "button/bell-1", "-m", "ON"), check=True
        )
        assert "ON" in [line.strip() for line in ear.stdout]


def test_no_answer_waits_for_a_delayed_acknowledgement(broker, connect):
    """The echo and the PUBACK leave the broker in two writes; with Nagle's algorithm the second is 40 ms late, always.

    The echo has QoS 0: an answer to it would carry the acknowledgement at once.
    """
    client = connect(broker.port, "kiosk-1", broker.password("kiosk-1"))
    client.subscribe(broker.root + "fake/kiosk-1", qos=0)

    def seconds() -> float:
        began = time.perf_counter()
        client.publish(broker.root + "fake/kiosk-1")
        return time.perf_counter() - began

    nines = (statistics.median(seconds() for _ in range(9)) for _ in range(20))
    assert any(median < 0.02 for median in nines), "not even once, so it is no busy machine"


def test_a_refusal_does_not_cost_the_connection(broker, connect):
    client = connect(broker.port, "kiosk-1", broker.password("kiosk-1"))
    refused = [client.publish(broker.root + "beat").value for _ in range(10)]
    assert refused == [0x87] * 10
    assert client.connections == 1


def test_a_burst_loses_nothing(broker, connect):
    """Mosquitto's default drops what exceeds 1000 queued messages and tells nobody."""
    ear = connect(broker.port, "stats", broker.password("stats"))
    ear.subscribe(broker.root + "event/#")
    connect(broker.port, "hub", broker.password("hub")).burst(broker.root + "event/ticket-issued", 3000)
    ear.wait_for(3000)


def test_a_large_message_goes_to_the_hub_and_a_huge_one_hurts_its_sender_only(broker, connect):
    hub, kiosk, web = (connect(broker.port, name, broker.password(name)) for name in ("hub", "kiosk-1", "web"))
    hub.subscribe(broker.root + "cmd/#")
    assert not kiosk.publish(broker.root + "cmd/kiosk-1/issue", "x" * 2**20).is_failure
    kiosk.throw(broker.root + "cmd/kiosk-1/issue", "x" * 2**24)
    assert not web.publish(broker.root + "cmd/web/close-day").is_failure
    hub.subscribe("the/end")
    assert hub.heard == [broker.root + "cmd/kiosk-1/issue", broker.root + "cmd/web/close-day"]
    assert (hub.connections, web.connections) == (1, 1)


def test_nothing_is_said_at_a_start(broker, connect):
    """What mosquitto prints stands in front of everybody who types `make run`; its word on root cannot be had off."""
    broker.stop()
    with subprocess.Popen(command(broker.files), stderr=subprocess.PIPE, text=True) as again:
        assert not connect(broker.port, "kiosk-1", broker.password("kiosk-1")).connected.is_failure
        again.terminate()
        said = again.communicate()[1].splitlines()
    assert [line for line in said if "run as root" not in line] == []
