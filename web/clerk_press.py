"""One press on the clerk's panel, from the form to the sentence that answers it."""

from collections.abc import Mapping
from typing import Any

from moiso.runtime.latest import Latest
from moiso.wire.messages import Reply
from web.asks import Asks
from web.clerk_numbers import reason
from web.clerk_questions import question
from web.clerk_says import arguments, said
from web.forms import pressed
from web.guard import Refused
from web.language import language
from web.machine import FACTS
from web.person import Person
from web.place import Reader
from web.question import Question, Seat


class ClerkPress:
    """Takes presses of all clerks, of many threads at once."""

    def __init__(self, readers: Mapping[str, Reader], latest: Latest, asks: Asks) -> None:
        self._readers, self._latest, self._asks = readers, latest, asks

    def __call__(self, person: Person, number: int, form: Mapping[str, str]) -> dict[str, Any]:
        """What becomes of a press at counter `number`: `status`, `message`, perhaps a `question`.

        status: `ok`, `rejected` or `error` as the hub says, `unknown` when it said nothing, `ask` with a question,
        `moved` when the page shows another counter than the clerk's. `stands`: who is at the counter now, where the
        hub said it; "" = nobody. Raises Refused for a form that is none of ours.
        """
        seat = Seat(self._latest.page(FACTS), number, self._readers[language()])
        if form.get("counter", str(number)) != str(number):
            return {"status": "moved", "message": seat.says("moved")}
        if "ask" in form:
            return _asking(_asked(form["ask"], seat, form))
        return self._send(person, seat, form)

    def _send(self, person: Person, seat: Seat, form: Mapping[str, str]) -> dict[str, Any]:
        command, given = _command(form)
        reply = self._asks.ask(command, pressed(), person, ago=self._ago(form.get("pressed", "")), **given)
        if reply is None:
            return {"status": "unknown", "message": seat.says("did_unknown")}
        if reply.reason == "reason-needed":
            return _asking(reason(seat, form.get("ticket", "")))
        message = said(command, form, reply, seat)
        return {"status": reply.status, "reason": reply.reason, "message": message, "stands": _stands(reply)}

    def _ago(self, moment: str) -> float:
        """Seconds since a press at this moment, milliseconds in the hub's time; 0 while nobody knows."""
        now = self._latest.now()
        return max(0, now - int(moment)) / 1000 if now and moment.isdecimal() else 0.0


def _command(form: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    command = form.get("command", "")
    try:
        return command, arguments(command, form)
    except (KeyError, ValueError) as error:
        raise Refused(f"command: {error}") from None


def _asked(what: str, seat: Seat, form: Mapping[str, str]) -> Question:
    try:
        return question(what, seat, form)
    except KeyError:
        raise Refused("ask: there is no such question") from None


def _stands(reply: Reply) -> str | None:
    return reply.data.get("ticket") or "" if "phase" in reply.data else None


def _asking(question: Question) -> dict[str, Any]:
    return {"status": "ask", "message": "", "question": question}
