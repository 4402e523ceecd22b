"""Somebody's first minute: start, take a number, call it, hear it; and the second start, which remembers the day."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.whole.centre import Centre, free_port, until
from tests.whole.talk import PATIENCE


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("first-minute") / "state", (free_port(), free_port())) as centre:
        yield centre


def first_ticket(centre: Centre, service: str) -> str:
    """Start, press as soon as the kiosk takes presses and has the hub, and the number on the paper.

    A kiosk that knows its blocks of before takes presses sooner, and gives a number of its own.
    """
    centre.start(wait=False)
    lamps = centre.fake("kiosk-1") / "lamps.json"
    until(lambda: lamps.exists() and json.loads(lamps.read_text()).get(service) == "on", PATIENCE, "no lamp is on")
    with centre.device("kiosk-1").listens("status/kiosk-1") as status:
        status.hears("status/kiosk-1", state="ready", within=PATIENCE)
    before = set(tickets(centre))
    centre.device("kiosk-1").says("fake/kiosk-1", {"press": service})
    new = until(lambda: set(tickets(centre)) - before, PATIENCE, "no ticket is printed")
    return new.pop()


def tickets(centre: Centre) -> list[str]:
    return [file.stem for file in (centre.fake("kiosk-1") / "tickets").glob("*.escpos")]


def day(centre: Centre) -> str:
    with centre.device("web").listens("state/day") as ear:
        return ear.hears("state/day").body["day"]


def given(centre: Centre) -> list[str]:
    """The numbers that people have, in the order in which they got them.

    The hub gives them one after the other; where it stood still for a moment, the kiosk gave one of its own.
    """
    events = centre.device("web").asks("replay", from_seq=1, limit=200).data["events"]
    void = {event["data"]["ticket"] for event in events if event["type"] == "ticket-voided"}
    issued = [event["data"] for event in events if event["type"] == "ticket-issued"]
    by_the_hub = [data["ticket"] for data in issued if not data["offline"]]
    assert by_the_hub == sorted(set(by_the_hub)), issued
    return [data["ticket"] for data in issued if data["ticket"] not in void]


def spoken(centre: Centre) -> list[dict]:
    file = centre.fake("display-1") / "spoken.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_the_first_start_prints_the_first_number(centre):
    first = first_ticket(centre, "A")
    until(lambda: given(centre) == [first], PATIENCE, f"{first} is not in the log alone")
    until(lambda: "Ctrl-C ends everything." in centre.said, PATIENCE, "no list of addresses")
    for address in (f":{centre.ports[1]}/panel", f":{centre.ports[1]}/figures", f"mqtt://127.0.0.1:{centre.ports[0]}"):
        assert address in centre.said


def test_the_second_start_remembers_the_day(centre):
    before, first = day(centre), given(centre)
    assert centre.end() == 0
    lamps_out(centre.fake("kiosk-1"))
    second = first_ticket(centre, "A")
    until(lambda: given(centre) == [*first, second], PATIENCE, f"{second} is not in the log beside {first}")
    assert day(centre) == before


def lamps_out(kiosk: Path) -> None:
    """What the last life of the kiosk showed must not pass for this one's."""
    (kiosk / "lamps.json").unlink()


def test_calls_are_spoken_in_their_order_and_the_wall_changes(centre):
    centre.all_ready()
    screen = centre.fake("display-1") / "screen.png"
    before = until(screen.exists, PATIENCE, "no picture of the wall") and screen.stat().st_mtime_ns
    calls = [(centre.device(f"counter-{n}").asks("next").data["ticket"], n) for n in (1, 2)]
    assert [ticket for ticket, _ in calls] == given(centre)
    until(lambda: len(spoken(centre)) == 2, PATIENCE, "not both calls were spoken")
    said = spoken(centre)
    assert [(line["ticket"], line["counter"]) for line in said] == calls
    assert set(said[0]) == {"ticket", "counter", "text", "at", "mono_ns"}
    assert [line["text"].rsplit(", ")[-1] for line in said] == ["đến quầy số một.", "đến quầy số hai."]
    assert said[0]["mono_ns"] < said[1]["mono_ns"]
    assert (centre.fake("display-1") / "spoken.wav").stat().st_size > 100_000
    until(lambda: screen.stat().st_mtime_ns > before, PATIENCE, "the wall does not change")
    with Image.open(screen) as image:
        assert image.size == (1920, 1080)
