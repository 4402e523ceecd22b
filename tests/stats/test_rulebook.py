"""What the rulebook's events do to the figures; every expectation worked out by hand beside its table."""

import pytest

from moiso.core.events import ActionUndone
from moiso.core.tickets import ImpossibleMoveError
from moiso.wire.figures import Share
from stats.intervals import Day, fold
from tests.stats.fixture_day import at, happened, stamp
from tests.stats.test_figures import folded, reckoned, times, waits
from tests.stats.test_intervals import way

Lines = dict[str | None, dict[str, object]]


def lines(day: Day, clock: str, *names: str) -> Lines:
    """These figures of the whole and of every service with a number, and whether their counts add up."""
    found = reckoned(day, clock)
    for line in (found.total, *found.services):
        ends = line.served + line.absent + line.void + line.expired
        assert line.issued == ends + line.waiting + line.held + line.at_counters
    everything = [found.total, *(line for line in found.services if line.issued or line.from_issue.called)]
    return {line.service: {name: getattr(line, name) for name in names} for line in everything}


def test_a_hold_is_neither_wait_nor_service() -> None:
    """Served 08:11-08:15 and, at another counter, 08:40-08:45: 240 + 300 s. Waited 08:00-08:10."""
    table = """08:00:00 day-opened
        08:00:00 issued A001
        08:10:00 called A001 @1
        08:11:00 started A001 @1
        08:15:00 held A001 @1
        08:40:00 resumed A001 @2
        08:45:00 finished A001 @2 outcome=accepted"""
    held, done = folded(happened("\n".join(table.splitlines()[:5]))), folded(happened(table))
    assert lines(held, "08:30", "held", "at_counters", "served")[None] == {"held": 1, "at_counters": 0, "served": 0}
    assert way(done, "A001")[2:] == [("service", "08:11:00"), ("hold", "08:15:00"), ("service", "08:40:00")]
    total = reckoned(done, "09:00").total
    assert (total.service_time, total.from_issue) == (times(1, 540.0, 0, None), waits(1, 600.0, 600.0, (1, 1), (1, 1)))


def test_whoever_is_held_when_called_and_called_by_number_waited_once() -> None:
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:05:00 called A001 @1
            08:06:00 held A001 @1
            08:30:00 called A001 @2
            08:31:00 started A001 @2
            08:34:00 finished A001 @2"""
        )
    )
    total = reckoned(day, "09:00").total
    assert (total.from_issue.called, total.from_issue.mean, total.service_time) == (1, 300.0, times(1, 180.0, 0, None))


def test_whoever_is_held_at_the_close_expires_and_was_called_all_the_same() -> None:
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:20:00 called A001 @1
            08:21:00 held A001 @1
            17:00:00 expired A001 was=held carried
            17:00:00 day-closed"""
        )
    )
    total = reckoned(day, "18:00").total
    assert (total.held, total.expired) == (0, 1)
    assert total.from_issue == waits(1, 1200.0, 1200.0, (0, 1), (1, 1))
    assert total.service_time == times(0, None, 0, None)


TRANSFER = """08:00:00 day-opened
    08:00:00 issued A001
    08:10:00 called A001 @1
    08:11:00 started A001 @1
    08:13:00 transferred A001 @1 service=B
    08:33:00 called A001 @2 service=B
    08:34:00 started A001 @2
    08:40:00 finished A001 @2"""


def test_a_transfer_begins_a_wait_of_the_next_service_and_the_visit_waited_to_its_first_call() -> None:
    """Waited 600 s for A, then 08:13-08:33 for B, 1200 s; served 120 s at A, 360 s at B."""
    day = folded(happened(TRANSFER))
    names = ("issued", "served", "from_issue", "service_time")
    assert lines(day, "09:00", *names) == {
        None: {
            "issued": 1, "served": 1,
            "from_issue": waits(1, 600.0, 600.0, (1, 1), (1, 1)), "service_time": times(2, 240.0, 0, None),
        },
        "A": {
            "issued": 0, "served": 0,
            "from_issue": waits(1, 600.0, 600.0, (1, 1), (1, 1)), "service_time": times(1, 120.0, 0, None),
        },
        "B": {
            "issued": 1, "served": 1,
            "from_issue": waits(1, 1200.0, 1200.0, (0, 1), (1, 1)), "service_time": times(1, 360.0, 0, None),
        },
    }  # fmt: skip


def test_whoever_was_transferred_keeps_the_place_and_waits_for_the_next_service() -> None:
    """At 08:30, 17 minutes after the transfer: not within 15 for B, and no second wait of the whole."""
    day = folded(happened("\n".join(TRANSFER.splitlines()[:5])))
    b = reckoned(day, "08:30").services[1]
    assert (b.waiting, b.longest_since) == (1, stamp(at("08:00")))
    assert b.from_issue == waits(0, None, None, (0, 1), (0, 0))
    assert reckoned(day, "08:30").total.from_issue == waits(1, 600.0, 600.0, (1, 1), (1, 1))


def test_a_call_that_is_transferred_without_a_start_is_no_service() -> None:
    day = folded(happened("\n".join([*TRANSFER.splitlines()[:3], "08:13:00 transferred A001 @1 service=B"])))
    assert way(day, "A001") == [("wait", "08:00:00"), ("walk", "08:10:00")]
    assert way(day, "A001", leg=1) == [("wait", "08:13:00")]
    assert reckoned(day, "09:00").services[0].service_time == times(0, None, 0, None)


MORE = """08:00:00 day-opened
    08:00:00 issued A001
    08:10:00 called A001 @1
    08:11:00 started A001 @1 dossiers=15
    08:40:00 transferred A001 @1 reason=more-dossiers dossiers=10 left=0
    08:55:00 called A001 @1
    08:56:00 started A001 @1
    09:06:00 finished A001 @1 dossiers=5"""


def test_more_dossiers_begin_a_new_turn_behind_the_others() -> None:
    """Waits 600 and 08:40-08:55, 900 s; turns 08:11-08:40, 1740 s, and 08:56-09:06, 600 s."""
    waiting = reckoned(folded(happened("\n".join(MORE.splitlines()[:5]))), "08:50").total
    assert (waiting.longest_since, waiting.dossiers) == (stamp(at("08:40")), 10)
    names = ("issued", "dossiers", "from_issue", "service_time")
    assert lines(folded(happened(MORE)), "10:00", *names) == {
        None: {
            "issued": 1, "dossiers": 15,
            "from_issue": waits(1, 600.0, 600.0, (1, 1), (1, 1)), "service_time": times(2, 1170.0, 0, None),
        },
        "A": {
            "issued": 1, "dossiers": 15,
            "from_issue": waits(2, 750.0, 900.0, (2, 2), (2, 2)), "service_time": times(2, 1170.0, 0, None),
        },
    }  # fmt: skip


def test_dossiers_said_at_the_start_count_when_the_end_says_none() -> None:
    table = """08:00:00 day-opened
        08:00:00 issued A001
        08:01:00 called A001 @1
        08:02:00 started A001 @1 dossiers=3"""
    assert reckoned(folded(happened(table)), "08:03").total.dossiers == 0
    assert reckoned(folded(happened(table + "\n08:05:00 finished A001 @1")), "09:00").total.dossiers == 3


def test_whoever_returns_is_no_longer_absent_and_waited_once() -> None:
    """Behind A002, so the new place counts from the return."""
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:10:00 issued A002
            08:20:00 called A001 @1
            08:21:00 missed A001 @1
            08:40:00 returned A001 after=A002"""
        )
    )
    total = reckoned(day, "08:45").total
    assert (total.absent, total.waiting, total.inferred) == (0, 2, Share(part=0, whole=0))
    assert total.longest_since == stamp(at("08:10"))
    assert day.visits["A001"].place == at("08:40")
    # A001 waited 20 min to its call, A002 waits for 35 min
    assert total.from_issue == waits(1, 1200.0, 1200.0, (0, 2), (1, 2))


@pytest.mark.parametrize(
    "closed",
    ["08:12:00 finished A001 @1 inferred dossiers=2", "08:10:30 missed A001 @1 inferred"],
    ids=["as served", "as absent"],
)
def test_whoever_was_closed_by_inference_and_comes_back_was_neither_served_nor_absent(closed: str) -> None:
    table = f"""08:00:00 day-opened
        08:00:00 issued A001
        08:10:00 called A001 @1
        {closed}"""
    wrong = reckoned(folded(happened(table)), "08:20").total
    assert (wrong.served + wrong.absent, wrong.inferred) == (1, Share(part=1, whole=1))
    back = folded(happened(table + "\n09:00:00 returned A001"))
    total = reckoned(back, "09:05").total
    assert (total.served, total.absent, total.waiting, total.dossiers) == (0, 0, 1, 0)
    assert (total.inferred, total.outcome_unknown, total.service_time) == (
        Share(part=0, whole=0), Share(part=0, whole=0), times(0, None, 0, None),
    )  # fmt: skip
    assert total.longest_since == stamp(at("08:00"))
    served = "\n09:10:00 called A001 @1\n09:11:00 started A001 @1\n09:14:00 finished A001 @1"
    total = reckoned(folded(happened(table + "\n09:00:00 returned A001" + served)), "10:00").total
    assert (total.served, total.inferred, total.service_time) == (1, Share(part=0, whole=1), times(1, 180.0, 0, None))
    assert total.from_issue.mean == 600.0


def test_served_while_nothing_worked_counts_as_served_and_in_no_average() -> None:
    """A001 waited, A002 was called and absent, A003 was held, A004 came from paper; A005 was served as usual."""
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:00:00 issued A002
            08:00:00 issued A003
            08:00:00 issued A005
            08:10:00 called A002 @1
            08:10:20 missed A002 @1 inferred
            08:11:00 called A003 @1
            08:12:00 started A003 @1
            08:13:00 held A003 @1
            08:20:00 called A005 @1
            08:21:00 started A005 @1
            08:25:00 finished A005 @1 outcome=done
            11:00:00 issued A004 source=paper offline
            11:00:00 served-offline A001
            11:00:00 served-offline A002
            11:00:00 served-offline A003
            11:00:00 served-offline A004"""
        )
    )
    total = reckoned(day, "12:00").total
    assert (total.issued, total.served, total.inferred) == (5, 5, Share(part=0, whole=5))
    assert (total.outcomes, total.outcome_unknown) == ({"unknown": 4, "done": 1}, Share(part=4, whole=5))
    assert total.from_issue == waits(1, 1200.0, 1200.0, (0, 1), (1, 1))
    assert total.service_time == times(1, 240.0, 0, None)


def test_outcomes_count_among_those_served_and_nobodys_is_unknown() -> None:
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:00:00 issued A002
            08:00:00 issued B001
            08:01:00 called A001 @1
            08:02:00 started A001 @1
            08:05:00 finished A001 @1 outcome=missing-papers
            08:05:00 called A002 @1
            08:06:00 started A002 @1
            08:09:00 finished A002 @1
            08:09:00 called B001 @1
            08:10:00 started B001 @1"""
        )
    )
    assert lines(day, "09:00", "outcomes", "outcome_unknown") == {
        None: {"outcomes": {"missing-papers": 1, "unknown": 1}, "outcome_unknown": Share(part=1, whole=2)},
        "A": {"outcomes": {"missing-papers": 1, "unknown": 1}, "outcome_unknown": Share(part=1, whole=2)},
        "B": {"outcomes": {}, "outcome_unknown": Share(part=0, whole=0)},
    }


def test_inferred_service_times_stand_in_a_series_of_their_own() -> None:
    """A001 was never started, A002 ended with the day, A003 was started and ended: 180 s, and nothing else."""
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:00:00 issued A002
            08:00:00 issued A003
            08:00:00 called A001 @1
            08:10:00 finished A001 @1
            08:10:00 called A003 @1
            08:11:00 started A003 @1
            08:14:00 finished A003 @1
            08:20:00 called A002 @1
            08:21:00 started A002 @1
            17:00:00 finished A002 @1 inferred
            17:00:00 day-closed"""
        )
    )
    # 600 of A001, 08:21-17:00 of A002: 31140
    assert reckoned(day, "18:00").total.service_time == times(1, 180.0, 2, 15870.0)


SUSPENSION = """08:00:00 day-opened
    08:00:00 issued A001
    08:00:00 issued A002
    08:00:00 issued A003
    08:02:00 called A001 @1
    08:03:00 started A001 @1
    08:04:00 called A002 @2
    08:05:00 suspended service=A
    08:05:00 held A001 @1 reason=suspended
    08:05:00 held A002 @2 reason=suspended
    08:50:00 restored service=A
    08:50:00 returned A001
    08:50:00 returned A002
    08:51:00 called A001 @1
    08:52:00 started A001 @1
    08:55:00 finished A001 @1"""


def test_suspended_minutes_count_in_no_service_time_and_not_in_a_wait_to_the_first_call() -> None:
    """A001 was served 08:03-08:05 and 08:52-08:55, 300 s; A003 has waited on: 60 minutes at 09:00."""
    day = folded(happened(SUSPENSION))
    assert way(day, "A002") == [
        ("wait", "08:00:00"), ("walk", "08:04:00"), ("hold", "08:05:00"), ("wait", "08:50:00"),
    ]  # fmt: skip
    total = reckoned(day, "09:00").total
    assert (total.waiting, total.held, total.longest_since) == (2, 0, stamp(at("08:00")))
    assert total.service_time == times(1, 300.0, 0, None)
    # 120 and 240; A003 is late
    assert total.from_issue == waits(2, 180.0, 240.0, (2, 3), (2, 3))


def test_a_number_carried_over_waits_from_the_morning_it_was_exchanged() -> None:
    table = "08:00:00 day-opened\n08:05:00 issued A001 carried=2026-11-20/A041 seconds_ago=21900"
    total = reckoned(folded(happened(table)), "08:15").total
    assert (total.longest_since, total.from_issue) == (stamp(at("08:05")), waits(0, None, None, (0, 0), (0, 0)))


def test_calls_after_the_hours_count_once_a_number() -> None:
    table = """08:00:00 day-opened
        16:00:00 issued A001
        16:00:00 issued B001
        16:50:00 called B001 @1
        17:05:00 called A001 @2 after_hours
        17:06:00 held A001 @2
        17:20:00 called A001 @2 after_hours"""
    found = lines(folded(happened(table)), "18:00", "after_hours")
    assert {name: line["after_hours"] for name, line in found.items()} == {None: 1, "A": 1, "B": 0}


CLOSED = """08:00:00 day-opened
    08:00:00 issued A001
    08:10:00 called A001 @1
    08:11:00 missed A001 @1
    08:20:00 issued A002
    08:20:00 issued A003
    08:20:00 issued A004
    08:30:00 called A003 @1
    08:31:00 held A003 @1
    08:32:00 called A004 @1
    08:33:00 started A004 @1
    08:40:00 expired A001 was=absent
    08:40:00 expired A002 was=waiting
    08:40:00 expired A003 was=held
    08:40:00 finished A004 @1 inferred
    08:40:00 day-closed"""


def test_a_day_closed_by_mistake_goes_on_as_if_nobody_had_expired() -> None:
    """A002 waits on from 08:20: 35 minutes at 08:55."""
    closed = folded(happened(CLOSED))
    total = reckoned(closed, "08:50").total
    assert (closed.open, total.absent, total.expired, total.served) == (False, 1, 2, 1)
    day = folded(happened(CLOSED + "\n08:50:00 reopened"))
    total = reckoned(day, "08:55").total
    assert (day.open, total.absent, total.waiting, total.held, total.expired, total.served) == (True, 1, 1, 1, 0, 1)
    assert way(day, "A002") == [("wait", "08:20:00")]
    # 600 of A001 and A003, 720 of A004; A002 is late
    assert total.from_issue == waits(3, 640.0, 720.0, (3, 4), (3, 4))


# -- taken back -------------------------------------------------------------------------------------------------

NEXT = """07:40:00 day-opened
    07:41:00 issued A001
    07:42:00 issued A002
    07:50:00 opened @1
    07:50:00 called A001 @1
    07:51:00 started A001 @1 dossiers=4
    08:00:00 finished A001 @1 outcome=done
    08:00:00 called A002 @1 after_hours"""


def without(table: str, moment: str) -> str:
    """The table without the lines of that moment."""
    return "\n".join(line for line in table.splitlines() if not line.strip().startswith(moment))


@pytest.mark.parametrize(
    ("table", "moment", "undo"),
    [
        pytest.param(NEXT, "08:00:00", "undone 08:00:00 @1", id="a next"),
        pytest.param(TRANSFER, "08:40:00", "undone 08:40:00 @2", id="a finish after a transfer"),
        pytest.param("\n".join(TRANSFER.splitlines()[:5]), "08:13:00", "undone 08:13:00 @1", id="a transfer"),
        pytest.param("\n".join(MORE.splitlines()[:5]), "08:40:00", "undone 08:40:00 @1", id="more dossiers"),
    ],
)
def test_what_was_undone_has_never_been(table: str, moment: str, undo: str) -> None:
    undone, never = folded(happened(f"{table}\n{moment[:-1]}5 {undo}")), folded(happened(without(table, moment)))
    assert reckoned(undone, "09:20") == reckoned(never, "09:20")
    assert reckoned(undone, "09:20") != reckoned(folded(happened(table)), "09:20")


def test_a_next_that_is_undone_puts_both_people_back() -> None:
    day = folded(happened(NEXT + "\n08:00:05 undone 08:00:00 @1"))
    assert way(day, "A001") == [("wait", "07:41:00"), ("walk", "07:50:00"), ("service", "07:51:00")]
    assert way(day, "A002") == [("wait", "07:42:00")]
    total = reckoned(day, "08:20").total
    assert (total.served, total.waiting, total.at_counters, total.after_hours) == (0, 1, 1, 0)
    assert (total.outcomes, total.service_time) == ({}, times(0, None, 0, None))
    again = folded(happened(NEXT + "\n08:00:05 undone 08:00:00 @1\n08:01:00 finished A001 @1 outcome=accepted"))
    total = reckoned(again, "08:20").total
    assert (total.outcomes, total.dossiers, total.service_time) == ({"accepted": 1}, 4, times(1, 600.0, 0, None))


def test_a_counter_that_was_opened_by_mistake_did_not_open_the_day() -> None:
    day = folded(happened("07:40:00 day-opened\n07:50:00 opened @1\n07:50:05 undone 07:50:00 @1\n08:00:00 opened @2"))
    assert day.first_counter == at("08:00")


RANGE = """08:00:00 day-opened
    08:00:00 issued A001
    09:00:00 issued A002 source=paper offline
    09:00:00 printed A002
    09:00:00 served-offline A001
    09:00:00 served-offline A002"""


def test_a_range_typed_wrongly_is_void_and_whoever_was_known_waits_on() -> None:
    """The hub voids what the range had given; A001 has waited from 08:00 to 09:30 all the time."""
    day = folded(happened(RANGE + "\n09:20:00 undone 09:00:00\n09:20:00 voided A002 reason=undone"))
    total = reckoned(day, "09:30").total
    assert (total.issued, total.served, total.void, total.waiting) == (2, 0, 1, 1)
    assert (total.longest_since, total.from_issue) == (stamp(at("08:00")), waits(0, None, None, (0, 1), (0, 1)))


def test_a_void_is_undone() -> None:
    table = "08:00:00 day-opened\n08:00:00 issued A001\n08:05:00 voided A001\n08:06:00 undone 08:05:00"
    day = folded(happened(table.replace("voided A001", "voided A001 reason=mistake")))
    assert way(day, "A001") == [("wait", "08:00:00")]
    assert reckoned(day, "08:10").total.waiting == 1


def test_an_undo_after_the_clock_was_set_still_finds_the_moments() -> None:
    """The clock is ten minutes behind until 08:00; A001 has really waited since 07:51."""
    table = """07:40:00 day-opened
        07:41:00 issued A001
        08:00:00 clock-set shift=600
        08:01:00 called A001 @1
        08:01:05 undone 08:01:00 @1"""
    assert way(folded(happened(table)), "A001") == [("wait", "07:51:00")]


def test_an_undo_that_the_log_contradicts_changes_nothing() -> None:
    """Taking back a call without the start that followed it is no state that there could be."""
    day = folded(happened("\n".join(NEXT.splitlines()[:6])))
    before = way(day, "A001")
    spoilt = ActionUndone(counter=1, undone=(5,), tickets=())
    with pytest.raises(ImpossibleMoveError, match="ServiceStarted in state waiting"):
        fold(day, spoilt, seq=7, at=at("07:52"), label="x", synced=True)
    assert way(day, "A001") == before
