import socket
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from moiso.runtime.program import Unusable
from moiso.runtime.serve import foreign, listen

OWN = "http://127.0.0.1:8090"


def hello(_environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def test_any_port_that_is_free_is_told():
    port = listen(hello, "127.0.0.1", 0, threads=1, connections=4, advice="")
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/").read() == b"hello"


def test_a_taken_port_is_one_sentence_with_what_to_do(free_port: int):
    with (
        socket.create_server(("127.0.0.1", free_port)),
        pytest.raises(Unusable, match=f"127.0.0.1:{free_port} .* choose another as page_port"),
    ):
        listen(hello, "127.0.0.1", free_port, threads=1, connections=4, advice="as page_port")


@pytest.mark.parametrize(
    ("site", "origin", "strange"),
    [
        (None, None, False),
        ("same-origin", OWN, False),
        ("none", OWN, True),
        ("cross-site", None, True),
        (None, "http://127.0.0.1:8091", True),
        (None, "null", True),
    ],
)
def test_who_is_a_stranger(site: str | None, origin: str | None, strange: bool):
    assert foreign(site, origin, OWN) is strange
