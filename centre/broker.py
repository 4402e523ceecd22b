"""`moiso broker`: prepare the broker's files and become mosquitto, as systemd starts it."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from broker_config.prepare import NoMosquittoError, command, prepare
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import load


def main(argv: Sequence[str] | None = None) -> int:
    """Replace this process by the broker; returns only when that cannot be done."""
    parser = argparse.ArgumentParser(
        prog="moiso broker",
        description="Run the centre's MQTT broker in the foreground.",
        epilog="example: moiso broker --site /etc/moiso/site.toml --state /var/lib/moiso",
    )
    parser.add_argument("--site", type=Path, required=True, metavar="FILE", help="the centre's site.toml")
    parser.add_argument("--state", type=Path, required=True, metavar="DIR", help="its data and passwords")
    args = parser.parse_args(argv)
    return guarded(lambda: _become_broker(args.site, args.state))


def _become_broker(site_path: Path, state: Path) -> int:
    site = load(site_path)
    try:
        files = prepare(
            state,
            site.site.id,
            site.broker_users(),
            port=site.broker.port,
            listen=site.broker.listen,
            topics=site.button_topics(),
        )
        line = command(files)
    except (NoMosquittoError, ValueError) as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"cannot write {state}: {error.strerror}; whose is it?") from None
    os.execv(line[0], line)
    return 0
