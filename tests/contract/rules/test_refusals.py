"""Commands in the wrong state, for a foreign counter, doubled, out of order, after the day: a reason, and no change."""

from itertools import count

import pytest

from tests.contract.rules.conftest import empty
from tests.contract.rules.sites import SITE
from tests.whole.hall import accepted, refused

_presses = count(1)
#: What is refused in the hall of `scene`: who asks, for what, with which arguments, and why not. `{held}` is a number.
WRONG = [
    ("counter-2", "hold", {}, "nobody-here"),
    ("counter-2", "transfer", {"service": "B"}, "nobody-here"),
    ("counter-2", "recall", {}, "nobody-here"),
    ("counter-2", "finish", {"more": True}, "nobody-here"),
    ("counter-1", "start", {"dossiers": 3}, "already-serving"),
    ("counter-1", "no-show", {}, "already-serving"),
    ("counter-1", "recall", {}, "already-serving"),
    ("counter-1", "transfer", {"service": "A"}, "same-service"),
    ("counter-1", "transfer", {"service": "C", "counter": 2}, "not-served-there"),
    ("counter-2", "resume", {"ticket": "{waiting}"}, "not-held"),
    ("counter-2", "resume", {"ticket": "{done}"}, "not-held"),
    ("counter-2", "resume", {"ticket": "{serving}"}, "not-held"),
    ("counter-2", "resume", {"ticket": "A499"}, "unknown-ticket"),
    ("counter-4", "resume", {"ticket": "{held}"}, "not-served-here"),
    ("counter-4", "resume", {"ticket": "{suspended}"}, "service-suspended"),
    ("counter-4", "call", {"ticket": "{suspended}"}, "service-suspended"),
    ("counter-2", "call", {"ticket": "{later}"}, "reason-needed"),
    ("counter-2", "call", {"ticket": "{later}", "reason": "a friend"}, "unknown-reason"),
    ("counter-2", "call", {"ticket": "{done}", "reason": "urgent"}, "not-callable"),
    ("counter-2", "call", {"ticket": "{serving}", "reason": "urgent"}, "not-callable"),
    ("counter-1", "call", {"ticket": "{serving}", "reason": "urgent"}, "already-here"),
    ("counter-2", "undo", {"of": "some-other-press"}, "nothing-to-undo"),
    ("counter-2", "assign", {"services": []}, "no-services"),
    ("counter-2", "assign", {"services": ["A", "Z"]}, "unknown-service"),
    ("kiosk-1", "return", {"ticket": "{waiting}"}, "not-absent"),
    ("kiosk-1", "return", {"ticket": "{held}"}, "not-absent"),
    ("kiosk-1", "return", {"ticket": "{serving}"}, "not-absent"),
    ("kiosk-1", "return", {"ticket": "{done}"}, "ticket-ended"),
    ("kiosk-1", "return", {"ticket": "A001", "day": "2001-01-01"}, "not-carried"),
    ("kiosk-1", "issue", {"service": "A", "priority": True, "class": "vip"}, "unknown-class"),
    ("kiosk-1", "void", {"ticket": "{waiting}", "to": "{later}", "reason": "x"}, "not-your-number"),
    ("greeter", "void", {"ticket": "{done}", "reason": "x"}, "ticket-ended"),
    ("greeter", "void", {"ticket": "{done}", "to": "{done}", "reason": "x"}, "nothing-in-range"),
    ("greeter", "void", {"ticket": "A002", "to": "A001", "reason": "x"}, "bad-range"),
    ("greeter", "served-offline", {"ticket": "{serving}"}, "nothing-in-range"),
    ("greeter", "served-offline", {"ticket": "Z001"}, "unknown-ticket"),
    ("greeter", "issued-offline", {"ticket": "{waiting}", "service": "A"}, "number-used"),
    ("greeter", "issued-offline", {"ticket": "B001", "service": "A"}, "bad-range"),
    ("greeter", "grant-priority", {"ticket": "{done}", "class": "elderly"}, "ticket-ended"),
    ("greeter", "grant-priority", {"ticket": "{waiting}", "class": "vip"}, "unknown-class"),
    ("greeter", "suspend-service", {"service": "Z"}, "unknown-service"),
    ("greeter", "restore-service", {"service": "Z"}, "unknown-service"),
    ("manager", "open-day", {}, "day-open"),
    ("manager", "open-day", {"training": True}, "day-open"),
    ("manager", "reopen-day", {}, "day-open"),
    ("manager", "close-day", {}, "still-waiting"),
]
#: What does not even mean anything: the argument is named.
NONSENSE = [
    ("counter-1", "start", {"dossiers": 0}, "dossiers"),
    ("counter-1", "finish", {"dossiers": "many"}, "dossiers"),
    ("counter-1", "finish", {"outcome": "happy"}, "happy"),
    ("counter-1", "transfer", {}, "service"),
    ("counter-1", "resume", {}, "ticket"),
    ("counter-1", "assign", {"services": "A"}, "services"),
    ("kiosk-1", "return", {"ticket": "A001", "day": "yesterday"}, "day"),
    ("greeter", "grant-priority", {"ticket": "A001"}, "class"),
    ("greeter", "void", {"ticket": "A001", "to": "A002"}, "reason"),
    ("greeter", "issued-offline", {"ticket": "A001", "service": "A", "seconds_ago": -5}, "seconds_ago"),
    ("greeter", "suspend-service", {}, "service"),
    ("manager", "close-day", {"leftover": "forget"}, "forget"),
    ("manager", "notice", {"text": "x" * 201}, "text"),
    ("manager", "open-day", {"training": "yes"}, "training"),
]


def speaker(hall, name):
    """A device by its name, or the hall's greeter or manager."""
    return getattr(hall, name) if name in {"greeter", "manager"} else hall.device(name)


@pytest.fixture(scope="module")
def scene(hall):
    """One served at counter 1, one held, one done, two waiting, one held by a suspension of H; who is who."""
    people = {"suspended": hall.serving(4, "H")}
    accepted(hall.manager.asks("suspend-service", service="H"))
    people["held"] = hall.serving(1, "A")
    accepted(hall.unit(1).asks("hold"))
    people["done"] = hall.serving(1, "A")
    accepted(hall.unit(1).asks("finish"))
    people["serving"] = hall.serving(1, "A")
    people["waiting"], people["later"] = hall.numbers("A", 2)
    yield people
    empty(hall)


@pytest.fixture
def _empty():
    """The scene stays until every test of it is over."""


@pytest.fixture
def unchanged(hall):
    """Whatever a test says, the log gets no event by it and every snapshot stays as it is."""
    before, log = hall.states(), hall.log()
    yield
    assert hall.log() == log
    assert hall.states() == before


def test_in_the_wrong_state(hall, scene, unchanged):
    for who, command, arguments, reason in WRONG:
        filled = {k: v.format(**scene) if isinstance(v, str) else v for k, v in arguments.items()}
        reply = speaker(hall, who).asks(command, **filled)
        assert refused(reply, reason), (who, command, arguments)


def test_what_means_nothing(hall, scene, unchanged):
    for who, command, arguments, named in NONSENSE:
        reply = speaker(hall, who).asks(command, **arguments)
        assert (reply.body["status"], reply.body["reason"]) == ("error", "bad-message"), (command, reply.payload)
        assert named in reply.body["message"]["en"], reply.payload
        assert reply.body["message"]["vi"]


def test_for_a_foreign_counter(hall, scene, unchanged):
    """A call unit speaks for its own counter, whatever it says; a page has to say for which, and one that there is."""
    commands = {"hold": {}, "finish": {}, "start": {}, "recall": {}, "no-show": {}, "transfer": {"service": "B"}}
    for command, arguments in commands.items():
        reply = hall.unit(2).asks(command, **{**arguments, "counter": 1})
        refused(reply, "nobody-here")
        assert reply.data["counter"] == 2, "the reply shows the own counter"
        refused(hall.clerk(99).asks(command, **arguments), "unknown-counter")
    page = hall.device("web")
    for command in ("next", "open", "pause", "close", *commands):
        refused(page.asks(command, role="clerk", **commands.get(command, {})), "no-counter")


def test_out_of_order(hall, scene, ear):
    """What overtakes the press it belongs to finds nothing to do; the press itself is then carried out."""
    refused(hall.unit(2).asks("undo", of="comes-later"), "nothing-to-undo")
    refused(hall.unit(2).asks("start"), "nobody-here")
    refused(hall.unit(2).asks("hold"), "nobody-here")
    state = accepted(hall.unit(2).asks("next", press="comes-later"))
    assert (state["ticket"], state["phase"]) == (scene["waiting"], "called")
    accepted(hall.unit(2).asks("undo"))


def doubled(hall, who, command, **arguments):
    """Send a command three times under one id; the data of its answer, of which all three are the same."""
    press = f"doubled-{command}-{next(_presses)}"
    said = speaker(hall, who) if isinstance(who, str) else who
    answers = [said.asks(command, press, **arguments) for _ in range(3)]
    assert len({answer.payload for answer in answers}) == 1, command
    data = accepted(answers[0])
    presses = [event for event in hall.log() if event["data"].get("press") == press]
    seqs = [event["seq"] for event in presses]
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs))), command
    assert {event["data"]["deed"] for event in presses} == {seqs[0]}, "one deed, its events in a row"
    return data


def test_said_three_times_it_happens_once(make_hall):
    hall = make_hall(SITE)
    first = hall.serving(1, "A")
    doubled(hall, "counter-1", "hold")
    doubled(hall, "counter-2", "resume", ticket=first)
    doubled(hall, "counter-2", "transfer", service="B")
    doubled(hall, "counter-2", "undo")
    doubled(hall, "counter-2", "assign", services=["B"])
    doubled(hall, "counter-2", "finish", outcome="done")
    numbers = hall.numbers("A", 3)
    doubled(hall, "greeter", "grant-priority", ticket=numbers[2], **{"class": "merit"})
    doubled(hall, "counter-1", "call", ticket=numbers[1], reason="urgent")
    doubled(hall, "counter-1", "recall")
    doubled(hall, "counter-1", "no-show")
    doubled(hall, "kiosk-1", "return", ticket=numbers[1])
    doubled(hall, "manager", "suspend-service", service="A")
    doubled(hall, "manager", "restore-service", service="A")
    paper = hall.unused("A", 2)
    doubled(hall, "greeter", "issued-offline", ticket=paper[0], to=paper[1], service="A")
    doubled(hall, "greeter", "served-offline", ticket=paper[0])
    doubled(hall, "manager", "void", ticket=numbers[0], to=paper[1], reason="x")
    doubled(hall, "manager", "undo")
    doubled(hall, "manager", "notice", text="Xin chào")
    doubled(hall, "manager", "close-day", leftover="overtime")
    doubled(hall, "manager", "close-day", leftover="expire")
    doubled(hall, "manager", "reopen-day")


def test_after_the_day_is_closed(make_hall):
    """People have closed it: nothing of the hall goes on, and no press begins another day."""
    hall = make_hall(SITE)
    hall.number("A")
    accepted(hall.manager.asks("close-day", leftover="expire"))
    before, log = hall.states(), hall.log()
    commands = [
        *WRONG,
        ("counter-1", "next", {}, ""),
        ("counter-1", "open", {}, ""),
        ("kiosk-1", "issue", {"service": "A"}, ""),
    ]
    for who, command, arguments, _ in commands:
        if command in {"open-day", "reopen-day"}:
            continue
        filled = {k: "A001" if "{" in str(v) else v for k, v in arguments.items()}
        refused(speaker(hall, who).asks(command, **filled), "day-closed")
    assert hall.log() == log
    assert hall.states() == before
