"""Every event once and in order, whatever the broker and the disk do."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from moiso.wire.codec import decode
from moiso.wire.figures import DayFigures
from moiso.wire.messages import Event
from moiso.wire.ports import Arrived
from stats import intake
from stats.intake import Memory, Row
from stats.machine import Keep, Machine
from tests.stats.fixture_day import EVENING, MORNING, at, happened
from tests.stats.hub_double import TOPICS, asked, beat, complaints, kept, machine, published, replayed, told

LOG = happened(MORNING)
FULL = happened(MORNING + EVENING.lstrip())


def live(of: Machine, deliveries: list[Event], log: list[Event], wall: float) -> tuple[list[Row], DayFigures]:
    """Bring the deliveries, then beat for a minute while the hub answers every replay."""
    rows: list[Row] = []
    said = []
    inbox: list[object] = [told(event) for event in deliveries]
    for now in range(60):
        if now % 2 == 0:
            inbox.append(beat(log[-1].seq, wall + now, log[-1].log))
        outputs = of.handle(inbox, float(now))
        rows += kept(of, outputs)
        said += published(outputs)
        inbox = [replayed(press, wanted, log) for press, wanted in asked(outputs)]
    return rows, said[-1]


def in_order(log: list[Event], wall: float) -> DayFigures:
    return live(machine(), log, log, wall)[1]


def timeless(figures: DayFigures) -> DayFigures:
    return replace(figures, at="")


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(0, 30), st.integers(0, 30))
def test_any_order_duplication_and_loss_gives_the_same_history_and_figures(
    random: Random, doubled: int, lost: int
) -> None:
    deliveries = [*LOG, *random.choices(LOG, k=doubled)]
    random.shuffle(deliveries)
    rows, figures = live(machine(), deliveries[lost:], LOG, at("08:20"))
    assert [row.seq for row in rows] == [event.seq for event in LOG]
    assert [decode(row.body, Event).type for row in rows] == [event.type for event in LOG]
    assert timeless(figures) == timeless(in_order(LOG, at("08:20")))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, len(FULL)))
def test_a_restart_in_the_middle_changes_nothing(after: int) -> None:
    """The second life knows only what the first stored, and the hub still has the rest."""
    first = machine()
    outputs = first.handle([told(event) for event in FULL[:after]], 0.0)
    stored = tuple(decode(row.body, Event) for row in kept(first, outputs))
    second = machine(Memory("k3f9", after, stored) if after else Memory())
    rows, figures = live(second, [], FULL, at("18:00"))
    assert [row.seq for row in rows] == [event.seq for event in FULL[after:]]
    assert timeless(figures) == timeless(in_order(FULL, at("18:00")))


def test_a_gap_is_asked_for_after_a_second_and_paged_until_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PAGE", 20)
    stats = machine()
    assert asked(stats.handle([told(LOG[-1]), beat(len(LOG), at("08:20"))], 10.0)) == []
    assert asked(stats.handle([], 10.9)) == []
    outputs = stats.handle([], 11.0)
    pages, rows = [], []
    while questions := asked(outputs):
        [(press, wanted)] = questions
        pages.append((wanted.from_seq, wanted.limit))
        outputs = stats.handle([replayed(press, wanted, LOG)], 11.1)
        rows += kept(stats, outputs)
    assert pages == [(1, 20), (21, 20), (41, 20)]
    assert [row.seq for row in rows] == list(range(1, 49))


def test_an_unanswered_replay_is_repeated_under_its_id_and_then_asked_afresh() -> None:
    stats = machine()
    times: dict[str, int] = {}
    for tenth in range(250):
        items = [beat(5, at("08:00"))] if tenth % 20 == 0 else []
        for press, _ in asked(stats.handle(items, tenth / 10)):
            times[press] = times.get(press, 0) + 1
    assert list(times) == ["id-1", "id-2", "id-3"]  # at 1, 11 and 21 s
    assert times["id-1"] > 2


def test_another_log_is_followed_from_its_beginning() -> None:
    """A restored database: its log has another name, and yesterday's position means nothing in it."""
    stats = machine(Memory("k3f9", len(FULL), tuple(FULL)))
    restored = happened(MORNING, log="n7q2")
    rows, figures = live(stats, restored[-3:], restored, at("08:20"))
    assert [(row.log, row.seq) for row in rows] == [("n7q2", seq) for seq in range(1, len(restored) + 1)]
    assert (figures.log, figures.total.issued, figures.open) == ("n7q2", 15, True)


def test_the_beat_of_another_log_says_nothing_of_this_one() -> None:
    stats, restored = machine(), happened(MORNING, log="n7q2")
    kept(stats, stats.handle([*map(told, LOG), beat(len(LOG), at("08:20"))], 0.0))
    outputs = stats.handle(list(map(told, restored)), 2.0)
    assert {row.log for row in kept(stats, outputs)} == {"n7q2"}
    for now in (3.0, 4.0):
        assert published(outputs) == asked(outputs) == []
        outputs = stats.handle([], now)
    [figures] = published(stats.handle([beat(len(restored), at("08:20"), "n7q2")], 5.0))
    assert figures.log == "n7q2"


def test_what_a_newer_hub_says_is_kept_and_not_counted() -> None:
    newer = replace(LOG[5], type="ticket-blessed", seq=len(LOG) + 1)
    stats = machine()
    outputs = stats.handle([told(event) for event in [*LOG, newer]], 0.0)
    assert complaints(outputs) == []
    last = kept(stats, outputs)[-1]
    assert (last.seq, last.type) == (len(LOG) + 1, "ticket-blessed")


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"data": Raw(b'{"ticket": 7}')}, "event 49 (ticket-called) is left out of the figures: Expected `str`"),
        ({"at": "yesterday"}, "event 49 (ticket-called) is left out of the figures: Invalid isoformat string"),
        ({}, "event 49 (ticket-called) is left out of the figures: TicketCalled in state done"),
    ],
)
def test_an_event_that_makes_no_sense_is_kept_and_the_reading_goes_on(changed: dict[str, Any], complaint: str) -> None:
    called_a002 = next(event for event in LOG if event.type == "ticket-called")
    bad = replace(called_a002, seq=len(LOG) + 1, **changed)
    stats = machine()
    outputs = stats.handle([told(event) for event in [*LOG, bad]], 0.0)
    assert complaints(outputs)[0].startswith(complaint)
    rows, figures = live(stats, [], [*LOG, bad], at("08:20"))
    assert rows[-1].seq == len(LOG) + 1
    assert figures.total.issued == 15


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff", b"[]", b"null", b'{"seq": "x"}', b"{" * 100_000, b'{"log":"k3f9","seq":1e99}', b"x" * 2_000_000],
)
@pytest.mark.parametrize("topic", [TOPICS.event("ticket-issued"), TOPICS.beat, TOPICS.reply("stats")])
def test_a_payload_may_be_anything(topic: str, payload: bytes) -> None:
    stats = machine()
    outputs = stats.handle([*map(told, LOG[:3]), Arrived(topic, payload), *map(told, LOG[3:])], 0.0)
    assert [row.seq for row in kept(stats, outputs)] == list(range(1, len(LOG) + 1))
    assert len(complaints(outputs)) == (topic != TOPICS.reply("stats"))


def test_a_spoilt_event_in_a_replay_spoils_no_other() -> None:
    stats = machine()
    stats.handle([beat(3, at("08:00"))], 0.0)
    [(press, _)] = asked(stats.handle([], 1.0))
    good = [told(event).payload for event in LOG[:3]]
    body = b'{"re":"%s","to":"replay","status":"ok","data":{"events":[7,%s]}}' % (press.encode(), b",".join(good))
    outputs = stats.handle([Arrived(TOPICS.reply("stats"), body)], 1.1)
    assert [row.seq for row in kept(stats, outputs)] == [1, 2, 3]
    assert complaints(outputs) == ["an event could not be read: Expected `object`, got `int`"]


def test_a_refused_replay_is_complained_of_and_asked_again() -> None:
    stats = machine()
    stats.handle([beat(3, at("08:00"))], 0.0)
    [(press, _)] = asked(stats.handle([], 1.0))
    body = b'{"re":"%s","to":"replay","status":"rejected","reason":"not-allowed"}' % press.encode()
    outputs = stats.handle([Arrived(TOPICS.reply("stats"), body)], 1.1)
    assert complaints(outputs) == ["the hub refuses a replay from 1: not-allowed"]
    assert [wanted.from_seq for _, wanted in asked(stats.handle([], 2.1))] == [1]


def test_a_retained_event_is_no_event() -> None:
    stats = machine()
    outputs = stats.handle([told(LOG[0], retained=True)], 0.0)
    assert (kept(stats, outputs), complaints(outputs)) == ([], ["was retained, which is a mistake of its sender"])


def test_a_disk_that_takes_nothing_costs_bounded_memory_and_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BACKLOG", 10)
    stats = machine()
    tries = []
    for now in range(20):
        news = map(told, LOG[2 * now : 2 * now + 2])
        outputs = stats.handle([*news, beat(2 * now + 2, at("08:00"))], float(now))
        for keep in (output for output in outputs if isinstance(output, Keep)):
            stats.kept(keep.rows, safe=False)
            tries.append((now, len(keep.rows)))
        assert now < 8 or asked(outputs) == []
    assert tries == [(0, 2), (5, 10), (10, 10), (15, 10)]
    rows, figures = live(stats, [], LOG, at("08:20"))
    assert [row.seq for row in rows] == [event.seq for event in LOG]
    assert figures.total.issued == 15
