"""`moiso account`: who may log in to the pages of this centre."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from centre.bundle import state_of
from moiso.core.roles import Role
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import Site, load
from moiso.runtime.site_tables import Pseudonym
from web.accounts import Accounts, Taken, open_accounts
from web.person import ROLES, Account
from web.pins import fresh_pin, hashed

EXAMPLES = """\
examples:
  moiso account list
  moiso account add cb-07 --role clerk --counter 3 --name "Cán bộ hộ tịch"      prints the PIN, once
  moiso account change cb-07 --role greeter
  moiso account reset-pin quan-ly
  moiso account disable cb-07      its pages stop at once; `enable` lets it in again"""


def main(argv: Sequence[str] | None = None) -> int:
    """Do one thing with the accounts; returns the exit code."""
    args = _parser().parse_args(argv)
    return guarded(lambda: _do(args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moiso account",
        description="Who may log in to the pages. What is changed holds at once, also for who is logged in.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("do", choices=list(_DOINGS), help="what to do")
    parser.add_argument("account", nargs="?", default="", help="its id: a pseudonym, as `who` in site.toml")
    parser.add_argument("--role", choices=[role.value for role in ROLES], help="what it may do")
    parser.add_argument("--name", help="what pages show; else the id")
    parser.add_argument("--counter", type=int, metavar="N", help="the counter of a clerk who always sits at one")
    parser.add_argument("--site", type=Path, default=Path("/etc/moiso/site.toml"), metavar="FILE", help="site.toml")
    parser.add_argument("--state", type=Path, metavar="DIR", help="the centre's data and passwords")
    return parser


def _do(args: argparse.Namespace) -> int:
    site = load(args.site)
    accounts = Accounts(open_accounts(args.state or state_of(args.site)))
    if args.counter is not None and args.counter not in {counter.number for counter in site.counters}:
        raise Unusable(f"{args.site} has no counter {args.counter}")
    _DOINGS[args.do](accounts, args, site)
    return 0


def _list(accounts: Accounts, _args: argparse.Namespace, _site: Site) -> None:
    for account in accounts.all():
        counter = f"counter {account.counter}" if account.counter else ""
        print(f"{account.id:<20} {account.role:<8} {counter:<11} {'disabled' * account.disabled:<9} {account.name}")


def _add(accounts: Accounts, args: argparse.Namespace, _site: Site) -> None:
    try:
        name = msgspec.convert(args.account, Pseudonym)
    except msgspec.ValidationError:
        raise Unusable(f"{args.account!r} is no id: a pseudonym of A-Z, a-z, 0-9, ., _ and - such as cb-03") from None
    if not args.role:
        raise Unusable(f"say with --role what {name} may do: {', '.join(ROLES)}")
    pin = fresh_pin()
    try:
        accounts.add(Account(id=name, name=args.name or name, role=Role(args.role), counter=args.counter), hashed(pin))
    except Taken:
        raise Unusable(f"there is an account {name} already: change it, or reset its PIN") from None
    print(f"{name}: PIN {pin} (shown only now)")


def _change(accounts: Accounts, args: argparse.Namespace, _site: Site) -> None:
    asked = {"name": args.name, "role": Role(args.role) if args.role else None, "counter": args.counter}
    told = {key: value for key, value in asked.items() if value is not None}
    accounts.change(replace(_known(accounts, args.account), **told))


def _reset(accounts: Accounts, args: argparse.Namespace, _site: Site) -> None:
    account, pin = _known(accounts, args.account), fresh_pin()
    accounts.reset(account.id, hashed(pin))
    print(f"{account.id}: PIN {pin} (shown only now); whoever was logged in with it is logged out")


def _disable(accounts: Accounts, args: argparse.Namespace, _site: Site) -> None:
    accounts.change(replace(_known(accounts, args.account), disabled=True))


def _enable(accounts: Accounts, args: argparse.Namespace, _site: Site) -> None:
    accounts.change(replace(_known(accounts, args.account), disabled=False))


def _known(accounts: Accounts, name: str) -> Account:
    found = accounts.find(name)
    if found is None:
        raise Unusable(f"there is no account {name!r}; there are: {', '.join(each.id for each in accounts.all())}")
    return found[0]


_DOINGS: dict[str, Callable[[Accounts, argparse.Namespace, Site], None]] = {
    "list": _list,
    "add": _add,
    "change": _change,
    "reset-pin": _reset,
    "disable": _disable,
    "enable": _enable,
}
