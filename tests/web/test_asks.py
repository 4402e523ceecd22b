"""A question from a browser's thread to the hub and back."""

import json
import threading
import time
from concurrent.futures import Future
from typing import Any

import pytest

from moiso.core.roles import Role
from moiso.wire.codec import encode
from moiso.wire.messages import Reply
from moiso.wire.ports import Arrived, LinkUp, Publish
from tests.conftest import PATIENCE
from tests.web.scenes import PLACE, READERS, TOPICS, at, beat
from web import asks as threads
from web.asking import Answered, Ask
from web.asks import Asks
from web.machine import Pages
from web.person import Account, Person

PRESS = "0123456789abcdef"


def person(role: Role = Role.CLERK, counter: int | None = 1) -> Person:
    return Person(account=Account(id="cb-01", name="Lan", role=role), counter=counter, key="k", csrf="c")


def reply(command: str = "next", press: str = f"cb-01:{PRESS}") -> Arrived:
    answer = {"re": press, "to": command, "status": "ok", "data": {"ticket": "A013"}}
    return Arrived(TOPICS.reply("web"), encode(answer))


class Machine:
    """The pages' machine after one beat at 08:00:00, its clock at 100."""

    def __init__(self) -> None:
        self.pages = Pages(PLACE, READERS, fake=False)
        self.turn(100.0, Arrived(TOPICS.beat, encode(beat())))

    def turn(self, now: float, *items: object) -> list[Publish | Answered]:
        return [out for out in self.pages.handle(items, now) if isinstance(out, Publish | Answered)]


@pytest.fixture
def machine() -> Machine:
    return Machine()


def said(output: object) -> dict[str, Any]:
    assert isinstance(output, Publish)
    message: dict[str, Any] = json.loads(output.payload)
    return message


def test_a_question_goes_out_under_the_persons_name_with_the_hubs_time_of_the_press(machine: Machine):
    (out,) = machine.turn(101.0, Ask("next", PRESS, person(), 0.5, {"after": None}))
    assert isinstance(out, Publish)
    assert (out.topic, out.qos, out.retain, out.expiry) == (f"{TOPICS.root}cmd/web/next", 1, False, 2)
    assert said(out) == {
        "id": f"cb-01:{PRESS}",
        "at": "2026-11-23T08:00:00.500+07:00",
        "role": "clerk",
        "clerk": "cb-01",
        "counter": 1,
        "after": None,
    }


@pytest.mark.parametrize(("role", "counter"), [(Role.CLERK, 1), (Role.GREETER, None), (Role.MANAGER, 7)])
def test_a_clerk_speaks_for_her_counter_only_and_a_manager_for_the_one_named(
    machine: Machine, role: Role, counter: int | None
):
    forged = {"counter": 7, "role": "kiosk", "clerk": "x", "id": "x", "at": at(-60)}
    ask = Ask("assign", PRESS, person(role), arguments={k: v for k, v in forged.items() if k != "id"})
    (out,) = machine.turn(100.0, ask)
    message = said(out)
    assert (message["counter"], message["role"], message["clerk"]) == (counter, role.value, "cb-01")
    assert message["at"] == "2026-11-23T08:00:00.000+07:00"


def test_the_hubs_reply_answers_it_once(machine: Machine):
    machine.turn(100.0, Ask("next", PRESS, person()))
    (out,) = machine.turn(100.1, reply())
    assert isinstance(out, Answered)
    assert (out.command, out.id, out.reply and out.reply.data) == ("next", f"cb-01:{PRESS}", {"ticket": "A013"})
    assert machine.turn(100.2, reply()) == []


def test_replies_to_others_and_nonsense_answer_nothing(machine: Machine):
    machine.turn(100.0, Ask("next", PRESS, person()))
    other = reply(press="cb-02:0123456789abcdef"), reply("recall"), Arrived(TOPICS.reply("web"), b"\xff{")
    assert machine.turn(100.1, *other) == []


def test_it_is_repeated_with_the_same_id_and_moment_and_then_given_up(machine: Machine):
    (first,) = machine.turn(100.0, Ask("next", PRESS, person()))
    deadline = machine.pages.deadline()
    assert deadline is not None
    assert deadline <= 100.5
    assert machine.turn(100.4) == []
    assert machine.turn(100.6) == [first]
    assert machine.turn(102.0) == [Answered("next", f"cb-01:{PRESS}", None)]
    assert machine.turn(103.0, reply()) == []


def test_what_is_no_call_is_wanted_a_second_longer(machine: Machine):
    machine.turn(100.0, Ask("recall", PRESS, person()))
    assert not [out for out in machine.turn(102.5) if isinstance(out, Answered)]
    assert machine.turn(103.0) == [Answered("recall", f"cb-01:{PRESS}", None)]


def test_the_link_is_back_and_it_is_said_at_once(machine: Machine):
    (first,) = machine.turn(100.0, Ask("recall", PRESS, person()))
    assert machine.turn(100.2, LinkUp("web")) == [first]


def test_before_the_first_beat_a_press_has_no_moment():
    pages = Pages(PLACE, READERS, fake=False)
    out = [each for each in pages.handle([Ask("recall", PRESS, person())], 5.0) if isinstance(each, Publish)]
    assert said(out[0])["at"] is None


# -- the browser's thread


class Wait:
    """Browsers' threads that wait; the machine is this test. `looking`: one entry for each that waits already."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, patience: float = PATIENCE) -> None:
        looking = self.looking = list[float]()

        class Coming(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                looking.append(timeout or 0.0)
                return super().result(timeout)

        monkeypatch.setattr(threads, "Future", Coming)
        monkeypatch.setattr(threads, "PATIENCE", patience)
        self.put: list[Ask] = []
        self.asks = Asks(self.put.append)
        self.answers: list[Reply | None] = []

    def browser(self, press: str = PRESS) -> threading.Thread:
        thread = threading.Thread(target=lambda: self.answers.append(self.asks.ask("next", press, person())))
        thread.start()
        return thread


def test_two_tabs_with_one_press_ask_once_and_both_hear(monkeypatch: pytest.MonkeyPatch):
    wait, ok = Wait(monkeypatch), Reply(re="x", to="next", status="ok")
    tabs = [wait.browser() for _ in range(3)]
    deadline = time.monotonic() + PATIENCE
    while len(wait.looking) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert [ask.id for ask in wait.put] == [f"cb-01:{PRESS}"]
    wait.asks.answered(Answered("next", f"cb-01:{PRESS}", ok))
    for tab in tabs:
        tab.join(PATIENCE)
    assert wait.answers == [ok] * 3


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch):
    wait = Wait(monkeypatch, patience=0.05)
    wait.browser().join(PATIENCE)
    assert wait.answers == [None]
    wait.asks.answered(Answered("next", f"cb-01:{PRESS}", None))


def test_an_answer_that_nobody_waits_for_is_dropped(monkeypatch: pytest.MonkeyPatch):
    Wait(monkeypatch).asks.answered(Answered("next", "cb-01:0000", None))
