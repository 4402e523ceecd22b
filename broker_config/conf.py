"""The configuration file of mosquitto. Pure."""

import re
from pathlib import Path

_CONF = """\
# Made by moiso; written afresh at every start, so edit site.toml instead.

listener {port} {listen}
allow_anonymous false
password_file {passwords}
acl_file {acl}

# Nagle's algorithm and delayed acknowledgements together cost 40 ms on each hop.
set_tcp_nodelay true

# The default of 1000 drops QoS 1 messages in silence, their publisher told that all is well. 0 ought to mean no
# limit, but several releases then cut off whoever was refused one message, or drop QoS 0 altogether
# (mosquitto issues 3244, 2879, 1956).
max_queued_messages 1000000
max_inflight_messages 100
# With no limit on its queue, a device that left for good must not be remembered for good.
persistent_client_expiration 1h

# Whoever sends more is cut off by the broker itself; smaller nonsense is answered by the hub.
max_packet_size 8388608

# The broker is never the memory: every program republishes what it retains on every connect, and repeats a
# command until it is answered. A file would wear the SD card and bring stale state back after a power cut.
persistence false

log_dest stderr
log_type error
log_type warning
log_timestamp_format %Y-%m-%dT%H:%M:%S
connection_messages false
"""

# Started by root, mosquitto becomes the user mosquitto, who cannot read files that are only root's.
_AS_ROOT = "\nuser root\n"


def render_conf(port: int, listen: str, acl: Path, passwords: Path, as_root: bool) -> str:
    """The text of mosquitto.conf: one listener, on an address (`127.0.0.1`, `0.0.0.0`) and a port (1-65535).

    Raises ValueError for an address or a path that would not stay on its line.
    """
    if not re.fullmatch(r"[0-9A-Za-z.:-]+", listen):
        raise ValueError(f"[broker] listen = {listen!r} is not an address")
    if not 1 <= port <= 65535:
        raise ValueError(f"[broker] port = {port} is not a port (1 to 65535)")
    text = _CONF.format(port=port, listen=listen, acl=_one_line(acl), passwords=_one_line(passwords))
    return text + _AS_ROOT if as_root else text


def read_listener(conf: str) -> tuple[int, str]:
    """Port and address of a rendered configuration. Raises ValueError when it has none."""
    found = re.search(r"^listener (\d+) (\S+)$", conf, re.MULTILINE)
    if found is None:
        raise ValueError("the broker's configuration has no listener line")
    return int(found[1]), found[2]


def _one_line(path: Path) -> str:
    if re.search(r"[\r\n]", str(path)):
        raise ValueError(f"{str(path)!r} cannot be written in mosquitto.conf")
    return str(path)
