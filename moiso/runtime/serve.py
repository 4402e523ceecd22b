"""Pages over HTTP: waitress in the background, the headers that guard every answer, and who is a stranger."""

import threading
from typing import Any

import waitress

from moiso.runtime.program import Unusable

#: What every answer carries: nothing but our own files runs, is shown or may hold the page in a frame.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_LARGEST = 16_384


def listen(app: Any, host: str, port: int, *, threads: int, connections: int, advice: str) -> int:
    """Serve a WSGI app from now on, in the background, to the end of the program; the port (0 = any that is free).

    Every open stream holds one of the `threads`. Raises Unusable when nobody can listen there; `advice` says what to
    choose instead.
    """
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            connection_limit=connections,
            max_request_header_size=_LARGEST,
            max_request_body_size=_LARGEST,
            ident=None,
        )
    except (OSError, ValueError) as error:
        raise Unusable(
            f"the pages cannot be served at {host}:{port} ({error}): stop the program that uses this address, or "
            f"choose another {advice}"
        ) from None
    threading.Thread(target=server.run, name="waitress", daemon=True).start()
    # A host name with several addresses has a server for each; none of them is asked for any free port.
    return int(getattr(server, "effective_port", port))


def foreign(site: str | None, origin: str | None, own: str) -> bool:
    """Whether a browser says that somebody else's page sent a request.

    site, origin: its headers `Sec-Fetch-Site` and `Origin`, None when it has none; own: our own origin.
    """
    return site not in (None, "same-origin") or origin not in (None, own)
