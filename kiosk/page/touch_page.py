"""The touch page of one kiosk: give it Screens, it puts what fingers say where you say."""

from collections.abc import Callable

from kiosk.page.app import SCREEN, PageApp
from kiosk.page.site_words import SiteWords
from kiosk.screen import Screen
from kiosk.voice import Voice
from moiso.procedures.catalogue import Catalogue
from moiso.runtime import serve
from moiso.runtime.latest import Latest
from moiso.runtime.program import new_id

#: Pages that may be open at once (the screen's own, a tablet, somebody who looks after it), and threads beside them.
STREAMS, OTHERS = 4, 2


class TouchPage:
    """One page; `tell` takes Touched, Dismissed, ReprintWanted and ListWanted from the server's threads."""

    def __init__(self, site: SiteWords, catalogue: Catalogue, voice: Voice, tell: Callable[[object], None]) -> None:
        self._latest = Latest(STREAMS, new_id())
        self.show(Screen())
        self._app = PageApp(site, self._latest, catalogue, voice, tell)

    def listen(self, host: str, port: int) -> int:
        """Serve it from now on; the port (0: any that is free). Raises Unusable when somebody else has the address."""
        advice = "as page_port under [[kiosk]] in site.toml"
        return serve.listen(self._app, host, port, threads=STREAMS + OTHERS, connections=16, advice=advice)

    def show(self, screen: Screen) -> None:
        """Show this from now on."""
        self._latest.put(SCREEN, screen)

    def close(self) -> None:
        """Let the pages go."""
        self._latest.close()
