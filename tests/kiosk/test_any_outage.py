"""A kiosk whose line, hub, disk and power come and go in any order: no number twice, one live number for a press."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.journal import lines, read
from kiosk.ports import Pressed, Printed
from kiosk.press import DOUBLE, HUB_TIME, PATIENCE
from moiso.wire.codec import encode
from moiso.wire.messages import Reply
from moiso.wire.ports import Arrived
from tests.kiosk.apart import FRIDAY, Apart, wall
from tests.kiosk.front import DEVICE, TOPICS, Command, issued


class PlainHub:
    """Gives numbers, takes reports, replaces phantoms: what a press came to last is its number."""

    def __init__(self) -> None:
        self.of_press: dict[str, str] = {}
        self.given = 0
        self.void: set[str] = set()
        self.filed: Counter[str] = Counter()

    def hear(self, command: Command) -> bytes:
        name, asked = command
        press, data = asked["id"], {"ticket": asked.get("ticket")}
        if name == "issue":
            if press not in self.of_press:
                self.given += 1
                self.of_press[press] = f"{asked['service']}{self.given:03}"
            data = issued(self.of_press[press])
        elif name == "issued-offline" and self.of_press.get(press) != asked["ticket"]:
            self.filed[asked["ticket"]] += 1
            self.void |= {self.of_press[press]} if press in self.of_press else set()
            self.of_press[press] = asked["ticket"]
        elif name == "void":
            self.void.add(asked["ticket"])
        return encode(Reply(re=press, to=name, status="ok", data=data))


class Hall:
    """The kiosk, what is under way to and from its hub, its printer and its plug."""

    def __init__(self) -> None:
        self.kiosk, self.hub = Apart(wall(FRIDAY, "09:00")), PlainHub()
        self.linked = True
        self.to_hub: list[Command] = []
        self.to_kiosk: list[bytes] = []
        self.printed: list[str] = []
        self.lives = 0
        self.kiosk.connect()
        self.kiosk.paper("ok")

    def run(self, *items: object, after: float = 0.0) -> None:
        beat = [self.kiosk.beat_now()] if self.linked else []
        said = self.kiosk.turn(*items, *beat, after=after)
        self.to_hub += said if self.linked else []

    def step(self, what: str, which: int) -> None:
        match what:
            case "press":
                self.run(Pressed("AB"[which % 2]), after=DOUBLE)
            case "pass":
                self.run(after=(0.3, HUB_TIME, PATIENCE, 30.0)[which % 4])
            case "hub" if self.to_hub:
                self.to_kiosk.append(self.hub.hear(self.to_hub.pop(which % len(self.to_hub))))
            case "answer" if self.to_kiosk and self.linked:
                self.run(Arrived(TOPICS.reply(DEVICE), self.to_kiosk.pop(which % len(self.to_kiosk))))
            case "double" if self.to_hub:
                self.to_hub.append(self.to_hub[which % len(self.to_hub)])
            case "lose" if self.to_hub:
                self.to_hub.pop(which % len(self.to_hub))
            case "link":
                self.turn_link(not self.linked)
            case "disk":
                self.kiosk.disk = ("ok", "slow", "full")[which % 3]
                self.kiosk.kept()
            case "power":
                self.power_cut(which)
            case "printer":
                self.print((None, None, "unknown", "out")[which % 4], refused=which % 4 == 3)

    def turn_link(self, up: bool) -> None:
        if up and not self.linked:
            before = len(self.kiosk.sent)
            self.kiosk.connect()
            self.to_hub += self.kiosk.sent[before:]
        elif not up:
            self.kiosk.cut()
        self.linked = up

    def power_cut(self, torn: int) -> None:
        """Whatever was not on the disk is not there; of the last line the disk may have some bytes."""
        self.lives += 1
        unsure = len(self.kiosk.slow) if self.kiosk.disk == "slow" else 0
        kept = self.kiosk.journal[: len(self.kiosk.journal) - unsure]
        rest = lines(self.kiosk.journal[len(kept) :])
        self.kiosk.journal = read(lines(kept) + rest[: torn * 17])[0]
        self.kiosk = self.kiosk.restarted(boot=f"boot-{self.lives + 1}")
        self.to_kiosk.clear()
        if self.linked:
            before = len(self.kiosk.sent)
            self.kiosk.connect()
            self.to_hub += self.kiosk.sent[before:]

    def print(self, reason: str | None, *, refused: bool = False) -> None:
        for receipt in self.kiosk.jobs[:1]:
            self.kiosk.jobs.remove(receipt)
            if not refused:
                self.printed.append(receipt.ticket)
            self.run(Printed(receipt.ticket, reason, refused))

    def calm_down(self) -> None:
        self.kiosk.disk = "ok"
        self.kiosk.kept()
        self.turn_link(True)
        for _ in range(60):
            self.print(None)
            while self.to_hub:
                self.step("hub", 0)
            while self.to_kiosk:
                self.step("answer", 0)
            self.run(after=2.0)


def lived(steps: list[Any]) -> Hall:
    """A hall after all that, and after everything has worked for long enough."""
    hall = Hall()
    for what, which in steps:
        hall.step(what, which)
    hall.calm_down()
    return hall


STEPS = ["press", "press", "press", "pass", "pass", "hub", "hub", "answer", "answer", "printer", "printer"]
STEP = st.tuples(
    st.sampled_from([*STEPS, "double", "lose", "link", "link", "disk", "power"]), st.integers(min_value=0, max_value=11)
)


@settings(max_examples=150)
@given(st.lists(STEP, max_size=70))
def test_no_number_twice_and_every_printed_one_is_filed_once_under_its_press(steps: list[Any]) -> None:
    hall = lived(steps)
    assert not [ticket for ticket, times in Counter(hall.printed).items() if times > 1], "twice on paper"
    assert not [ticket for ticket, times in hall.hub.filed.items() if times > 1], "filed twice"
    own = {ticket for ticket in hall.printed if int(ticket[1:]) >= 700}
    assert own <= set(hall.hub.filed), "on paper, and the hub never heard of it"
    live = set(hall.hub.of_press.values()) - hall.hub.void
    assert own <= live, "on paper, and void"
    assert hall.kiosk.machine.detail["unheard"] == 0


@settings(max_examples=60)
@given(st.lists(STEP, max_size=70))
def test_when_all_is_well_again_a_press_gives_a_ticket(steps: list[Any]) -> None:
    hall = lived(steps)
    before = len(hall.kiosk.jobs)
    hall.run(Pressed("A"), after=DOUBLE)
    hall.step("hub", len(hall.to_hub) - 1)
    hall.step("answer", 0)
    hall.run(after=PATIENCE)
    assert len(hall.kiosk.jobs) == before + 1
