"""A call that is taken back: never spoken, or its visitor is asked to wait, aloud and on the wall."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display.phrases import DIGITS
from display.undone import SHOWN
from moiso.wire.ports import LinkUp
from tests.display.hall import Hall, cut, running

CALL = "Mời công dân có số thứ tự A, không một hai, đến quầy số một."
WAIT = "Số A, không một hai, vui lòng chờ."


def withdrawn(hall: Hall) -> list[str]:
    return [call.ticket for call in hall.calls() if call.withdrawn]


def heard() -> Hall:
    """A012 was called at seq 11, and that was read to the end, twice."""
    hall = running(hall_call := Hall().call("A011", 9, 3), seq=10)
    hall.turn(hall.called("A012", 11), hall.board(hall.call("A012", 11), hall_call, seq=11))
    hall.wait(12)
    assert hall.texts == [CALL, CALL]
    return hall


def test_a_call_taken_back_before_it_was_spoken_is_never_spoken_and_no_word_is_lost_about_it():
    hall = running()
    hall.turn(hall.called("A001", 11, 2), hall.called("A012", 12))
    hall.turn(hall.board(hall.call("A012", 12), hall.call("A001", 11, 2), seq=12))
    hall.turn(hall.undone("A012", 13, [12]), hall.board(hall.call("A001", 11, 2), seq=13))
    hall.wait(60)
    assert hall.said == ["A001"]
    assert hall.shown() == ["A001"]
    assert hall.unspoken() == set()


def test_a_recall_and_its_undo_in_the_same_moment_say_nothing_though_the_loudspeaker_is_idle():
    hall = heard()
    hall.turn(hall.recalled("A012", 12), hall.undone("A012", 13, [12], to="called"))
    hall.wait(30)
    assert hall.texts == [CALL, CALL]
    assert withdrawn(hall) == []


def test_a_call_taken_back_after_it_was_spoken_asks_to_wait_once_and_shows_it_where_the_call_stood():
    hall = heard()
    hall.turn(hall.undone("A012", 12, [10, 11]))
    assert withdrawn(hall) == ["A012"]
    assert hall.shown() == ["A012", "A011"]
    hall.turn(hall.board(hall.call("A011", 9, 3), seq=12))
    assert hall.shown() == ["A012", "A011"]
    hall.wait(30)
    assert hall.texts == [CALL, CALL, WAIT]
    assert hall.shown() == ["A011"]


def test_a_call_taken_back_while_it_is_spoken_ends_whole_and_is_not_read_again():
    hall = running()
    hall.turn(hall.called("A012", 11), hall.board(hall.call("A012", 11), seq=11))
    hall.turn(hall.undone("A012", 12, [11]), hall.board(seq=12), after=1.0)
    assert (hall.texts, withdrawn(hall)) == ([CALL], ["A012"])
    hall.wait(30)
    assert hall.texts == [CALL, WAIT]


def test_a_call_pushed_aside_by_a_newer_one_is_taken_back_in_its_row():
    hall = heard()
    hall.turn(hall.called("A020", 12, 2), hall.board(hall.call("A020", 12, 2), hall.call("A012", 11), seq=12))
    hall.wait(12)
    hall.turn(hall.undone("A012", 13, [11]), hall.board(hall.call("A020", 12, 2), hall.call("A011", 9, 3), seq=13))
    hall.wait(6)
    assert hall.shown() == ["A020", "A012", "A011"]
    assert withdrawn(hall) == ["A012"]


def test_who_is_asked_to_wait_stands_large_while_it_is_said():
    hall = heard()
    hall.turn(hall.called("A020", 12, 2), hall.board(hall.call("A020", 12, 2), hall.call("A012", 11), seq=12))
    hall.turn(hall.undone("A012", 13, [11]), hall.board(hall.call("A020", 12, 2), seq=13))
    hall.wait(6)
    assert hall.view().call.withdrawn
    hall.wait(5)
    assert hall.view().call.ticket == "A020"


def test_nobody_is_asked_to_wait_for_ever():
    hall = heard()
    hall.turn(hall.undone("A012", 12, [11]), hall.board(seq=12))
    hall.turn(hall.beat(12), after=SHOWN - 0.1)
    assert withdrawn(hall) == ["A012"]
    hall.turn(hall.beat(12), after=0.2)
    assert hall.shown() == []


def test_who_is_called_again_does_not_wait_any_more():
    hall = heard()
    hall.turn(hall.undone("A012", 12, [11]), hall.board(seq=12))
    hall.wait(6)
    hall.turn(hall.called("A012", 13, 4), hall.board(hall.call("A012", 13, 4), seq=13))
    assert (hall.shown(), withdrawn(hall)) == (["A012"], [])
    hall.wait(20)
    assert hall.texts[-1] == CALL.replace("số một.", "số bốn.")


def test_a_request_to_wait_not_yet_spoken_gives_way_to_a_new_call_in_the_order_of_the_log():
    hall = heard()
    hall.turn(hall.called("A020", 12, 2))
    hall.turn(hall.undone("A012", 13, [11]), hall.called("A021", 14, 3), hall.called("A012", 15, 4))
    hall.wait(40)
    assert hall.said == ["A012", "A020", "A021", "A012"]
    assert WAIT not in hall.texts


def test_an_earlier_call_of_whoever_is_asked_to_wait_stands_where_it_stood():
    hall = running(Hall().call("A012", 9, 3), seq=10)
    hall.turn(hall.called("A012", 11), hall.board(hall.call("A012", 11), seq=11))
    hall.wait(12)
    hall.turn(hall.undone("A012", 12, [11], to="absent"))
    assert [(call.ticket, call.withdrawn) for call in hall.calls()] == [("A012", True)]
    hall.turn(hall.board(hall.call("A012", 9, 3), seq=12))
    assert [(call.counter, call.withdrawn) for call in hall.calls()] == [("", True), ("Quầy 3", False)]


@pytest.mark.parametrize("state", ["held", "absent", "waiting"])
def test_whoever_was_called_by_number_is_asked_to_wait_too(state):
    hall = heard()
    hall.turn(hall.undone("A012", 12, [11], to=state))
    hall.wait(10)
    assert hall.texts[-1] == WAIT


@pytest.mark.parametrize(("was", "to"), [("absent", "called"), ("done", "serving"), ("void", "waiting")])
def test_whoever_the_same_undo_puts_back_hears_nothing(was, to):
    hall = heard()
    hall.turn(hall.undone("A012", 13, [10, 11], ("A011", was, to)), hall.board(hall.call("A011", 9, 3), seq=13))
    hall.wait(20)
    assert hall.texts == [CALL, CALL, WAIT]


def test_a_no_show_that_is_taken_back_announces_nothing():
    hall = heard()
    undo = hall.event(
        "action-undone", 13, counter=1, undone=[12],
        tickets=[{"ticket": "A012", "was": "absent", "state": "called", "service": "A", "counter": 1}],
    )  # fmt: skip
    hall.turn(undo, hall.board(hall.call("A012", 11), seq=13))
    hall.wait(20)
    assert (hall.texts, withdrawn(hall)) == ([CALL, CALL], [])


def test_a_recall_taken_back_after_it_was_spoken_announces_nothing():
    hall = heard()
    hall.turn(hall.recalled("A012", 12))
    hall.wait(12)
    said = list(hall.texts)
    hall.turn(hall.undone("A012", 13, [12], to="called"), hall.board(hall.call("A012", 11), seq=13))
    hall.wait(12)
    assert (hall.texts, withdrawn(hall)) == (said, [])


def test_a_request_to_wait_that_had_to_wait_itself_is_shown_as_long_as_any():
    hall = heard()
    hall.turn(*(hall.called(f"A0{n}", n, 2) for n in (12, 13, 14)))
    hall.turn(hall.undone("A012", 15, [11]), hall.board(hall.call("A014", 14, 2), seq=15))
    hall.wait(16)
    assert hall.texts[-1] == WAIT
    hall.wait(18)
    assert withdrawn(hall) == ["A012"]
    hall.wait(4)
    assert withdrawn(hall) == []


def test_a_recall_taken_back_before_it_was_spoken_leaves_the_call_alone():
    hall = heard()
    hall.turn(hall.called("A020", 12, 2), hall.recalled("A012", 13))
    hall.turn(hall.undone("A012", 14, [13], to="called"))
    hall.wait(30)
    assert hall.said == ["A012", "A020"]
    assert withdrawn(hall) == []


def test_a_recall_that_only_refreshed_a_waiting_call_takes_nothing_of_it_back():
    hall = running()
    hall.turn(hall.called("A001", 11, 2), hall.called("A012", 12), hall.recalled("A012", 13))
    hall.turn(hall.undone("A012", 14, [13], to="called"))
    hall.wait(30)
    assert hall.said == ["A001", "A012"]


def test_an_undo_that_comes_doubled_asks_once():
    hall = heard()
    undo = hall.undone("A012", 12, [11])
    hall.turn(undo, undo)
    hall.wait(10)
    hall.turn(undo)
    hall.wait(10)
    assert hall.texts.count(WAIT) == 1


def test_a_call_that_comes_behind_its_own_undo_is_not_spoken():
    hall = running()
    hall.turn(hall.undone("A012", 12, [11]), hall.called("A012", 11))
    hall.wait(20)
    assert (hall.texts, withdrawn(hall)) == ([], [])


def test_an_old_undo_does_not_touch_a_newer_call():
    hall = heard()
    late = hall.undone("A012", 12, [11])
    hall.turn(hall.called("A012", 13, 4), late)
    hall.wait(20)
    assert hall.said == ["A012", "A012"]
    assert (WAIT in hall.texts, withdrawn(hall)) == (False, [])


def test_a_call_of_before_the_walls_start_was_heard_by_the_hall():
    hall = Hall()
    hall.turn(LinkUp(), hall.board(hall.call("A012", 11), seq=11), hall.beat(11))
    hall.turn(hall.undone("A012", 12, [11]), hall.board(seq=12))
    hall.wait(10)
    assert (hall.texts, withdrawn(hall)) == ([WAIT], ["A012"])


def test_a_call_that_was_only_shown_is_taken_back_on_the_wall_only():
    hall = running()
    hall.turn(hall.board(hall.call("A012", 11, ago=40), seq=11))
    assert hall.unspoken() == {"A012"}
    hall.turn(hall.undone("A012", 12, [11]), hall.board(seq=12))
    hall.wait(10)
    assert (hall.texts, withdrawn(hall)) == ([], ["A012"])


def test_a_request_that_cannot_be_spoken_marks_nobody_as_not_called():
    hall = Hall(volume=0)
    hall.turn(LinkUp(), hall.board(hall.call("A012", 9), seq=10), hall.beat(10))
    hall.turn(hall.undone("A012", 12, [9]), hall.board(seq=12))
    hall.wait(30)
    hall.turn(hall.board(hall.call("A012", 9), seq=12))
    assert hall.unspoken() == set()


# -- the event was missed ---------------------------------------------------------------------------------------


def test_without_the_event_a_call_that_is_gone_from_the_board_is_not_spoken():
    hall = running()
    hall.turn(hall.called("A001", 11, 2), hall.called("A012", 12))
    cut(hall, 3)
    hall.turn(LinkUp(), hall.board(hall.call("A001", 11, 2, ago=3), seq=13), hall.beat(13))
    hall.wait(60)
    assert (hall.said, withdrawn(hall), hall.unspoken()) == (["A001"], [], set())


def test_without_the_event_a_call_that_is_being_spoken_ends_and_is_not_read_again():
    hall = running()
    hall.turn(hall.called("A012", 11), hall.board(hall.call("A012", 11), seq=11))
    hall.turn(hall.board(seq=12), after=2.0)
    hall.wait(30)
    assert (hall.texts, hall.shown()) == ([CALL], [])


def test_a_board_of_before_the_call_takes_nothing_back():
    hall = running()
    hall.turn(hall.called("A001", 11, 2), hall.called("A012", 12), hall.board(hall.call("A001", 11, 2), seq=11))
    hall.wait(60)
    assert hall.said == ["A001", "A012"]


def test_a_call_pushed_off_the_board_by_newer_ones_is_spoken_all_the_same():
    hall = running()
    hall.reading = 2.0
    hall.turn(*(hall.called(f"A0{n}", n, 2) for n in range(11, 15)))
    hall.turn(hall.board(*(hall.call(f"A0{n}", n, 2) for n in (14, 13)), seq=14))
    hall.wait(30)
    assert hall.said == ["A011", "A012", "A013", "A014"]


def test_an_earlier_call_of_the_same_ticket_does_not_hide_that_the_last_was_taken_back():
    hall = running(Hall().call("A012", 9), seq=10)
    hall.turn(hall.called("A001", 11, 2), hall.called("A012", 12))
    hall.turn(hall.board(hall.call("A001", 11, 2), hall.call("A012", 9), seq=13))
    hall.wait(40)
    assert hall.said == ["A001"]


# -- any order --------------------------------------------------------------------------------------------------

STEP = st.sampled_from(["call", "call", "undo", "undo, event lost", "double", "second", "ten seconds"])


class Morning:
    """A hub that calls and takes back; each word of the wall is compared with what stands at that moment."""

    def __init__(self) -> None:
        self.hall, self.seq, self.stands, self.last = running(), 10, {}, ()
        self.checked = 0

    def step(self, what: str) -> None:
        match what:
            case "call":
                self.seq += 1
                self.stands[f"A{self.seq:03}"] = (self.seq, self.hall.hub)
                self.last = (self.hall.called(f"A{self.seq:03}", self.seq),)
            case "undo" | "undo, event lost" if self.stands:
                self.seq += 1
                ticket, (call, _) = self.stands.popitem()
                self.last = (self.hall.undone(ticket, self.seq, [call]),) if what == "undo" else ()
            case "second" | "ten seconds":
                self.hall.wait(1 if what == "second" else 10)
        self.hall.turn(*self.last, self.board())
        self.check()

    def board(self):
        hall = self.hall
        calls = [hall.call(ticket, seq, ago=hall.hub - at) for ticket, (seq, at) in self.stands.items()]
        return hall.board(*reversed(calls), seq=self.seq)

    def check(self) -> None:
        invited = {ticket for text in self.hall.texts[self.checked :] if (ticket := invitation(text))}
        self.checked = len(self.hall.texts)
        assert invited <= set(self.stands)
        assert {call.ticket for call in self.hall.calls() if not call.withdrawn} == set(self.stands)


def invitation(text: str) -> str | None:
    """The ticket that a sentence sends to a counter, if it does."""
    found = re.match("Mời công dân có số thứ tự A, ([^,]+), đến", text)
    return "A" + "".join(str(DIGITS.index(word)) for word in found[1].split()) if found else None


@settings(max_examples=200, deadline=None)
@given(st.lists(STEP, max_size=20))
def test_nobody_whose_call_was_taken_back_is_sent_to_a_counter_and_everybody_else_is(steps):
    morning = Morning()
    for what in [*steps, *["ten seconds"] * 10]:
        morning.step(what)
    assert {invitation(text) for text in morning.hall.texts} | morning.hall.unspoken() >= set(morning.stands)
