"""The broker's files in a state directory, and the command that starts it."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broker_config.acl import render_acl
from broker_config.conf import render_conf
from broker_config.passwords import credential, render_passwords, write_private


@dataclass(frozen=True)
class BrokerFiles:
    """What `prepare` left; `changed`: a broker that runs has to read it again (SIGHUP or a restart)."""

    conf: Path
    acl: Path
    passwords: Path
    credentials: Path
    changed: bool


class NoMosquittoError(Exception):
    """The broker is not installed; the text says how to install it."""


def prepare(
    state_dir: Path,
    site_id: str,
    devices: Mapping[str, str],
    *,
    port: int,
    listen: str = "127.0.0.1",
    topics: Mapping[str, Sequence[str]] | None = None,
) -> BrokerFiles:
    """Make or renew `<state>/credentials/<device>` and `<state>/broker/{mosquitto.conf,acl,passwords}`.

    `devices` and `topics` as for `acl.render_acl`. Passwords are kept from start to start; a file that is
    right already is not touched. Raises ValueError for bad input, before anything is written, and OSError.
    """
    state = state_dir.absolute()
    broker, credentials = state / "broker", state / "credentials"
    acl, passwords, conf = broker / "acl", broker / "passwords", broker / "mosquitto.conf"
    texts = {
        acl: render_acl(site_id, devices, topics),
        conf: render_conf(port, listen, acl, passwords, as_root=os.geteuid() == 0),
    }
    for directory in (broker, credentials):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    texts[passwords] = render_passwords(site_id, {each: credential(credentials, each) for each in devices})
    changed = [path for path, text in texts.items() if _renew(path, text)]
    return BrokerFiles(conf, acl, passwords, credentials, changed=bool(changed))


def _renew(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    write_private(path, text)
    return True


def find_mosquitto() -> str:
    """The path of the broker's program; Debian keeps it in /usr/sbin, which is not on everybody's PATH."""
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which("mosquitto", path=places)
    if found is None:
        raise NoMosquittoError(
            "The MQTT broker mosquitto is not installed: run `make setup` or `apt-get install mosquitto`."
        )
    return found


def command(files: BrokerFiles) -> list[str]:
    """The command line that runs the broker in the foreground. Raises NoMosquittoError."""
    return [find_mosquitto(), "-c", str(files.conf)]
