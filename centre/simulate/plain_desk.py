"""What is pressed at a counter, on paper. Pure."""

from typing import Any

from msgspec import UNSET

from centre.simulate.plain_memory import Line
from centre.simulate.plain_sheet import PLACES, No
from centre.simulate.plain_turn import Turns
from moiso.core import commands as ask

AFTER_LUNCH = 1800.0


class Desks(Turns):
    """Calling, serving, holding, sending on; `n` is the number of the sender's desk."""

    # somebody comes to the desk

    def next(self, n: int, c: ask.CallNext) -> None:  # noqa: ARG002
        """Whoever stands here is done, the next one comes."""
        chosen = self.pick(n)
        self.leave(n)
        self.write(self.desks[n], state="open")
        if chosen is not None:
            self.bring(chosen[0], n, chosen[1])

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
        rule = self.turn_or_no(person, n, c.reason) if person["state"] == "waiting" else "by-number"
        self.leave(n)
        self.write(self.desks[n], state="open")
        self.bring(person, n, rule)

    def turn_or_no(self, person: Line, n: int, reason: str | None) -> str:
        """Who is not next needs a reason from the list, and a stroke is made for the caller."""
        chosen = self.pick(n)
        if chosen is not None and chosen[0] is person:
            return chosen[1]
        if reason is None:
            raise No("reason-needed")
        if reason not in ask.CALL_REASONS:
            raise No("unknown-reason")
        self.note("out_of_order")
        return "out-of-order"

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

    def no_show(self, n: int, c: ask.MarkAbsent) -> None:  # noqa: ARG002
        """Nobody came."""
        person = self.here_or_no(n, "called")
        self.miss(person, keeps=self.was_at_lunch(person))

    def was_at_lunch(self, person: Line) -> bool:
        """Who had a number before lunch is forgiven the half hour after it."""
        lunch = self.rules.timetable.lunch(self.now) if self.trusted else None
        if lunch is None or person["since"] >= lunch.begins:
            return False
        return bool(lunch.ends <= self.now <= lunch.ends + AFTER_LUNCH)

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
        """Other services from now on, another clerk until the half-day ends."""
        desk = self.desks[n]
        names_nothing = not (c.who or c.take or c.drop)
        before = c.services if c.services is not None or names_nothing else desk["serves"]
        for service in (*(before or ()), *c.take, *c.drop):
            self.service_or_no(service)
        serves = [service for service in (*(before or ()), *c.take) if service not in c.drop]
        if not serves:
            raise No("no-services")
        changes: Line = {"serves": tuple(dict.fromkeys(serves))}
        if c.who is not None and c.who != desk["who"]:
            changes |= {"who": c.who, "half": self.half_day() if self.trusted else desk["half"]}
        self.write(desk, **changes)

    def half_day(self) -> str:
        """This morning or this afternoon, by its date."""
        date, _, half = self.rules.timetable.half(self.now)
        return f"{date}/{half}"
