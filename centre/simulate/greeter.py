"""The greeter: does what visitors ask for, and in an outage writes numbers on paper and types them in afterwards."""

from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Errand, Hall
from centre.simulate.hours import DayHours
from centre.simulate.kiosk_stand import KioskStand
from centre.simulate.load import CLASSES, Person
from centre.simulate.paper import PaperPad
from kiosk.paper import STOPPED, PaperStatus
from moiso.core.tickets import State
from moiso.wire.messages import Reply

NAME = "hd-01"
#: How often a number is written by hand although the hub is there.
BY_HAND = 0.2
#: How often a number is printed at a kiosk, and not only read out.
PRINTED = 0.6
#: Where somebody stands whose code the hub has taken.
BACK = frozenset({State.WAITING, State.CALLED, State.SERVING})


class Greeter:
    """Whoever stands by the kiosks on one day."""

    def __init__(self, building: Building, hall: Hall, hours: DayHours) -> None:
        self._building, self._hall, self._hours = building, hall, hours
        self._time, self._chance = building.ground.time, building.ground.chance(f"greeter {hours.date}")
        self._pad = PaperPad(building, hall, self._chance)
        self._rolls: dict[int, float] = {}

    def work(self) -> Process:
        """Look about every half minute, from the doors' opening to the end; papers come after people."""
        yield max(0.0, self._hours.doors - 1800 - self._time.now)
        while self._time.now < self._hours.end + 1200:
            self._mind_the_printers()
            for _ in range(3):
                if self._hall.errands:
                    yield from self._run(self._hall.errands.popleft())
            if self._building.shown is not None and not self._hall.errands:
                yield from self._pad.type_in()
                yield from self._type_for_a_kiosk()
            yield self._chance.uniform(15, 45)

    # -- errands --------------------------------------------------------------------------------------------------

    def _run(self, errand: Errand) -> Process:
        yield self._chance.uniform(2, 8)
        if self._building.shown is None:
            self._without_hub(errand)
            return
        match errand.what:
            case "issue" if self._chance.random() < BY_HAND:
                self._pad.write(errand.person)
            case "issue":
                yield from self._issue(errand.person)
            case "return":
                yield from self._return(errand.person)
            case "grant-priority":
                self._ask("grant-priority", ticket=errand.person.ticket or "?", **{"class": errand.person.priority})
            case "void":
                self._ask("void", ticket=errand.person.ticket or "?", reason="went home")

    def _without_hub(self, errand: Errand) -> None:
        if errand.what == "issue":
            self._pad.write(errand.person)
        else:
            self._hall.errands.append(errand)

    def _issue(self, person: Person) -> Process:
        asked: dict[str, Any] = {"service": person.service}
        if person.priority:
            asked |= {"priority": True, "class": person.priority}
        if self._chance.random() < 0.02:
            asked |= {"priority": True, "class": self._chance.choice((*CLASSES, "friend"))}
        kiosks = self._building.kiosks
        stand = self._chance.choice(kiosks) if kiosks and self._chance.random() < PRINTED else None
        if stand is not None:
            asked |= {"print_at": stand.conf.device}
        press = self._ask("issue", **asked)
        yield 2.0
        self._gives(self._building.reply(press), person)
        if stand is not None:
            yield 4.0
            stand.printer.fetch(person.ticket)

    def _return(self, person: Person) -> Process:
        """Somebody is back: at the kiosk's scanner or page, or by the greeter; with yesterday's number too."""
        asked: dict[str, Any] = {"ticket": person.ticket or "?"}
        if person.day not in {None, self._hall.day}:
            asked["day"] = person.day
        kiosks = self._building.kiosks
        if kiosks and self._chance.random() < 0.4:
            stand = self._chance.choice(kiosks)
            if person.code is not None and "day" not in asked:
                yield from self._scan(stand, person, person.code)
                return
            press = stand.ask("return", **asked)
            yield 2.0
            self._gives(stand.reply(press), person)
        else:
            press = self._ask("return", **asked)
            yield 2.0
            self._gives(self._building.reply(press), person)

    def _scan(self, stand: KioskStand, person: Person, code: str) -> Process:
        """The code on the paper, held before a kiosk's scanner; whoever is not taken back goes home."""
        stand.scan(code, person.ticket)
        yield 4.0
        person.given_up = self._building.witness.states.get(person.ticket or "?") not in BACK
        self._building.met["own codes scanned"] += not person.given_up

    def _gives(self, reply: Reply | None, person: Person) -> None:
        """The number that the hub gave; whoever gets none goes home."""
        if reply is None or reply.status != "ok":
            person.given_up = True
        else:
            person.given_up = False
            self._hall.gets(person, str(reply.data["ticket"]))

    def _type_for_a_kiosk(self) -> Process:
        """A kiosk that is not heard has given a number: typed in from its paper, and taken back now and then."""
        for stand in self._building.kiosks:
            given = self._building.own.unheard(stand.conf.device)
            if given is not None and self._chance.random() < 0.08:
                press = self._ask("issued-offline", ticket=given.ticket, service=given.service)
                yield 5.0
                if self._chance.random() < 0.5:
                    self._ask("undo", of=press)

    # -- printers -------------------------------------------------------------------------------------------------

    def _mind_the_printers(self) -> None:
        """A printer that has stopped gets paper some minutes later."""
        for number, stand in enumerate(self._building.kiosks):
            if stand.printer.state not in STOPPED:
                self._rolls.pop(number, None)
            elif self._time.now > self._rolls.setdefault(number, self._time.now + self._chance.uniform(60, 600)):
                stand.printer.become(PaperStatus.OK)

    def _ask(self, command: str, **arguments: Any) -> str:
        return self._building.ask(command, "greeter", NAME, **arguments)
