"""Anything may come on any topic: the sender is told what was wrong, nothing changes, nothing dies."""

import json

import pytest

from tests.whole.centre import until
from tests.whole.talk import PATIENCE, Device, Heard


@pytest.fixture(autouse=True)
def _nothing_changes(centre):
    """Whatever a test of this file says, no event comes of it, and every program lives on."""
    before = ready_lives(centre)
    with centre.device("stats").listens("event/#") as events:
        yield
        # The answer to one more command comes after whatever was asked before.
        assert centre.device("stats").asks("replay", from_seq=10**9).body["status"] == "ok"
        assert [h.payload for h in events.on("event/")] == []
    until(lambda: ready_lives(centre) == before, PATIENCE, "a program died, or is not well")


def ready_lives(centre) -> dict[str, str]:
    """The devices that are ready, each with the session that tells one life from the next."""
    return {device: status["session"] for device, status in centre.statuses().items() if status["state"] == "ready"}


def refused(reply: Heard, status: str, reason: str) -> str:
    """The English sentence of an answer that says no; people get one in Vietnamese too."""
    assert reply.how == (1, False)
    assert (reply.body["status"], reply.body["reason"]) == (status, reason), reply.payload
    message = reply.body["message"]
    assert set(message) == {"vi", "en"}
    assert message["vi"] != message["en"]
    return message["en"]


def said_raw(device: Device, command: str, payload: str | bytes, press: str | None) -> Heard:
    """Send these very bytes; the reply, under the id they contain if any."""
    since = len(device.replies.heard)
    device.says(f"cmd/{device.name}/{command}", payload)
    return device.answer(press, command, since)


@pytest.mark.parametrize(
    "payload",
    [
        "not json", "{", "[]", "null", "17", '"issue"', "{}", '{"id": 5, "service": "A"}', '{"id": "", "service": "A"}',
        b"\xff\xfe\x00\x01", '{"id": "' + "x" * 65 + '", "service": "A"}', "[" * 5000, " ",
    ],
    ids=lambda payload: repr(payload[:12]),
)  # fmt: skip
def test_what_has_no_usable_id_is_answered_without_one(kiosk, payload):
    sentence = refused(said_raw(kiosk, "issue", payload, None), "error", "bad-message")
    assert "issue" in sentence


@pytest.mark.parametrize(
    ("command", "arguments", "named"),
    [
        ("issue", {}, "service"),
        ("issue", {"service": 7}, "service"),
        ("issue", {"service": None}, "service"),
        ("issue", {"service": ["A"]}, "service"),
        ("issue", {"service": "A", "priority": "yes"}, "priority"),
        ("issue", {"service": "A" * 9}, "service"),
        ("issued-offline", {"ticket": "A701", "service": "A", "seconds_ago": -1}, "seconds_ago"),
        ("issued-offline", {"ticket": "A701", "service": "A", "seconds_ago": "soon"}, "seconds_ago"),
        ("lease", {"service": "A", "day": "yesterday"}, "yesterday"),
        ("void", {"ticket": "A001", "reason": ""}, "reason"),
        ("replay", {}, "from_seq"),
        ("replay", {"from_seq": 0}, "from_seq"),
        ("replay", {"from_seq": 1, "limit": 201}, "limit"),
    ],
)
def test_wrong_arguments_are_named(kiosk, command, arguments, named):
    payload = json.dumps({"id": "wrong", **arguments})
    assert named in refused(said_raw(kiosk, command, payload, "wrong"), "error", "bad-message")


def test_a_huge_command_is_refused_by_the_hub(kiosk):
    payload = json.dumps({"id": "huge", "service": "A", "procedure": "x" * 3_000_000})
    refused(said_raw(kiosk, "issue", payload, None), "error", "bad-message")


def test_a_monstrous_one_by_the_broker(centre, kiosk):
    with centre.device("hub").listens("cmd/#") as at_the_hub:
        kiosk.says("cmd/kiosk-1/issue", b"x" * 9_000_000)
        kiosk.asks("replay", from_seq=10**9)
        at_the_hub.hears("cmd/kiosk-1/replay")
        assert at_the_hub.on("cmd/kiosk-1/issue") == []


def test_unknown_keys_are_ignored(kiosk):
    assert kiosk.asks("replay", from_seq=10**9, colour="green", nested={"a": [1]}).body["status"] == "ok"


def test_unknown_command(kiosk):
    sentence = refused(kiosk.asks("dance"), "error", "unknown-command")
    assert "dance" in sentence
    assert "issue" in sentence


def kept(centre) -> bool:
    """Whether the broker gives a command to whoever comes new."""
    with centre.device("hub").listens("cmd/#") as newcomer:
        return newcomer.on("cmd/") != []


def test_a_retained_command_is_refused_and_cleared(kiosk, web, centre):
    press = {"id": "kept", "service": "A"}
    since = len(kiosk.replies.heard)
    kiosk.says("cmd/kiosk-1/issue", press, "-r")
    refused(kiosk.answer("kept", "issue", since), "error", "retained")
    until(lambda: not kept(centre), PATIENCE, "it is not cleared")


def test_a_device_cannot_claim_a_role(kiosk):
    refused(kiosk.asks("close-day", role="manager"), "rejected", "not-allowed")


def test_a_call_unit_acts_at_its_own_counter_only(counter):
    reply = counter.asks("recall", role="clerk", counter=2)
    refused(reply, "rejected", "nobody-here")
    assert reply.data["counter"] == 1


def test_unknown_service(kiosk):
    for command, arguments in (("issue", {}), ("lease", {}), ("issued-offline", {"ticket": "Z701", "seconds_ago": 1})):
        sentence = refused(kiosk.asks(command, service="Z", **arguments), "rejected", "unknown-service")
        assert "Z" in sentence
        assert "A, B, C, H, K" in sentence


def test_unknown_counter(web):
    assert "99" in refused(web.asks("next", role="clerk", counter=99), "rejected", "unknown-counter")
    refused(web.asks("next", role="clerk"), "rejected", "no-counter")


def test_unknown_ticket(kiosk, counter, web):
    for reply in (
        kiosk.asks("printed", ticket="A998"),
        kiosk.asks("print-failed", ticket="A998", reason="out"),
        web.asks("void", role="manager", ticket="A998", reason="why not"),
        counter.asks("call", ticket="A998"),
    ):
        assert "A998" in refused(reply, "rejected", "unknown-ticket")


def test_a_number_that_was_never_leased(kiosk):
    reply = kiosk.asks("issued-offline", ticket="H950", service="H", seconds_ago=5)
    assert "H950" in refused(reply, "rejected", "not-your-number")


def test_a_number_of_another_day(kiosk):
    reply = kiosk.asks("issued-offline", ticket="H950", service="H", seconds_ago=5, day="2001-01-01")
    refused(reply, "rejected", "other-day")


@pytest.mark.parametrize("command", ["recall", "start", "finish", "no-show"])
def test_nobody_at_the_counter(counter, command):
    reply = counter.asks(command)
    refused(reply, "rejected", "nobody-here")
    assert (reply.data["counter"], reply.data["ticket"]) == (1, None)


def test_a_closed_counter_cannot_pause(counter):
    refused(counter.asks("pause"), "rejected", "counter-closed")


def test_the_day_is_open_already(web):
    refused(web.asks("open-day", role="manager"), "rejected", "day-open")


def test_nonsense_on_the_other_topics_harms_nobody(centre, web):
    nonsense = [
        "",
        "nonsense",
        "[]",
        '{"press": 5}',
        '{"press": "Z"}',
        '{"paper": "wet"}',
        '{"link": 1}',
        "x" * 100_000,
    ]
    for device in ("kiosk-1", "counter-1", "display-1", "stats", "web"):
        for payload in nonsense:
            web.says(f"fake/{device}", payload or None)
            centre.device("hub").says(f"reply/{device}", payload or None)
    for topic in ("button/counter-1/dance", "button/counter-1/next/more", "button/counter-1"):
        centre.device("counter-1").says(topic, "x")
    for topic in ("cmd/kiosk-1", "cmd/kiosk-1/issue/now", "cmd/kiosk-1/"):
        centre.device("kiosk-1").says(topic, {"id": "x", "service": "A"})


def test_nonsense_in_the_hubs_name_harms_nobody(centre):
    """Only somebody with the hub's password can do this; the programs must outlive even that."""
    hub = centre.device("hub")
    for topic in ("state/board", "state/services", "state/day", "state/counter/1", "beat"):
        for payload in ("nonsense", "[]", '{"log": 5}'):
            hub.says(topic, payload)


def test_a_retained_state_of_a_counter_that_is_gone_is_cleared(centre, web):
    centre.device("hub").says("state/counter/77", {"counter": 77}, "-r")

    def stands() -> bool:
        with web.listens("state/counter/77") as ear:
            return bool(ear.on("state/counter/77"))

    until(lambda: not stands(), PATIENCE, "the state of a counter that does not exist stays")
