"""Rule 1.6: a counter takes back its last command, and everybody stands exactly where they stood."""

from tests.contract.rules.conftest import order_at, two_ordinary_calls
from tests.whole.hall import accepted, refused


def test_a_wrong_next_is_taken_back(hall, ear):
    """Counter 2 serves B007; a wrong *next* ends it and calls B008; both stand where they stood."""
    first = hall.serving(1, "A")
    second = hall.number("A")
    before = hall.states()
    pressed = accepted(hall.unit(1).asks("next"))
    assert (pressed["ticket"], pressed["undo_until"] is not None) == (second, True)
    finished = ear.hears("event/service-finished", ticket=first)
    called = ear.hears("event/ticket-called", ticket=second)

    state = accepted(hall.unit(1).asks("undo"))
    assert (state["ticket"], state["phase"], state["undo_until"]) == (first, "serving", None)
    undone = ear.hears("event/action-undone", counter=1)
    assert undone.data["undone"] == [finished.body["seq"], called.body["seq"]]
    standing = {stood["ticket"]: stood for stood in undone.data["tickets"]}
    assert (standing[first]["was"], standing[first]["state"], standing[first]["counter"]) == ("done", "serving", 1)
    called = standing[second]
    assert (called["was"], called["state"], called["counter"]) == ("called", "waiting", None)
    before["state/counter/1"]["undo_until"] = None
    assert _newest_calls(hall.states()) == _newest_calls(before)


def _newest_calls(states):
    """The states with no more of the wall's calls than every wall shows."""
    states["state/board"]["calls"] = states["state/board"]["calls"][:10]
    return states


def test_the_wall_shows_the_call_before(hall, ear):
    first, _second = hall.numbers("A", 2)
    accepted(hall.unit(1).asks("next"))
    on_the_wall = ear.shows("board", ear.hears("event/ticket-called", ticket=first)).body["calls"]
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("undo"))
    after = ear.shows("board", ear.hears("event/action-undone")).body["calls"]
    assert after[:10] == on_the_wall[:10]


def test_place_and_ratio_are_given_back(hall):
    """The wrong call was a priority call: the counter has not used it up."""
    two_ordinary_calls(hall)
    normal = hall.numbers("A", 3)
    favoured = hall.number("A", priority=True)
    assert accepted(hall.unit(1).asks("next"))["ticket"] == favoured
    accepted(hall.unit(1).asks("undo"))
    assert order_at(hall, 1) == [favoured, *normal]


def test_every_counter_command_can_be_taken_back(hall):
    """`hold`, `resume`, `transfer`, `no-show`, `start`, `finish`, `recall`, `pause`, `close`, `assign`, `call`."""
    number = hall.serving(1, "A")
    unit = hall.unit(1)
    serving = {"ticket": number, "phase": "serving"}
    _undone(unit, serving, "hold")
    _undone(unit, serving, "transfer", service="B")
    _undone(unit, serving, "finish", outcome="done")
    _undone(unit, serving, "pause")
    _undone(unit, serving, "close")
    _undone(unit, {**serving, "services": ["A", "B"]}, "assign", services=["A"])
    accepted(unit.asks("hold"))
    _undone(unit, {"ticket": None, "held": [number]}, "resume", ticket=number)
    _undone(unit, {"ticket": None, "held": [number]}, "call", ticket=number)
    called = hall.number("A")
    accepted(unit.asks("next"))
    _undone(unit, {"ticket": called, "phase": "called"}, "start")
    _undone(unit, {"ticket": called, "phase": "called"}, "recall")
    _undone(unit, {"ticket": called, "phase": "called"}, "no-show")


def _undone(unit, expected, command, **arguments):
    accepted(unit.asks(command, **arguments))
    state = accepted(unit.asks("undo"))
    assert {key: state[key] for key in expected} == expected, command


def test_the_same_from_a_page(hall):
    first = hall.serving(1, "A")
    hall.number("A")
    accepted(hall.unit(1).asks("next", press="a-wrong-press"))
    refused(hall.clerk(1).asks("undo", of="another-press"), "nothing-to-undo")
    assert accepted(hall.clerk(1).asks("undo", of="a-wrong-press"))["ticket"] == first


def test_an_undo_is_not_undone_and_happens_once(hall, ear):
    hall.number("A")
    accepted(hall.unit(1).asks("next"))
    first = hall.unit(1).asks("undo", press="once")
    accepted(first)
    refused(hall.unit(1).asks("undo"), "nothing-to-undo")
    assert hall.unit(1).asks("undo", press="once").payload == first.payload, "the repeated press gets its answer again"
    hall.number("C")
    ear.hears("event/ticket-issued", service="C")
    assert len(ear.on("event/action-undone")) == 1


def test_nothing_is_taken_back_once_somebody_else_touched_it(hall):
    number = hall.serving(1, "A")
    accepted(hall.unit(1).asks("hold"))
    accepted(hall.unit(2).asks("resume", ticket=number))
    before = hall.states()
    refused(hall.unit(1).asks("undo"), "nothing-to-undo")
    assert hall.states() == before
    assert accepted(hall.unit(2).asks("undo"))["held"] == [number], "but counter 2 may"


def test_another_counters_work_is_not_in_the_way(hall):
    first = hall.serving(1, "A")
    hall.numbers("A", 2)
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(2).asks("next"))
    assert accepted(hall.unit(1).asks("undo"))["ticket"] == first


def test_a_print_report_is_not_in_the_way(hall):
    first = hall.number("A")
    accepted(hall.unit(1).asks("next"))
    accepted(hall.kiosk.asks("printed", ticket=first))
    assert accepted(hall.unit(1).asks("undo"))["ticket"] is None


def test_only_the_last_command_and_only_ones_own(hall):
    first = hall.serving(1, "A")
    accepted(hall.unit(1).asks("finish"))
    accepted(hall.unit(1).asks("undo"))
    refused(hall.unit(2).asks("undo"), "nothing-to-undo")
    assert accepted(hall.unit(1).asks("finish"))["ticket"] is None
    hall.number("A")
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("undo"))
    refused(hall.kiosk.asks("return", ticket=first), "ticket-ended")


def test_a_press_that_changed_nothing_does_not_hide_the_last_one(hall):
    hall.serving(1, "A")
    accepted(hall.unit(1).asks("finish"))
    accepted(hall.unit(1).asks("open"))
    assert accepted(hall.unit(1).asks("undo"))["phase"] == "serving"


def test_a_range_is_taken_back_by_whoever_typed_it(hall, ear):
    numbers = hall.numbers("A", 3)
    accepted(hall.greeter.asks("void", ticket=numbers[0], to=numbers[2], reason="nhầm dãy"))
    accepted(hall.greeter.asks("undo"))
    undone = ear.hears("event/action-undone")
    assert undone.data["counter"] is None
    assert [stood["state"] for stood in undone.data["tickets"]] == ["waiting"] * 3
    assert order_at(hall, 1) == numbers


def test_a_range_stays_once_a_number_of_it_was_used(hall):
    first, _, last = hall.unused("C", 3)
    accepted(hall.greeter.asks("issued-offline", press="typed", ticket=first, to=last, service="C"))
    assert accepted(hall.unit(3).asks("next"))["ticket"] == first
    refused(hall.manager.asks("undo", of="typed"), "nothing-to-undo")


def test_what_was_counted_stays_counted(hall):
    """The account shows that somebody voided three numbers, even though it was taken back."""
    numbers = hall.numbers("A", 3)
    accepted(hall.manager.asks("void", clerk="ql-02", ticket=numbers[0], to=numbers[2], reason="nhầm"))
    accepted(hall.manager.asks("undo"))
    assert hall.states()["state/day"]["account"]["by_account"]["ql-02"]["voids"] == 3
