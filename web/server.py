"""The HTTP server: waitress, with a thread for every stream and some for everybody else."""

import threading
from typing import Any

import waitress

from moiso.runtime.program import Unusable

#: Streams at once (each holds a thread), and threads beside them for all other requests.
STREAMS, OTHERS = 64, 24


def listen(app: Any, host: str, port: int) -> None:
    """Serve a WSGI app from now on, in the background, to the end of the program.

    Raises Unusable when nobody can listen there.
    """
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=STREAMS + OTHERS,
            connection_limit=4 * STREAMS,
            max_request_header_size=16_384,
            max_request_body_size=16_384,
            ident=None,
        )
    except (OSError, ValueError) as error:
        raise Unusable(
            f"the pages cannot be served at {host}:{port} ({error}): stop the program that uses this address, or "
            "choose another with --web-port or under [web] in site.toml"
        ) from None
    threading.Thread(target=server.run, name="waitress", daemon=True).start()
