"""Composes the page: what is offered, how it stands with hub and paper, how far the press has come. Pure."""

from collections.abc import Callable

from kiosk.heard import Heard
from kiosk.paper import PaperStatus
from kiosk.paper_words import no_paper, on_page
from kiosk.place import Place
from kiosk.press import Press
from kiosk.screen import Choice, Mode, Scan, Screen
from moiso.texts import both
from moiso.wire.messages import Words


def compose(
    place: Place,
    heard: Heard,
    mode: Mode,
    press: Press | None,
    scan: Scan | None,
    *,
    paper: PaperStatus,
    crowd: bool,
    reprint: bool,
    gives: Callable[[str], bool],
) -> Screen:
    """All that the page shows; `gives`: whether a touch of that service would give a number.

    reprint: whether the number of the press may be printed again.
    """
    return Screen(
        mode=mode,
        crowd=crowd,
        training=bool(heard.services and heard.services.training),
        choices=[_choice(place, heard, code, gives=gives(code)) for code in place.services],
        progress=press.progress(dict(place.letterhead.labels), reprint=reprint) if press else None,
        notice=_notice(mode, paper),
        scan=scan,
    )


def _notice(mode: Mode, paper: PaperStatus) -> Words | None:
    """What stands above everything: how the page is, and that the paper is nearly out, for whoever has a new roll."""
    if mode == "paper-out":
        return on_page(paper)
    told = None if mode == "ready" else both(f"kiosk.mode_{mode.replace('-', '_')}")
    if mode not in {"ready", "offline"} or paper is not PaperStatus.NEAR:
        return told
    near = both("kiosk.near")
    return near if told is None else Words(vi=f"{told.vi} {near.vi}", en=f"{told.en} {near.en}")


def _choice(place: Place, heard: Heard, code: str, *, gives: bool) -> Choice:
    offer, labels = heard.offer(code), place.letterhead.labels
    return Choice(
        code=code,
        name=place.services[code],
        waiting=offer.waiting if offer else 0,
        promise=offer.promise if offer else None,
        counters=[labels.get(n, str(n)) for n in offer.counters] if offer else [],
        gives=gives,
        note=offer.note if offer else None,
    )


def why_none(place: Place, heard: Heard, mode: Mode, paper: PaperStatus, service: str) -> Words:
    """Why a touch of this service gives no number now, and what to do."""
    offer = heard.offer(service)
    if mode in {"ready", "offline"} and offer is not None and offer.note is not None and not offer.gives:
        name = place.services.get(service, Words(vi=service, en=service))
        return both("kiosk.none_now", name=name, why=offer.note)
    if mode == "closed":
        return both("kiosk.mode_closed")
    return no_paper(paper) if mode == "paper-out" else both("kiosk.ask_staff")
