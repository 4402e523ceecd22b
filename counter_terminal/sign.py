"""What the LED sign above a counter shows, in characters that seven segments can form. Pure."""

from moiso.wire.messages import CounterState

#: Nobody knows how the counter stands: the hub is silent. A sign would rather say nothing than something old.
UNKNOWN = "----"
#: The counter is open and nobody stands there.
EMPTY = "-"
#: The counter is closed, or its clerk is away.
OFF = ""


def sign_text(counter: CounterState | None, *, silent: bool) -> str:
    """The number called or served at the counter, or one of the words above; `silent`: the hub is gone."""
    if silent or counter is None:
        return UNKNOWN
    if counter.state != "open":
        return OFF
    return counter.ticket or EMPTY
