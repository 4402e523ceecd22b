"""What a visitor asks of the page besides a number: the paper once more, the papers of a procedure. Pure."""

from dataclasses import replace

from kiosk.paperwork import Paperwork
from kiosk.place import Place
from kiosk.ports import Print, PrintList
from kiosk.press import OWN_MINUTE, Press
from kiosk.screen import ListWanted
from kiosk.serving import Serving
from kiosk.sheets import SheetPrinted
from moiso.texts import both


class Wishes:
    """Fulfils them with the paper that there is; what becomes of it shows as the progress of the press."""

    def __init__(self, place: Place, serving: Serving, paperwork: Paperwork) -> None:
        self._place, self._serving, self._paperwork = place, serving, paperwork

    def may_reprint(self, press: Press, now: float) -> bool:
        """Whether the visitor may ask for the paper: it did not surely come out, and there is paper again."""
        fresh = press.given_at is not None and now - press.given_at <= OWN_MINUTE
        return press.stage == "shown" and fresh and not self._paperwork.stopped

    def reprint(self, press_id: str, now: float) -> list[object]:
        """The same number on paper, marked as a second print."""
        press = self._serving.press
        if press is None or press.id != press_id or press.receipt is None or not self.may_reprint(press, now):
            return []
        marked = replace(press.receipt.text, reprint=self._place.letterhead.text("ticket.reprint"))
        press.receipt = replace(press.receipt, text=marked)
        press.becomes("printing", both("kiosk.printing", ticket=press.receipt.ticket), now)
        told = [] if press.offline else [self._paperwork.tell("reprint", now, ticket=press.receipt.ticket)]
        return [*told, Print(press.receipt)]

    def list(self, wish: ListWanted, now: float) -> list[object]:
        """A checklist; said twice it is one."""
        if self._serving.busy or self._serving.knows(wish.press):
            return []
        press = self._serving.new_press("", lambda: wish.press, now)
        if self._paperwork.stopped:
            press.becomes("refused", both("kiosk.list_no_paper"), now)
            return []
        press.becomes("printing", both("kiosk.list_printing"), now)
        return [PrintList(wish.press, wish.procedure, wish.language)]

    def list_printed(self, outcome: SheetPrinted, now: float) -> None:
        """What became of the checklist."""
        press = self._serving.press
        if press is None or press.id != outcome.press or press.stage != "printing":
            return
        if outcome.reason is None or (outcome.reason == "unknown" and self._paperwork.mute):
            press.becomes("printed", both("kiosk.list_printed"), now)
        else:
            press.becomes("refused", both("kiosk.list_no_paper"), now)
