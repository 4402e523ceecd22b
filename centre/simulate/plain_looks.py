"""What time alone brings about: the clerk looks up from the paper now and then. Pure."""

from centre.simulate.plain_day import Day
from centre.simulate.plain_memory import Line

#: What a look found: the event's name on the wire, and the number, service or desk it is about.
Found = tuple[str, object]


class Looks(Day):
    """Absent by rule, no counter, silent counter, roster."""

    def elapse(self, now: float, trusted: bool) -> list[Found]:
        """Look at everything once; what the rules bring is done, and named."""
        self.now, self.trusted = now, trusted
        if not self.is_open:
            return []
        self.start_press()
        self.note_staff()
        gone, alone, silent, moved = self._gone(), self._alone(), self._silent(), self._moved()
        for person in gone:
            self.miss(person, keeps=True)
        self.alarmed += alone
        for desk in moved:
            self.write(self.desks[desk], **moved[desk])
        self.end_press()
        self.go_idle([desk for desk in silent if desk not in moved])
        found = [("ticket-missed", person["number"]) for person in gone]
        found += [("service-unstaffed", service) for service in alone]
        return found + [("counter-idle", n) for n in silent] + [("services-assigned", n) for n in moved]

    def end_press(self) -> None:
        """Whatever changed: a desk that was touched is alive, an alarm may be over."""
        self.forget_touched()
        for line, _ in self.before:
            if "desk" in line:
                line["pressed"], line["idle"] = self.now, False
        self.note_staff()
        taken = {person["at"] for person in self.here()}
        for n, desk in self.desks.items():
            is_wanted = desk["state"] == "open" and n not in taken and self.callable_at(n)
            desk["wanted"] = (desk["wanted"] or self.now) if is_wanted else None

    def go_idle(self, desks: list[int]) -> None:
        """From now on no promise counts on them."""
        self.start_press()
        for n in desks:
            self.write(self.desks[n], idle=True)
        self.forget_touched()

    def note_staff(self) -> None:
        """Now is the last moment at which these services have a desk; an alarm needs people and no desk."""
        served = {service for desk in self.desks.values() if desk["state"] == "open" for service in desk["serves"]}
        self.staffed |= dict.fromkeys(served, self.now)
        alone = [s for s in self.alarmed if s not in served and s not in self.suspended]
        self.alarmed = [s for s in alone if self.line((s,))]

    def _gone(self) -> list[Line]:
        called = [person for person in self.here() if person["state"] == "called"]
        return [person for person in called if self._called_enough(person)]

    def _called_enough(self, person: Line) -> bool:
        calls, gap = self.rules.calls, self.rules.call_gap
        patience = max(person["last_call"] + gap, person["called"] + calls * gap)
        return bool(person["recalls"] >= calls - 1 and self.now >= patience)

    def _alone(self) -> list[str]:
        return [found.code for found in self.rules.services if self._is_alone(found.code)]

    def _is_alone(self, service: str) -> bool:
        line = self.line((service,))
        if not line or service in self.suspended or service in self.alarmed or self.desks_for(service, "open"):
            return False
        since = [line[0]["since"], self.opened_at, self.staffed.get(service, self.opened_at)]
        if self.trusted:
            window = self.rules.timetable.serving_since(service, self.now)
            if window is None:
                return False
            since.append(window)
        return bool(self.now - max(since) >= self.rules.unstaffed_after)

    def _silent(self) -> list[int]:
        return [n for n in self.desks if self._is_silent(n)]

    def _is_silent(self, n: int) -> bool:
        desk = self.desks[n]
        if desk["idle"] or desk["wanted"] is None:
            return False
        return bool(self.now - max(desk["pressed"], desk["wanted"]) >= self.rules.idle_after)

    def _moved(self) -> dict[int, Line]:
        """A new half-day: the roster's counters begin it by the roster, at the others a swap is over."""
        if not self.trusted:
            return {}
        _, weekday, half = self.rules.timetable.half(self.now)
        rostered = {duty.counter for duty in self.rules.roster}
        old = [n for n, desk in self.desks.items() if desk["half"] != self.half_day()]
        new = {n: self._duty(n, weekday, half) for n in old if n in rostered}
        over = {n: {"who": None} for n in old if n not in rostered and self.desks[n]["who"] and self.desks[n]["half"]}
        return {n: {"half": self.half_day(), **change} for n, change in sorted((new | over).items())}

    def _duty(self, n: int, weekday: int, half: str) -> Line:
        for duty in self.rules.roster:
            if (duty.counter, duty.weekday, duty.half) == (n, weekday, half):
                return {"serves": duty.services, "who": duty.who}
        usual = self.rules.desk(n)
        return {"serves": usual.services if usual else (), "who": None}
