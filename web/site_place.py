"""site.toml as the pages know it."""

from moiso.runtime.site import CounterConf, PlainButtonConf, SeatConf, Site
from moiso.texts import LANGUAGES, catalogue
from web.place import PIN_KEYS, Desk, Place, PlainButton, Reader, Seat


def place_of(site: Site) -> Place:
    """What the pages need to know of site.toml."""
    return Place(
        topics=site.topics,
        kinds=site.devices(),
        kiosks={kiosk.device: tuple(button.service for button in kiosk.button) for kiosk in site.kiosks},
        units={counter.unit: _desk(counter) for counter in site.counters},
        walls=tuple(display.device for display in site.displays),
        plain={button.device: PlainButton(button.counter, _says(button)) for button in site.buttons},
        greeter=site.site.greeter,
        inferred_service=site.queue.inferred_service,
    )


def readers_of(site: Site) -> dict[str, Reader]:
    """Whom the pages speak to, by language."""
    return {each: Reader(each, catalogue(each).text, _names(site, each), site.priority.age) for each in LANGUAGES}


def _names(site: Site, language: str) -> dict[str, str]:
    """The services' names; without an English one the Vietnamese stands."""
    return {s.code: (s.name_en if language == "en" else "") or s.name for s in site.services}


def _desk(counter: CounterConf) -> Desk:
    return Desk(counter.number, counter.shown, _seat(counter.keypad), _seat(counter.sign))


def _seat(conf: SeatConf | None) -> Seat | None:
    return Seat(conf.line, conf.address) if conf else None


def _says(button: PlainButtonConf) -> dict[str, str]:
    """What its payloads mean; a button without a topic of its own says commands."""
    if button.topic is None:
        return {command: command for command in PIN_KEYS}
    return {payload: command for payload, command in button.payloads.items() if command != "nothing"}
