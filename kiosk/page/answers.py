"""What the finder's part of the page is told of procedures. Pure."""

from typing import Any

from kiosk.page.site_words import SiteWords, listed
from moiso.procedures.procedure import Procedure

#: Most bytes of a QR code's text: more makes squares too small for a telephone that is held before a screen.
LONGEST = 1100


def found(procedure: Procedure, language: str, site: SiteWords) -> dict[str, Any]:
    """A row of the finder's list."""
    return {
        "code": procedure.code,
        "label": procedure.label(listed(language)),
        "service": procedure.service,
        "service_name": site.service(procedure.service, language),
        "elsewhere": procedure.elsewhere(listed(language)),
    }


def leaf(procedure: Procedure, language: str, site: SiteWords) -> dict[str, Any]:
    """The page of one procedure: its papers, and where it is done."""
    return found(procedure, language, site) | {
        "name": procedure.name,
        "papers": list(procedure.checklist(listed(language))),
        "counters": site.counters.get(procedure.service or "", []),
        "takeaway": takeaway(procedure, language, site),
    }


def takeaway(procedure: Procedure, language: str, site: SiteWords) -> str:
    """The checklist as the text of a QR code: a telephone shows it without a network.

    Its last line names the procedure for the kiosk's own scanner. Papers that do not fit are left out, and that is
    said.
    """
    papers = [f"- {paper}" for paper in procedure.checklist(listed(language))]
    elsewhere = procedure.elsewhere(listed(language))
    head = [procedure.label(listed(language))]
    tail = [*([elsewhere] if elsewhere else [site.centre, site.hotline]), f"({procedure.code})"]
    rest = site.text(language, "qr_rest")
    shorter = ([*papers[:n], rest] for n in range(len(papers) - 1, -1, -1))
    texts = ("\n".join(filter(None, [*head, *middle, *tail])) for middle in (papers, *shorter))
    return next((text for text in texts if len(text.encode()) <= LONGEST), "")
