"""JSON in and out: what is sent can be read, and what cannot be read says why."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moiso.core.commands import IssueTicket
from moiso.core.events import EVENTS, Block, BlockLeased
from moiso.wire.codec import LONGEST, BadMessage, command_id, decode, encode, event_data
from moiso.wire.messages import Beat, Envelope, Event, Lease, Reply

BEAT = {"log": "l", "seq": 3, "at": "2026-11-23T07:30:00+07:00", "clock": "free"}


def test_a_message_goes_out_as_plain_json_and_comes_back() -> None:
    beat = decode(json.dumps(BEAT).encode(), Beat)
    assert json.loads(encode(beat)) == BEAT
    assert decode(encode(beat), Beat) == beat


def test_keys_that_nobody_knows_are_ignored() -> None:
    assert decode(json.dumps({**BEAT, "mood": ["good"]}).encode(), Beat).seq == 3


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        (b"", "truncated"),
        (b"{", "truncated"),
        (b"x", "malformed"),
        (b"[1]", "Expected `object`, got `array`"),
        (b"{}", "missing required field `log`"),
        (json.dumps({**BEAT, "seq": "3"}).encode(), r"Expected `int`, got `str` - at `\$.seq`"),
        (json.dumps({**BEAT, "clock": "slow"}).encode(), r"Invalid enum value 'slow' - at `\$.clock`"),
        (b'{"log": "\xff"}', "UTF-8|utf-8"),
        (b"[" * 200_000, "recursion|deep|object"),
        (b" " * (LONGEST + 1), f"at most {LONGEST} are read"),
    ],
)
def test_what_is_no_message_says_why(payload: bytes, says: str) -> None:
    with pytest.raises(BadMessage, match=says):
        decode(payload, Beat)


def test_the_longest_payload_is_still_read() -> None:
    payload = json.dumps(BEAT).encode()
    assert decode(payload, Beat, longest=len(payload)).seq == 3
    with pytest.raises(BadMessage):
        decode(payload, Beat, longest=len(payload) - 1)


@given(st.binary())
def test_any_bytes_are_a_message_or_a_bad_one(payload: bytes) -> None:
    for kind in (Envelope, Reply, Event, IssueTicket):
        with contextlib.suppress(BadMessage):
            assert isinstance(decode(payload, kind), kind)


def test_the_id_of_a_command_that_is_broken_elsewhere() -> None:
    assert command_id(b'{"id": "p", "role": 5, "service": []}') == "p"
    assert command_id(b'{"id": 5}') is None
    assert command_id(b"p") is None


def test_an_event_carries_its_data_typed() -> None:
    block = BlockLeased(block=Block("kiosk-1", "A", 700, 719))
    row = {"log": "l", "seq": 1, "at": "x", "clock": "free", "day": None, "type": "block-leased", "v": 1}
    event = decode(encode({**row, "data": json.loads(encode(block))}), Event)
    assert event_data(event) == block
    assert json.loads(encode(event))["data"]["block"] == {"kiosk": "kiosk-1", "service": "A", "from": 700, "to": 719}
    assert event_data(decode(encode({**row, "type": "moon-risen"}), Event)) is None
    with pytest.raises(BadMessage):
        event_data(decode(encode({**row, "data": {"block": 7}}), Event))


def test_every_event_has_its_name_on_the_wire() -> None:
    assert set(EVENTS) == {
        "day-opened", "day-closed", "clock-set", "ticket-issued", "ticket-printed", "ticket-print-failed",
        "ticket-reprinted", "block-leased", "ticket-called", "ticket-recalled", "service-started", "service-finished",
        "ticket-missed",
        "ticket-voided", "ticket-expired", "counter-opened", "counter-paused", "counter-closed",
        "day-reopened", "day-extended", "ticket-held", "ticket-resumed", "ticket-transferred", "ticket-returned",
        "ticket-served-offline", "priority-granted", "action-undone", "counter-idle", "services-assigned",
        "service-suspended", "service-restored", "service-unstaffed", "notice-posted",
    }  # fmt: skip


def test_every_ticket_event_names_its_ticket_and_every_counter_event_its_counter() -> None:
    for name, kind in EVENTS.items():
        if name.split("-")[0] == "ticket" or name in {"service-started", "service-finished", "priority-granted"}:
            assert "ticket" in kind.__struct_fields__
        if name.split("-")[0] == "counter" or name in {"ticket-called", "service-started", "services-assigned"}:
            assert "counter" in kind.__struct_fields__


def test_a_lease_says_from_and_to() -> None:
    assert json.loads(encode(Lease(kiosk="k", service="A", first=1, last=2))) == {
        "kiosk": "k", "service": "A", "from": 1, "to": 2,
    }  # fmt: skip
