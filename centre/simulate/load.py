"""Who comes on one day, when and for what: the load model of a busy centre; chance is passed in.

212 tickets for seven counters on an ordinary day, half as many again on a Monday, a fifth or so of them waiting before
the doors open, a quarter in the busiest hour, hardly anybody at noon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

#: Tickets a counter on an ordinary day, and how many times as many on a Monday.
PER_COUNTER, MONDAY = 212 / 7, 1.5
#: Who waits before the doors open: from so many people a counter to so many.
BURST = (20 / 7, 62 / 7)
#: What part of the day's visitors come in each half hour from opening on; hardly anybody at noon.
HALF_HOURS = (6, 8, 12, 11, 9, 8, 6, 4, 2, 0, 0, 1, 3, 7, 7, 6, 5, 3, 2)
#: How often the first, the second ... service of a site is asked for; the rest share what is left.
SHARES = (45, 13, 9, 6, 6, 9, 7, 5)
#: A service takes ten minutes on average: the logarithm of its seconds has this middle and this spread.
MIDDLE, SPREAD = 6.152, 0.7
#: How often: a day on which everybody wants the same.
RUSH = 0.35
#: How often: priority, a proxy with a pile of files; a village sends somebody with priority.
PRIORITY, PROXY, FAVOURED_PROXY = 0.12, 0.03, 0.5

CLASSES = ("elderly", "disabled", "pregnant", "merit", "with-child", "other")


@dataclass
class Person:
    """Somebody who comes at `arrives` (seconds of the world) for a service.

    patience: seconds until they go home without a word; needs: seconds of service; priority: why, if at all;
    heeds: how likely they come when called. ticket, day: what they hold, once they do; code: on the paper.
    """

    arrives: float
    service: str
    needs: float
    patience: float
    heeds: float
    priority: str | None = None
    dossiers: int = 1
    ticket: str | None = None
    day: str | None = None
    code: str | None = None
    given_up: bool = False


def people(
    chance: Random, services: Sequence[str], scarce: Sequence[str], counters: int, opens: float, *, monday: bool
) -> list[Person]:
    """Everybody of one day in the order in which they come.

    services: those that give numbers on that day; scarce: those of them with a quota; opens: when the doors open,
    seconds of the world.
    """
    total = round(counters * PER_COUNTER * (MONDAY if monday else 1.0))
    burst = min(total, round(counters * chance.uniform(*BURST)))
    moments = [opens + chance.uniform(-20, 60) for _ in range(burst)]
    moments += [opens + _later(chance) for _ in range(total - burst)]
    shares = _shares(chance, services, scarce)
    return [_person(chance, services, shares, moment) for moment in sorted(moments)]


def service_time(chance: Random) -> float:
    """Seconds of one service, ten minutes on average."""
    return chance.lognormvariate(MIDDLE, SPREAD)


def _later(chance: Random) -> float:
    [half] = chance.choices(range(len(HALF_HOURS)), weights=HALF_HOURS)
    return (half + chance.random()) * 1800.0


def _shares(chance: Random, services: Sequence[str], scarce: Sequence[str]) -> list[int]:
    """How often each service is asked for on this day; now and then everybody wants the same, most often scarce."""
    shares = [*SHARES, *[4] * len(services)][: len(services)]
    if chance.random() < RUSH:
        shares[services.index(chance.choice(scarce or services))] *= 5
    return shares


def _person(chance: Random, services: Sequence[str], shares: Sequence[int], moment: float) -> Person:
    [service] = chance.choices(services, weights=shares)
    proxy = chance.random() < PROXY
    return Person(
        arrives=moment,
        service=service,
        needs=service_time(chance) * (1.5 if proxy else 1.0),
        patience=chance.expovariate(1 / 10800.0) + 1200.0,
        heeds=chance.choice((0.99, 0.97, 0.85)),
        priority=chance.choice(CLASSES) if chance.random() < (FAVOURED_PROXY if proxy else PRIORITY) else None,
        dossiers=30 if proxy else chance.choice((1, 1, 1, 2, 3)),
    )
