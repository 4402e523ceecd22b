"""Every command on the wire: what is answered, what is told, how things stand afterwards."""

from datetime import datetime, timedelta

import pytest

from tests.whole.talk import Device, Ear, Heard

ONCE = (1, False)
KEPT = (1, True)
COUNTER_KEYS = {
    "log", "seq", "at", "day", "counter", "label", "state", "ticket", "phase", "since", "waiting", "held", "services",
    "priority", "idle", "undo_until", "on_duty", "line", "service",
}  # fmt: skip


def issued(kiosk: Device, service: str = "B", **more: object) -> str:
    """The number that a new visitor gets."""
    reply = kiosk.asks("issue", service=service, **more)
    assert reply.body["status"] == "ok", reply.payload
    return reply.data["ticket"]


def called(kiosk: Device, counter: Device) -> str:
    """A visitor who was just called."""
    number = issued(kiosk)
    assert counter.asks("next").data["ticket"] == number
    return number


def accepted(reply: Heard, to: str) -> dict:
    """The data of an answer that says yes; its outside is the same for every command."""
    assert reply.how == ONCE
    assert set(reply.body) == {"re", "to", "status", "reason", "message", "data"}
    assert (reply.body["to"], reply.body["status"]) == (to, "ok"), reply.payload
    assert reply.body["reason"] is reply.body["message"] is None
    return reply.data


def at_counter(reply: Heard, to: str) -> dict:
    """The state of the counter in an accepted answer."""
    data = accepted(reply, to)
    assert set(data) == COUNTER_KEYS
    return data


def moment(stamp: str) -> datetime:
    """A time on the wire: ISO 8601 with Vietnam's offset."""
    read = datetime.fromisoformat(stamp)
    assert read.utcoffset() == timedelta(hours=7), stamp
    return read


def test_issue(kiosk, ear):
    data = accepted(kiosk.asks("issue", service="A", priority=True), "issue")
    assert set(data) == {"ticket", "service", "day", "at", "ahead", "promise", "counters", "warning", "training"}
    number = data["ticket"]
    assert number.startswith("A")
    assert len(number) == 4
    assert (data["ahead"], data["promise"], data["counters"]) == (0, None, [1, 2, 3, 4])
    moment(data["at"])

    event = ear.hears("event/ticket-issued", ticket=number)
    assert event.how == ONCE
    assert set(event.body) == {"log", "seq", "at", "clock", "day", "type", "v", "data"}
    assert (event.body["type"], event.body["v"], event.body["day"]) == ("ticket-issued", 1, data["day"])
    assert event.body["clock"] in {"synced", "free"}
    moment(event.body["at"])
    said = event.data
    assert (said["service"], said["priority"], said["source"], said["offline"]) == ("A", True, "kiosk", False)

    board = ear.shows("board", event)
    assert board.how == KEPT
    assert [line["waiting"] for line in board.body["services"]] == [1, 0, 0, 0, 0]
    assert ear.shows("services", event).how == KEPT
    assert ear.shows("day", event).body["account"]["waiting"] == 1
    for n in range(1, 5):
        assert ear.shows(f"counter/{n}", event).body["waiting"] == 1


def test_who_comes_later_is_told_how_many_are_ahead(kiosk, counter):
    counter.asks("open")
    issued(kiosk), issued(kiosk)
    data = accepted(kiosk.asks("issue", service="B"), "issue")
    assert (data["ahead"], data["counters"]) == (2, [1])


def test_a_token_never_leaves_as_it_came(kiosk, ear):
    number = issued(kiosk, token="the-secret-on-the-paper")
    event = ear.hears("event/ticket-issued", ticket=number)
    assert "the-secret-on-the-paper" not in event.payload
    assert len(event.data["token_sha256"]) == 64


def test_printed_and_print_failed(kiosk, ear):
    number = issued(kiosk)
    assert accepted(kiosk.asks("print-failed", ticket=number, reason="out"), "print-failed") == {"ticket": number}
    failed = ear.hears("event/ticket-print-failed", ticket=number)
    assert (failed.how, failed.data["reason"]) == (ONCE, "out")
    assert accepted(kiosk.asks("printed", ticket=number), "printed") == {"ticket": number}
    assert ear.hears("event/ticket-printed", ticket=number).how == ONCE


def test_lease_and_issued_offline(kiosk, ear):
    lease = accepted(kiosk.asks("lease", service="C"), "lease")
    assert set(lease) == {"service", "day", "from", "to"}
    assert 700 <= lease["from"] <= lease["to"] <= 999
    event = ear.hears("event/block-leased")
    block = event.data["block"]
    assert block == {"kiosk": "kiosk-1", "service": "C", "from": lease["from"], "to": lease["to"]}
    assert block in ear.shows("day", event).body["account"]["leased"]

    number = f"C{lease['from']}"
    told = kiosk.asks("issued-offline", ticket=number, service="C", token="t", seconds_ago=90, day=lease["day"])
    assert accepted(told, "issued-offline")["ticket"] == number
    event = ear.hears("event/ticket-issued", ticket=number)
    assert event.data["offline"] is True
    waited_since = ear.shows("board", event).body["services"][2]["longest_since"]
    assert timedelta(seconds=89) < moment(event.body["at"]) - moment(waited_since) < timedelta(seconds=91)


def test_void(kiosk, ear):
    number = issued(kiosk)
    # a board that shows nobody before and after is not said again
    ear.shows("board", ear.hears("event/ticket-issued", ticket=number))
    said = accepted(kiosk.asks("void", ticket=number, reason="went home"), "void")
    assert said == {"ticket": number, "tickets": [number], "skipped": []}
    event = ear.hears("event/ticket-voided", ticket=number)
    assert (event.how, event.data["reason"]) == (ONCE, "went home")
    assert ear.shows("board", event).body["services"][1]["waiting"] == 0


def test_next_calls_the_first_and_then_sends_away(kiosk, counter, ear):
    first, second = issued(kiosk), issued(kiosk)
    state = at_counter(counter.asks("next"), "next")
    assert (state["counter"], state["state"], state["ticket"], state["phase"]) == (1, "open", first, "called")
    assert (state["waiting"], state["label"], state["services"]) == (1, "Quầy 1", ["A", "B"])
    moment(state["since"])

    assert ear.hears("event/counter-opened", counter=1).how == ONCE
    call = ear.hears("event/ticket-called", ticket=first)
    assert call.how == ONCE
    assert (call.data["counter"], call.data["service"], call.data["recall"]) == (1, "B", 0)
    assert call.data["policy"]
    stands = ear.shows("counter/1", call)
    assert stands.how == KEPT
    assert stands.body == state
    on_the_wall = ear.shows("board", call).body["calls"][0]
    assert set(on_the_wall) == {"ticket", "counter", "label", "at", "seq", "recall", "priority"}
    assert (on_the_wall["ticket"], on_the_wall["counter"], on_the_wall["seq"]) == (first, 1, call.body["seq"])

    assert at_counter(counter.asks("next", after=first), "next")["ticket"] == second
    assert ear.hears("event/ticket-missed", ticket=first).data["inferred"] is True


def test_next_with_nobody_waiting(counter):
    state = at_counter(counter.asks("next"), "next")
    assert (state["state"], state["ticket"], state["phase"]) == ("open", None, None)


def test_call_by_number(kiosk, counter, ear):
    issued(kiosk)
    later = issued(kiosk)
    assert at_counter(counter.asks("call", ticket=later, reason="urgent"), "call")["ticket"] == later
    assert ear.hears("event/ticket-called", ticket=later).data["policy"] == "out-of-order"


def test_recall(kiosk, counter, ear):
    number = called(kiosk, counter)
    at_counter(counter.asks("recall"), "recall")
    event = ear.hears("event/ticket-recalled", ticket=number)
    assert (event.how, event.data["counter"], event.data["recall"]) == (ONCE, 1, 1)
    assert ear.shows("board", event).body["calls"][0]["recall"] == 1


def test_start_and_finish(kiosk, counter, ear):
    number = called(kiosk, counter)
    assert at_counter(counter.asks("start"), "start")["phase"] == "serving"
    assert ear.hears("event/service-started", ticket=number, counter=1).how == ONCE
    assert at_counter(counter.asks("finish"), "finish")["ticket"] is None
    event = ear.hears("event/service-finished", ticket=number, counter=1)
    assert (event.how, event.data["inferred"]) == (ONCE, False)


def test_no_show(kiosk, counter, ear):
    number = called(kiosk, counter)
    assert at_counter(counter.asks("no-show"), "no-show")["ticket"] is None
    event = ear.hears("event/ticket-missed", ticket=number, counter=1)
    assert (event.how, event.data["inferred"]) == (ONCE, False)


def test_open_pause_close(counter, ear):
    assert at_counter(counter.asks("open"), "open")["state"] == "open"
    assert at_counter(counter.asks("pause", reason="lunch"), "pause")["state"] == "paused"
    assert at_counter(counter.asks("close"), "close")["state"] == "closed"
    assert ear.hears("event/counter-opened", counter=1).how == ONCE
    assert ear.hears("event/counter-paused", counter=1).data["reason"] == "lunch"
    assert ear.hears("event/counter-closed", counter=1).how == ONCE


def test_a_clerk_at_the_web_names_the_counter(kiosk, web):
    number = issued(kiosk)
    reply = web.asks("next", role="clerk", clerk="c-17", counter=1)
    assert at_counter(reply, "next")["ticket"] == number


def test_replay(kiosk, ear):
    numbers = [issued(kiosk) for _ in range(3)]
    events = [ear.hears("event/ticket-issued", ticket=number).body for number in numbers]
    again = accepted(kiosk.asks("replay", from_seq=events[0]["seq"], limit=2), "replay")
    assert again == {"events": events[:2]}
    assert accepted(kiosk.asks("replay", from_seq=10**9), "replay") == {"events": []}


@pytest.mark.parametrize("reader", ["display-1", "stats", "counter-1", "web"])
def test_every_reader_may_ask_for_a_replay(centre, reader):
    events = accepted(centre.device(reader).asks("replay", from_seq=1, limit=1), "replay")["events"]
    assert [event["type"] for event in events] == ["day-opened"]


def test_the_answer_comes_after_the_event_and_before_the_state(kiosk, centre):
    with kiosk.listens("reply/kiosk-1", "event/#", "state/board") as ear:
        before = len(ear.heard)
        issued(kiosk)
        ear.wait(lambda h: h.topic == "state/board", "no board", since=before)
        order = [heard.topic for heard in ear.heard[before:]]
    assert order == ["event/ticket-issued", "reply/kiosk-1", "state/board"]


def test_events_are_numbered_without_a_gap(kiosk, counter, ear: Ear):
    called(kiosk, counter)
    counter.asks("finish")
    ear.hears("event/service-finished")
    seqs = [heard.body["seq"] for heard in ear.on("event/")]
    assert seqs == list(range(seqs[0], seqs[0] + 4))
