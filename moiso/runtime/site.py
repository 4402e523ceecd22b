"""site.toml: what a site is. Defaults stand beside their keys; `load` finds every error at once."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct, field
from msgspec.structs import astuple

from moiso.core.day import Calendar
from moiso.core.rules import Desk, Rules, Service
from moiso.runtime.toml import ConfigError, read
from moiso.wire.topics import SITE_ID, Topics

Port = Annotated[int, Meta(ge=1, le=65535)]
Pin = Annotated[int, Meta(ge=0, le=27)]
Text = Annotated[str, Meta(min_length=1, max_length=200)]
DeviceId = Annotated[str, Meta(pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", max_length=40)]


class Conf(Struct, frozen=True, kw_only=True):
    """Base of every table of site.toml."""


class SiteConf(Conf, frozen=True, kw_only=True):
    """[site]: who we are; shown on the wall and on the ticket."""

    id: DeviceId
    name: Text
    address: str = ""
    hotline: str = ""
    hours: str = ""
    time_zone: str = "Asia/Ho_Chi_Minh"
    greeter: bool = True
    ticket_url: str | None = None


class BrokerConf(Conf, frozen=True, kw_only=True):
    """[broker]: where devices find the broker (`host`), and where it listens."""

    host: str = "127.0.0.1"
    port: Port = 1883
    listen: str = "127.0.0.1"


class WebConf(Conf, frozen=True, kw_only=True):
    """[web]: the pages' server."""

    listen: str = "127.0.0.1"
    port: Port = 8080


class DayConf(Conf, frozen=True, kw_only=True):
    """[day]: opening and closing hour as local times; without them the site is open at all hours.

    trust_clock: the machine has a battery clock that is right without a network.
    """

    opens: time | None = None
    closes: time | None = None
    trust_clock: bool = False


class QueueConf(Conf, frozen=True, kw_only=True):
    """[queue]: the few numbers of the policy; see core.rules.Rules for their meaning."""

    band_from: Annotated[int, Meta(ge=2, le=999)] = 700
    band_to: Annotated[int, Meta(ge=2, le=999)] = 999
    block: Annotated[int, Meta(ge=1, le=300)] = 20
    bounce: Annotated[float, Meta(ge=0, le=30)] = 2.0
    inferred_service: Annotated[float, Meta(ge=0, le=600)] = 45.0
    priority_ratio: Annotated[int, Meta(ge=0, le=20)] = 2
    max_wait_minutes: Annotated[float, Meta(gt=0, le=600)] = 45.0


class VoiceConf(Conf, frozen=True, kw_only=True):
    """[voice]: how the wall speaks. `clips`: a folder of recorded WAVs that replaces the rendered ones."""

    on: bool = True
    style: Literal["digits", "number", "hybrid"] = "digits"
    region: Literal["north", "south"] = "north"
    volume: Annotated[int, Meta(ge=0, le=100)] = 90
    speak_within: Annotated[float, Meta(ge=1, le=300)] = 30.0
    clips: str | None = None


class ServiceConf(Conf, frozen=True, kw_only=True):
    """[[service]]: one line of people; `code` begins its numbers."""

    code: Annotated[str, Meta(pattern=r"^[A-Z1-9]$")]
    name: Text
    name_en: str = ""


class PinsConf(Conf, frozen=True, kw_only=True):
    """GPIO numbers (BCM) of a call unit's buttons and lamp."""

    next: Pin = 17
    recall: Pin = 27
    no_show: Pin = 22
    lamp: Pin = 23


class CounterConf(Conf, frozen=True, kw_only=True):
    """[[counter]]: a place where a clerk works; `device` is its call unit."""

    number: Annotated[int, Meta(ge=1, le=99)]
    services: tuple[str, ...]
    label: str = ""
    device: DeviceId | None = None
    pins: PinsConf = PinsConf()

    @property
    def unit(self) -> str:
        """The device id of its call unit: `counter-<number>` unless said otherwise."""
        return self.device or f"counter-{self.number}"

    @property
    def shown(self) -> str:
        """What people read: `Quầy 3` unless said otherwise."""
        return self.label or f"Quầy {self.number}"


class PrinterConf(Conf, frozen=True, kw_only=True):
    """[kiosk.printer]: how the ticket printer is reached; `width` is in dots (384, 512 or 576)."""

    kind: Literal["network", "usb", "serial", "file", "fake"] = "usb"
    width: Literal[384, 512, 576] = 576
    host: str = ""
    port: Port = 9100
    path: str = ""
    baud: int = 115200
    vendor: int = 0
    product: int = 0


class ButtonConf(Conf, frozen=True, kw_only=True):
    """[[kiosk.button]]: one service's button and lamp, GPIO numbers (BCM)."""

    service: str
    pin: Pin
    lamp: Pin | None = None


class KioskConf(Conf, frozen=True, kw_only=True):
    """[[kiosk]]: a machine that gives out tickets."""

    device: DeviceId = "kiosk-1"
    printer: PrinterConf = PrinterConf()
    button: tuple[ButtonConf, ...] = ()


class DisplayConf(Conf, frozen=True, kw_only=True):
    """[[display]]: a wall display; `driver` is an SDL video driver, empty = the first that works."""

    device: DeviceId = "display-1"
    driver: str = ""
    width: int = 0
    height: int = 0


class Site(Conf, frozen=True, kw_only=True):
    """A whole site.toml."""

    site: SiteConf
    broker: BrokerConf = BrokerConf()
    web: WebConf = WebConf()
    day: DayConf = DayConf()
    queue: QueueConf = QueueConf()
    voice: VoiceConf = VoiceConf()
    services: tuple[ServiceConf, ...] = field(name="service")
    counters: tuple[CounterConf, ...] = field(name="counter")
    kiosks: tuple[KioskConf, ...] = field(name="kiosk", default=())
    displays: tuple[DisplayConf, ...] = field(name="display", default=())

    @property
    def topics(self) -> Topics:
        """The site's topics."""
        return Topics(self.site.id)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.site.time_zone)

    @property
    def calendar(self) -> Calendar:
        """When the site is open, for the business day."""
        return Calendar(zone=self.zone, opens=self.day.opens, closes=self.day.closes)

    def devices(self) -> dict[str, str]:
        """Every device that may speak, id -> kind (`hub`, `kiosk`, `counter`, `display`, `stats`, `web`)."""
        return {
            "hub": "hub",
            "stats": "stats",
            "web": "web",
            **{kiosk.device: "kiosk" for kiosk in self.kiosks},
            **{counter.unit: "counter" for counter in self.counters},
            **{display.device: "display" for display in self.displays},
        }

    def rules(self) -> Rules:
        """What the queue needs to know of this site."""
        queue = self.queue
        return Rules(
            services=tuple(Service(code=s.code, name=s.name, name_en=s.name_en) for s in self.services),
            desks=tuple(Desk(number=c.number, label=c.shown, services=c.services) for c in self.counters),
            band=(queue.band_from, queue.band_to),
            block=queue.block,
            bounce=queue.bounce,
            inferred_service=queue.inferred_service,
            priority_ratio=queue.priority_ratio,
            max_wait=queue.max_wait_minutes * 60,
            greeter=self.site.greeter,
        )


def load(path: Path) -> Site:
    """Read site.toml.

    Raises ConfigError with every error at once.
    """
    site, errors = read(path, Site)
    if site is not None:
        errors = [*errors, *_contradictions(site)]
    if errors or site is None:
        raise ConfigError(path, errors)
    return site


def _contradictions(site: Site) -> list[str]:
    """What is wrong between the tables, one sentence each."""
    return [
        *_site_errors(site),
        *_service_errors(site),
        *_device_errors(site),
        *_pin_errors(site),
    ]


def _site_errors(site: Site) -> list[str]:
    errors = []
    if not SITE_ID.fullmatch(site.site.id):
        errors.append(f"site.id: only a-z, 0-9 and -, found {site.site.id!r}")
    try:
        ZoneInfo(site.site.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        errors.append(f"site.time_zone: {site.site.time_zone!r} is no time zone; Asia/Ho_Chi_Minh is one")
    if site.queue.band_from > site.queue.band_to:
        errors.append("queue.band_from: is above queue.band_to")
    if site.day.opens and site.day.closes and site.day.opens >= site.day.closes:
        errors.append("day.opens: is not before day.closes")
    return errors


def _service_errors(site: Site) -> list[str]:
    codes = [service.code for service in site.services]
    known = ", ".join(codes)
    errors = [f"service: the code {code!r} is used twice" for code in _twice(codes)]
    if not codes:
        errors.append("service: at least one is needed")
    for counter in site.counters:
        errors += [
            f"counter {counter.number}: serves {code!r}, which is no service; known: {known}"
            for code in counter.services
            if code not in codes
        ]
        errors += [f"counter {counter.number}: serves {code!r} twice" for code in _twice(list(counter.services))]
        errors += [f"counter {counter.number}: serves nothing; known: {known}"] if not counter.services else []
    for kiosk in site.kiosks:
        errors += [
            f"{kiosk.device}: has a button for {button.service!r}, which is no service; known: {known}"
            for button in kiosk.button
            if button.service not in codes
        ]
    served = {code for counter in site.counters for code in counter.services}
    errors += [f"service {code}: no counter serves it" for code in codes if code not in served]
    return errors


def _device_errors(site: Site) -> list[str]:
    named = [
        "hub", "stats", "web",
        *(kiosk.device for kiosk in site.kiosks),
        *(counter.unit for counter in site.counters),
        *(display.device for display in site.displays),
    ]  # fmt: skip
    numbers = [str(counter.number) for counter in site.counters]
    return [
        *(f"device {name!r}: is used twice" for name in _twice(named)),
        *(f"counter {number}: is there twice" for number in _twice(numbers)),
        *(["counter: at least one is needed"] if not numbers else []),
    ]


def _pin_errors(site: Site) -> list[str]:
    pins = {f"counter {counter.number}": astuple(counter.pins) for counter in site.counters}
    for kiosk in site.kiosks:
        pins[kiosk.device] = tuple(pin for b in kiosk.button for pin in (b.pin, b.lamp) if pin is not None)
    return [f"{who}: pin {pin} is used twice" for who, own in pins.items() for pin in _twice([str(p) for p in own])]


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
