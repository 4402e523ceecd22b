"""What a site decided about its queue: services, counters, hours and the few numbers of the policy."""

from typing import Literal

from msgspec import Struct

from moiso.core.hours import Timetable

#: Why a visitor may have priority; the greeter or clerk sees the reason, nobody else does.
PRIORITY_CLASSES = ("elderly", "disabled", "pregnant", "merit", "with-child", "other")

MINUTE = 60.0


class Service(Struct, frozen=True, kw_only=True):
    """One line of people: `code` is the prefix of its numbers.

    quota: numbers in a day, None = no end. cap: dossiers in one turn, None = no end. bulk: the service where a
    visitor with more than that goes on, None = behind those who wait in this one.
    """

    code: str
    name: str
    name_en: str = ""
    quota: int | None = None
    cap: int | None = None
    bulk: str | None = None


class Desk(Struct, frozen=True, kw_only=True):
    """One counter: its number, the label people read, the services it calls.

    order: whoever waits longest of all its services, or the services in the order they are named.
    """

    number: int
    label: str
    services: tuple[str, ...]
    order: Literal["longest-wait", "preference"] = "longest-wait"


class Duty(Struct, frozen=True, kw_only=True):
    """One line of the duty roster: `who` serves `services` at `counter` on this weekday (0 = Monday) and half-day."""

    counter: int
    who: str
    services: tuple[str, ...]
    weekday: int
    half: Literal["morning", "afternoon"]


class Rules(Struct, frozen=True, kw_only=True):
    """All that `decide` needs to know of a site; times in seconds.

    band: first and last number of the reserved band that kiosks lease from (inclusive).
    block: numbers in one lease.
    bounce: the silence after which what a plain button says counts as another press.
    inferred_service: time at a counter below which a visitor never started counts as absent.
    calls, call_gap: whoever was called so often, so far apart, and never started is absent.
    grace: time in which an absent visitor may return; return_behind: how many of those waiting then go first.
    undo_within: age up to which a counter's last command can be taken back.
    priority_ratio: ordinary calls between two priority calls while both wait.
    priority_by: the roles that may grant it.
    max_wait: time after which the oldest goes first whatever the ratio says.
    unstaffed_after: how long people may wait for a service without a counter before somebody is alarmed.
    idle_after: how long an open, empty counter may be silent while people wait for it.
    greeter: whether the site has greeters; without them clerks do their work.
    kiosks: the machines that may print somebody else's number.
    """

    services: tuple[Service, ...]
    desks: tuple[Desk, ...]
    timetable: Timetable = Timetable()
    roster: tuple[Duty, ...] = ()
    band: tuple[int, int] = (700, 999)
    block: int = 40
    bounce: float = 2.0
    inferred_service: float = 45.0
    calls: int = 3
    call_gap: float = 25.0
    grace: float = 45 * MINUTE
    return_behind: int = 2
    undo_within: float = 10.0
    priority_ratio: int = 2
    priority_by: tuple[str, ...] = ("kiosk", "greeter", "clerk", "manager")
    max_wait: float = 45 * MINUTE
    unstaffed_after: float = 5 * MINUTE
    idle_after: float = 10 * MINUTE
    greeter: bool = True
    kiosks: tuple[str, ...] = ()

    def service(self, code: str) -> Service | None:
        """The service with this code, or None."""
        return next((service for service in self.services if service.code == code), None)

    def desk(self, number: int) -> Desk | None:
        """The counter with this number as site.toml has it, or None."""
        return next((desk for desk in self.desks if desk.number == number), None)
