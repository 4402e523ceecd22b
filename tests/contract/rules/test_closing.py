"""Rules 8.1 to 8.4 and 9.2: the day is closed, opened again, carried over, practised on; each test has its own hall."""

import pytest

from tests.contract.rules.conftest import order_at
from tests.contract.rules.sites import SITE, clock, date, site, zone_where_it_is
from tests.whole.hall import accepted, refused

ENDS = ("served", "absent", "void", "expired", "waiting", "held", "at_counters")


@pytest.fixture
def hall(make_hall):
    """A hall of its own: its day is closed."""
    hall = make_hall(SITE)
    yield hall
    hall.close()


@pytest.fixture(autouse=True)
def _empty():
    """Nobody comes after."""


def balanced(account):
    """Every number of the account has one place."""
    assert account["issued"] == sum(account[end] for end in ENDS), account
    return account


def next_morning(hall, days=1):
    """The hub is switched off for the night and starts so many days after today."""
    hall.kill()
    hall.faketime = f"+{days}d"
    hall.start()


def a_full_hall(hall):
    """One held, one at a counter, one absent, one void, one served, two waiting; who waits or is held, in order."""
    held = hall.serving(1, "A")
    accepted(hall.unit(1).asks("hold"))
    hall.serving(2, "A")
    for how in ("no-show", "finish"):
        hall.number("A")
        accepted(hall.unit(1).asks("next"))
        accepted(hall.unit(1).asks(how))
    accepted(hall.manager.asks("void", ticket=hall.number("A"), reason="x"))
    return [held, *hall.numbers("B", 2)]


def test_a_person_has_to_choose_for_those_who_are_left(hall):
    left = a_full_hall(hall)
    before = hall.states()
    assert before["state/day"]["leftover"] == left
    reply = hall.manager.asks("close-day")
    sentence = refused(reply, "still-waiting")
    assert all(number in sentence for number in left)
    assert reply.data == {"waiting": left, "choices": ["overtime", "carry-over", "expire"]}
    assert hall.states() == before


def test_expired(hall, ear):
    left = a_full_hall(hall)
    said = accepted(hall.manager.asks("close-day", leftover="expire"))
    assert (said["open"], said["leftover"]) == (False, [])
    for number, was in zip(left, ("held", "waiting", "waiting"), strict=True):
        event = ear.hears("event/ticket-expired", ticket=number)
        assert (event.data["was"], event.data["carried"]) == (was, False)
    assert ear.hears("event/service-finished", counter=2).data["inferred"] is True, "a forgotten finish"
    closed = ear.hears("event/day-closed")
    assert (closed.data["reason"], closed.data["account"]["carried"]) == ("people", [])
    account = balanced(said["account"])
    ended = {end: account[end] for end in ENDS}
    assert ended == {"served": 2, "absent": 1, "void": 1, "expired": 3, "waiting": 0, "held": 0, "at_counters": 0}
    assert (account["inferred"], account["outcomes"]) == (1, {"unknown": 2})
    refused(hall.manager.asks("close-day"), "day-closed")


def test_overtime_serves_those_who_are_left_and_nobody_else(hall, ear):
    left = a_full_hall(hall)
    accepted(hall.manager.asks("close-day", leftover="overtime"))
    assert ear.hears("event/day-extended").data["waiting"] == left
    states = hall.states()
    assert (states["state/day"]["open"], states["state/day"]["overtime"]) == (True, True)
    assert states["state/board"]["overtime"] is True
    assert states["state/services"]["services"][0]["note"]["vi"] == "đã hết giờ lấy số"
    refused(hall.kiosk.asks("issue", service="A"), "issue-closed")
    refused(hall.greeter.asks("issue", service="A"), "issue-closed")

    refused(hall.manager.asks("close-day"), "still-waiting")
    assert order_at(hall, 1) == left[1:]
    accepted(hall.unit(1).asks("resume", ticket=left[0]))
    accepted(hall.unit(1).asks("finish"))
    assert balanced(accepted(hall.manager.asks("close-day"))["account"])["expired"] == 0


def test_nobody_is_left_and_nobody_is_asked(hall):
    hall.serving(1, "A")
    assert accepted(hall.manager.asks("close-day"))["open"] is False


def test_carried_over_they_go_first_on_the_next_day(hall):
    """B021 and B022 were carried; today B001 and B002 wait; the old B022 comes, then the old B021."""
    _, first, second = a_full_hall(hall)
    favoured = hall.number("B", priority=True)
    old_day = hall.states()["state/day"]["label"]
    said = accepted(hall.manager.asks("close-day", leftover="carry-over"))
    assert said["account"]["carried"] == [_, first, second, favoured]
    balanced(said["account"])

    next_morning(hall)
    today = [accepted(hall.kiosk.asks("issue", service="B"))["ticket"] for _ in range(2)]
    assert today == ["B001", "B002"]
    back = {old: _back(hall, old, old_day) for old in (second, first)}
    assert list(back.values()) == ["B003", "B004"]
    assert _back(hall, second, old_day) == "B003", "asked twice, the same number"
    refused(hall.kiosk.asks("return", ticket="B400", day=old_day), "not-carried")
    refused(hall.kiosk.asks("return", ticket=first, day="2001-01-01"), "not-carried")
    assert order_at(hall, 1) == ["B004", "B003", *today]

    number = _back(hall, favoured, old_day)
    [event] = [e for e in _log(hall, "ticket-issued") if e["ticket"] == number]
    assert (event["priority"], event["carried"]) == (True, f"{old_day}/{favoured}")


def test_the_code_of_an_old_paper_brings_the_number_of_today(hall, ear):
    old = accepted(hall.kiosk.asks("issue", service="B", token="6f1c2a90b7e4d358"))["ticket"]
    accepted(hall.manager.asks("close-day", leftover="carry-over"))
    next_morning(hall)
    first_of_today = accepted(hall.kiosk.asks("issue", service="B"))["ticket"]
    back = accepted(hall.kiosk.asks("return", token="6f1c2a90b7e4d358"))
    assert (back["ticket"], back["replaces"], back["ahead"]) == ("B002", old, 0)
    assert order_at(hall, 1) == ["B002", first_of_today]
    opened = _log(hall, "day-opened")[-1]
    assert "6f1c2a90b7e4d358" not in str(opened), "the log keeps the hash alone"
    refused(hall.kiosk.asks("return", token="0000000000000000"), "unknown-token")


def test_a_day_on_which_nobody_came_takes_nobodys_place(hall):
    """Friday's people go first on Monday, although the hub opened a Saturday."""
    _, first, _ = a_full_hall(hall)
    old_day = hall.states()["state/day"]["label"]
    accepted(hall.manager.asks("close-day", leftover="carry-over"))
    for days in (1, 2):
        next_morning(hall, days)
    assert _back(hall, first, old_day) == "B001"


def _back(hall, old, day):
    return accepted(hall.greeter.asks("return", ticket=old, day=day))["ticket"]


def _log(hall, kind):
    """The data of every event of one type."""
    events = accepted(hall.device("stats").asks("replay", from_seq=1))["events"]
    return [event["data"] for event in events if event["type"] == kind]


def test_a_day_that_nobody_closed_carries_people_over_too(hall):
    left = a_full_hall(hall)
    old_day = hall.states()["state/day"]["label"]
    next_morning(hall)
    [closed] = _log(hall, "day-closed")
    assert (closed["reason"], closed["account"]["carried"], closed["by"]) == ("rule", left, "")
    balanced({"waiting": 0, "held": 0, "at_counters": 0, **closed["account"]})
    assert [entry["ticket"] for entry in _log(hall, "day-opened")[-1]["carried"]] == left
    assert _back(hall, left[1], old_day) == "B001"


def test_a_day_closed_by_mistake(hall, ear):
    """Closed with twelve people waiting, opened again: everybody stands in the old order."""
    held, *_ = a_full_hall(hall)
    waiting = hall.numbers("A", 3)
    at_counter = hall.states()["state/counter/2"]["ticket"]
    before = balanced(hall.states()["state/day"]["account"])
    refused(hall.manager.asks("reopen-day"), "day-open")
    accepted(hall.manager.asks("close-day", leftover="expire"))
    refused(hall.kiosk.asks("issue", service="A"), "day-closed")

    said = accepted(hall.manager.asks("reopen-day"))
    ear.hears("event/day-reopened")
    account = balanced(said["account"])
    assert (account["waiting"], account["held"], account["absent"]) == (5, 1, 1)
    assert (account["served"], account["at_counters"]) == (before["served"] + 1, 0)
    assert hall.states()["state/counter/1"]["held"] == [held]
    assert hall.number("A") > waiting[-1]
    accepted(hall.greeter.asks("return", ticket=at_counter))
    assert order_at(hall, 3)[:4] == [at_counter, *waiting]


def test_a_day_that_is_over_stays_closed(hall):
    hall.number("A")
    accepted(hall.manager.asks("close-day", leftover="carry-over"))
    next_morning(hall)
    refused(hall.manager.asks("reopen-day"), "day-open")
    accepted(hall.manager.asks("close-day", leftover="expire"))
    assert accepted(hall.manager.asks("reopen-day"))["label"] == date(hall.site.site.time_zone, 1)


def test_before_the_next_day_opens_the_last_one_is_over(make_hall):
    """It opens in about an hour."""
    zone = zone_where_it_is(10)
    hall = make_hall(site(zone=zone, day=f"opens = {clock(zone, 60)}:00\n"))
    hall.number("A")
    accepted(hall.manager.asks("close-day", leftover="carry-over"))
    next_morning(hall)
    assert hall.states()["state/day"]["open"] is False
    refused(hall.manager.asks("reopen-day"), "day-over")
    assert hall.states()["state/day"]["open"] is False


def test_practice_is_outside_everything_and_a_real_day_ends_it(hall, ear):
    accepted(hall.manager.asks("close-day"))
    today = hall.states()["state/day"]["label"]
    said = accepted(hall.manager.asks("open-day", training=True))
    assert said["label"].startswith("training-")
    assert said["account"]["training"] is True
    opened = ear.hears("event/day-opened", training=True)
    given = accepted(hall.kiosk.asks("issue", service="A"))
    number = given["ticket"]
    assert (number, given["training"]) == ("A9001", True)
    states = hall.states()
    assert [states[f"state/{name}"]["training"] for name in ("board", "services", "day")] == [True, True, True]
    assert ear.hears("event/ticket-issued", ticket=number).body["day"] == opened.body["day"]
    lease = accepted(hall.kiosk.asks("lease", service="B"))
    assert lease["from"] == 9700
    refused(hall.manager.asks("open-day", training=True), "day-open")

    accepted(hall.manager.asks("open-day"))
    assert ear.hears("event/ticket-expired", ticket=number).data["carried"] is False
    states = hall.states()
    assert (states["state/day"]["training"], states["state/day"]["account"]["issued"]) == (False, 0)
    assert states["state/day"]["label"] != today
    assert hall.number("A") == "A001"


def test_a_notice_of_the_manager(hall):
    accepted(hall.manager.asks("notice", text="Chiều nay nghỉ họp từ 16 giờ."))
    assert hall.states()["state/board"]["notices"] == ["Chiều nay nghỉ họp từ 16 giờ."]
    accepted(hall.manager.asks("notice", text=""))
    assert hall.states()["state/board"]["notices"] == []
