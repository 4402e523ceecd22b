"""Is it who she says she is: the secret compared, one at a time, and guessing made slow."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from moiso.texts import both
from moiso.wire.messages import Words
from web.accounts import Accounts
from web.person import Account
from web.pins import fits, fresh_pin, hashed
from web.tries import Tries

#: How many may wait for their turn: a crowd of guesses must not hold every thread of the server.
WAITING = 3


class NotIn(Exception):  # noqa: N818  it is an answer, not a fault
    """Nobody is let in; `words` says why and what to do."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.words: Words = both(f"login.{key}", **params)


class Login:
    """Compares secrets; `accounts` says whose."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts, self._tries = accounts, Tries()
        self._turn, self._places = threading.Lock(), threading.BoundedSemaphore(WAITING)
        self._nobody = hashed(fresh_pin())

    def check(self, name: str, secret: str, address: str) -> Account:
        """The account of this id, when the secret is its own. Raises NotIn."""
        account, secret_hash = self._accounts.find(name) or (None, self._nobody)
        # A fresh PIN is a fresh start: whoever was given one is not held up by the tries before.
        tried = f"{name.casefold()} {secret_hash}"
        self._may_try(tried, address)
        with self._alone():
            self._may_try(tried, address)
            right = fits(secret_hash, secret) and account is not None
            if not right:
                self._tries.wrong(tried, address)
        if account is None or not right:
            raise NotIn("wrong")
        if account.disabled:
            raise NotIn("disabled")
        return account

    def _may_try(self, tried: str, address: str) -> None:
        if minutes := self._tries.wait(tried, address):
            raise NotIn("wait", n=minutes)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise NotIn("busy")
        try:
            with self._turn:
                yield
        finally:
            self._places.release()
