"""`moiso up`: a whole centre on this machine, supervised, until Ctrl-C."""

import argparse
import errno
import fcntl
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from broker_config.prepare import NoMosquittoError, command, prepare
from centre.children import GRACE, Child
from centre.procedures import SAMPLE, take
from moiso.procedures.store import FILE
from moiso.runtime.program import EX_CONFIG, Unusable, guarded
from moiso.runtime.site import Site, load

#: Seconds between two looks at the children.
LOOK = 0.05
#: The programs that must be ready before the others start, so that the first ticket comes soon.
FIRST = ("broker", "hub", "kiosk")
#: Seconds after which the others start all the same, and after which the addresses are printed all the same.
PATIENCE, LONG_PATIENCE = 3.0, 15.0

EXAMPLES = """\
examples:
  moiso up --fake --site examples/normal.toml
  moiso up --fake --site examples/normal.toml --state state/second --mqtt-port 2883 --web-port 9080
  moiso up --site my-site.toml --device kiosk-1 --device counter-1     the other devices are on other machines"""


@dataclass(frozen=True)
class Plan:
    """What is to run, and where; `devices`: the kiosks, counters and displays of this machine."""

    site: Site
    devices: frozenset[str]
    site_path: Path
    state: Path
    mqtt_port: int
    web_port: int
    fake: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Run the centre until SIGINT or SIGTERM."""
    return guarded(lambda: _up(_plan(argv)))


def _plan(argv: Sequence[str] | None) -> Plan:
    parser = argparse.ArgumentParser(
        prog="moiso up",
        description="Run a whole centre on this machine.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, default=Path("/etc/moiso/site.toml"), metavar="FILE", help="site.toml")
    parser.add_argument("--state", type=Path, metavar="DIR", help="data and passwords (default: state/<site id>)")
    parser.add_argument("--mqtt-port", type=int, metavar="N", help="the broker's port")
    parser.add_argument("--web-port", type=int, metavar="N", help="the pages' port")
    parser.add_argument("--device", action="append", default=[], metavar="ID", help="only this device; repeatable")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--fake", action="store_true", help="fake devices: no hardware needed")
    kind.add_argument("--real", action="store_true", help="real devices (the default)")
    args = parser.parse_args(argv)
    site = load(args.site)
    return Plan(
        site=site,
        devices=_here(site, args.device),
        site_path=args.site.absolute(),
        state=(args.state or Path("state") / site.site.id).absolute(),
        mqtt_port=args.mqtt_port or site.broker.port,
        web_port=args.web_port or site.web.port,
        fake=args.fake,
    )


def _here(site: Site, asked: Sequence[str]) -> frozenset[str]:
    known = site.devices()
    for device in asked:
        if device not in known:
            raise Unusable(f"site.toml has no device {device!r}; it has: {', '.join(known)}")
    return frozenset(asked or known)


def _up(plan: Plan) -> int:
    lock = _own(plan.state)
    if plan.fake and not (plan.state / FILE).exists() and SAMPLE.exists():
        take(SAMPLE, plan.site, plan.state)
    _free(plan.site.broker.listen, plan.mqtt_port, "--mqtt-port")
    _free(plan.site.web.listen, plan.web_port, "--web-port")
    with tempfile.TemporaryDirectory(prefix="moiso-") as notify:
        children = [Child(name, line, Path(notify) / name) for name, line in _commands(plan).items()]
        try:
            return _supervise(plan, children)
        finally:
            _end(children)
            lock.close()


def _supervise(plan: Plan, children: list[Child]) -> int:
    stop = _Stop()
    started, told = time.monotonic(), False
    while not stop.asked:
        now = time.monotonic()
        first_ready = all(child.ready for child in children if child.name.startswith(FIRST) and child.name != "broker")
        for child in children:
            if child.name.startswith(FIRST) or first_ready or child.pid or now - started > PATIENCE:
                child.look(now)
        if any(child.unusable and child.name in {"hub", "broker"} for child in children):
            return EX_CONFIG
        if not told and (_all_ready(children) or now - started > LONG_PATIENCE):
            told = True
            _tell(plan, children, now - started)
        time.sleep(LOOK)
    return 0


class _Stop:
    """Whether a signal asked us to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def _commands(plan: Plan) -> dict[str, list[str]]:
    """Name -> command line of everything that runs here, in the order of starting."""
    try:
        files = prepare(
            plan.state,
            plan.site.site.id,
            plan.site.broker_users(),
            port=plan.mqtt_port,
            listen=plan.site.broker.listen,
            topics=plan.site.button_topics(),
        )
        commands = {"broker": command(files)}
    except NoMosquittoError as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"cannot write {plan.state}: {error.strerror}; choose another with --state") from None
    commands["hub"] = _program(plan, "hub")
    for kiosk in plan.site.kiosks:
        if kiosk.device in plan.devices:
            commands[kiosk.device] = _program(plan, "kiosk", kiosk.device)
    if units := [counter.unit for counter in plan.site.counters if counter.unit in plan.devices]:
        commands["counters"] = _program(plan, "counter_terminal", *units)
    for display in plan.site.displays:
        if display.device in plan.devices:
            commands[display.device] = _program(plan, "display", display.device)
    if plan.fake and plan.site.buttons:
        commands["buttons"] = _program(plan, "counter_terminal.fake_buttons")
    commands["stats"] = _program(plan, "stats")
    commands["web"] = _program(plan, "web")
    return commands


def _program(plan: Plan, module: str, *devices: str) -> list[str]:
    return [
        *(sys.executable, "-P", "-m", module),
        *("--site", str(plan.site_path), "--state", str(plan.state)),
        *("--host", _from_here(plan.site.broker.listen)),
        *("--mqtt-port", str(plan.mqtt_port), "--web-port", str(plan.web_port)),
        *(word for device in devices for word in ("--device", device)),
        *(["--fake"] if plan.fake else []),
    ]


def _from_here(listen: str) -> str:
    """Where this machine finds what listens so: on loopback, unless it listens on one address only."""
    return "127.0.0.1" if listen in {"0.0.0.0", "::", "localhost"} else listen


def _own(state: Path) -> IO[str]:
    """The lock that keeps a second `moiso up` away from this state directory."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = (state / "lock").open("a+")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Unusable(
            f"a centre already runs in {state}: stop it first (Ctrl-C where it runs), or choose another --state"
        ) from None
    except OSError as error:
        raise Unusable(f"cannot write {state}: {error.strerror}; choose another with --state") from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _free(listen: str, port: int, option: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen, port))
        except OSError as error:
            why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise Unusable(f"port {port} {why}: stop what runs there, or choose another with {option}") from None


def _all_ready(children: list[Child]) -> bool:
    return all(child.ready for child in children if child.name != "broker")


def _tell(plan: Plan, children: list[Child], seconds: float) -> None:
    """The list of addresses, and who is not ready."""
    base = f"http://{_from_here(plan.site.web.listen)}:{plan.web_port}"
    broker = f"mqtt://{_from_here(plan.site.broker.listen)}:{plan.mqtt_port}"
    print(f"\nMời Số: {plan.site.site.name} ({plan.site.site.id}), ready after {seconds:.1f} s")
    if plan.fake:
        print(f"  front panel       {base}/panel")
    print(f"  managers' page    {base}/")
    print(f"  figures           {base}/figures")
    print(f"  log in            {base}/login")
    print(f"  broker            {broker}  (passwords in {plan.state}/credentials)")
    if (pin := plan.state / "quan-ly.pin").exists():
        print(f"  first manager     log in as quan-ly with the PIN in {pin}, then make the other accounts")
    for child in children:
        if not child.ready and child.name != "broker":
            print(f"  not ready yet     {child.name}: see its messages above")
    print("Ctrl-C ends everything.", flush=True)


def _end(children: list[Child]) -> None:
    """End everything, the broker last, so that every program can say goodbye."""
    broker, programs = children[0], children[1:]
    for group in (programs, [broker]):
        for child in group:
            child.end()
        until = time.monotonic() + GRACE
        for child in group:
            child.reap(until)
