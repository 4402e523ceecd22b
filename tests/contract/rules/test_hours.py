"""Rules 3.3 and 4.1 to 4.5 in three halls: before lunch, soon after lunch on a make-up day, and on a holiday.

None of them has a greeter: its clerks do that work.
"""

from datetime import datetime, timedelta
from functools import cache

import pytest

from tests.contract.rules.conftest import order_at
from tests.contract.rules.sites import clock, date, site, weekday, zone_where_it_is
from tests.whole.hall import accepted, refused


@cache
def ten() -> str:
    """The zone of the morning, from the first use on: the hall is made then, however long ago this file was read."""
    return zone_where_it_is(10)


@cache
def two() -> str:
    return zone_where_it_is(14)


@cache
def lunch() -> tuple[str, str]:
    """When it begins and ends."""
    return clock(ten(), 19), clock(ten(), 19 + 120)


def morning_hours() -> str:
    begins, ends = lunch()
    return f"""
[[hours]]
services = ["A", "B"]
days = ["{weekday(ten())}"]
serve = ["07:00-{begins}", "{ends}-17:00"]

[[hours]]
services = ["C"]
days = ["{weekday(ten())}"]
serve = ["07:00-{begins}", "{ends}-17:00"]
issue = ["07:00-08:00"]

[[hours]]
services = ["E"]
days = ["{weekday(ten())}"]
serve = ["07:00-08:00"]

[[duty]]
counter = 3
who = "cb-03"
services = ["C"]
days = ["{weekday(ten())}"]
half = "morning"

[[duty]]
counter = 4
who = "cb-04"
services = ["H", "M"]
days = ["{weekday(ten(), 1)}"]
"""


def afternoon_hours() -> str:
    return f"""
[[hours]]
days = ["{weekday(two(), 1)}"]
serve = ["07:00-11:30", "{clock(two(), -10)}-20:00"]

[[duty]]
counter = 3
who = "cb-33"
services = ["C"]
days = ["{weekday(two(), 1)}"]
half = "afternoon"
"""


HOLIDAY = """
[[hours]]
services = ["A", "B", "C", "E"]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
serve = ["07:00-11:30", "13:30-17:00"]
"""


@pytest.fixture(scope="module")
def morning(make_hall):
    """About ten, lunch in some 19 minutes; C gives no more numbers, E is not served any more, M has three a day."""
    text = site(zone=ten(), greeter=False, more=morning_hours())
    return make_hall(text.replace('name = "Nhiều hồ sơ"', 'name = "Nhiều hồ sơ"\nquota = 3'))


@pytest.fixture(scope="module")
def afternoon(make_hall):
    """About two, lunch was over ten minutes ago; today works like tomorrow's weekday."""
    day = f'make_up = {{ {date(two())} = "{weekday(two(), 1)}" }}\n'
    return make_hall(site(zone=two(), greeter=False, day=day, more=afternoon_hours()))


@pytest.fixture(scope="module")
def holiday(make_hall):
    """About ten on a day that is none."""
    return make_hall(site(zone=ten(), greeter=False, day=f'holidays = ["{date(ten())}"]\n', more=HOLIDAY))


def offer(hall, code):
    """What a kiosk may offer of one service now."""
    return next(line for line in hall.states()["state/services"]["services"] if line["code"] == code)


# -- 4.1, 4.4 -----------------------------------------------------------------------------------------------------


def test_a_kiosk_gives_numbers_in_the_issue_hours_only(morning):
    assert accepted(morning.kiosk.asks("issue", service="A"))["ticket"] == "A001"
    assert offer(morning, "A")["gives"] is True
    assert "Đất đai" in refused(morning.kiosk.asks("issue", service="C"), "issue-closed")
    closed = offer(morning, "C")
    assert (closed["gives"], closed["note"]["vi"]) == (False, "ngoài giờ lấy số")


def test_a_person_may_still_give_one(morning):
    with morning.listens() as ear:
        number = accepted(morning.clerk(3).asks("issue", service="C"))["ticket"]
        event = ear.hears("event/ticket-issued", ticket=number)
    assert (event.data["after_hours"], event.data["source"]) == (False, "clerk"), "C is served until lunch"


def test_a_service_without_hours_is_open_at_all_hours(morning):
    assert accepted(morning.kiosk.asks("issue", service="H"))["ticket"] == "H001"


def test_calls_after_hours_are_allowed_and_counted(morning):
    with morning.listens() as ear:
        number = accepted(morning.clerk(4).asks("issue", service="E"))["ticket"]
        assert ear.hears("event/ticket-issued", ticket=number).data["after_hours"] is True
        accepted(morning.unit(4).asks("call", ticket=number, reason="ordered"))
        assert ear.hears("event/ticket-called", ticket=number).data["after_hours"] is True
        accepted(morning.unit(4).asks("no-show"))
        accepted(morning.unit(4).asks("call", ticket=number))
        other = accepted(morning.kiosk.asks("issue", service="H"))["ticket"]
        accepted(morning.unit(4).asks("call", ticket=other, reason="ordered"))
        assert ear.hears("event/ticket-called", ticket=other).data["after_hours"] is False
    assert morning.states()["state/day"]["account"]["after_hours"] == 1, "a number counts once"


# -- 4.2 ----------------------------------------------------------------------------------------------------------


def test_half_an_hour_before_lunch_the_wall_says_who_is_still_expected(morning):
    """Nothing was measured yet, so a call every five minutes: three more people in 18 to 19 minutes."""
    accepted(morning.unit(1).asks("open"))
    board = morning.states()["state/board"]
    begins, ends = (datetime.fromisoformat(board["lunch"][key]) for key in ("begins", "ends"))
    assert (begins.strftime("%H:%M"), ends - begins) == (lunch()[0], timedelta(hours=2))

    [first, *_] = waiting = [*morning.numbers("B", 5)]
    assert _last_before_lunch(morning, "B") == waiting[2]
    accepted(morning.clerk(1).asks("void", ticket=waiting[3], reason="x"))
    accepted(morning.clerk(1).asks("void", ticket=waiting[4], reason="x"))
    assert _last_before_lunch(morning, "B") is None, "everybody who waits is expected before lunch"
    assert first


def test_where_nobody_serves_nobody_is_expected(morning):
    accepted(morning.clerk(3).asks("issue", service="C"))
    assert _last_before_lunch(morning, "C") == ""


def _last_before_lunch(hall, code):
    line = next(line for line in hall.states()["state/board"]["services"] if line["code"] == code)
    return line["last_before_lunch"]


def test_who_waited_before_lunch_and_misses_the_first_call_keeps_the_place(afternoon):
    with afternoon.listens() as ear:
        before, after = afternoon.earlier("A", seconds_ago=4 * 3600), afternoon.number("A")
        for number, keeps in ((before, True), (after, False)):
            assert accepted(afternoon.unit(1).asks("next"))["ticket"] == number
            accepted(afternoon.unit(1).asks("no-show"))
            missed = ear.hears("event/ticket-missed", ticket=number)
            assert (missed.data["keeps_place"], missed.data["inferred"]) == (keeps, False)
        third = afternoon.number("A")
        accepted(afternoon.kiosk.asks("return", ticket=before))
        assert ear.hears("event/ticket-returned", ticket=before).data["after"] is None
        assert order_at(afternoon, 1) == [before, third]


def test_in_the_afternoon_the_wall_says_nothing_of_lunch(afternoon):
    assert afternoon.states()["state/board"]["lunch"] is None


# -- 4.3, 3.3 -----------------------------------------------------------------------------------------------------


def test_a_make_up_day_works_like_the_day_it_makes_up_for(afternoon):
    """Hours and roster are those of tomorrow's weekday; today's weekday has none."""
    assert offer(afternoon, "A")["gives"] is True
    counter = afternoon.states()["state/counter/3"]
    assert (counter["services"], counter["on_duty"]) == (["C"], "cb-33")


def test_on_a_holiday_no_kiosk_gives_a_number(holiday):
    refused(holiday.kiosk.asks("issue", service="A"), "issue-closed")
    assert offer(holiday, "A")["note"]["vi"] == "ngoài giờ lấy số"
    with holiday.listens() as ear:
        number = accepted(holiday.clerk(1).asks("issue", service="A"))["ticket"]
        assert ear.hears("event/ticket-issued", ticket=number).data["after_hours"] is True


def test_the_roster_holds_from_the_first_look_in_a_half_day(morning):
    states = morning.states()
    assert (states["state/counter/3"]["services"], states["state/counter/3"]["on_duty"]) == (["C"], "cb-03")
    rostered = states["state/counter/4"]
    assert (rostered["services"], rostered["on_duty"]) == (["E", "H", "M"], None), "no duty today: its own services"
    first = accepted(morning.device("stats").asks("replay", from_seq=1, limit=5))["events"]
    said = {e["data"]["counter"]: e["data"] for e in first if e["type"] == "services-assigned"}
    assert set(said) == {3, 4}, "once per half-day for each counter of the roster"
    assert (said[3]["half"], said[3]["by"]) == (f"{date(ten())}/morning", "")


def test_what_people_change_stays_changed(morning):
    accepted(morning.unit(3).asks("assign", services=["A", "C"]))
    with morning.listens() as ear:
        ear.hears("beat", since=len(ear.heard))
    assert morning.states()["state/counter/3"]["services"] == ["A", "C"]


# -- 4.5 ----------------------------------------------------------------------------------------------------------


def test_a_quota_is_told_and_ends(morning):
    left = [offer(morning, "M")["left"]]
    for _ in range(3):
        last = morning.number("M")
        left.append(offer(morning, "M")["left"])
    assert left == [3, 2, 1, 0]
    for who in (morning.kiosk, morning.clerk(4)):
        assert "3" in refused(who.asks("issue", service="M"), "quota-full")
    full = offer(morning, "M")
    assert (full["gives"], full["note"]["vi"]) == (False, "hết số hôm nay")

    accepted(morning.manager.asks("void", ticket=last, reason="đã về"))
    assert offer(morning, "M")["note"]["vi"] == "còn 1 số"
    paper = morning.unused("M", 2)
    accepted(morning.clerk(4).asks("issued-offline", ticket=paper[0], to=paper[1], service="M"))
    assert offer(morning, "M")["left"] == 0, "a number on paper is taken in, and counts"
    refused(morning.kiosk.asks("issue", service="M"), "quota-full")
