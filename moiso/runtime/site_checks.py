"""What contradicts itself in a site.toml, one sentence each: what, where, and what would be right. Pure.

A check asks for the tables it compares by the names of its arguments. It is left out when one of them is wrong itself:
nothing is said that might only follow from another mistake.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from inspect import signature
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import astuple

from moiso.runtime.site_button_checks import BUTTON_CHECKS
from moiso.runtime.site_duty_checks import DUTY_CHECKS
from moiso.runtime.site_field_checks import FIELD_CHECKS
from moiso.runtime.site_hours_checks import HOURS_CHECKS
from moiso.runtime.site_line_checks import LINE_CHECKS
from moiso.runtime.site_printer_checks import PRINTER_CHECKS
from moiso.runtime.site_scanner_checks import SCANNER_CHECKS
from moiso.runtime.site_tables import CounterConf, DayConf, DisplayConf, KioskConf, QueueConf, ServiceConf, SiteConf
from moiso.wire.topics import SITE_ID

Services = Sequence[ServiceConf]
Counters = Sequence[CounterConf]
Kiosks = Sequence[KioskConf]

#: Letters whose names are taken for one another over a loudspeaker: bê, đê, pê, tê, vê.
SOUND_ALIKE = "BDPTV"
#: Letters and digits that are not, best first.
SOUND_APART = "AHKML123456789"


def contradictions(tables: Mapping[str, Any]) -> list[str]:
    """All that is wrong between these tables, given by the names of Site's fields."""
    return [error for check in CHECKS if (asked := _asked(check, tables)) is not None for error in check(**asked)]


def _asked(check: Callable[..., list[str]], tables: Mapping[str, Any]) -> dict[str, Any] | None:
    names = signature(check).parameters
    return {name: tables[name] for name in names} if names.keys() <= tables.keys() else None


def site_id(site: SiteConf) -> list[str]:
    """The id stands in every topic."""
    return [] if SITE_ID.fullmatch(site.id) else [f"site.id: only a-z, 0-9 and -, found {site.id!r}"]


def time_zone(site: SiteConf) -> list[str]:
    """The zone is one that the machine knows."""
    try:
        ZoneInfo(site.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return [f"site.time_zone: {site.time_zone!r} is no time zone; Asia/Ho_Chi_Minh is one"]
    return []


def band(queue: QueueConf) -> list[str]:
    """The reserved band has a first and a last number."""
    return ["queue.band_from: is above queue.band_to"] if queue.band_from > queue.band_to else []


def blocks(queue: QueueConf, kiosks: Kiosks) -> list[str]:
    """The reserved band has room for the two blocks that each kiosk has of a service, today's and the next day's."""
    room, blocks_in_all = queue.band_to - queue.band_from + 1, 2 * len(kiosks)
    if room <= 0 or blocks_in_all * (queue.block or 0) <= room:
        return []
    many = f"two blocks for each of the kiosks ({len(kiosks)}) do not fit into {room} numbers"
    return [f"queue.block: {many}; give it {room // blocks_in_all} or fewer, or the band more"]


def opening(day: DayConf) -> list[str]:
    """The day opens before it closes."""
    backwards = day.opens and day.closes and day.opens >= day.closes
    return ["day.opens: is not before day.closes"] if backwards else []


def codes(services: Services) -> list[str]:
    """There are services, each with a code of its own."""
    errors = [f"service: the code {code!r} is used twice" for code in _twice(service.code for service in services)]
    return errors if services else ["service: at least one is needed"]


def sound_alike(services: Services) -> list[str]:
    """No two prefixes are taken for one another when they are called."""
    used = [service.code for service in services]
    alike = [code for code in SOUND_ALIKE if code in used]
    if len(alike) < 2:
        return []
    better = [code for code in SOUND_APART if code not in used][: len(alike) + 2]
    return [
        f"service: {_and(alike)} sound alike when a number is called (B, D, Đ, P, T, V);"
        f" keep one of them, choose from {', '.join(better)} for the others"
    ]


def bulk_services(services: Services) -> list[str]:
    """Whoever has many dossiers is sent on to another service, and not back."""
    to = {service.code: service.bulk for service in services if service.bulk is not None}
    known = [service.code for service in services]
    return [
        *(f"service {code}: bulk names {bulk!r}, which is no service; known: {', '.join(known)}"
          for code, bulk in to.items() if bulk not in known),
        *(f"service {code}: bulk names itself; leave it out to go on in the same service"
          for code, bulk in to.items() if bulk == code),
        *(f"service {circle[0]}: bulk leads back to it ({' to '.join(circle)}); end the chain at one of them"
          for circle in _circles(to)),
        *(f"service {service.code}: has bulk but no dossier_cap; say how many dossiers one turn takes"
          for service in services if service.bulk is not None and service.dossier_cap is None),
    ]  # fmt: skip


def counter_services(services: Services, counters: Counters) -> list[str]:
    """Counters serve what there is, and all of it."""
    known = [service.code for service in services]
    served = {code for counter in counters for code in counter.services}
    return [
        *(f"counter {counter.number}: serves {code!r}, which is no service; known: {', '.join(known)}"
          for counter in counters for code in counter.services if code not in known),
        *(f"counter {counter.number}: serves nothing; known: {', '.join(known)}"
          for counter in counters if not counter.services),
        *(f"service {code}: no counter serves it" for code in known if code not in served),
    ]  # fmt: skip


def counter_lists(counters: Counters) -> list[str]:
    """There are counters, none twice, each with a list of different services."""
    return [
        *(["counter: at least one is needed"] if not counters else []),
        *(f"counter {number}: is there twice" for number in _twice(str(counter.number) for counter in counters)),
        *(
            f"counter {counter.number}: serves {code!r} twice"
            for counter in counters
            for code in _twice(counter.services)
        ),
    ]


def buttons(services: Services, kiosks: Kiosks) -> list[str]:
    """A button is for a service."""
    known = [service.code for service in services]
    return [
        f"{kiosk.device}: has a button for {button.service!r}, which is no service; known: {', '.join(known)}"
        for kiosk in kiosks
        for button in kiosk.button
        if button.service not in known
    ]


def device_ids(kiosks: Kiosks, counters: Counters, displays: Sequence[DisplayConf]) -> list[str]:
    """No two devices have one name."""
    named = [
        "hub", "stats", "web",
        *(kiosk.device for kiosk in kiosks),
        *(counter.unit for counter in counters),
        *(display.device for display in displays),
    ]  # fmt: skip
    return [f"device {name!r}: is used twice" for name in _twice(named)]


def counter_pins(counters: Counters) -> list[str]:
    """A call unit's buttons and lamp hang on different pins."""
    return [
        f"counter {counter.number}: pin {pin} is used twice"
        for counter in counters
        for pin in _twice(map(str, astuple(counter.pins)))
    ]


def kiosk_pins(kiosks: Kiosks) -> list[str]:
    """A kiosk's buttons and lamps hang on different pins."""
    pins = {kiosk.device: [pin for b in kiosk.button for pin in (b.pin, b.lamp) if pin is not None] for kiosk in kiosks}
    return [f"{device}: pin {pin} is used twice" for device, own in pins.items() for pin in _twice(map(str, own))]


CHECKS: tuple[Callable[..., list[str]], ...] = (
    site_id, time_zone, band, blocks, opening, codes, sound_alike, bulk_services, counter_services, counter_lists,
    buttons, device_ids, counter_pins, kiosk_pins, *BUTTON_CHECKS, *HOURS_CHECKS, *DUTY_CHECKS, *LINE_CHECKS,
    *PRINTER_CHECKS, *SCANNER_CHECKS, *FIELD_CHECKS,
)  # fmt: skip


def _circles(to: Mapping[str, str]) -> list[list[str]]:
    """The chains of more than one step that end where they begin, each once, from its first code of the alphabet."""
    circles = []
    for start in to:
        chain = [start]
        while (following := to.get(chain[-1])) is not None and following not in chain:
            chain.append(following)
        if following == start == min(chain) and len(chain) > 1:
            circles.append([*chain, start])
    return circles


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _twice(names: Iterable[str]) -> list[str]:
    listed = list(names)
    return sorted({name for name in listed if listed.count(name) > 1})
