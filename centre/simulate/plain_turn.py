"""Whose turn it is at a counter, on paper; how somebody comes to it and leaves it. Pure."""

from centre.simulate.plain_memory import Line
from centre.simulate.plain_paper import Paper


class Turns(Paper):
    """The order of the line, and the two ends of a turn; `n` is the number of a desk."""

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

    # somebody comes

    def bring(self, person: Line, n: int, rule: str) -> None:
        """The number is called to the desk."""
        self.called = (person["number"], rule)
        self.write(person, state="called", at=n, called=self.now, last_call=self.now, recalls=0, keeps=False)
        self.count_call(person)
        if self.trusted and not self.rules.timetable.serves(person["service"], self.now):
            self.write(person, late=True)

    def count_call(self, person: Line) -> None:
        """Ordinary calls are counted between two with priority."""
        desk = self.desks[person["at"]]
        favoured = person["priority"] and person["turns"] == 0
        self.write(desk, ordinary=0 if favoured else desk["ordinary"] + 1)

    # somebody goes

    def leave(self, n: int) -> None:
        """Whoever stands here is done, or was never there, or has more for another turn."""
        person = self.standing_at(n)
        if person is None:
            return
        started = person["state"] == "serving"
        if not started and self.now - person["called"] < self.rules.inferred_service:
            self.miss(person, keeps=True)
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
            person, state="waiting", at=None, service=target, since=self.now, rank=self.next_rank(), behind=0,
            turns=person["turns"] + 1, left=left, bound=None,
        )  # fmt: skip

    def miss(self, person: Line, *, keeps: bool) -> None:
        """The person is absent from now on."""
        self.write(person, state="absent", at=None, gone_at=self.now, keeps=keeps)

    def cap(self, service: str) -> int | None:
        """Dossiers in one turn."""
        found = self.rules.service(service)
        return found.cap if found else None
