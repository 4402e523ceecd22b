"""The queue once more, as a clerk with a paper list would keep it: slow, literal, wrong in other ways than the code."""

from typing import Any

PLACES = ("called", "serving")
ENDS = ("done", "void", "expired")


class No(Exception):  # noqa: N818
    """The plain queue refuses; str() is the reason."""


class Plain:
    """Lists of dicts; everything is looked up by walking through them."""

    def __init__(self, rules: Any) -> None:
        self.rules = rules
        self.services = [s.code for s in rules.services]
        self.is_open = False
        self.loans_ahead: list[dict[str, Any]] = []
        self.begin()

    def begin(self) -> None:
        self.people: list[dict[str, Any]] = []
        self.loans = self.loans_ahead
        self.loans_ahead = []
        self.rank = self.inferred = 0
        self.desks = {
            d.number: {"state": "closed", "serves": d.services, "ordinary": self.rules.priority_ratio}
            for d in self.rules.desks
        }

    # what the wall, the clerks and the leader would say

    def who(self, number: str | None) -> dict[str, Any] | None:
        found = [p for p in self.people if p["number"] == number]
        assert len(found) < 2
        return found[0] if found else None

    def standing_at(self, desk: int) -> dict[str, Any] | None:
        found = [p for p in self.people if p["state"] in PLACES and p["desk"] == desk]
        assert len(found) < 2
        return found[0] if found else None

    def line(self, services: Any) -> list[dict[str, Any]]:
        waiting = [p for p in self.people if p["state"] == "waiting" and p["service"] in services]
        return sorted(waiting, key=lambda p: (p["since"], p["rank"]))

    def account(self) -> dict[str, int]:
        def how_many(*states: str) -> int:
            return len([p for p in self.people if p["state"] in states])

        return {
            "issued": len(self.people),
            "served": how_many("done"),
            "inferred": self.inferred,
            "absent": how_many("absent", "expired absent"),
            "void": how_many("void"),
            "expired": how_many("expired"),
            "waiting": how_many("waiting"),
            "at_counters": how_many(*PLACES),
        }

    def shift(self, seconds: float) -> None:
        for p in self.people:
            p["since"] += seconds
            p["called"] += seconds

    # what may be asked

    def issue(self, service: str, device: str, press: str, now: float, priority: bool) -> str:
        self.service_or_no(service)
        for p in self.people:
            if (p["device"], p["press"]) == (device, press) and not p.get("phantom"):
                return str(p["number"])
        low, high = self.rules.band
        value = 1
        while low <= value <= high or self.who(f"{service}{value:03d}"):
            value += 1
        return self.enter(f"{service}{value:03d}", service, device, press, since=now, priority=priority)

    def enter(self, number: str, service: str, device: str, press: str, *, since: float, priority: bool) -> str:
        self.rank += 1
        self.people.append(
            {"number": number, "service": service, "device": device, "press": press, "priority": priority,
             "since": since, "rank": self.rank, "state": "waiting", "desk": None, "called": 0.0, "recalls": 0}
        )  # fmt: skip
        return number

    def lease(self, kiosk: str, service: str, ahead: bool) -> tuple[int, int]:
        self.service_or_no(service)
        if not ahead and not self.is_open:
            raise No("day-closed")
        loans = self.loans_ahead if ahead else self.loans
        lent = [n for loan in loans if loan["service"] == service for n in loan["numbers"]]
        low, high = self.rules.band
        free = [n for n in range(low, high + 1) if n > max(lent, default=0)][: self.rules.block]
        if not free:
            raise No("no-numbers-left")
        loans.append({"kiosk": kiosk, "service": service, "numbers": free})
        return free[0], free[-1]

    def offline(
        self, number: str, service: str, kiosk: str, press: str, *, since: float, priority: bool, now: float
    ) -> None:
        self.service_or_no(service)
        known = self.who(number)
        if known:
            if (known["device"], known["press"]) == (kiosk, press):
                return
            raise No("number-used")
        own = [x for x in self.loans if x["kiosk"] == kiosk and x["service"] == service]
        if number not in [f"{service}{n:03d}" for x in own for n in x["numbers"]]:
            raise No("not-your-number")
        same_press = [p for p in self.people if (p["device"], p["press"]) == (kiosk, press) and not p.get("phantom")]
        self.enter(number, service, kiosk, press, since=since, priority=priority)
        printed = self.people[-1]
        for phantom in same_press:
            phantom["phantom"] = True
            printed["since"], printed["rank"] = phantom["since"], phantom["rank"]
            if phantom["state"] in PLACES:
                printed.update(state=phantom["state"], desk=phantom["desk"], called=now)
                self.note_call(printed)
            if phantom["state"] not in ENDS:
                phantom.update(state="void", desk=None)

    def void(self, number: str, device: str, is_kiosk: bool) -> None:
        p = self.own_or_no(number, device, is_kiosk)
        if p["state"] in ENDS:
            raise No("ticket-ended")
        p.update(state="void", desk=None)

    def own_or_no(self, number: str, device: str, is_kiosk: bool) -> dict[str, Any]:
        p = self.who(number)
        if not p:
            raise No("unknown-ticket")
        if is_kiosk and p["device"] != device:
            raise No("not-your-number")
        return p

    def next(self, desk: int, now: float, after: Any) -> tuple[str, str] | None:
        """`after`: a list with what the sender sees, or an empty list when it does not say."""
        d = self.desk_or_no(desk)
        here = self.standing_at(desk)
        if after and after[0] != (here["number"] if here else None):
            raise No("stale")
        chosen = self.pick(desk, now)
        self.leave(desk, now)
        d["state"] = "open"
        if chosen is None:
            return None
        person, rule = chosen
        self.bring(person, desk, now)
        return person["number"], rule

    def pick(self, desk: int, now: float) -> tuple[dict[str, Any], str] | None:
        line = self.line(self.desks[desk]["serves"])
        if not line:
            return None
        if now - line[0]["since"] > self.rules.max_wait:
            return line[0], "max-wait"
        favoured = [p for p in line if p["priority"]]
        if favoured and favoured[0] is not line[0] and self.desks[desk]["ordinary"] >= self.rules.priority_ratio:
            return favoured[0], "priority"
        return line[0], "oldest"

    def call(self, desk: int, number: str, now: float) -> None:
        d = self.desk_or_no(desk)
        p = self.who(number)
        if not p:
            raise No("unknown-ticket")
        if p["desk"] == desk:
            raise No("already-here")
        if p["state"] not in ("waiting", "absent"):
            raise No("not-callable")
        self.leave(desk, now)
        d["state"] = "open"
        self.bring(p, desk, now)

    def bring(self, p: dict[str, Any], desk: int, now: float) -> None:
        p.update(state="called", desk=desk, called=now, recalls=0)
        self.note_call(p)

    def note_call(self, p: dict[str, Any]) -> None:
        d = self.desks[p["desk"]]
        d["ordinary"] = 0 if p["priority"] else d["ordinary"] + 1

    def leave(self, desk: int, now: float) -> None:
        p = self.standing_at(desk)
        if p:
            gone = p["state"] == "called" and now - p["called"] < self.rules.inferred_service
            self.inferred += p["state"] == "called" and not gone
            p.update(state="absent" if gone else "done", desk=None)

    def recall(self, desk: int) -> None:
        self.here_or_no(desk, "called")["recalls"] += 1

    def start(self, desk: int) -> None:
        self.here_or_no(desk, "called")["state"] = "serving"

    def finish(self, desk: int) -> None:
        self.here_or_no(desk, *PLACES).update(state="done", desk=None)

    def no_show(self, desk: int) -> None:
        self.here_or_no(desk, "called").update(state="absent", desk=None)

    def here_or_no(self, desk: int, *states: str) -> dict[str, Any]:
        self.desk_or_no(desk)
        p = self.standing_at(desk)
        if not p:
            raise No("nobody-here")
        if p["state"] not in states:
            raise No("already-serving")
        return p

    def open(self, desk: int) -> None:
        self.desk_or_no(desk)["state"] = "open"

    def pause(self, desk: int, now: float) -> None:
        d = self.desk_or_no(desk)
        if d["state"] == "closed":
            raise No("counter-closed")
        self.leave(desk, now)
        d["state"] = "paused"

    def close(self, desk: int, now: float) -> None:
        d = self.desk_or_no(desk)
        self.leave(desk, now)
        d["state"] = "closed"

    def open_day(self) -> None:
        if self.is_open:
            raise No("day-open")
        self.begin()
        self.is_open = True

    def close_day(self) -> None:
        for p in self.people:
            self.inferred += p["state"] in PLACES
            ends = {"waiting": "expired", "absent": "expired absent", "called": "done", "serving": "done"}
            p.update(state=ends.get(p["state"], p["state"]), desk=None)
        self.is_open = False

    def service_or_no(self, service: str) -> None:
        if service not in self.services:
            raise No("unknown-service")

    def desk_or_no(self, desk: int | None) -> dict[str, Any]:
        if desk is None:
            raise No("no-counter")
        if desk not in self.desks:
            raise No("unknown-counter")
        return self.desks[desk]
