"""`moiso bundle`: one file with which another machine becomes a device of this centre."""

import argparse
import ipaddress
import re
import socket
import tomllib
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from broker_config.conf import read_listener
from broker_config.passwords import write_private
from centre.site_text import point_at
from moiso.procedures.store import FILE
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import Site, load

#: What another machine may be, and the program that does it.
PROGRAMS = {"kiosk": "kiosk", "counter": "counter_terminal", "display": "display"}
STATE = Path("/var/lib/moiso")

EXAMPLES = """\
examples:
  moiso bundle kiosk-2                       on the centre's main machine: makes kiosk-2.moiso
  moiso bundle kiosk-2 --host 192.168.1.10   when the other machine would not find this one otherwise"""


class Bundle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of a bundle: a JSON file that is as secret as the password in it.

    procedures: the catalogue of procedures, zipped; empty when there is none, or the device needs none.
    """

    moiso_bundle: int = 1
    device: str
    kind: str
    password: str
    site_toml: str
    procedures: bytes = b""


def main(argv: Sequence[str]) -> int:
    """Make the bundle; returns the exit code."""
    args = _parser().parse_args(argv[1:])
    return guarded(lambda: _bundle(args))


def pack(site_path: Path, state: Path, device: str, host: str | None = None) -> Bundle:
    """The bundle of a device of the centre that runs, or ran last, in `state`.

    `host`: the address of this machine for the other one; None: found out. Raises Unusable with a sentence, and
    ConfigError for a wrong site.toml.
    """
    site = load(site_path)
    kind = site.devices().get(device, "")
    if kind not in PROGRAMS:
        fit = [each for each, of in site.devices().items() if of in PROGRAMS]
        raise Unusable(f"{site_path} has no kiosk, counter or display {device!r}; it has: {', '.join(fit)}")
    port = _port(site, site_path, state)
    password = _password(state, device)
    try:
        text = point_at(site_path.read_text(encoding="utf-8"), _named(host) if host else _own_address(site), port)
    except ValueError as error:
        raise Unusable(str(error)) from None
    procedures = _procedures(state) if kind == "kiosk" else b""
    return Bundle(device=device, kind=kind, password=password, site_toml=text, procedures=procedures)


def _bundle(args: argparse.Namespace) -> int:
    state = args.state or state_of(args.site)
    bundle = pack(args.site, state, args.device, args.host)
    out = args.out or Path(f"{bundle.device}.moiso")
    try:
        write_private(out, msgspec.json.format(msgspec.json.encode(bundle), indent=1).decode() + "\n")
    except OSError as error:
        raise Unusable(f"cannot write {out}: {error.strerror}; choose another with --out") from None
    broker = tomllib.loads(bundle.site_toml)["broker"]
    print(f"{out}: {bundle.device} will find the broker at {broker['host']}, port {broker['port']}.")
    print("It holds a password: carry it by hand, and delete it afterwards. On the other machine:")
    print(f"  moiso join {out.name}")
    return 0


def state_of(site_path: Path) -> Path:
    """Where `moiso up` keeps the data of this site by default, or else where the installed units keep it."""
    beside = Path("state") / load(site_path).site.id
    return beside if beside.is_dir() else STATE


def _port(site: Site, site_path: Path, state: Path) -> int:
    """The port of the broker that runs, which need not be the one in site.toml."""
    if _is_loopback(site.broker.listen):
        raise Unusable(
            'the broker listens on this machine only: write `listen = "0.0.0.0"` under [broker] in '
            f"{site_path}, start the centre again, and make the bundle again"
        )
    conf = state / "broker" / "mosquitto.conf"
    try:
        port, listen = read_listener(conf.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Unusable(f"no centre has run in {state} yet: start it once, or name its directory with --state") from None
    if _is_loopback(listen):
        raise Unusable(f"the centre was started before {site_path} said where to listen: start it again")
    return port


def _password(state: Path, device: str) -> str:
    try:
        return (state / "credentials" / device).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Unusable(
            f"cannot read the password of {device} in {state} ({error.strerror}): start the centre once with this "
            "site.toml, and make the bundle as the user who runs it"
        ) from None


def _procedures(state: Path) -> bytes:
    try:
        return zlib.compress((state / FILE).read_bytes())
    except FileNotFoundError:
        return b""


def _named(host: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z.:-]+", host):
        raise Unusable(f"--host {host!r} is not an address; one looks like 192.168.1.10 or centre.local")
    return host


def _own_address(site: Site) -> str:
    """This machine's address as the others see it."""
    for said in (site.broker.host, site.broker.listen):
        if not _is_loopback(said) and said not in {"0.0.0.0", "::"}:
            return said
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: connecting a datagram socket only asks the kernel which address it would use.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            raise Unusable("this machine has no way out to tell its address by: say it with --host ADDRESS") from None


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moiso bundle",
        description="Make one file with which another machine becomes a kiosk, a counter or a display.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("device", metavar="DEVICE", help="the device that the other machine is to be")
    parser.add_argument("--site", type=Path, default=Path("/etc/moiso/site.toml"), metavar="FILE", help="site.toml")
    parser.add_argument("--state", type=Path, metavar="DIR", help="the centre's data and passwords")
    parser.add_argument("--host", metavar="ADDRESS", help="this machine's address for the other one")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the bundle (default: DEVICE.moiso)")
    return parser
