"""What a manager does to accounts at a page: add, change, reset, disable, enable."""

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from moiso.core.roles import Role
from moiso.runtime.site_tables import Pseudonym
from web.accounts import Accounts, Taken
from web.person import ROLES, Account
from web.pins import fresh_pin, hashed

#: Longest name that is shown.
LONGEST_NAME = 60
#: Presses that are remembered, so that a form posted twice is done once.
REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, as the key of its sentence in [account]; `pin`: to be shown and told, never kept in a file."""

    key: str
    account: Account
    pin: str = ""


class Wrong(Exception):  # noqa: N818  it is an answer, not a fault
    """The form cannot be followed; str() is the key of the sentence, in [account]."""


class Registry:
    """What a manager does to accounts; `counters`: those of the site."""

    def __init__(self, accounts: Accounts, counters: Collection[int]) -> None:
        self._accounts, self._counters = accounts, counters
        self._lock = threading.Lock()
        self._done: dict[str, Done] = {}
        self._doings: dict[str, Callable[[Mapping[str, str], str], Done]] = {
            "add": self._add,
            "change": self._change,
            "reset": self._reset,
            "disable": self._disable,
            "enable": self._enable,
        }

    def do(self, doing: str, form: Mapping[str, str], by: str, press: str) -> None:
        """Do what the form says, in the name of the account `by`, once a press. Raises Wrong."""
        with self._lock:
            if press in self._done:
                return
            done = self._doings[doing](form, by)
            while len(self._done) >= REMEMBERED:
                self._done.pop(next(iter(self._done)))
            self._done[press] = done

    def done(self, press: str) -> Done | None:
        """What this press brought; None when there was none, or long ago."""
        return self._done.get(press)

    def _add(self, form: Mapping[str, str], _by: str) -> Done:
        name, pin = form.get("account", "").strip(), fresh_pin()
        try:
            account = self._as_said(Account(id=msgspec.convert(name, Pseudonym), name=name, role=Role.CLERK), form)
            self._accounts.add(account, hashed(pin))
        except msgspec.ValidationError:
            raise Wrong("wrong_id") from None
        except Taken:
            raise Wrong("taken") from None
        return Done("added", account, pin)

    def _change(self, form: Mapping[str, str], by: str) -> Done:
        known = self._known(form)
        account = self._as_said(known, {**_as_form(known), **_changed(form)})
        if account.id == by and account.role is not Role.MANAGER:
            raise Wrong("not_yourself")
        self._accounts.change(account)
        return Done("changed", account)

    def _reset(self, form: Mapping[str, str], _by: str) -> Done:
        account, pin = self._known(form), fresh_pin()
        self._accounts.reset(account.id, hashed(pin))
        return Done("was_reset", account, pin)

    def _disable(self, form: Mapping[str, str], by: str) -> Done:
        account = self._known(form)
        if account.id == by:
            raise Wrong("not_yourself")
        self._accounts.change(replace(account, disabled=True))
        return Done("disabled", account)

    def _enable(self, form: Mapping[str, str], _by: str) -> Done:
        account = self._known(form)
        self._accounts.change(replace(account, disabled=False))
        return Done("enabled", account)

    def _known(self, form: Mapping[str, str]) -> Account:
        found = self._accounts.find(form.get("account", ""))
        if found is None:
            raise Wrong("unknown")
        return found[0]

    def _as_said(self, account: Account, form: Mapping[str, str]) -> Account:
        """The account with the name, role and counter of the form."""
        role, counter = form.get("role", ""), form.get("counter", "")
        if role not in ROLES or (counter and counter not in map(str, self._counters)):
            raise Wrong("wrong_role")
        shown = form.get("name", "").strip()[:LONGEST_NAME] or account.id
        return replace(account, name=shown, role=Role(role), counter=int(counter) if counter else None)


def _as_form(account: Account) -> dict[str, str]:
    return {"name": account.name, "role": account.role.value, "counter": str(account.counter or "")}


def _changed(form: Mapping[str, str]) -> dict[str, str]:
    """What was changed on the page; `was_name` and so on say what the page showed, which may be old by now."""
    said = [name for name in ("name", "role", "counter") if name in form]
    return {name: form[name] for name in said if form[name] != form.get(f"was_{name}")}
