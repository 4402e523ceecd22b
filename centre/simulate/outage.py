"""The national software is down: somebody suspends services, and somebody restores them half an hour later."""

from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hours import DayHours

#: How often on a day that is no Monday.
OFTEN = 0.3


class Outage:
    """One outage of one day, some minutes long and, on a Monday, half an hour for everybody."""

    def __init__(self, building: Building, hours: DayHours, *, everybody: bool) -> None:
        self._building, self._hours, self._everybody = building, hours, everybody
        self._time, self._chance = building.ground.time, building.ground.chance(f"outage {hours.date}")

    def happen(self) -> Process:
        """Suspended in one press each, by any clerk or the greeter; restored by somebody else."""
        chance, hours = self._chance, self._hours
        if not self._everybody and chance.random() > OFTEN:
            return
        begin = chance.choice((hours.begin + chance.uniform(1200, 9000), hours.after + chance.uniform(0, 7200)))
        yield max(0.0, begin - self._time.now)
        services = [service.code for service in self._building.rules.services]
        hit = services if self._everybody or chance.random() < 0.3 else chance.sample(services, 1)
        for service in hit:
            self._ask("suspend-service", service=service, reason="hệ thống gián đoạn")
            yield chance.uniform(0.5, 4.0)
        yield 1800.0 if self._everybody else chance.uniform(120, 2400)
        for service in hit:
            self._ask("restore-service", service=service)
            yield chance.uniform(0.5, 4.0)
        # somebody was away from the page when the hub was, or pressed it for nothing: once more
        for service in hit:
            self._ask("restore-service", service=service)
            yield 1.0

    def _ask(self, command: str, **arguments: Any) -> None:
        role, name = self._chance.choice((("clerk", "cb-01"), ("greeter", "hd-01"), ("manager", "ql-01")))
        self._building.ask(command, role, name, **arguments)
