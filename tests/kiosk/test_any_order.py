"""The kiosk on a network that loses, doubles, delays and reorders, with a hub that dies and comes back."""

import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ports import Pressed, Printed
from kiosk.press import PATIENCE
from moiso.wire.codec import encode
from moiso.wire.messages import Reply
from moiso.wire.ports import Arrived
from tests.kiosk.front import DEVICE, TOPICS, Command, issued, working


class PlainHub:
    """Gives numbers and notes what it is told about them; its notes outlive its absences."""

    def __init__(self) -> None:
        self.up = True
        self.numbers: dict[str, str] = {}
        self.told: dict[str, list[tuple[str, str]]] = {}

    def hear(self, command: Command) -> bytes | None:
        name, asked = command
        if not self.up:
            return None
        if name == "issue":
            ticket = self.numbers.setdefault(asked["id"], f"{asked['service']}{len(self.numbers) + 1:03}")
            return encode(Reply(re=asked["id"], to=name, status="ok", data=issued(ticket)))
        said = (name, asked.get("reason", ""))
        known = self.told.setdefault(asked["ticket"], [])
        known += [said] if said not in known else []
        return encode(Reply(re=asked["id"], to=name, status="ok", data={"ticket": asked["ticket"]}))


class Hall:
    """A kiosk, the hub, what is under way between them, and a printer."""

    def __init__(self) -> None:
        self.front, self.hub, self.linked = working(), PlainHub(), True
        self.to_hub: list[Command] = []
        self.to_kiosk: list[bytes] = []
        self.heard: set[str] = set()
        self.outcomes: dict[str, str | None] = {}

    def run(self, *items: object, after: float = 0.0) -> None:
        beat = [self.front.beat_now()] if self.linked and self.hub.up else []
        said = self.front.turn(*items, *beat, after=after)
        self.to_hub += said if self.linked else []

    def step(self, what: str, which: int) -> None:
        match what:
            case "press":
                self.run(Pressed("AB"[which % 2]))
            case "pass":
                self.run(after=(0.2, 2.0, PATIENCE)[which % 3])
            case "ask" if self.to_hub:
                answer = self.hub.hear(self.to_hub.pop(which % len(self.to_hub)))
                self.to_kiosk += [answer] if answer else []
            case "answer" if self.to_kiosk and self.linked:
                self.deliver(self.to_kiosk.pop(which % len(self.to_kiosk)))
            case "double" if self.to_hub:
                self.to_hub.append(self.to_hub[which % len(self.to_hub)])
            case "lose" if self.to_hub:
                self.to_hub.pop(which % len(self.to_hub))
            case "hub":
                self.hub.up = not self.hub.up
            case "link":
                self.turn_link(not self.linked)
            case "printer":
                self.print((None, "out", "unknown")[which % 3])

    def deliver(self, payload: bytes) -> None:
        reply = json.loads(payload)
        self.heard |= {reply["data"]["ticket"]} if reply["to"] == "issue" else set()
        self.run(Arrived(TOPICS.reply(DEVICE), payload))

    def turn_link(self, up: bool) -> None:
        if up and not self.linked:
            before = len(self.front.sent)
            self.front.connect()
            self.to_hub += self.front.sent[before:]
        elif not up:
            self.front.cut()
            self.to_kiosk.clear()
        self.linked = up

    def print(self, reason: str | None) -> None:
        unprinted = [receipt.ticket for receipt in self.front.jobs if receipt.ticket not in self.outcomes]
        for ticket in unprinted[:1]:
            self.outcomes[ticket] = reason
            self.run(Printed(ticket, reason))

    def calm_down(self) -> None:
        """Everything works again for long enough."""
        self.hub.up = True
        self.turn_link(True)
        for _ in range(round(2 * PATIENCE)):
            for what in ("ask", "answer"):
                while self.to_hub if what == "ask" else self.to_kiosk:
                    self.step(what, 0)
            self.print(None)
            self.run(after=1.0)


STEPS = ["press", "press", "pass", "pass", "ask", "ask", "ask", "answer", "answer", "double", "lose", "hub", "link"]
STEP = st.tuples(st.sampled_from([*STEPS, "printer", "printer"]), st.integers(min_value=0, max_value=5))


@settings(max_examples=200, deadline=None)
@given(st.lists(STEP, max_size=60))
def test_every_number_the_kiosk_hears_of_is_on_paper_once_or_void_and_the_hub_knows_which(steps):
    hall = Hall()
    for what, which in steps:
        hall.step(what, which)
    hall.calm_down()
    jobs = Counter(receipt.ticket for receipt in hall.front.jobs)
    assert not [ticket for ticket, times in jobs.items() if times > 1]
    for ticket in hall.heard:
        told = hall.hub.told[ticket]
        if ticket in jobs:
            reason = hall.outcomes[ticket]
            assert told == [("printed", "")] if reason is None else told == [("print-failed", reason)]
        else:
            assert told == [("void", "unclaimed")]


@given(st.lists(STEP, max_size=60))
def test_when_all_is_well_again_a_press_gives_a_ticket(steps):
    hall = Hall()
    for what, which in steps:
        hall.step(what, which)
    hall.calm_down()
    before = len(hall.front.jobs)
    hall.run(Pressed("A"))
    hall.step("ask", 0)
    hall.step("answer", 0)
    assert len(hall.front.jobs) == before + 1
