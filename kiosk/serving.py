"""One press after the other: from the finger to the hub or the own block, to the paper, to the page. Pure.

While a ticket is on its way nobody else's press counts. A press is answered within PATIENCE, with a number or with
where to get one. A number that came too late for its press is voided, for its person was shown that nothing comes.
"""

from collections import deque
from collections.abc import Callable

from msgspec.structs import replace

from kiosk.crowd import Crowd
from kiosk.heard import Heard
from kiosk.journal import Given
from kiosk.lamps import Lamps
from kiosk.offline import OffLine
from kiosk.own_number import own_ticket
from kiosk.paper_words import no_paper
from kiosk.paperwork import Paperwork
from kiosk.place import Place
from kiosk.ports import Print, Printed, Say
from kiosk.press import DOUBLE, EARLIER, HUB_TIME, LONGEST_PRINT, LONGEST_SHOWN, PATIENCE, Press
from kiosk.screen import Touched
from kiosk.words import IssuedTicket, read_issued
from moiso.texts import both
from moiso.wire.codec import BadMessage
from moiso.wire.messages import Reply, Words
from moiso.wire.ports import Complaint
from moiso.wire.requests import Requests
from moiso.wire.stamp import seconds

#: So many presses are remembered, so that a page may repeat a touch.
REMEMBERED = 50


class Serving:
    """The press that is being answered, or the last one. why_none: the words for a service that gives no number."""

    def __init__(
        self,
        *,
        place: Place,
        heard: Heard,
        paperwork: Paperwork,
        offline: OffLine,
        requests: Requests,
        new_id: Callable[[], str],
    ) -> None:
        self._place, self._heard, self._paperwork, self._offline = place, heard, paperwork, offline
        self._requests, self._new_id = requests, new_id
        self.lamps, self.crowd = Lamps(place.buttons), Crowd(place.crowd_tickets, place.crowd_within)
        self.press: Press | None = None
        self._given: Given | None = None
        self._gave: dict[str, float] = {}
        self._known: deque[str] = deque(maxlen=REMEMBERED)
        self._refused: deque[str] = deque(maxlen=REMEMBERED)
        self._out: list[object] = []
        self.why_none: Callable[[str], Words] = lambda _service: both("kiosk.ask_staff")

    def drain(self) -> list[object]:
        """What has to be done since this was last asked."""
        out, self._out = self._out, []
        return out

    # -- a press begins ---------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a ticket is on its way."""
        return self.press is not None and self.press.busy

    def gives(self, service: str, now: float) -> bool:
        """Whether a press would give a number, once the ticket that is on its way is out."""
        if self._paperwork.stopped and not self._place.screen:
            return False
        if self._heard.reached(now):
            return self._heard.gives(service)
        return self._offline.gives(service, self._heard, now)

    def pressed(self, service: str, now: float) -> None:
        """A button; its lamp says what became of it."""
        if now - self._gave.get(service, -DOUBLE) < DOUBLE:
            self._gave[service] = now
            return
        if self.press is not None and self.press.busy:
            if self.press.service != service:
                self.lamps.sorry(service, now)
        elif self.gives(service, now):
            self._begin(self.new_press(service, self._new_id, now), now)
        elif self._place.screen:
            self._refuse(self.new_press(service, self._new_id, now), self.why_none(service), now)
        else:
            self.lamps.sorry(service, now)
            self._say(self.why_none(service))

    def touched(self, touch: Touched, now: float) -> None:
        """A finger on the page; what the page says again, or says while a ticket is on its way, counts nothing."""
        asked = self.press is not None and self.press.stage == "again" and self.press.id == touch.press
        if self.busy or (touch.press in self._known and not (asked and touch.again)):
            return
        last = None if touch.again else self.crowd.slip(touch.service, now)
        press = self.new_press(touch.service, lambda: touch.press, now)
        if not self.gives(touch.service, now):
            self._refuse(press, self.why_none(touch.service), now)
        elif last is not None:
            press.last = last
            press.becomes("again", both("kiosk.again", ticket=last), now)
        else:
            more = {"procedure": touch.procedure, "language": touch.language}
            self._begin(press, now, **{key: value for key, value in more.items() if value is not None})

    def dismissed(self, press: str) -> None:
        """The visitor has seen what became of it."""
        if self.press is not None and self.press.id == press and not self.busy:
            self.press = None

    def knows(self, press: str) -> bool:
        """Whether this press was taken before."""
        return press in self._known

    def new_press(self, service: str, press_id: Callable[[], str], now: float) -> Press:
        """A press that everything shows from now on; it is known when it is said again."""
        token = self._new_id()
        self.press = Press(press_id(), service, token, now, both("kiosk.asking"))
        self._known.append(self.press.id)
        return self.press

    def _begin(self, press: Press, now: float, **more: str) -> None:
        self.lamps.thanks(press.service)
        if not self._heard.reached(now):
            self._give_own(press, now)
            return
        wait = HUB_TIME if self._offline.gives(press.service, self._heard, now) else PATIENCE
        said_at = self._heard.pulse.stamp(now)
        asked = {"service": press.service, "token": press.token, **more, **({"at": said_at} if said_at else {})}
        self._out.append(self._requests.send("issue", now, lifetime=wait, press=press.id, **asked)[1])

    # -- the hub answers, or not ------------------------------------------------------------------------------

    def answered(self, reply: Reply, now: float, *, ours: bool) -> None:
        """The hub's answer to `issue`; `ours`: it is still waited for."""
        press = self.press
        if press is not None and press.id == reply.re and press.stage == "asking":
            if ours and (reply.status == "error" or reply.reason == "too-old"):
                self._complain(said(reply))
                self._unanswered(press, now)
            elif ours:
                self._issued(press, reply, now)
            else:
                press.phantom = _number(reply)
        elif reply.re in self._refused and reply.status == "ok":
            self._refused.remove(reply.re or "")
            self._void(_number(reply), now)

    def hub_lost(self, now: float) -> None:
        """The link is gone: whoever waits for the hub waits in vain."""
        press = self.press
        if press is not None and press.stage == "asking" and self._offline.gives(press.service, self._heard, now):
            self._unanswered(press, now)

    def given_up(self, press_id: str, now: float) -> None:
        """The hub has not answered in time."""
        press = self.press
        if press is not None and press.id == press_id and press.stage == "asking":
            self._unanswered(press, now)

    def _unanswered(self, press: Press, now: float) -> None:
        if press.offline:
            return
        self._requests.drop("issue", press.id)
        if self._offline.gives(press.service, self._heard, now):
            self._give_own(press, now)
        else:
            self._give_up(press, now)

    def _give_up(self, press: Press, now: float) -> None:
        """No number; should one come after all, nobody is there to take it."""
        self._refused.append(press.id)
        self._void(press.phantom, now)
        self._refuse(press, both("kiosk.ask_staff"), now)

    def _issued(self, press: Press, reply: Reply, now: float) -> None:
        """The hub has answered our press: print the number, or say that there is none."""
        site = self._place.letterhead
        try:
            if reply.status != "ok":
                raise BadMessage(said(reply))
            press.issued = issued = self._marked(read_issued(reply.data), press)
            press.receipt = site.ticket(issued, None if issued.again else press.token)
        except ValueError as error:
            self._complain(str(error))
            self._refuse(press, reply.message or both("kiosk.ask_staff"), now)
            return
        self._give(press, now)

    def _marked(self, issued: IssuedTicket, press: Press) -> IssuedTicket:
        """A second print says so: the page said its touch again to us, and a program before us may have printed it."""
        began = self._heard.pulse.hub_time(press.began)
        if began is None or began - seconds(issued.at) < EARLIER:
            return issued
        return replace(issued, again=True)

    # -- a number of our own ----------------------------------------------------------------------------------

    def _give_own(self, press: Press, now: float) -> None:
        """A number of the block, once the journal has it."""
        self._given = self._offline.give(press.id, press.service, press.token, press.began, now)
        press.offline = True
        if self._given is None:
            self._give_up(press, now)

    def written(self, ack: str, now: float) -> None:
        """The journal has something; a number that somebody still waits for is printed."""
        press, given = self.press, self._given
        if given is None or given.press != ack:
            return
        self._given = None
        if press is None or press.id != ack or press.stage != "asking":
            return
        at = self._offline.hub_time(self._heard, now)
        press.issued = own_ticket(given, self._offline.book, self._heard, at, now)
        press.receipt = self._place.letterhead.ticket(press.issued, press.token)
        self._give(press, now)

    def not_written(self, ack: str | None, now: float) -> None:
        """The journal does not have it: a number that no record tells of is given to nobody."""
        press = self.press
        if press is not None and press.id == ack and press.stage == "asking":
            self._spoil(press, now)

    def _spoil(self, press: Press, now: float) -> None:
        self._given = None
        self._offline.spoil(press.id)
        self._give_up(press, now)

    # -- the paper --------------------------------------------------------------------------------------------

    def _give(self, press: Press, now: float) -> None:
        """There is a number: on paper, or large on the page while there is no paper."""
        assert press.receipt is not None
        ticket = press.receipt.ticket
        self._gave[press.service] = press.given_at = now
        self.crowd.given(press.service, ticket, now)
        if self._paperwork.stopped and self._place.screen:
            self._tell_of_paper(press, self._paperwork.status.value, now)
            press.becomes("shown", both("kiosk.shown", ticket=ticket), now)
            return
        press.becomes("printing", both("kiosk.printing", ticket=ticket), now)
        self._out.append(Print(press.receipt))

    def printed(self, outcome: Printed, now: float) -> None:
        """What became of the paper."""
        press, reason = self.press, outcome.reason
        if press is None or press.stage != "printing" or press.ticket != outcome.ticket:
            return
        if outcome.refused and not self._place.screen:
            self._nobody_has_it(press, reason, now)
            return
        self._tell_of_paper(press, reason, now)
        # A printer that never answers has most likely printed; one that stops answering most likely has not.
        if reason is None or (reason == "unknown" and self._paperwork.mute):
            press.becomes("printed", both("kiosk.printed", ticket=press.ticket), now)
        else:
            self.lamps.sorry(press.service, now)
            press.becomes("shown", both("kiosk.shown", ticket=press.ticket), now)
            self._say(both("kiosk.torn", ticket=press.ticket))

    def _nobody_has_it(self, press: Press, reason: str | None, now: float) -> None:
        """Nothing came out, and there is no page to show it on: the number would be called in vain."""
        if not press.offline:
            self._tell_of_paper(press, reason, now)
        if not press.offline or not self._offline.spoil(press.id):
            self._void(press.ticket, now)
        self._refuse(press, no_paper(reason), now)

    def _tell_of_paper(self, press: Press, reason: str | None, now: float) -> None:
        """The hub takes a number that was given without it for printed, until it hears otherwise."""
        assert press.ticket is not None
        if not press.offline:
            self._out.append(self._paperwork.report(press.ticket, reason, now))
        elif reason is not None:
            self._offline.not_printed(press.id, press.ticket, reason, now)

    # -- the end of it ----------------------------------------------------------------------------------------

    def look(self, now: float) -> None:
        """What time alone brings."""
        press = self.press
        if press is None:
            return
        if press.stage == "asking" and press.offline and now >= press.began + PATIENCE:
            self._spoil(press, now)
        elif press.stage == "printing" and press.ticket is not None and now - press.since > LONGEST_PRINT:
            self.printed(Printed(press.ticket, "unknown"), now)
        elif press.stage == "printing" and now - press.since > LONGEST_PRINT:
            press.becomes("refused", both("kiosk.list_no_paper"), now)
        elif not press.busy and now - press.since > LONGEST_SHOWN:
            self.press = None

    def deadline(self) -> float | None:
        """When that wants a turn."""
        press = self.press
        return press.began + PATIENCE if press is not None and press.stage == "asking" and press.offline else None

    def _refuse(self, press: Press, words: Words, now: float) -> None:
        self.lamps.sorry(press.service, now)
        press.becomes("refused", words, now)
        self._say(words)

    def _say(self, words: Words) -> None:
        if not self._place.screen:
            self._out.append(Say(words))

    def _complain(self, why: str) -> None:
        device = self._place.device
        self._out.append(Complaint(self._place.topics.reply(device), f"issue: {why}", device))

    def _void(self, ticket: str | None, now: float) -> None:
        if ticket is not None:
            self._out.append(self._paperwork.tell("void", now, ticket=ticket, reason="unclaimed"))


def _number(reply: Reply) -> str | None:
    ticket = reply.data.get("ticket")
    return str(ticket) if reply.status == "ok" and ticket is not None else None


def said(reply: Reply) -> str:
    """Why the hub did not do it, for the log."""
    return reply.message.en if reply.message else reply.reason or reply.status
