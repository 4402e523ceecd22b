"""Anything may arrive on any topic: the sender hears why, in two languages, and nothing changes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.machine import LONGEST_COMMAND
from moiso.core.commands import COMMANDS
from moiso.wire.ports import Arrived
from tests.hub.desk import ROOT, HubOnDesk, only_reply

DEEP = b'{"id": "p", "service": ' + b"[" * 20_000 + b"]" * 20_000 + b"}"
BROKEN = {
    "empty": b"",
    "not JSON": b"A",
    "half": b'{"id": "p"',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "not UTF-8": b'{"id": "p", "service": "\xff\xfe"}',
    "a lone surrogate": b'{"id": "p", "service": "\\ud800"}',
    "NaN": b'{"id": "p", "service": NaN}',
    "deep": DEEP,
    "deep below an unknown key": DEEP.replace(b"service", b"unknown"),
    "huge": b'{"id": "p", "service": "A", "x": "' + b"x" * LONGEST_COMMAND + b'"}',
    "very huge": b'{"id": "p", "service": "' + b"x" * 3_000_000 + b'"}',
    "no id": b'{"service": "A"}',
    "an empty id": b'{"id": "", "service": "A"}',
    "a number for an id": b'{"id": 7, "service": "A"}',
    "an endless id": b'{"id": "' + b"p" * 65 + b'", "service": "A"}',
    "no service": b'{"id": "p"}',
    "a number for a service": b'{"id": "p", "service": 7}',
    "null for a service": b'{"id": "p", "service": null}',
    "a word for a truth": b'{"id": "p", "service": "A", "priority": "yes"}',
    "a role that is a number": b'{"id": "p", "service": "A", "role": 7}',
    "an endless stamp": b'{"id": "p", "service": "A", "at": "' + b"2" * 41 + b'"}',
}


@pytest.fixture
def hub() -> HubOnDesk:
    """A001 stands at counter 1, A002 waits."""
    made = HubOnDesk()
    made.issue()
    made.next()
    made.issue()
    return made


def unmoved(
    hub: HubOnDesk, topic: str, payload: bytes, device: str = "kiosk-1", *, retained: bool = False
) -> dict[str, Any]:
    """The reply to something that must not change anything."""
    before, rows = hub.fingerprint(), len(hub.disk.rows)
    reply = only_reply(hub.arrives(topic, payload, retained=retained), device)
    assert (hub.fingerprint(), len(hub.disk.rows)) == (before, rows)
    assert reply["message"]["vi"]
    assert reply["message"]["en"]
    assert reply["message"]["vi"] != reply["message"]["en"]
    return reply


@pytest.mark.parametrize("payload", BROKEN.values(), ids=BROKEN)
def test_what_is_no_command(hub: HubOnDesk, payload: bytes) -> None:
    reply = unmoved(hub, "cmd/kiosk-1/issue", payload)
    assert (reply["status"], reply["reason"], reply["to"]) == ("error", "bad-message", "issue")


@pytest.mark.parametrize("command", [*COMMANDS, "replay"])
def test_every_command_survives_every_broken_payload(hub: HubOnDesk, command: str) -> None:
    for name, payload in BROKEN.items():
        if "service" not in name and "truth" not in name:
            assert unmoved(hub, f"cmd/kiosk-1/{command}", payload)["reason"] in {"bad-message", "not-allowed"}, name


def test_a_broken_command_with_an_id_is_answered_under_it(hub: HubOnDesk) -> None:
    assert unmoved(hub, "cmd/kiosk-1/issue", b'{"id": "p", "service": 7}')["re"] == "p"
    assert unmoved(hub, "cmd/kiosk-1/issue", b'{"id": "p", "service": "A", "role": 7}')["re"] == "p"
    assert unmoved(hub, "cmd/kiosk-1/issue", b'{"id": 7}')["re"] is None


def test_the_error_names_where_and_what(hub: HubOnDesk) -> None:
    message = unmoved(hub, "cmd/kiosk-1/issue", b'{"id": "p", "service": 7}')["message"]
    assert "issue" in message["en"]
    assert "$.service" in message["en"]
    assert "Expected `str`, got `int`" in message["en"]


def test_retained_is_refused_and_cleared(hub: HubOnDesk) -> None:
    before = hub.fingerprint()
    turn = hub.arrives("cmd/kiosk-1/issue", b'{"id": "p", "service": "A"}', retained=True)
    reply = only_reply(turn, "kiosk-1")
    assert (reply["re"], reply["status"], reply["reason"]) == ("p", "error", "retained")
    [cleared] = [p for p in turn.states if p.topic == ROOT + "cmd/kiosk-1/issue"]
    assert (cleared.payload, cleared.retain) == (b"", True)
    assert hub.fingerprint() == before


def test_clearing_a_topic_is_no_command(hub: HubOnDesk) -> None:
    assert hub.arrives("cmd/kiosk-1/issue", b"", retained=True).replies == []


def test_an_unknown_command(hub: HubOnDesk) -> None:
    reply = unmoved(hub, "cmd/kiosk-1/isue", b'{"id": "p"}')
    assert (reply["re"], reply["status"], reply["reason"], reply["to"]) == ("p", "error", "unknown-command", "isue")
    assert "issued-offline" in reply["message"]["en"]


REFUSED = [
    ("kiosk-1", "issue", {"service": "X"}, "unknown-service"),
    ("kiosk-1", "lease", {"service": "X"}, "unknown-service"),
    ("kiosk-1", "printed", {"ticket": "A777"}, "unknown-ticket"),
    ("kiosk-2", "printed", {"ticket": "A002"}, "not-your-number"),
    ("kiosk-2", "void", {"ticket": "A002", "reason": "x"}, "not-your-number"),
    ("kiosk-1", "issued-offline", {"ticket": "A700", "service": "A", "seconds_ago": 1}, "not-your-number"),
    ("kiosk-1", "issued-offline", {"ticket": "A002", "service": "A", "seconds_ago": 1}, "number-used"),
    ("kiosk-1", "next", {}, "not-allowed"),
    ("kiosk-1", "close-day", {}, "not-allowed"),
    ("stats", "issue", {"service": "A"}, "not-allowed"),
    ("display-1", "next", {}, "not-allowed"),
    ("hub", "next", {}, "not-allowed"),
    ("who-is-this", "issue", {"service": "A"}, "not-allowed"),
    ("counter-1", "issue", {"service": "A"}, "not-allowed"),
    ("counter-1", "next", {"after": None}, "stale"),
    ("counter-1", "next", {"after": "A002"}, "stale"),
    ("counter-1", "finish", {"after": "A002", "outcome": "missing-papers"}, "stale"),
    ("counter-1", "hold", {"after": None}, "stale"),
    ("counter-1", "close", {"after": "A002"}, "stale"),
    ("counter-2", "no-show", {"after": "A001"}, "stale"),
    ("counter-1", "call", {"ticket": "A001"}, "already-here"),
    ("counter-2", "call", {"ticket": "A001"}, "not-callable"),
    ("counter-2", "call", {"ticket": "A777"}, "unknown-ticket"),
    ("counter-2", "recall", {}, "nobody-here"),
    ("counter-2", "start", {}, "nobody-here"),
    ("counter-2", "finish", {}, "nobody-here"),
    ("counter-2", "no-show", {}, "nobody-here"),
    ("counter-2", "pause", {}, "counter-closed"),
    ("web", "next", {"counter": 1}, "not-allowed"),
    ("web", "next", {"role": "reader", "counter": 1}, "not-allowed"),
    ("web", "next", {"role": "manager", "counter": 1}, "not-allowed"),
    ("web", "close-day", {"role": "clerk"}, "not-allowed"),
    ("web", "next", {"role": "clerk"}, "no-counter"),
    ("web", "next", {"role": "clerk", "counter": 99}, "unknown-counter"),
    ("web", "next", {"role": "clerk", "counter": -1}, "unknown-counter"),
    ("web", "lease", {"role": "kiosk", "service": "A"}, "not-allowed"),
    ("web", "open-day", {"role": "manager"}, "day-open"),
]


@pytest.mark.parametrize(("device", "command", "arguments", "reason"), REFUSED)
def test_what_is_not_allowed_now(
    hub: HubOnDesk, device: str, command: str, arguments: dict[str, Any], reason: str
) -> None:
    payload = json.dumps({"id": "p", **arguments}).encode()
    reply = unmoved(hub, f"cmd/{device}/{command}", payload, device)
    assert (reply["re"], reply["to"], reply["status"], reply["reason"]) == ("p", command, "rejected", reason)


def test_in_the_wrong_state(hub: HubOnDesk) -> None:
    hub.ask("counter-1", "start")
    for command in ("start", "recall", "no-show"):
        reply = unmoved(hub, f"cmd/counter-1/{command}", b'{"id": "p"}', "counter-1")
        assert (reply["reason"], reply["data"]["phase"]) == ("already-serving", "serving")
    hub.ask("counter-1", "finish")
    void = b'{"id": "p", "ticket": "A001", "reason": "x"}'
    assert unmoved(hub, "cmd/kiosk-1/void", void)["reason"] == "ticket-ended"


def test_a_refused_press_at_a_counter_gets_its_true_state(hub: HubOnDesk) -> None:
    reply = unmoved(hub, "cmd/counter-1/next", b'{"id": "p", "after": "A777"}', "counter-1")
    assert (reply["data"]["ticket"], reply["data"]["counter"]) == ("A001", 1)
    assert "A001" in reply["message"]["vi"]


def test_nobody_speaks_in_anothers_name(hub: HubOnDesk) -> None:
    """The topic, which the broker's access list guards, says who it is: what the payload claims is not asked."""
    claims = {"id": "p", "service": "A", "device": "kiosk-1", "role": "kiosk", "counter": 2}
    assert unmoved(hub, "cmd/counter-1/issue", json.dumps(claims).encode(), "counter-1")["reason"] == "not-allowed"
    hub.ask("counter-2", "open")
    hub.ask("counter-1", "next", counter=2)
    assert (hub.state("counter/1")["ticket"], hub.state("counter/2")["ticket"]) == ("A002", None)


def test_while_no_day_is_open() -> None:
    hub = HubOnDesk()
    hub.manager("close-day")
    for device, command, arguments in [
        ("kiosk-1", "issue", {"service": "A"}),
        ("counter-1", "next", {}),
        ("counter-1", "open", {}),
        ("kiosk-1", "lease", {"service": "A"}),
    ]:
        payload = json.dumps({"id": "p", **arguments}).encode()
        assert unmoved(hub, f"cmd/{device}/{command}", payload, device)["reason"] == "day-closed"


@pytest.mark.parametrize(
    "topic",
    ["cmd", "cmd/kiosk-1", "cmd/kiosk-1/issue/more", "reply/kiosk-1", "event/x", "state/counter/x/y", "button/x", ""],
)
def test_topics_that_are_none_of_ours_are_left_alone(hub: HubOnDesk, topic: str) -> None:
    before = hub.fingerprint()
    assert hub.arrives(topic, b'{"id": "p", "service": "A"}').replies == []
    assert hub.fingerprint() == before


def test_another_sites_topic_is_left_alone(hub: HubOnDesk) -> None:
    item = Arrived("moiso/1/xa-khac/cmd/kiosk-1/issue", b'{"id": "p", "service": "A"}', device="hub")
    assert hub.turn(item).replies == []


def test_complaints_name_the_topic(hub: HubOnDesk) -> None:
    turn = hub.arrives("cmd/kiosk-1/issue", b"A")
    assert [topic for topic, why in turn.complaints.items() if "bad-message" in why] == [ROOT + "cmd/kiosk-1/issue"]


LEVELS = st.sampled_from(
    ["cmd", "button", "beat", "state", "counter", "kiosk-1", "counter-1", "web", *COMMANDS, "replay", "1", ""]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["A", "A001", "clerk", "next"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["id", "at", "service", "ticket", "after", "role", "counter", "seconds_ago", "from_seq", "limit", "day"]
)
PAYLOADS = st.binary() | st.dictionaries(KEYS, VALUES).map(lambda value: json.dumps(value).encode())


@given(sent=st.lists(st.tuples(st.lists(LEVELS, min_size=1, max_size=4), PAYLOADS, st.booleans()), max_size=12))
def test_whatever_comes_the_hub_lives_and_answers(sent: list[tuple[list[str], bytes, bool]]) -> None:
    hub = HubOnDesk()
    for levels, payload, retained in sent:
        before = hub.fingerprint()
        turn = hub.arrives("/".join(levels), payload, retained=retained)
        replies = [json.loads(reply.payload) for reply in turn.replies]
        if len(levels) == 3 and levels[0] == "cmd" and (payload or not retained):
            assert len(replies) == 1
        if any(reply["status"] != "ok" for reply in replies):
            assert hub.fingerprint() == before
    assert hub.issue()
