"""site.toml: what a site is. `load` finds every error at once; the tables stand in site_tables."""

from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import field

from moiso.core.day import Calendar
from moiso.core.rules import Desk, Rules, Service
from moiso.runtime.site_checks import contradictions
from moiso.runtime.site_hours import roster, timetable
from moiso.runtime.site_tables import (
    BrokerConf,
    ButtonConf,
    Conf,
    CounterConf,
    DayConf,
    DisplayConf,
    DutyConf,
    ElsewhereConf,
    HoursConf,
    KioskConf,
    LineConf,
    PinsConf,
    PlainButtonConf,
    PrinterConf,
    PriorityConf,
    QueueConf,
    ScannerConf,
    SeatConf,
    ServiceConf,
    SiteConf,
    VoiceConf,
    WebConf,
)
from moiso.runtime.toml import ConfigError, read
from moiso.wire.topics import Topics

__all__ = [
    "ButtonConf", "CounterConf", "DisplayConf", "KioskConf", "LineConf", "PinsConf", "PlainButtonConf", "PrinterConf",
    "ScannerConf", "SeatConf", "Site", "load",
]  # fmt: skip

MINUTE = 60.0


class Site(Conf, frozen=True, kw_only=True):
    """A whole site.toml."""

    site: SiteConf
    broker: BrokerConf = BrokerConf()
    web: WebConf = WebConf()
    day: DayConf = DayConf()
    queue: QueueConf = QueueConf()
    priority: PriorityConf = PriorityConf()
    voice: VoiceConf = VoiceConf()
    services: tuple[ServiceConf, ...] = field(name="service")
    hours: tuple[HoursConf, ...] = ()
    elsewhere: tuple[ElsewhereConf, ...] = ()
    counters: tuple[CounterConf, ...] = field(name="counter")
    duties: tuple[DutyConf, ...] = field(name="duty", default=())
    kiosks: tuple[KioskConf, ...] = field(name="kiosk", default=())
    displays: tuple[DisplayConf, ...] = field(name="display", default=())
    buttons: tuple[PlainButtonConf, ...] = field(name="button", default=())
    lines: tuple[LineConf, ...] = field(name="line", default=())

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
        """Every device with a status, id -> kind (`hub`, `kiosk`, `counter`, `display`, `stats`, `web`)."""
        return {
            "hub": "hub",
            "stats": "stats",
            "web": "web",
            **{kiosk.device: "kiosk" for kiosk in self.kiosks},
            **{counter.unit: "counter" for counter in self.counters},
            **{display.device: "display" for display in self.displays},
        }

    def broker_users(self) -> dict[str, str]:
        """Everybody with a password at the broker, user name -> role: the devices, plain buttons, their gateways."""
        return {**self.devices(), **dict.fromkeys(self.button_topics(), "button")}

    def button_topics(self) -> dict[str, tuple[str, ...]]:
        """The topics that plain buttons have besides the site's own, by the user name that says them."""
        speakers = dict.fromkeys(name for b in self.buttons for name in (b.device, b.gateway) if name is not None)
        return {
            name: tuple({b.topic: None for b in self.buttons if b.topic is not None and name in (b.device, b.gateway)})
            for name in speakers
        }

    def rules(self) -> Rules:
        """What the queue needs to know of this site."""
        queue = self.queue
        return Rules(
            services=tuple(_service(conf) for conf in self.services),
            desks=tuple(_desk(conf) for conf in self.counters),
            timetable=timetable(self.zone, self.day, self.hours, [service.code for service in self.services]),
            roster=roster(self.duties, self.counters),
            band=(queue.band_from, queue.band_to),
            block=queue.lent(len(self.kiosks)),
            bounce=queue.bounce,
            inferred_service=queue.inferred_service,
            calls=queue.calls,
            call_gap=queue.call_gap,
            grace=queue.return_within_minutes * MINUTE,
            return_behind=queue.return_behind,
            undo_within=queue.undo_within,
            priority_ratio=queue.priority_ratio,
            priority_by=(*self.priority.granted_by, "manager"),
            max_wait=queue.max_wait_minutes * MINUTE,
            unstaffed_after=queue.unstaffed_after_minutes * MINUTE,
            idle_after=queue.idle_after_minutes * MINUTE,
            greeter=self.site.greeter,
            kiosks=tuple(kiosk.device for kiosk in self.kiosks),
        )


def load(path: Path) -> Site:
    """Read site.toml.

    Raises ConfigError with every error at once.
    """
    tables, errors = read(path, Site)
    errors += contradictions(tables)
    if errors:
        raise ConfigError(path, errors)
    return Site(**tables)


def _service(conf: ServiceConf) -> Service:
    return Service(
        code=conf.code, name=conf.name, name_en=conf.name_en, quota=conf.quota, cap=conf.dossier_cap, bulk=conf.bulk
    )


def _desk(conf: CounterConf) -> Desk:
    return Desk(number=conf.number, label=conf.shown, services=conf.services, order=conf.order)
