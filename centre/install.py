"""`moiso install` and `moiso uninstall`: everything starts at power-on, without anybody logging in."""

import argparse
import grp
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broker_config.prepare import NoMosquittoError, find_mosquitto
from centre.bundle import STATE
from centre.units import ROLES, Unit, render, units_for
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import Site, load
from web.first_accounts import FIRST

TEMPLATES = Path(__file__).resolve().parent.parent / "systemd"
USER = "moiso"
SCREEN, SCREEN_USER = "moiso-screen@.service", "moiso-screen"
_UNITS = Path("etc/systemd/system")
_SITE = Path("etc/moiso/site.toml")
_ALL = [f"moiso-{role}*.service" for role in ROLES]

EXAMPLES = """\
examples:
  sudo .venv/bin/moiso install --site my-site.toml          a whole centre on this machine
  sudo .venv/bin/moiso install --device kiosk-1 --device counter-1
                                                            the centre with these devices, others elsewhere
  sudo .venv/bin/moiso uninstall"""


@dataclass(frozen=True)
class Place:
    """Where to install: `/`, or a directory that stands for it and on which no system runs."""

    root: Path

    @property
    def live(self) -> bool:
        """Whether this is the machine itself."""
        return self.root == Path("/")

    @property
    def units(self) -> Path:
        """The directory of the units."""
        return self.root / _UNITS

    @property
    def systemd(self) -> bool:
        """Whether systemd runs and can be told."""
        return self.live and Path("/run/systemd/system").is_dir()

    def groups(self) -> set[str]:
        """The names of the groups that exist there; without a list of them, all that the units ask for."""
        file = self.root / "etc/group"
        if self.live:
            return {group.gr_name for group in grp.getgrall()}
        if file.exists():
            return {line.split(":")[0] for line in file.read_text(encoding="utf-8").splitlines()}
        return {"audio", "dialout", "gpio", "input", "lp", "render", "tty", "video"}


def main(argv: Sequence[str]) -> int:
    """`install ...` or `uninstall ...`; returns the exit code."""
    word, args = argv[0], _parser(argv[0]).parse_args(argv[1:])
    if word == "uninstall":
        return guarded(lambda: uninstall(args.root))
    return guarded(lambda: install(args.site, args.root, args.role, args.device))


def install(site_path: Path, root: Path = Path("/"), roles: Sequence[str] = (), devices: Sequence[str] = ()) -> int:
    """Copy site.toml, make the user, write and enable the units; prints each step. May be repeated.

    Raises Unusable when it cannot be done, and ConfigError for a wrong site.toml.
    """
    place, site = Place(root), load(site_path)
    units = _chosen(site, roles, devices)
    program = _program(place)
    if "moiso-broker.service" in {unit.name for unit in units} and place.live:
        _need_mosquitto()
    _need_root(place, "install")
    _copy_site(site_path, place)
    counters = [device for device in devices if site.devices()[device] == "counter"]
    _write_units(units, place, program, counters)
    _users(units, place)
    _enable(units, place)
    if any(unit.file == "moiso-web.service" for unit in units):
        print(f"the first manager is {FIRST}; the PIN, once it runs: sudo cat {STATE / FIRST}.pin")
    return 0


def uninstall(root: Path = Path("/")) -> int:
    """Stop and remove the units; site.toml, the data and the user stay."""
    place = Place(root)
    _need_root(place, "uninstall")
    names = [link.name for link in _enabled(place)] + [file.name for file in _installed(place)]
    if names and place.systemd:
        subprocess.run(["systemctl", "disable", "--quiet", "--now", *(n for n in names if "@." not in n)], check=False)
    for file in _installed(place):
        file.unlink()
        print(f"removed {file}")
    if place.systemd:
        subprocess.run(["systemctl", "daemon-reload"], check=False)
    print(f"kept {place.root / _SITE} and {STATE}: delete them by hand if the centre's history may go")
    return 0


def _parser(word: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"moiso {word}",
        description="Start everything at power-on, by systemd." if word == "install" else "Undo what install did.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--root", type=Path, default=Path("/"), metavar="DIR", help="another directory as /")
    if word == "install":
        parser.add_argument("--site", type=Path, default=Path("/") / _SITE, metavar="FILE", help="site.toml")
        parser.add_argument("--role", action="append", default=[], choices=ROLES, help="only this part; repeatable")
        parser.add_argument("--device", action="append", default=[], metavar="ID", help="only this device; repeatable")
    return parser


def _chosen(site: Site, roles: Sequence[str], devices: Sequence[str]) -> list[Unit]:
    known = site.devices()
    for device in devices:
        if device not in known:
            raise Unusable(f"site.toml has no device {device!r}; it has: {', '.join(known)}")
    return units_for(known, roles, devices, [kiosk.device for kiosk in site.kiosks if kiosk.screen])


def _program(place: Place) -> str:
    """The moiso that systemd is to start; everybody must be able to reach it, for it runs as its own user."""
    if not TEMPLATES.is_dir():
        raise Unusable("the systemd units are not here: install from a checkout of the project, after `make setup`")
    program = Path(sys.prefix) / "bin/moiso"
    closed = next((folder for folder in program.parents if not folder.stat().st_mode & 0o001), None)
    if closed and place.live:
        raise Unusable(
            f"the user {USER} cannot enter {closed}, so systemd could not start moiso from there: "
            "put the project into /opt/moiso, run `make setup` there, and install from there"
        )
    return str(program)


def _need_mosquitto() -> None:
    try:
        find_mosquitto()
    except NoMosquittoError as error:
        raise Unusable(str(error)) from None


def _need_root(place: Place, word: str) -> None:
    if place.live and os.geteuid() != 0:
        raise Unusable(f"only root can do that: sudo {Path(sys.prefix) / 'bin/moiso'} {word} ...")


def _copy_site(source: Path, place: Place) -> None:
    target = place.root / _SITE
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or not target.samefile(source):
        shutil.copyfile(source, target)
        print(f"copied {source} to {target}")
    target.chmod(0o644)


def _write_units(units: Sequence[Unit], place: Place, program: str, counters: Sequence[str]) -> None:
    place.units.mkdir(parents=True, exist_ok=True)
    for file in dict.fromkeys(unit.file for unit in units):
        try:
            text = render((TEMPLATES / file).read_text(encoding="utf-8"), program, place.groups(), counters)
        except ValueError as error:
            raise Unusable(str(error)) from None
        target = place.units / file
        target.write_text(text, encoding="utf-8")
        target.chmod(0o644)
        print(f"wrote {target}")


def _users(units: Sequence[Unit], place: Place) -> None:
    if not place.live:
        return
    _user(USER)
    if any(unit.file == SCREEN for unit in units):
        _user(SCREEN_USER)
    for path in (STATE, *STATE.rglob("*")) if STATE.is_dir() else ():
        shutil.chown(path, USER, USER)


def _user(name: str) -> None:
    """A user of its own that nobody logs in as; the browser's may not see what the others keep."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        no_login = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        home = STATE if name == USER else Path("/nonexistent")
        subprocess.run(["useradd", *no_login, "--home-dir", str(home), name], check=True)
        print(f"made the user {name}")


def _enable(units: Sequence[Unit], place: Place) -> None:
    names = [unit.name for unit in units]
    if not place.systemd:
        print("systemd does not run here; left to do on the machine itself:")
        print("  systemctl daemon-reload && systemctl enable --now " + " ".join(names))
        return
    for step in (["daemon-reload"], ["enable", "--quiet", *names], ["restart", *names]):
        if subprocess.run(["systemctl", *step], check=False).returncode:
            raise Unusable(f"`systemctl {step[0]}` failed: `journalctl -u 'moiso-*' -n 50` says why")
    print("started, and will start at every power-on: " + ", ".join(names))


def _installed(place: Place) -> list[Path]:
    return sorted(file for pattern in _ALL for file in place.units.glob(pattern))


def _enabled(place: Place) -> Iterator[Path]:
    """What is enabled by a link, instances included."""
    for pattern in _ALL:
        yield from (place.units / "multi-user.target.wants").glob(pattern)
