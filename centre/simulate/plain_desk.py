"""What is pressed at a counter, on paper. Pure."""

from typing import Any

from msgspec import UNSET

from centre.simulate.plain_paper import Paper
from centre.simulate.plain_sheet import PLACES, Line, No
from moiso.core import commands as ask

AFTER_LUNCH = 1800.0


class Desks(Paper):
    """Calling, serving, holding, sending on; `n` is the number of the sender's desk."""

    # whose turn it is

    def pick(self, n: int) -> tuple[Line, str] | None:
        """Who would be called next at this desk, and by which rule."""
        line = self.callable_at(n)
        if not line:
            return None
        if self.now - line[0]["since"] > self.rules.max_wait:
            return line[0], "max-wait"
        usual = self.usual_choice(n, line)
        favoured = [person for person in line if person["priority"] and person["turns"] == 0]
        if favoured and favoured[0] is not usual and self.desks[n]["ordinary"] >= self.rules.priority_ratio:
            return favoured[0], "priority"
        return usual, "oldest" if usual is line[0] else "preference"

    def callable_at(self, n: int) -> list[Line]:
        """Who waits here, is not frozen and not meant for another desk."""
        line = self.line(self.desks[n]["serves"])
        return [person for person in line if person["service"] not in self.suspended and self.is_for(person, n)]

    def is_for(self, person: Line, n: int) -> bool:
        """A person sent to one desk is for that desk, as long as it is there for the person."""
        if person["bound"] in (None, n):
            return True
        there = self.desks[person["bound"]]
        return there["state"] == "closed" or person["service"] not in there["serves"]

    def usual_choice(self, n: int, line: list[Line]) -> Line:
        """The oldest, or the oldest of the service this desk likes best."""
        desk = self.rules.desk(n)
        if desk is None or desk.order == "longest-wait":
            return line[0]
        best = min(line, key=lambda person: self.desks[n]["serves"].index(person["service"]))
        return next(person for person in line if person["service"] == best["service"])

    # somebody comes to the desk

    def next(self, n: int, c: ask.CallNext) -> None:
        """Whoever stands here is done, the next one comes."""
        self.same_view_or_no(n, c.after)
        chosen = self.pick(n)
        self.leave(n)
        self.write(self.desks[n], state="open")
        if chosen is not None:
            self.bring(chosen[0], n)

    def same_view_or_no(self, n: int, after: Any) -> None:
        """The sender saw somebody else, or nobody: nothing is done."""
        here = self.standing_at(n)
        if after is not UNSET and after != (here["number"] if here else None):
            raise No("stale")

    def call(self, n: int, c: ask.CallTicket) -> None:
        """One number; out of turn only for a reason."""
        person = self.who_or_no(c.ticket)
        if person["at"] == n:
            raise No("already-here")
        if person["state"] not in ("waiting", "held", "absent"):
            raise No("not-callable")
        if person["service"] in self.suspended:
            raise No("service-suspended")
        if person["state"] == "waiting":
            self.in_turn_or_no(person, n, c.reason)
        self.leave(n)
        self.write(self.desks[n], state="open")
        self.bring(person, n)

    def in_turn_or_no(self, person: Line, n: int, reason: str | None) -> None:
        """Who is not next needs a reason from the list, and a stroke is made for the caller."""
        chosen = self.pick(n)
        if chosen is not None and chosen[0] is person:
            return
        if reason is None:
            raise No("reason-needed")
        if reason not in ask.CALL_REASONS:
            raise No("unknown-reason")
        self.note("out_of_order")

    def bring(self, person: Line, n: int) -> None:
        """The number is called to the desk."""
        self.write(person, state="called", at=n, called=self.now, last_call=self.now, recalls=0)
        self.count_call(person)

    def count_call(self, person: Line) -> None:
        """Ordinary calls are counted between two with priority; calls outside the hours for the day."""
        desk = self.desks[person["at"]]
        favoured = person["priority"] and person["turns"] == 0
        self.write(desk, ordinary=0 if favoured else desk["ordinary"] + 1)
        if self.trusted and not self.rules.timetable.serves(person["service"], self.now):
            self.write(person, late=True)

    def resume(self, n: int, c: ask.ResumeTicket) -> None:
        """A held person stands here again."""
        person = self.who_or_no(c.ticket)
        if person["state"] != "held":
            raise No("not-held")
        if person["service"] not in self.desks[n]["serves"]:
            raise No("not-served-here")
        if person["service"] in self.suspended:
            raise No("service-suspended")
        self.leave(n)
        self.write(self.desks[n], state="open")
        self.write(person, state="serving", at=n)

    # somebody stands at the desk

    def here_or_no(self, n: int, *states: str) -> Line:
        """Whoever stands here in one of these states."""
        person = self.standing_at(n)
        if person is None:
            raise No("nobody-here")
        if person["state"] not in states:
            raise No("already-serving")
        return person

    def recall(self, n: int, c: ask.RecallTicket) -> None:  # noqa: ARG002
        """Once more."""
        person = self.here_or_no(n, "called")
        self.write(person, recalls=person["recalls"] + 1, last_call=self.now)

    def start(self, n: int, c: ask.StartService) -> None:
        """The person is there, perhaps with a pile."""
        person = self.here_or_no(n, "called")
        if c.dossiers is not None:
            cap = self.cap(person["service"])
            self.write(person, left=None if cap is None else max(0, c.dossiers - cap))
        self.write(person, state="serving")

    def cap(self, service: str) -> int | None:
        """Dossiers in one turn."""
        found = self.rules.service(service)
        return found.cap if found else None

    def finish(self, n: int, c: ask.FinishService) -> None:
        """Done, or one turn of several."""
        person = self.here_or_no(n, *PLACES)
        cap = self.cap(person["service"])
        if c.dossiers is not None and cap is not None and c.dossiers > cap:
            raise No("over-cap")
        if c.more or (person["left"] and c.outcome is None):
            self.send_behind(person)
        else:
            self.write(person, state="done", at=None, inferred=False, outcome=c.outcome)

    def no_show(self, n: int, c: ask.MarkAbsent) -> None:
        """Nobody came."""
        self.same_view_or_no(n, c.after)
        person = self.here_or_no(n, "called")
        self.miss(person, inferred=False, keeps=self.was_at_lunch(person))

    def was_at_lunch(self, person: Line) -> bool:
        """Who had a number before lunch is forgiven the half hour after it."""
        lunch = self.rules.timetable.lunch(self.now) if self.trusted else None
        if lunch is None or person["since"] >= lunch.begins:
            return False
        return bool(lunch.ends <= self.now <= lunch.ends + AFTER_LUNCH)

    def miss(self, person: Line, *, inferred: bool, keeps: bool) -> None:
        """The person is absent from now on."""
        self.write(person, state="absent", at=None, gone_at=self.now, inferred=inferred, keeps=keeps)

    def hold(self, n: int, c: ask.HoldTicket) -> None:  # noqa: ARG002
        """Steps aside, place kept."""
        self.write(self.here_or_no(n, *PLACES), state="held", at=None)

    def transfer(self, n: int, c: ask.TransferTicket) -> None:
        """Sent to another line, or to one desk, at the place of the first number."""
        person = self.here_or_no(n, *PLACES)
        self.service_or_no(c.service)
        target = c.counter if c.to_counter is None else c.to_counter
        if target is None and c.service == person["service"]:
            raise No("same-service")
        if target is not None and c.service not in self.desk_or_no(target)["serves"]:
            raise No("not-served-there")
        self.write(person, state="waiting", at=None, service=c.service, bound=target, left=None)

    # the desk is cleared

    def leave(self, n: int) -> None:
        """Whoever stands here is done, or was never there, or has more for another turn."""
        person = self.standing_at(n)
        if person is None:
            return
        started = person["state"] == "serving"
        if not started and self.now - person["called"] < self.rules.inferred_service:
            self.miss(person, inferred=True, keeps=True)
        elif person["left"]:
            self.send_behind(person)
        else:
            self.write(person, state="done", at=None, inferred=not started, outcome=None)

    def send_behind(self, person: Line) -> None:
        """The same number goes behind everybody, here or where big piles are handled."""
        service = self.rules.service(person["service"])
        target = (service.bulk if service else None) or person["service"]
        cap, left = self.cap(target), person["left"]
        if left is not None:
            left = 0 if cap is None else max(0, left - cap)
        self.write(
            person, state="waiting", at=None, service=target, since=self.now, rank=self.next_rank(),
            turns=person["turns"] + 1, left=left, bound=None,
        )  # fmt: skip

    # the desk itself

    def open(self, n: int, c: ask.OpenCounter) -> None:  # noqa: ARG002
        """The clerk is there."""
        self.write(self.desks[n], state="open")

    def pause(self, n: int, c: ask.PauseCounter) -> None:  # noqa: ARG002
        """The clerk is away for a while."""
        if self.desks[n]["state"] == "closed":
            raise No("counter-closed")
        self.leave(n)
        self.write(self.desks[n], state="paused")

    def close(self, n: int, c: ask.CloseCounter) -> None:  # noqa: ARG002
        """The clerk has left."""
        self.leave(n)
        self.write(self.desks[n], state="closed")

    def assign(self, n: int, c: ask.AssignServices) -> None:
        """Other services from now on."""
        if not c.services:
            raise No("no-services")
        for service in c.services:
            self.service_or_no(service)
        self.write(self.desks[n], serves=tuple(dict.fromkeys(c.services)))
