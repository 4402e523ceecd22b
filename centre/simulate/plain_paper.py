"""Numbers that were given out while nothing worked, as the plain queue takes them in. Pure."""

from centre.simulate.plain_memory import Line
from centre.simulate.plain_range import Ranges
from centre.simulate.plain_sheet import ENDS, No
from moiso.core import commands as ask
from moiso.core.roles import Role

LARGEST_JUMP = 100
JUST_BEFORE = 0.001


class Paper(Ranges):
    """Kiosks report, people type in."""

    def offline(self, c: ask.RecordOffline) -> None:
        """A number that is already on somebody's paper."""
        self.service_or_no(c.service)
        if c.day not in (None, self.label):
            raise No("other-day")
        if self.by.role is Role.KIOSK:
            self.kiosk_reports(c)
        else:
            self.person_types(c)

    # a kiosk's own numbers

    def kiosk_reports(self, c: ask.RecordOffline) -> None:
        """Never refused for a number of its own block; the number printed is the one that counts."""
        value = self.value_of(c.service, c.ticket)
        mine = value is not None and self.is_lent(c.service, value, self.by.device)
        known = self.who(c.ticket)
        if known is None:
            self.of_today_or_no(c, value)
            assert value is not None
            since = self.now - (c.seconds_ago or 0.0)
            known = self.enter(c.service, value, since=since, priority=c.priority, code=c.token)
            self.take_over(known, c)
        elif known["phantom"] or known not in self.holders():
            self.already_typed_in(known, mine)

    def of_today_or_no(self, c: ask.RecordOffline, value: int | None) -> None:
        """A number of the kiosk's own; without a day on it, one that was surely given in this day or its morning."""
        mine = [loan for loan in self.loans_of(c.service) if value in loan["numbers"]]
        if not mine:
            later = [loan for loan in self.loans_ahead if self.is_own(loan, c.service) and value in loan["numbers"]]
            raise No("day-ahead" if later else "not-your-number")
        if c.day is not None:
            return
        if c.seconds_ago is None or c.at_least:
            sure = not mine[0]["old"]
        else:
            pressed = self.now - c.seconds_ago
            sure = pressed >= self.opened_at or self.same_morning(pressed)
        if not sure:
            raise No("earlier-day")

    def loans_of(self, service: str) -> list[Line]:
        """The blocks of today of the kiosk that speaks."""
        return [loan for loan in self.loans if self.is_own(loan, service)]

    def is_own(self, loan: Line, service: str) -> bool:
        """Whether the kiosk that speaks has it."""
        return bool((loan["kiosk"], loan["service"]) == (self.by.device, service))

    def same_morning(self, pressed: float) -> bool:
        """Whether somebody pressed on the date of the opening; a date begins at three."""
        if not self.trusted:
            return self.opened_at - pressed < 36000
        dates = [self.rules.timetable.half(moment - 3 * 3600)[0] for moment in (pressed, self.opened_at)]
        return dates[0] == dates[1]

    def take_over(self, printed: Line, c: ask.RecordOffline) -> None:
        """Whatever was issued for the same press stands aside for the number that was printed."""
        phantoms = [person for person in self.holders() if person is not printed and not person["phantom"]]
        for phantom in phantoms:
            if self.place(phantom) < self.place(printed):
                self.write(printed, **{key: phantom[key] for key in ("since", "rank", "behind")})
            place = {key: phantom[key] for key in ("state", "at")} if self.at_a_desk(phantom) else {}
            self.drop(phantom)
            if place:
                self.write(printed, called=self.now, last_call=self.now, **place)
                self.count_call(printed)
        if c.priority and not phantoms:
            self.note("priorities")

    def drop(self, phantom: Line) -> None:
        """A number that nobody holds."""
        self.write(phantom, phantom=True)
        if phantom["state"] not in ENDS:
            self.write(phantom, state="void", at=None)

    def already_typed_in(self, known: Line, mine: bool) -> None:
        """Somebody was faster than the kiosk: its press belongs to that number from now on."""
        if not (mine and known["source"] == "paper"):
            raise No("number-used")
        for phantom in self.holders():
            self.drop(phantom)
        known["device"], known["given"] = self.by.device, (self.by.device, self.by.press)
        self.give_after_all(known)
        self.make_final(known)

    def give_after_all(self, person: Line) -> None:
        """A range was taken back, and yet somebody has this number."""
        if self.taken_back(person):
            self.write(person, state="waiting", undone=False)

    def count_call(self, person: Line) -> None:
        """Said again where counters are."""
        raise NotImplementedError

    # a person's

    def person_types(self, c: ask.RecordOffline) -> None:
        """Numbers from a paper roll, or from a kiosk that is dead."""
        service, values = self.range_or_no(c.ticket, c.to)
        if service != c.service:
            raise No("bad-range")
        known = [person for person in self.people if person["prefix"] == service and person["value"] in values]
        if not all(self.taken_back(person) for person in known):
            raise No("number-used")
        unknown = [value for value in values if value not in [person["value"] for person in known]]
        self.may_favour_or_no(c.priority)
        self.on_paper_or_no(service, unknown)
        for person in known:
            self.give_after_all(person)
        for value in unknown:
            since = self.place_by_number(service, value) if c.seconds_ago is None else self.now - c.seconds_ago
            self.enter(service, value, since=since, priority=c.priority, source="paper")
            if c.priority:
                self.note("priorities")

    def on_paper_or_no(self, service: str, values: list[int]) -> None:
        """The band is for kiosks only, and a slip of the finger must not move the day's numbers on by hundreds."""
        if any(self.is_reserved(value) and not self.is_lent(service, value) for value in values):
            raise No("reserved-number")
        lowest, last = self.floor(), self.last_value(service)
        if any(not lowest < value <= last + LARGEST_JUMP and not self.is_reserved(value) for value in values):
            raise No("number-too-high")

    def place_by_number(self, service: str, value: int) -> float:
        """Nobody knows when: just before whoever has the next higher number, else now."""
        later = [p for p in self.people if p["prefix"] == service and p["value"] > value]
        later = [p for p in later if not self.is_reserved(p["value"])]
        if not later:
            return self.now
        return float(min(later, key=lambda p: p["value"])["issued"]) - JUST_BEFORE

    def served_offline(self, c: ask.ServedOffline) -> None:
        """These need not be called any more; numbers that nobody knew are entered and crossed out."""
        service, values = self.range_or_no(c.ticket, c.to)
        people = [person for person in self.people if person["prefix"] == service and person["value"] in values]
        unknown = [value for value in values if value not in [person["value"] for person in people]]
        known = self.known_in_range(c.ticket, c.to or c.ticket) + [p for p in people if self.taken_back(p)]
        self.on_paper_or_no(service, unknown)
        if not unknown and not known:
            raise No("nothing-in-range")
        if c.preview:
            return
        entered = [
            self.enter(service, v, since=self.place_by_number(service, v), source="paper") for v in unknown
        ]  # fmt: skip
        for person in entered + known:
            self.write(person, state="done", at=None, inferred=False, keeps=True, undone=False)
