"""The judge of the cut link finds each kind of broken promise in hand-made logs and slips, and none in a good day."""

from dataclasses import replace
from typing import Any

from tests.whole.cuts_judge import Dark, Press, Seen, Slip, Word, wrong

WITHIN = 1.5
NEAR, FAR = "kiosk-1", "kiosk-2"


def event(seq: int, kind: str, ticket: str, **more: Any) -> dict[str, Any]:
    at = f"1970-01-01T00:{seq:02}:00.000+00:00"
    return {"seq": seq, "at": at, "type": kind, "data": {"ticket": ticket, **more}}


def given(seq: int, ticket: str, **more: Any) -> list[dict[str, Any]]:
    return [event(seq, "ticket-issued", ticket, **more), event(seq + 1, "ticket-printed", ticket)]


def called(seq: int, ticket: str) -> dict[str, Any]:
    return event(seq, "ticket-called", ticket, counter=1)


#: Three people: on line, off line at the other kiosk, on line again; called in that order.
DAY = Seen(
    presses=[Press(NEAR, "A", 10.0), Press(FAR, "A", 20.0), Press(NEAR, "B", 30.0)],
    slips=[Slip(NEAR, "A001", 10.3), Slip(FAR, "A700", 21.2), Slip(NEAR, "B001", 30.3)],
    words=[Word(NEAR, "B", "printing", 30.1)],
    log=[
        *given(1, "A001"),
        *given(3, "B001"),
        *given(5, "A700", offline=True, seconds_ago=15.0),
        *(called(7 + n, ticket) for n, ticket in enumerate(("A001", "A700", "B001"))),
    ],
)


def seen(**other: Any) -> list[str]:
    """What is wrong with the day when this was otherwise."""
    return wrong(replace(DAY, **other), WITHIN)


def log_without(*kinds: str, ticket: str = "") -> list[Any]:
    return [e for e in DAY.log if e["type"] not in kinds or (ticket and e["data"]["ticket"] != ticket)]


def test_a_good_day_is_right():
    assert seen() == []


def test_a_number_that_came_out_twice_is_found():
    [words] = seen(slips=[*DAY.slips, Slip(NEAR, "A001", 10.8)])
    assert words == "A001 was given twice, at kiosk-1, kiosk-1"
    both = seen(slips=[*DAY.slips, Slip(NEAR, "A700", 30.4, paper=False)])
    assert "A700 was given twice, at kiosk-2, kiosk-1" in both


def test_a_number_on_paper_that_was_shown_too_is_one():
    assert seen(slips=[*DAY.slips, Slip(NEAR, "A001", 10.1, paper=False)]) == []


def test_a_printed_ticket_that_the_log_lacks_is_found():
    lacking = [e for e in DAY.log if e["data"]["ticket"] != "A700"]
    assert seen(log=lacking) == ["A700 is in a hand, and not in the log"]


def test_a_number_twice_in_the_log_is_found():
    assert "A700 is in the log 2 times" in seen(log=[*DAY.log, *given(20, "A700")])


def test_a_hand_with_a_void_number_is_found():
    assert seen(log=[*DAY.log, event(20, "ticket-voided", "A001", reason="unclaimed")]) == [
        "A001 is in a hand, and void"
    ]


def test_paper_that_was_never_reported_is_found():
    assert seen(log=log_without("ticket-printed")) != []
    assert seen(log=log_without("ticket-printed", ticket="B001")) == ["the log does not know that B001 is on paper"]


def test_a_press_without_an_answer_is_found():
    words = seen(presses=[*DAY.presses, Press(FAR, "B", 40.0)])
    assert words == ["a press for B at kiosk-2 was never answered"]


def test_a_press_that_was_answered_too_late_is_found():
    slips = [DAY.slips[0], Slip(FAR, "A700", 21.6), DAY.slips[2]]
    assert seen(slips=slips) == ["a press for A at kiosk-2 was answered after 1.60 s"]


def test_a_sorry_is_an_answer_and_so_is_the_page_that_prints():
    presses = [*DAY.presses, Press(FAR, "B", 40.0)]
    assert seen(presses=presses, words=[Word(FAR, "B", "sorry", 40.2)]) == []
    assert seen(slips=[*DAY.slips[:2], Slip(NEAR, "B001", 36.0)]) == [], "printing takes what it takes"


def test_a_word_about_another_service_is_no_answer():
    presses = [*DAY.presses, Press(FAR, "B", 40.0)]
    assert len(seen(presses=presses, words=[Word(FAR, "A", "sorry", 40.2)])) == 1


def test_a_press_that_gave_two_numbers_is_found():
    slips, log = [*DAY.slips, Slip(FAR, "A701", 22.0)], [*DAY.log, *given(20, "A701", offline=True)]
    assert seen(slips=slips, log=log) == ["a press for A at kiosk-2 gave A700, A701"]


def test_a_slip_that_nobody_had_asked_for_is_found():
    slips, log = [Slip(FAR, "A701", 5.0), *DAY.slips], [*DAY.log, *given(20, "A701")]
    assert "A701 came out of kiosk-2, and nobody had pressed" in seen(slips=slips, log=log)


def test_a_number_that_nobody_holds_must_be_void_or_known_to_the_staff():
    left = [*DAY.log, event(20, "ticket-issued", "A002")]
    assert seen(log=left) == ["nobody holds A002, and it is not void"]
    assert seen(log=[*left, event(21, "ticket-voided", "A002", reason="replaced")]) == []
    assert seen(log=[*left, event(21, "ticket-print-failed", "A002", reason="line-lost")]) == []


def order(*numbers: str) -> list[Any]:
    """The day's log with another order of calls."""
    return [*log_without("ticket-called"), *(called(7 + n, number) for n, number in enumerate(numbers))]


def test_an_order_turned_round_is_found():
    assert seen(log=order("A001", "B001", "A700")) == ["A700 pressed before B001, and was called after"]
    assert seen(log=order("A001", "B001")) == ["A700 pressed before B001, and was called after"]


def test_whoever_pressed_in_the_dark_was_heard_later():
    turned = order("A001", "B001", "A700")
    assert seen(log=turned, dark=[Dark(FAR, 19.0, 20.5)]) == []
    assert len(seen(log=turned, dark=[Dark(FAR, 10.0, 11.0)])) == 1


def test_whoever_the_hub_had_not_heard_of_may_be_called_later():
    late = [*given(1, "A001"), *given(3, "B001"), called(7, "A001"), called(8, "B001")]
    assert seen(log=[*late, *given(9, "A700", offline=True), called(11, "A700")]) == []


def test_presses_at_nearly_the_same_moment_have_no_order():
    presses = [Press(NEAR, "A", 10.0), Press(FAR, "A", 29.5), Press(NEAR, "B", 30.0)]
    slips = [DAY.slips[0], Slip(FAR, "A700", 30.9), DAY.slips[2]]
    assert seen(presses=presses, slips=slips, log=order("A001", "B001", "A700")) == []


def test_a_power_cut_excuses_the_presses_just_before_and_while_it_is_dark():
    presses = [*DAY.presses, Press(FAR, "B", 40.0)]
    assert seen(presses=presses, dark=[Dark(FAR, 41.0, 43.0)]) == []
    assert seen(presses=presses, dark=[Dark(FAR, 38.0, 43.0)]) == []
    assert len(seen(presses=presses, dark=[Dark(FAR, 36.0, 39.0)])) == 1
    assert len(seen(presses=presses, dark=[Dark(FAR, 46.0, 47.0)])) == 1
    assert len(seen(presses=presses, dark=[Dark(NEAR, 41.0, 43.0)])) == 1


def test_a_power_cut_excuses_no_number_twice_and_none_that_is_missing():
    dark = [Dark(NEAR, 0.0, 100.0), Dark(FAR, 0.0, 100.0)]
    assert "A001 was given twice, at kiosk-1, kiosk-1" in seen(slips=[*DAY.slips, Slip(NEAR, "A001", 10.8)], dark=dark)
    assert seen(log=[e for e in DAY.log if e["data"]["ticket"] != "A700"], dark=dark) != []
    assert seen(log=[*DAY.log, event(20, "ticket-voided", "A001", reason="unclaimed")], dark=dark) != []


def test_a_number_of_a_press_that_a_power_cut_ended_may_be_in_nobodys_hand():
    left = [*DAY.log, event(20, "ticket-issued", "A701", device=FAR, seconds_ago=100.0)]  # pressed at 1100
    assert seen(log=left, dark=[Dark(FAR, 1101.0, 1102.0)]) == []
    assert seen(log=left, dark=[Dark(FAR, 1090.0, 1099.0)]) == ["nobody holds A701, and it is not void"]
    assert seen(log=left, dark=[Dark(NEAR, 1101.0, 1102.0)]) == ["nobody holds A701, and it is not void"]


def test_paper_that_came_out_just_before_a_power_cut_may_be_unreported():
    log = log_without("ticket-printed", ticket="B001")
    assert seen(log=log, dark=[Dark(NEAR, 31.0, 32.0)]) == []


def test_on_a_machine_that_stood_still_presses_are_further_apart_and_power_cuts_reach_further_back():
    turned = order("A001", "B001", "A700")  # of presses ten seconds apart
    assert (len(seen(log=turned, late=8.0)), seen(log=turned, late=9.5)) == (1, [])
    presses, dark = [*DAY.presses, Press(FAR, "B", 40.0)], [Dark(FAR, 46.0, 47.0)]
    assert (len(seen(presses=presses, dark=dark)), seen(presses=presses, dark=dark, late=2.0)) == (1, [])
