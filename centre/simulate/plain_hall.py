"""What is done for people who stand at no counter: return, priority, a service that stands still, and undo. Pure."""

from centre.simulate.plain_desk import Desks
from centre.simulate.plain_memory import Line
from centre.simulate.plain_sheet import ENDS, No, Place
from moiso.core import commands as ask
from moiso.core.rules import PRIORITY_CLASSES

#: Whoever was carried over stands before everybody who can have come today.
BEFORE_TODAY = 6 * 3600.0


class Hall(Desks):
    """The greeter's side of the sheet."""

    # return

    def come_back(self, c: ask.ReturnTicket) -> None:
        """An absent person is here again, or one of an earlier day."""
        if c.day is not None and c.day != self.label:
            self.come_from_earlier(c.day, c.ticket or "")
            return
        person = self.who_or_no(c.ticket) if c.ticket is not None else self.on_this_paper(c.token)
        if person["state"] in ENDS and not self.nobody_saw_off(person):
            raise No("ticket-ended")
        if person["state"] not in ("absent", *ENDS):
            raise No("not-absent")
        since, rank, behind = self.place_again(person)
        self.write(
            person, state="waiting", since=since, rank=rank, behind=behind, inferred=False, keeps=False, gone_at=0.0,
            outcome=None, undone=False,
        )  # fmt: skip

    def on_this_paper(self, code: str | None) -> Line:
        """Whoever has the paper with this code; of two numbers of one press the one that is not crossed out."""
        found = [person for person in self.people if person["code"] == code]
        if not found:
            raise No("unknown-token")
        return next((person for person in found if person["state"] != "void"), found[0])

    def nobody_saw_off(self, person: Line) -> bool:
        """Whether it ended only by what somebody supposed, or took back."""
        return self.taken_back(person) or bool(person["state"] == "done" and (person["inferred"] or person["keeps"]))

    def place_again(self, person: Line) -> Place:
        """The old place, or behind the second of those who wait; nobody gains by coming late."""
        old = self.place(person)
        if person["state"] in ENDS or person["keeps"]:
            return old
        if self.now - person["gone_at"] > self.rules.grace:
            raise No("grace-over")
        first_ones = self.line((person["service"],))[: self.rules.return_behind]
        if not first_ones:
            return old
        since, rank, _ = self.place(first_ones[-1])
        return max(old, (since, rank, self.next_rank()))

    def come_from_earlier(self, day: str, ticket: str) -> None:
        """A number carried over gets a new one, before everybody of today."""
        slip = f"{day}/{ticket}"
        found = [i for i, old in enumerate(self.carried) if (old["day"], old["ticket"]) == (day, ticket)]
        if not found:
            raise No("not-carried")
        if any(person["carried"] == slip for person in self.people):
            return
        old = self.carried[found[0]]
        since = self.opened_at - BEFORE_TODAY + found[0]
        person = self.enter(old["service"], self.next_value(old["service"]), since=since, priority=old["priority"])
        person["carried"], person["issued"] = slip, self.now

    # priority

    def grant(self, c: ask.GrantPriority) -> None:
        """Given, or taken back."""
        self.may_favour_or_no(True)
        if c.priority_class not in (*PRIORITY_CLASSES, "none"):
            raise No("unknown-class")
        person = self.who_or_no(c.ticket)
        if person["state"] in ENDS:
            raise No("ticket-ended")
        wanted = c.priority_class != "none"
        if wanted and not person["priority"]:
            self.note("priorities")
        self.write(person, priority=wanted)

    # a service stands still

    def suspend(self, c: ask.SuspendService) -> None:
        """Everybody of the service steps aside; its line is frozen."""
        self.service_or_no(c.service)
        if c.service in self.suspended:
            return
        self.suspended.append(c.service)
        self.forget_service(c.service)
        for person in [p for p in self.people if p["service"] == c.service and self.at_a_desk(p)]:
            self.write(person, state="held", at=None, stopped=True)

    def restore(self, c: ask.RestoreService) -> None:
        """Whoever had to step aside waits again at the old place."""
        self.service_or_no(c.service)
        if c.service not in self.suspended:
            return
        self.suspended.remove(c.service)
        for person in [p for p in self.people if p["service"] == c.service and p["stopped"]]:
            if person["state"] == "held":
                self.write(person, state="waiting", stopped=False)

    # undo

    def undo(self, c: ask.UndoLast) -> None:
        """Every line of the sheet that the press changed is copied back."""
        deed = self.deed_meant(c.of)
        served = [service for service in self.staffed if self.desks_for(service, "open")]
        for line, copy in deed["before"]:
            self.write(line, **copy)
        for person in deed["new"]:
            self.write(person, state="void", at=None, keeps=False, undone=True)
        for service in served:
            if not self.desks_for(service, "open"):
                self.staffed[service] = deed["staffed"].get(service, self.opened_at)

    def deed_meant(self, of: str | None) -> Line:
        """The range typed in last, or the last press of the own desk while it is fresh."""
        typed = self.range_deed
        if typed is not None and (of == typed["press"] if of is not None else self.by.counter is None):
            return typed
        deed = self.deeds.get(self.desk_or_no(self.by.counter)["desk"]) if self.by.counter is not None else None
        if deed is None or of not in (None, deed["press"]):
            raise No("nothing-to-undo")
        if self.now - deed["at"] > self.rules.undo_within:
            raise No("undo-too-late")
        return deed
