"""What every program's __main__ begins with: arguments, site.toml, credentials, one sentence when they are wrong."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from moiso.runtime.address import Address
from moiso.runtime.site import Site, load
from moiso.runtime.toml import ConfigError

#: Exit code of a program that must be told something before it can run (sysexits.h EX_CONFIG); never restarted.
EX_CONFIG = 78


class Unusable(Exception):  # noqa: N818  it says what state we are in
    """The program cannot run until somebody does something; str() is the sentence that says what."""


@dataclass(frozen=True)
class Context:
    """What a program was started with."""

    site: Site
    site_path: Path
    state: Path
    devices: tuple[str, ...]
    fake: bool
    host: str
    port: int
    web_port: int

    @property
    def device(self) -> str:
        """The one device of a program that drives one.

        Raises Unusable when the site has several and nobody said which.
        """
        if len(self.devices) > 1:
            raise Unusable(f"say with --device which one this is: {', '.join(self.devices)}")
        return self.devices[0]

    def fake_dir(self, device: str) -> Path:
        """Where a fake device writes what it did; made when missing."""
        folder = self.state / "fake" / device
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def address(self, device: str) -> Address:
        """The broker and the device's password, from `<state>/credentials` or systemd's credentials.

        Raises Unusable when there is none.
        """
        folder = Path(os.environ.get("CREDENTIALS_DIRECTORY", self.state / "credentials"))
        try:
            password = (folder / device).read_text().strip()
        except OSError as error:
            raise Unusable(
                f"no password for {device} in {folder} ({error.strerror}): start `moiso up` once on the centre's main "
                f"machine, or fetch a bundle with `moiso bundle {device}`"
            ) from None
        return Address(self.host, self.port, device, password)


def new_id() -> str:
    """An id that no other press or session has."""
    return secrets.token_hex(8)


def arguments(program: str, description: str, *more_examples: str) -> argparse.ArgumentParser:
    """A parser of the arguments that all programs share; `more_examples`: what to add on an installed machine."""
    tried = f"  moiso {program} --site examples/normal.toml --state state/an-binh --fake"
    installed = f"  moiso {program} --site /etc/moiso/site.toml --state /var/lib/moiso"
    parser = argparse.ArgumentParser(
        prog=f"moiso {program}",
        description=description,
        epilog="\n".join(["examples:", tried, installed, *(f"{installed} {more}" for more in more_examples)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, required=True, metavar="FILE", help="the centre's site.toml")
    parser.add_argument("--state", type=Path, required=True, metavar="DIR", help="where its data and passwords are")
    parser.add_argument("--device", action="append", default=[], metavar="ID", help="which device this is")
    parser.add_argument("--fake", action="store_true", help="fake devices instead of real ones")
    parser.add_argument("--host", help="the broker, when it is not the one in site.toml")
    parser.add_argument("--mqtt-port", type=int, metavar="N", help="its port, when it is not the one in site.toml")
    parser.add_argument("--web-port", type=int, metavar="N", help="the pages' port, instead of site.toml's")
    return parser


def context(program: str, kind: str, argv: Sequence[str] | None, description: str, *more_examples: str) -> Context:
    """The context from the command line; without --device all of the site's devices of this kind.

    Raises ConfigError or Unusable.
    """
    return context_of(arguments(program, description, *more_examples).parse_args(argv), kind)


def context_of(args: argparse.Namespace, kind: str) -> Context:
    """The context from the parsed `arguments`.

    Raises ConfigError or Unusable.
    """
    site = load(args.site)
    return Context(
        site=site,
        site_path=args.site,
        state=args.state,
        devices=_devices(args, site, kind),
        fake=args.fake,
        host=args.host or site.broker.host,
        port=args.mqtt_port or site.broker.port,
        web_port=args.web_port or site.web.port,
    )


def _devices(args: argparse.Namespace, site: Site, kind: str) -> tuple[str, ...]:
    known = [device for device, of in site.broker_users().items() if of == kind]
    if not known:
        raise Unusable(f"{args.site} has no {kind}: add a [[{kind}]] table, or run this program elsewhere")
    for device in args.device:
        if device not in known:
            raise Unusable(f"{args.site} has no {kind} {device!r}; it has: {', '.join(known)}")
    return tuple(args.device or known)


def guarded(main: Callable[[], int]) -> int:
    """Run a program's main; what stops it for good is one sentence on stderr and EX_CONFIG."""
    try:
        return main()
    except (ConfigError, Unusable) as error:
        print(error, file=sys.stderr)
        return EX_CONFIG
