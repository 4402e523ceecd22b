"""`moiso join`: this machine becomes the device of a bundle, now or at every power-on."""

import argparse
import os
import re
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from broker_config.passwords import write_private
from centre.bundle import PROGRAMS, STATE, Bundle
from centre.install import install
from moiso.procedures.store import FILE, put
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import load

EXAMPLES = """\
examples:
  moiso join kiosk-2.moiso                        run the kiosk until Ctrl-C
  sudo .venv/bin/moiso join kiosk-2.moiso --install     run it now and at every power-on"""


@dataclass(frozen=True)
class Joined:
    """What `unpack` left: everything that the device's program is started with."""

    site: Path
    state: Path
    device: str
    kind: str


def main(argv: Sequence[str]) -> int:
    """Join; does not return while the device's program runs."""
    args = _parser().parse_args(argv[1:])
    return guarded(lambda: _join(args))


def unpack(bundle: Bundle, state: Path) -> Joined:
    """Write a bundle's site.toml and password into a state directory, readable by the owner only."""
    credentials = state / "credentials"
    credentials.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(state / "site.toml", bundle.site_toml)
    write_private(credentials / bundle.device, bundle.password + "\n")
    if bundle.procedures:
        put(state / FILE, zlib.decompress(bundle.procedures))
    return Joined(state / "site.toml", state, bundle.device, bundle.kind)


def read_bundle(path: Path) -> Bundle:
    """A bundle from its file. Raises Unusable when it is none."""
    try:
        bundle = msgspec.json.decode(path.read_bytes(), type=Bundle)
    except OSError as error:
        raise Unusable(f"cannot read {path}: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise Unusable(f"{path} is not a bundle, or was damaged on the way ({error}): make it again") from None
    if bundle.kind not in PROGRAMS or not re.fullmatch(r"[a-z0-9-]+", bundle.device) or bundle.moiso_bundle != 1:
        raise Unusable(f"{path} is the bundle of another version of moiso: make it again with this one")
    return bundle


def _join(args: argparse.Namespace) -> int:
    bundle = read_bundle(args.file)
    state = args.state or (STATE if args.install else Path("state") / bundle.device)
    try:
        joined = unpack(bundle, state.absolute())
    except OSError as error:
        raise Unusable(f"cannot write {state}: {error.strerror}; choose another with --state") from None
    if args.install:
        return install(joined.site, roles=[joined.kind], devices=[joined.device])
    load(joined.site)
    arguments = ["--site", str(joined.site), "--state", str(joined.state), "--device", joined.device]
    print(f"{joined.device} joins; next time: moiso {joined.kind} {' '.join(arguments)}", flush=True)
    fake = ["--fake"] if args.fake else []
    os.execv(sys.executable, [sys.executable, "-P", "-m", PROGRAMS[joined.kind], *arguments, *fake])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moiso join",
        description="Make this machine the device of a bundle.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the bundle")
    parser.add_argument("--state", type=Path, metavar="DIR", help="where to keep its data and password")
    parser.add_argument("--install", action="store_true", help="start it at every power-on, by systemd")
    parser.add_argument("--fake", action="store_true", help="fake devices instead of real ones")
    return parser
