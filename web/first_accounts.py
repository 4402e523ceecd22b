"""The accounts that a centre begins with: its first manager; in a fake centre one of every kind, their PINs shown."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from moiso.core.roles import Role
from moiso.texts import catalogue
from web.accounts import Accounts
from web.person import Account
from web.pins import fresh_pin, hashed

FIRST = "quan-ly"


def first_manager(accounts: Accounts, state: Path) -> None:
    """Where nobody manages yet, the account `quan-ly`; its PIN is in `<state>/quan-ly.pin`, for its owner to read."""
    known = accounts.all()
    if any(each.role is Role.MANAGER and not each.disabled for each in known) or accounts.find(FIRST):
        return
    pin = fresh_pin()
    _private(state / f"{FIRST}.pin", f"{pin}\n".encode())
    accounts.add(_account(FIRST, Role.MANAGER), hashed(pin))


def demo_accounts(accounts: Accounts, folder: Path, counters: Sequence[int]) -> dict[str, str]:
    """PINs by account: `quan-ly`, `huong-dan` and a clerk for each counter, as `folder`/accounts.json keeps them.

    Accounts that are missing are made; one that somebody else made is left alone, and its PIN not known.
    """
    path = folder / "accounts.json"
    pins = msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}
    missing = [account for account in _demo(counters) if not accounts.find(account.id)]
    pins |= {account.id: fresh_pin() for account in missing}
    folder.mkdir(parents=True, exist_ok=True)
    _private(path, msgspec.json.format(msgspec.json.encode(pins), indent=1))
    for account in missing:
        accounts.add(account, hashed(pins[account.id]))
    return pins


def _demo(counters: Sequence[int]) -> list[Account]:
    clerks = [_account(f"cb-{number:02}", Role.CLERK, number) for number in counters]
    return [_account(FIRST, Role.MANAGER), _account("huong-dan", Role.GREETER), *clerks]


def _account(name: str, role: Role, counter: int | None = None) -> Account:
    shown = catalogue().text(f"account.first_{role}", n=counter)
    return Account(id=name, name=shown, role=role, counter=counter)


def _private(path: Path, content: bytes) -> None:
    """A file that only its owner can read, there whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
