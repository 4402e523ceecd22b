"""What a kiosk needs of site.toml."""

from kiosk.place import Place
from kiosk.words import Letterhead
from moiso.runtime.site import KioskConf, Site
from moiso.texts import catalogue
from moiso.wire.messages import Words

_MINUTE = 60.0


def place_of(site: Site, conf: KioskConf, ticket_url: str | None) -> Place:
    """The place of one kiosk; `ticket_url`: what the codes of its tickets begin with, None for tickets without."""
    return Place(
        topics=site.topics,
        device=conf.device,
        buttons=[button.service for button in conf.button],
        services={s.code: Words(vi=s.name, en=s.name_en or s.name) for s in site.services},
        letterhead=letterhead_of(site, ticket_url),
        screen=conf.screen,
        crowd_tickets=conf.crowd_tickets,
        crowd_within=conf.crowd_minutes * _MINUTE,
        calendar=site.calendar,
        timetable=site.rules().timetable,
    )


def letterhead_of(site: Site, ticket_url: str | None) -> Letterhead:
    """What the site prints on every ticket."""
    return Letterhead(
        centre=site.site.name,
        address=site.site.address,
        hours=site.site.hours,
        hotline=site.site.hotline,
        services={service.code: service.name for service in site.services},
        labels={counter.number: counter.shown for counter in site.counters},
        ticket_url=ticket_url,
        phones=site.site.ticket_url is not None,
        text=catalogue("vi").text,
    )
