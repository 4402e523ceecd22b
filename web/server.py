"""The HTTP server: a thread for every stream and some for everybody else."""

from typing import Any

from moiso.runtime import serve

#: Streams at once (each holds a thread), and threads beside them for all other requests.
STREAMS, OTHERS = 64, 24


def listen(app: Any, host: str, port: int) -> None:
    """Serve the pages from now on, to the end of the program.

    Raises Unusable when nobody can listen there.
    """
    advice = "with --web-port or under [web] in site.toml"
    serve.listen(app, host, port, threads=STREAMS + OTHERS, connections=4 * STREAMS, advice=advice)
