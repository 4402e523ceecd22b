"""What the clerk's panel asks back, and which command each answer sends."""

from typing import Any

import pytest
from msgspec import convert

from moiso.core.commands import COMMANDS, OUTCOMES
from moiso.core.rules import PRIORITY_CLASSES
from tests.web.scenes import EN, VI, at, board, counter, day, heard, service
from web.clerk_numbers import reason
from web.clerk_questions import question, working_day
from web.clerk_says import COMMANDS as KEYS
from web.clerk_says import arguments
from web.place import Reader
from web.question import Question, Seat, facts_of

LINE = [{"ticket": "A014", "service": "A", "since": at(-9), "priority": False}]


def seat(*said: tuple[str, object], reader: Reader = VI, **state: Any) -> Seat:
    """The clerk of counter 1, with counter 2 beside it."""
    mine = counter(1, **{"service": "A", "line": LINE, "held": ["A003"], **state})
    others = ("state/counter/2", counter(2, services=["A"], ticket="A011"))
    return Seat(facts_of(heard(("state/counter/1", mine), others, ("state/day", day()), *said)), 1, reader)


def ask(what: str, *said: tuple[str, object], reader: Reader = VI, state: Any = None, **form: str) -> Question:
    return question(what, seat(*said, reader=reader, **(state or {})), form)


def answers(asked: Question) -> dict[str, dict[str, str]]:
    """What each key sends."""
    return {choice.key: choice.fields for choice in asked.choices}


def test_every_answer_is_a_command_that_the_hub_can_read():
    asked = [
        ask("transfer", to_counter="2"),
        ask("number", typed="A099"),
        ask("priority", ticket="A014"),
        reason(seat(), "A014"),
    ]
    for each in [*asked, *(ask(what) for what in ("finish", "slip", "transfer", "system", "assign", "resume"))]:
        for choice in each.choices:
            if command := choice.fields.get("command"):
                convert(arguments(command, choice.fields), COMMANDS[command], strict=True)
            else:
                ask(choice.fields["ask"], **{k: v for k, v in choice.fields.items() if k != "ask"})


def test_a_turn_ends_with_one_of_five_outcomes_or_none():
    asked = ask("finish")
    assert asked.title == "Kết quả của A012?"
    assert [*answers(asked)] == ["1", "2", "3", "4", "5", "F", "M"]
    said = {choice.fields["outcome"] for choice in asked.choices if "outcome" in choice.fields}
    assert said == {*OUTCOMES} - {"accepted"}
    assert answers(asked)["F"] == {"command": "finish"}
    assert answers(asked)["M"] == {"command": "finish", "more": "1"}


def test_the_elderly_are_asked_for_with_their_age():
    assert ask("priority", ticket="A014").choices[0].text == "Người cao tuổi (từ 75 tuổi)"


def test_an_appointment_has_a_working_day():
    assert answers(ask("finish"))["2"] == {"ask": "slip"}
    days = answers(ask("slip"))
    assert days["0"] == {"command": "finish", "outcome": "accepted"}
    assert days["1"]["slip_due"] == "2026-11-24"
    assert days["5"]["slip_due"] == "2026-11-30", "over the weekend"
    assert ask("slip", reader=EN).choices[1].text == "Tuesday, 24/11/2026"


def test_on_a_day_of_practice_appointments_count_from_the_date_of_the_clock():
    practice = ("state/day", day(label="training-17", training=True))
    assert answers(ask("slip", practice))["1"]["slip_due"] == "2026-11-24"


@pytest.mark.parametrize(
    ("day", "later", "then"),
    [
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-11-29", 1, "2026-11-30"),
        ("2026-11-23", 20, "2026-12-21"),
    ],
)
def test_working_days_skip_the_weekend(day: str, later: int, then: str):
    assert working_day(day, later) == then


def test_a_visitor_goes_to_another_service_or_to_a_counter():
    asked = ask("transfer")
    assert answers(asked) == {
        "B": {"command": "transfer", "service": "B"},
        "2": {"ask": "transfer", "to_counter": "2"},
    }
    assert answers(ask("transfer", to_counter="2")) == {"A": {"command": "transfer", "to_counter": "2", "service": "A"}}
    assert [*answers(ask("transfer", state={"service": "B"}))] == ["A", "2"]


def test_a_closed_counter_says_so():
    closed = ("state/counter/2", counter(2, state="closed", seq=9))
    assert [choice.text for choice in ask("transfer", closed).choices] == ["Hộ tịch", "Quầy 2 (đang đóng)"]


def test_a_service_is_suspended_and_restored():
    assert answers(ask("system"))["B"] == {"command": "suspend-service", "service": "B"}
    down = ("state/board", board(service("A"), service("B", state="suspended")))
    assert answers(ask("system", down))["B"] == {"command": "restore-service", "service": "B"}


def test_services_are_taken_and_dropped():
    assert answers(ask("assign", state={"services": ["A"]})) == {
        "A": {"command": "assign", "drop": "A"},
        "B": {"command": "assign", "take": "B"},
    }


# -- numbers --------------------------------------------------------------------------------------------------


def test_what_is_typed_must_be_a_number():
    assert ask("number").entry
    wrong = ask("number", typed="<b>hello</b> and more than twenty letters")
    assert (wrong.entry != "", wrong.typed, len(wrong.choices)) == (True, "<b>hello</b> and mor", 0)


def test_several_tickets_are_asked_for_the_known_one_first():
    asked = ask("number", typed="14", state={"services": ["B"]})
    assert [choice.text for choice in asked.choices] == ["A014 · Chứng thực", "B014 · Hộ tịch"]
    assert answers(asked)["2"] == {"ask": "number", "typed": "B014"}


def test_somebody_who_waits_is_called_or_given_priority():
    assert answers(ask("number", typed="A014")) == {
        "1": {"command": "call", "ticket": "A014"},
        "2": {"ask": "priority", "ticket": "A014"},
    }


def test_a_held_one_goes_on_first_of_all():
    assert answers(ask("number", typed="a3"))["1"] == {"command": "resume", "ticket": "A003"}


def test_somebody_unknown_here_may_return():
    assert answers(ask("number", typed="A001"))["2"] == {"command": "return", "ticket": "A001"}


def test_priority_has_a_class_or_is_taken_back():
    given = answers(ask("priority", ticket="A014"))
    assert [given[key]["class"] for key in "1234560"] == [*PRIORITY_CLASSES, "none"]


def test_a_call_out_of_turn_has_a_reason():
    asked = reason(seat(), "A019")
    assert asked.title == "A019 chưa đến lượt. Vì sao gọi trước?"
    assert answers(asked)["2"] == {"command": "call", "ticket": "A019", "reason": "urgent"}


def test_held_ones_are_chosen_by_key():
    assert answers(ask("resume", state={"held": ["A003", "B001"]}))["2"] == {"command": "resume", "ticket": "B001"}


def test_before_anything_was_heard_every_question_can_be_asked():
    nothing = Seat(facts_of(heard()), 1, VI)
    for what in ("finish", "slip", "transfer", "system", "assign", "number", "resume", "priority"):
        assert question(what, nothing, {}).title


def test_there_is_no_other_question():
    with pytest.raises(KeyError):
        ask("undo")


# -- what is sent ---------------------------------------------------------------------------------------------


def test_an_empty_after_sees_nobody_and_a_missing_one_does_not_know():
    assert arguments("next", {"after": ""}) == {"after": None}
    assert arguments("next", {"after": "A012"}) == {"after": "A012"}
    assert arguments("next", {}) == {}


def test_a_command_takes_its_own_fields_only():
    form = {"command": "finish", "outcome": "done", "dossiers": "3", "more": "", "counter": "7", "ticket": "A001"}
    assert arguments("finish", form) == {"outcome": "done", "dossiers": 3}
    assert arguments("assign", {"take": "B"}) == {"take": ["B"]}
    assert arguments("assign", {"drop": "A"}) == {"drop": ["A"]}


@pytest.mark.parametrize("command", ["open-day", "issue", "void", "lease", "replay", "", "__class__"])
def test_what_no_key_sends_is_refused(command: str):
    assert command not in KEYS
    with pytest.raises(KeyError):
        arguments(command, {})


def test_a_count_that_is_none_is_refused():
    with pytest.raises(ValueError, match="many"):
        arguments("start", {"dossiers": "many"})
