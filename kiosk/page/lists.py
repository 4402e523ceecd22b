"""The checklist that a visitor at the page wants on paper."""

from kiosk.checklist_words import sheet
from kiosk.page.site_words import SiteWords, listed
from kiosk.ports import PrintList
from kiosk.sheets import Sheet, SheetPrinted
from moiso.procedures.catalogue import Catalogue
from moiso.texts import catalogue


class Lists:
    """Checklists of the site's procedures; `scanner`: the kiosk can read the code on them again."""

    def __init__(self, site: SiteWords, procedures: Catalogue, *, scanner: bool) -> None:
        self._site, self._procedures, self._scanner = site, procedures, scanner

    def sheet(self, wanted: PrintList) -> Sheet | SheetPrinted:
        """The sheet to print, or what to say at once when the procedure has gone from the catalogue."""
        procedure = self._procedures.procedure(wanted.procedure)
        if procedure is None:
            return SheetPrinted(wanted.press, "unknown-procedure")
        language = listed(wanted.language)
        text = catalogue(language).text
        return sheet(wanted.press, procedure, language, self._site, text, scanner=self._scanner)
