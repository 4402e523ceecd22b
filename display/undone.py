"""Calls that were taken back after people had heard them: the wall asks them to wait. Pure."""

from display.view import Call
from moiso.core.events import ActionUndone
from moiso.core.tickets import AT_COUNTER, State

#: Seconds for which the wall asks somebody to wait, from the undo and again from its announcement.
SHOWN = 20.0


def called_away(undo: ActionUndone) -> list[str]:
    """The tickets whose call is taken back; whoever is put back at a counter is none of them."""
    return [stands.ticket for stands in undo.tickets if stands.was == State.CALLED and stands.state not in AT_COUNTER]


class Undone:
    """Who is asked to wait, and where on the wall; times are seconds of the wall's own clock."""

    def __init__(self) -> None:
        self._asked: dict[str, tuple[int, float]] = {}

    def ask(self, ticket: str, seq: int, now: float) -> None:
        """Ask from now on, where the call `seq` stood."""
        self._asked[ticket] = (seq, now)

    def spoken(self, ticket: str, now: float) -> None:
        """It is being said aloud: whoever looks up now sees it."""
        if ticket in self._asked:
            self._asked[ticket] = (self._asked[ticket][0], now)

    def forget(self, ticket: str) -> None:
        """The ticket is called again."""
        self._asked.pop(ticket, None)

    def calls(self, now: float) -> list[tuple[int, Call]]:
        """Whom the wall asks now, each with the seq by which it stands among the calls."""
        self._asked = {ticket: place for ticket, place in self._asked.items() if now - place[1] < SHOWN}
        return [
            (seq, Call(ticket=ticket, counter="", age=now - since, withdrawn=True))
            for ticket, (seq, since) in self._asked.items()
        ]
