"""What lies between the hub and the kiosks at the far end: a cable between two namespaces, or a relay on loopback."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from tests.whole.cable import HERE, Cable, enter
from tests.whole.relay import Relay


@dataclass(frozen=True)
class Network:
    """A network that can be cut; `words` tell which. listen: the broker's address; reach: where it is for far kiosks.

    before: what to put before a command line that runs at the far end; enter: takes the calling thread there.
    """

    cable: Cable | Relay
    words: str
    listen: str
    reach: tuple[str, int]
    before: tuple[str, ...] = ()
    enter: Callable[[], None] = lambda: None


@contextmanager
def network(port: int, *, relay: bool = False) -> Iterator[Network]:
    """A cable between two namespaces, or (`relay`, or where none can be made) a relay on loopback.

    port: the broker's. The calling thread lives at the broker's end from now on: call it before any other starts.
    """
    cable = Cable()
    try:
        why = "asked for" if relay else _lay(cable)
        if why:
            with closing(Relay(port)) as door:
                yield Network(door, f"a relay on loopback ({why})", "127.0.0.1", ("127.0.0.1", door.port))
        else:
            enter(cable.here)
            there = ("ip", "netns", "exec", cable.there)
            words = "a cable between two network namespaces"
            yield Network(cable, words, HERE, (HERE, port), there, lambda: enter(cable.there))
    finally:
        cable.close()


def _lay(cable: Cable) -> str:
    """Why this machine makes no namespaces; nothing when it has made them."""
    try:
        cable.lay()
    except FileNotFoundError:
        return "iproute2 is not installed"
    except subprocess.CalledProcessError as error:
        return f"no network namespaces here: {error.stderr.strip()}"
    return ""
