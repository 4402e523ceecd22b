"""The business day on paper: opening, closing, opening again, the account, a clock that is set. Pure."""

from typing import Any

from centre.simulate.plain_hall import Hall
from centre.simulate.plain_memory import Line
from centre.simulate.plain_sheet import PLACES, TRAINING, No
from moiso.core import commands as ask

#: A date begins at three in the morning.
NIGHT = 3 * 3600.0
MOMENTS = ("since", "issued", "called", "last_call", "gone_at")


class Day(Hall):
    """From the first number to the account."""

    def may_open_day(self, c: ask.OpenDay) -> None:
        """A real day ends a training day; practice may interrupt a day that has not begun."""
        untouched = not self.training and not self.people
        if self.is_open and not (untouched if c.training else self.training):
            raise No("day-open")

    def day_opened(self, label: str, at: float, training: bool = False) -> None:
        """A new sheet; `label` is the day's name. A training day leaves what was promised for the next real one."""
        if self.is_open:
            self.loans_ahead = self.loans_ahead if self.training else self.loans + self.loans_ahead
            self.end_day("expire", at)
        else:
            self.loans_ahead = self.never_heard() + self.loans_ahead
        self.label, self.is_open, self.training, self.overtime = label, True, training, False
        self.opened_at, self.closed_at = at, None
        self.begin(loans=[] if training else [{**loan, "heard": False} for loan in self.loans_ahead])
        if not training:
            self.loans_ahead, self.carried, self.carried_over = [], self.carried_over, []

    def never_heard(self) -> list[Line]:
        """What kiosks that heard nothing of the last day may still give."""
        silent = [loan for loan in self.loans if not loan["heard"] and loan["kiosk"] in self.rules.kiosks]
        return [{**loan, "old": True} for loan in silent]

    def close_day(self, c: ask.CloseDay) -> None:
        """Nobody who still waits is sent home without a word."""
        left = [person for person in self.people if person["state"] in ("waiting", "held")]
        if left and c.leftover == "overtime":
            self.overtime = True
        elif not left or self.training:
            self.end_day("expire", self.now)
        elif c.leftover is None:
            raise No("still-waiting")
        else:
            self.end_day(c.leftover, self.now)

    def day_closed_by_rule(self, now: float) -> None:
        """Nobody was there to choose: whoever waits keeps the place."""
        self.end_day("expire" if self.training else "carry-over", now)

    def end_day(self, leftover: str, at: float) -> None:
        """Everybody gets an end."""
        waiting = self.line(tuple(service.code for service in self.rules.services))
        held = [person for person in self.people if person["state"] == "held"]
        kept = sorted(waiting + held, key=self.place) if leftover == "carry-over" else []
        if not self.training and self.people:
            self.carried_over = [{"day": self.label, "ticket": p["number"], **self._again(p)} for p in kept]
        elif not self.training:
            self.carried_over = self.carried
        for person in self.people:
            self._end(person)
        for desk in self.desks.values():
            desk["wanted"] = None
        self.is_open = self.overtime = False
        self.closed_at = at
        self.forget_all()

    def _again(self, person: Line) -> Line:
        return {"service": person["service"], "priority": person["priority"]}

    def _end(self, person: Line) -> None:
        if person["state"] in PLACES:
            self.write(person, state="done", at=None, inferred=True)
        elif person["state"] in ("waiting", "held", "absent"):
            self.write(person, was=person["state"], state="expired")

    def reopen_day(self, c: ask.ReopenDay) -> None:  # noqa: ARG002
        """As if it had not been closed, except for those who were sent off from a counter."""
        if self.is_open:
            raise No("day-open")
        if self.training or self.closed_at is None or self._date(self.closed_at) != self._date(self.now):
            raise No("day-over")
        for person in self.people:
            if person["state"] == "expired":
                self.write(person, state=person["was"], was=None)
        self.is_open, self.closed_at = True, None
        self.carried_over = []
        self.forget_all()

    def _date(self, moment: float) -> str:
        return self.rules.timetable.half(moment - NIGHT)[0]

    def clock_set(self, shift: float) -> None:
        """The clock jumped, nobody's waiting did."""
        for person in self.people:
            for key in MOMENTS:
                person[key] += shift
        self.look_again()
        for desk in self.desks.values():
            desk["pressed"] += shift
            desk["wanted"] = None if desk["wanted"] is None else desk["wanted"] + shift
        self.staffed = {service: moment + shift for service, moment in self.staffed.items()}
        self.opened_at += shift
        self.forget_all()

    def post(self, c: ask.PostNotice) -> None:
        """Words for the wall."""
        self.notice = c.text

    # the account

    def account(self) -> dict[str, Any]:
        """How the numbers of the day stand, counted one by one."""
        return {
            "issued": len(self.people),
            "served": self._how_many("done"),
            "inferred": len([p for p in self.people if p["state"] == "done" and p["inferred"]]),
            "absent": self._how_many("absent") + len(self._expired("absent")),
            "void": self._how_many("void"),
            "expired": len(self._expired("waiting", "held")),
            "waiting": self._how_many("waiting"),
            "held": self._how_many("held"),
            "at_counters": self._how_many(*PLACES),
            "after_hours": len([p for p in self.people if p["late"]]),
            "leased": [self.lent(loan) for loan in self.loans],
            "unheard": self._unheard(),
            "carried": self._carried(),
            "outcomes": self._outcomes(),
            "by_account": {who: doings for who, doings in self.doings.items() if any(doings.values())},
            "training": self.training,
        }

    def _carried(self) -> list[str]:
        """Those of this day who go first on the next; who did not come since yesterday is not of this day."""
        if self.is_open or self.training:
            return []
        return sorted(old["ticket"] for old in self.carried_over if old["day"] == self.label)

    def _how_many(self, *states: str) -> int:
        return len([person for person in self.people if person["state"] in states])

    def _expired(self, *was: str) -> list[Line]:
        return [person for person in self.people if person["state"] == "expired" and person["was"] in was]

    def lent(self, loan: Line) -> list[Any]:
        """A block as kiosk, service, first and last number."""
        return [loan["kiosk"], loan["service"], loan["numbers"][0], loan["numbers"][-1]]

    def _unheard(self) -> list[str]:
        missing = []
        for service in (found.code for found in self.rules.services):
            given = self.given_online(service)
            first = TRAINING + 1 if self.training else 1
            for value in range(first, max(given, default=0)):
                if value not in given and not self.is_reserved(value):
                    missing.append(f"{service}{value:03d}")
        return sorted(missing)

    def _outcomes(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for person in self.people:
            if person["state"] == "done":
                outcome = person["outcome"] or "unknown"
                counts[outcome] = counts.get(outcome, 0) + 1
        return counts
