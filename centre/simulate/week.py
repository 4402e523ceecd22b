"""One week of one centre: its working days one after the other on one hub, which lives through the nights."""

import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import zip_longest
from random import Random

from centre.simulate.building import Building
from centre.simulate.clerk import Clerk
from centre.simulate.clock import Process, Time
from centre.simulate.faults import Faults
from centre.simulate.greeter import Greeter
from centre.simulate.ground import Attention, Ground
from centre.simulate.hall import Hall
from centre.simulate.hours import DAY, DayHours, working_days
from centre.simulate.load import people
from centre.simulate.manager import Manager
from centre.simulate.mischief import Mischief
from centre.simulate.network import Broker
from centre.simulate.outage import Outage
from centre.simulate.trainee import Trainee
from centre.simulate.violation import Violation
from centre.simulate.visitors import Visitors
from centre.simulate.weather import Weather
from centre.simulate.witness import Step
from hub.log import Row
from moiso.core.events import DayClosed, DayOpened
from moiso.runtime.site import Site

#: The first Monday of the simulated years.
FIRST_MONDAY = date(2026, 11, 2)
#: Working days of a week.
DAYS = 5
#: Seconds of close attention after a day, in which everybody hears what is missing.
LOOK_AT_NIGHT = 20.0
#: Without faults the walls are compared with the log for so long, so often, seconds.
GLIMPSE, GLIMPSE_EVERY = 9.0, 5400.0


@dataclass
class Outcome:
    """What a week brought; `violation`: what broke, and where, in words."""

    week: int
    days: int = 0
    presses: int = 0
    events: int = 0
    tickets: int = 0
    offline: int = 0
    dropped: int = 0
    spoken: int = 0
    looks: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    steps: Counter[Step] = field(default_factory=Counter)
    digest: str = ""
    violation: str | None = None


def hours_of(site: Site, week: int) -> tuple[datetime, list[DayHours]]:
    """The week's first midnight and its working days; after fifty weeks the calendar begins again.

    Every other one begins on a Thursday, with the weekend in its middle.
    """
    first = FIRST_MONDAY + timedelta(weeks=week % 50, days=3 * (week % 2))
    epoch = datetime.combine(first, time(), site.zone)
    return epoch, list(working_days(site.rules(), first, epoch))[:DAYS]


class Week:
    """A centre from its first morning on; `days`: how many working days at most."""

    def __init__(self, site: Site, seed: int, week: int, days: int, *, with_faults: bool) -> None:
        epoch, self._hours = hours_of(site, week)
        del self._hours[days:]
        self._time = Time()
        broker = Broker(self._time, Weather(Random(f"{seed}/{week}/weather")))
        self._ground = Ground(site, f"{seed}/{week}", self._time, broker, Attention(self._time))
        walls = len(site.displays) if with_faults else 1
        self._building = Building(self._ground, site.rules(), epoch.timestamp(), walls=walls)
        self._hall = Hall(self._ground.chance("hall"), lambda: self._time.now, self._time.after)
        self._faults = Faults(self._building) if with_faults else None
        self._outcome = Outcome(week)
        witness = self._building.witness
        witness.on_new_day.append(self._opened)
        witness.on_closed.append(self._closed)

    def run(self) -> Outcome:
        """Live through the week; what breaks is in the outcome."""
        hours: DayHours | None = None
        try:
            self._time.run(5 * 3600.0)
            self._building.start()
            for hours, following in zip_longest(self._hours, self._hours[1:]):
                self._day(hours, following.doors if following else hours.doors + DAY)
            self._night()
        except Violation as broken:
            self._outcome.violation = self._words(broken, hours)
        except Exception:  # noqa: BLE001  a machine that fails keeps no promise; the seed says how it came to that
            failed = Violation(0, f"a machine failed\n{traceback.format_exc()}")
            self._outcome.violation = self._words(failed, hours)
        return self._summed_up()

    # -- days and nights ------------------------------------------------------------------------------------------

    def _day(self, hours: DayHours, morning: float) -> None:
        """One working day, from five in the morning to nine in the evening; `morning`: the doors open again."""
        self._time.run(hours.midnight + 5 * 3600)
        building, monday = self._building, hours.date.weekday() == 0
        chance = self._ground.chance(f"day {hours.date}")
        scarce = [s.code for s in building.rules.services if s.quota is not None and s.code in hours.services]
        crowd = people(chance, hours.services, scarce, len(building.units), hours.doors, monday=monday)
        processes = [
            Visitors(building, self._hall, crowd).come(),
            Greeter(building, self._hall, hours).work(),
            Manager(building, self._hall, hours).work(),
            Mischief(building, hours).work(),
            Trainee(building, hours).work(),
            Outage(building, hours, everybody=monday).happen(),
            self._glimpses(hours),
            *(Clerk(building, self._hall, counter, hours).work() for counter in self._present(hours, monday=monday)),
        ]
        for process in processes:
            self._time.start(process)
        if self._faults is not None:
            self._time.start(self._faults.happen(hours))
            self._time.start(self._faults.night(hours, morning))
        self._time.run(hours.midnight + 21 * 3600)
        self._ground.attention.look(LOOK_AT_NIGHT)
        self._time.run(self._time.now + LOOK_AT_NIGHT)
        self._outcome.days += 1
        building.check_reader()
        building.judge.compare_all()
        self._replay(building.hub.disk.read().rows)
        building.receipts.check()
        building.check_kiosks()
        building.met += building.presses.evening()

    def _present(self, hours: DayHours, *, monday: bool) -> list[int]:
        """The counters with a clerk: one is sick on a Monday, and now and then on another day."""
        chance, counters = self._ground.chance(f"staff {hours.date}"), list(self._building.units)
        if len(counters) > 1 and (monday or chance.random() < 0.3):
            counters.remove(chance.choice(counters))
        return counters

    def _glimpses(self, hours: DayHours) -> Process:
        """A close look at everything now and then, also on a day without faults."""
        while self._time.now < hours.end + 600:
            self._ground.attention.look(GLIMPSE)
            yield GLIMPSE_EVERY

    def _night(self) -> None:
        """The morning after: whatever was left open is closed by rule, and the whole log read once more."""
        self._time.run(self._time.now + DAY / 2)
        self._replay(self._building.hub.disk.rows)

    def _replay(self, rows: Sequence[Row]) -> None:
        """These rows of the log give the state as it stands; while the hub is dead nothing stands."""
        if self._building.hub.alive:
            self._building.judge.replay(rows)

    # -- what the log tells people ----------------------------------------------------------------------------------

    def _opened(self, event: DayOpened) -> None:
        self._hall.new_day(self._building.witness.day)
        if not event.training:
            self._hall.come_again()

    def _closed(self, event: DayClosed) -> None:
        if not event.account.training:
            self._hall.closed(event.account.carried)

    # -- the end ----------------------------------------------------------------------------------------------------

    def _words(self, broken: Violation, hours: DayHours | None) -> str:
        """The promise, what, and where."""
        building, when = self._building, datetime.fromtimestamp(self._building.clock.true, self._ground.site.zone)
        day = hours.date if hours else "the night before"
        return f"promise {broken.promise}: {broken}\n  on {day}, {when:%H:%M:%S}, after event {building.witness.seq}"

    def _summed_up(self) -> Outcome:
        """The figures of the week, and a digest of every row of the log."""
        building, outcome = self._building, self._outcome
        rows = building.hub.disk.rows
        outcome.presses, outcome.events = building.judge.commands, len(rows)
        outcome.tickets = sum(row.type == "ticket-issued" for row in rows)
        outcome.offline, outcome.dropped = building.own.given, building.own.dropped
        outcome.spoken = sum(wall.ears.spoken for wall in building.walls)
        outcome.looks = sum(wall.looks for wall in building.walls)
        outcome.met = building.met
        outcome.steps = building.witness.steps
        outcome.faults = self._faults.count if self._faults else outcome.faults
        outcome.digest = sha256(b"".join(repr(row).encode() for row in rows)).hexdigest()[:16]
        return outcome
