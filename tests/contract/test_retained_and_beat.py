"""What a newcomer finds: the retained states and births, nothing else; and the hub's heart."""

from datetime import datetime
from itertools import pairwise

STATES = {"state/board", "state/services", "state/day", *(f"state/counter/{n}" for n in range(1, 5))}
DEVICES = {"hub", "kiosk-1", "counter-1", "counter-2", "counter-3", "counter-4", "display-1", "stats", "web"}


def test_what_is_retained(web):
    expected = STATES | {f"status/{device}" for device in DEVICES} | {"figures/day"}
    with web.listens("figures/day") as ear:
        ear.hears("figures/day")  # of a centre that has just been started, it comes last
    with web.listens("#") as ear:
        ear.hears("beat")
        kept = [heard for heard in ear.heard if heard.retain]
    assert {heard.topic for heard in kept} == expected
    assert {heard.how for heard in kept} == {(1, True)}


def test_events_replies_and_beats_are_never_retained(kiosk):
    kiosk.asks("issue", service="A")
    with kiosk.listens("event/#", "reply/kiosk-1", "beat") as late:
        assert [heard.topic for heard in late.heard if heard.retain] == ["status/hub"]


def test_the_snapshots_say_what_happened_before_the_newcomer_came(kiosk, counter, web):
    number = kiosk.asks("issue", service="B").data["ticket"]
    state = counter.asks("next").data
    with web.listens("state/#") as ear:
        board, desk, day, services = (
            ear.hears(f"state/{name}", seq=state["seq"]).body for name in ("board", "counter/1", "day", "services")
        )
    assert desk == state
    assert set(board) == {
        "log", "seq", "at", "day", "calls", "services", "notices", "lunch", "training", "overtime",
    }  # fmt: skip
    assert (board["calls"][0]["ticket"], board["calls"][0]["counter"]) == (number, 1)
    assert set(board["services"][1]) == {
        "code", "name", "name_en", "waiting", "promise", "counters_open", "state", "longest_since", "alarm",
        "left", "last_before_lunch",
    }  # fmt: skip
    assert (board["services"][1]["counters_open"], board["services"][1]["state"]) == (1, "open")
    assert (services["open"], services["services"][1]["counters"]) == (True, [1])
    assert (day["open"], day["account"]["at_counters"]) == (True, 1)
    assert day["label"] == day["day"] == board["day"]


def test_the_heart_beats_again_and_again(web):
    """How fast, the hub's machine is asked; here nobody calls for the beats."""
    with web.listens("beat") as ear:
        ear.wait(lambda _: len(ear.on("beat")) == 3, "not three beats")
        beats = ear.on("beat")
    assert {beat.how for beat in beats} == {(0, False)}
    stamps = [datetime.fromisoformat(beat.body["at"]) for beat in beats]
    assert all(earlier < later for earlier, later in pairwise(stamps))
    assert set(beats[0].body) == {"log", "seq", "at", "clock"}


def test_the_beat_says_where_the_log_ends(kiosk, web, ear):
    last = ear.hears("event/ticket-issued", ticket=kiosk.asks("issue", service="A").data["ticket"]).body
    with web.listens("beat") as heart:
        beat = heart.hears("beat").body
    assert (beat["log"], beat["seq"]) == (last["log"], last["seq"])
