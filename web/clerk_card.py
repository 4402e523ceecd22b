"""The ten numbers with which a new clerk practises: what happens, which keys, what the panel then shows. Pure."""

from msgspec import Struct


class Turn(Struct, frozen=True, kw_only=True):
    """One line of the card; `keys` in their order, `ticket`: the number then shown, empty for nobody.

    phase: a word of [clerk], `called` or `serving`, or of [card], `empty` or `paused`.
    """

    keys: tuple[str, ...]
    ticket: str
    phase: str


def _turn(keys: str, ticket: str, phase: str) -> Turn:
    return Turn(keys=tuple(keys.split()), ticket=ticket, phase=phase)


#: At a closed counter that serves A, where A001 to A010 wait; C is served elsewhere.
TURNS = (
    _turn("Space S", "A001", "clerk.serving"),
    _turn("Space S", "A002", "clerk.serving"),
    _turn("Space S F 1", "", "card.empty"),
    _turn("Space R V", "", "card.empty"),
    _turn("Space S G", "", "card.empty"),
    _turn("Space S F 2 0", "", "card.empty"),
    _turn("Space S T C", "", "card.empty"),
    _turn("K F 1", "", "card.empty"),
    _turn("Space Space U", "A008", "clerk.called"),
    _turn("S Space S P", "", "card.paused"),
    _turn("Space S", "A010", "clerk.serving"),
    _turn("F F 4 Enter 1 1", "A004", "clerk.called"),
)
