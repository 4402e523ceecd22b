"""A procedure and the site's own words become what stands on a checklist. Pure."""

from collections.abc import Callable

from kiosk.checklist import ChecklistText
from kiosk.page.site_words import SiteWords
from kiosk.sheets import Sheet
from moiso.procedures.procedure import Procedure

Text = Callable[..., str]


def sheet(press: str, procedure: Procedure, language: str, site: SiteWords, text: Text, *, scanner: bool) -> Sheet:
    """The checklist of a procedure in the words of `language`, whose catalogue is `text`.

    Its code leads back to this kiosk when it has a scanner and the procedure is done here, otherwise to the procedure's
    own address if it has one.
    """
    papers, elsewhere = procedure.checklist(language), procedure.elsewhere(language)
    back = scanner and not elsewhere
    code = f"{procedure.label(language)} ({procedure.code})" if back else procedure.url
    words = ChecklistText(
        centre=site.centre,
        title=text("checklist.title"),
        label=procedure.label(language),
        name=_full_name(procedure, language),
        code=text("checklist.code", code=procedure.code),
        papers=papers,
        unlisted="" if papers or elsewhere else text("checklist.unlisted"),
        place=_place(procedure, language, site, text),
        counters=", ".join(site.counters.get(procedure.service or "", ())),
        not_ticket=text("checklist.not_ticket") if procedure.service else "",
        hours=text("checklist.hours", hours=site.hours) if site.hours and not elsewhere else "",
        hotline=text("ticket.hotline", number=site.hotline.replace(" ", "\u00a0")) if site.hotline else "",
        code_caption=text("checklist.for_scanner" if back else "checklist.for_phone") if code else "",
    )
    return Sheet(press, words, code)


def _full_name(procedure: Procedure, language: str) -> str:
    """The official name, unless the label says all of it."""
    name = procedure.name if language == "vi" else procedure.name_en
    return name if name.casefold().removeprefix("thủ tục ") != procedure.label(language).casefold() else ""


def _place(procedure: Procedure, language: str, site: SiteWords, text: Text) -> str:
    if procedure.service:
        return text("checklist.here", service=site.service(procedure.service, language))
    if where := procedure.elsewhere(language):
        return text("checklist.elsewhere", where=where)
    return text("checklist.ask")
