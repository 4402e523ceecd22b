"""Plain buttons of any make: what they say is a press, or harmless."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from hub.machine import SETTLING
from hub.plain_buttons import STUCK, PlainButtons
from moiso.runtime.site_tables import PlainButtonConf
from moiso.wire.codec import BadMessage
from moiso.wire.ports import Arrived, LinkUp
from tests.hub.desk import HubOnDesk
from tests.moiso.runtime.site_text import TWO, site

PAGE = (Path(__file__).parents[2] / "docs" / "buttons.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| ?([a-z-]*) ?\|$", PAGE, re.MULTILINE)
ZIGBEE = PlainButtonConf(
    device="nut-1", counter=1, topic="z/1", field="action",
    payloads={"single": "next", "double": "recall", "hold": "no-show", "quad": "close", "release": "nothing"},
)  # fmt: skip
PLAIN = PlainButtonConf(device="nut-2", counter=2, topic="t/2", payloads={"ON": "next"})
COUNTING = PlainButtonConf(
    device="nut-3", counter=1, topic="s/3", field="event", count_field="event_cnt", payloads={"S": "next"}
)


def said(buttons: PlainButtons, topic: str, payload: object, *, news: bool = True) -> list[str]:
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return [press.command for press in buttons.read(topic, raw, news=news)]


# -- the page ---------------------------------------------------------------------------------------------------


def test_the_page_has_an_example_for_each_make() -> None:
    assert len(re.findall(r"```toml", PAGE)) == 5
    assert len(ROWS) == 20


def test_every_example_of_the_page_does_what_its_table_says(tmp_path: Path) -> None:
    text = TWO.replace("an-binh", "na-hang") + "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
    buttons = site(tmp_path, text).buttons
    hub = hub_with(*buttons)
    for topic, payload, does in ROWS:
        hub.wait(10)
        for counter in (1, 2):
            hub.issue()
            hub.next(counter)
        hub.issue()
        assert came_of(hub, topic.replace("na-hang", "an-binh"), payload.encode()) == (does or None), (topic, payload)


# -- what a message says ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payload", "commands"),
    [
        ({"action": "single"}, ["next"]),
        ({"action": "double", "battery": 97}, ["recall"]),
        ({"action": "release"}, []),
        ({"action": ""}, []),
        ({"action": None}, []),
        ({"battery": 97}, []),
        ({}, []),
    ],
)
def test_only_what_stands_at_the_field_counts(payload: object, commands: list[str]) -> None:
    assert said(PlainButtons([ZIGBEE]), "z/1", payload) == commands


@pytest.mark.parametrize(
    ("payload", "complaint"),
    [
        ({"action": "shake"}, r"button nut-1 says 'shake', its payloads in site.toml are: single, double"),
        ({"action": {"single": 1}}, "says"),
        ({"action": 5}, "button nut-1 says '5'"),
        ({"action": "x" * 9999}, "button nut-1 says 'x{40}', its"),
        (["single"], "Expected `object`"),
        (b"single", "malformed"),
        (b"\xff\xfe", "malformed|invalid"),
        (b"[" * 9999, "."),
        (b'{"action": "single"}' + b" " * 70_000, "at most 65536 are read"),
    ],
    ids=str,
)
def test_what_nobody_named_is_said_in_a_sentence(payload: object, complaint: str) -> None:
    with pytest.raises(BadMessage, match=complaint):
        said(PlainButtons([ZIGBEE]), "z/1", payload)


def test_without_a_field_the_payload_counts_as_it_is() -> None:
    buttons = PlainButtons([PLAIN])
    assert said(buttons, "t/2", b"ON") == said(buttons, "t/2", b" ON\n") == ["next"]
    assert said(buttons, "t/2", b"") == []
    with pytest.raises(BadMessage, match="button nut-2 says 'OFF'"):
        said(buttons, "t/2", b"OFF")
    with pytest.raises(BadMessage, match="nut-2"):
        said(buttons, "t/2", b"\xff\xfe")


@pytest.mark.parametrize("path", ["a.0.b", "a.b.0", "a.1", "a.x", "b", "a.0.c.d", "a.99999999999999999999"])
def test_a_way_that_leads_nowhere_is_no_press(path: str) -> None:
    button = PlainButtonConf(device="nut-1", counter=1, topic="z/1", field=path, payloads={"single": "next"})
    found = {"a.0.b": ["next"]}.get(path, [])
    assert said(PlainButtons([button]), "z/1", {"a": [{"b": "single", "c": "d"}]}) == found


def test_a_count_that_moved_is_a_press_and_one_that_stands_is_none() -> None:
    buttons = PlainButtons([COUNTING])

    def presses(count: object, *, news: bool = True) -> int:
        return len(said(buttons, "s/3", {"event": "S", "event_cnt": count}, news=news))

    assert presses(57) == 0, "it may be an old one that is said again: it only tells where the count stands"
    assert [presses(n) for n in (57, 58, 58, 58, 60, 3)] == [0, 1, 0, 0, 1, 1]
    assert presses(4, news=False) == 0, "retained"
    assert [presses(4), presses(5)] == [0, 1]


# -- in the hub -------------------------------------------------------------------------------------------------


def test_a_button_acts_in_its_own_name_at_its_counter() -> None:
    hub = hub_with(ZIGBEE, PLAIN)
    for _ in range(2):
        hub.issue()
    came_of(hub, "z/1", b'{"action": "single"}')
    came_of(hub, "t/2", b"ON")
    calls = [row.event() for row in hub.disk.rows if row.type == "ticket-called"]
    assert [(call.by, call.counter, call.ticket) for call in calls] == [("nut-1", 1, "A001"), ("nut-2", 2, "A002")]


def test_more_than_the_three_buttons_of_a_call_unit() -> None:
    hub = hub_with(ZIGBEE)
    hub.ask("counter-1", "open")
    came_of(hub, "z/1", b'{"action": "quad"}')
    assert hub.state("counter/1")["state"] == "closed"


def test_a_retained_message_is_no_press() -> None:
    hub = hub_with(ZIGBEE)
    hub.issue()
    hub.turn(Arrived("z/1", b'{"action": "single"}', True, "hub"))
    assert hub.waiting == ["A001"]


def test_nothing_is_believed_just_after_a_connect() -> None:
    hub = hub_with(ZIGBEE)
    hub.issue()
    hub.turn(LinkUp())
    hub.wait(SETTLING - 0.1)
    assert came_of(hub, "z/1", b'{"action": "single"}') is None
    hub.wait(0.2)
    assert came_of(hub, "z/1", b'{"action": "single"}') == "next"


def test_a_press_that_cannot_be_is_told_and_changes_nothing() -> None:
    hub = hub_with(ZIGBEE)
    turn = hub.turn(Arrived("z/1", b'{"action": "double"}', device="hub"))
    assert turn.complaints == {"z/1": "nobody-here"}
    turn = hub.turn(Arrived("z/1", b'{"action": "shake"}', device="hub"))
    assert "shake" in turn.complaints["z/1"]


def test_a_stuck_button_is_one_press_however_long_it_is_stuck() -> None:
    hub = hub_with(ZIGBEE)
    for _ in range(9):
        hub.issue()
    complaints = []
    for _ in range(500):
        hub.wait(0.02)
        turn = hub.turn(Arrived("z/1", b'{"action": "single"}', device="hub"))
        complaints.append(turn.complaints.get("z/1"))
    assert len(hub.waiting) == 8
    assert complaints[:STUCK] == [None] * STUCK
    assert set(complaints[STUCK:]) == {"button nut-1 goes on saying next: is it stuck?"}
    assert hub.machine.stuck(hub.mono) == ["nut-1"]
    hub.wait(hub.place.rules.bounce + 0.1)
    assert came_of(hub, "z/1", b'{"action": "single"}') == "next", "it is loose again"
    assert hub.machine.stuck(hub.mono) == []


def test_while_one_way_to_press_is_stuck_the_others_work() -> None:
    hub = hub_with(ZIGBEE)
    hub.issue()
    for command in ("next", "recall", "no-show"):
        text = {meant: said for said, meant in ZIGBEE.payloads.items()}[command]
        payload = json.dumps({"action": text}).encode()
        assert [came_of(hub, "z/1", payload) for _ in range(3)] == [command, None, None]


def hub_with(*buttons: PlainButtonConf) -> HubOnDesk:
    """A hub with these buttons that has heard nothing for a while."""
    hub = HubOnDesk()
    own = {button.device: button.counter for button in buttons if button.topic is None}
    hub.place = replace(hub.place, buttons=buttons, counters=hub.place.counters | own)
    hub.start()
    hub.wait(10)
    return hub


def came_of(hub: HubOnDesk, topic: str, payload: bytes) -> str | None:
    """The command that was carried out when this arrived, by the last event that it brought."""
    seq = hub.machine.ledger.centre.seq
    hub.turn(Arrived(topic, payload, device="hub"))
    brought = [row.type for row in hub.disk.rows if row.seq > seq]
    named = {"ticket-called": "next", "ticket-recalled": "recall", "ticket-missed": "no-show"}
    return named.get(brought[-1], brought[-1]) if brought else None
