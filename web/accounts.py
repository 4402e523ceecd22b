"""The accounts of those who work at pages, in a file of their own: nothing personal reaches the hub or its log."""

import os
from pathlib import Path
from typing import Any

from moiso.core.roles import Role
from moiso.runtime.database import Database, Format
from moiso.runtime.program import Unusable
from web.person import Account

_SCHEMA = """
CREATE TABLE account (
    id TEXT PRIMARY KEY COLLATE NOCASE, name TEXT NOT NULL, role TEXT NOT NULL, counter INTEGER,
    hash TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE session (
    key TEXT PRIMARY KEY, account TEXT NOT NULL COLLATE NOCASE, counter INTEGER, made REAL NOT NULL, seen REAL NOT NULL
) WITHOUT ROWID;
"""

FORMAT = Format(_SCHEMA, version=1, synchronous="FULL", begin="to begin without any account")
#: The columns of an Account, in its order.
COLUMNS = "account.id, account.name, account.role, account.counter, account.disabled"


class Taken(Exception):  # noqa: N818  it says what state we are in
    """There is an account of this id; str() is the id."""


def open_accounts(state: Path) -> Database:
    """The accounts' file of a centre, made when missing, readable only for the owner of the centre's data.

    Raises Unusable when it cannot be used.
    """
    path = state / "accounts.db"
    try:
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            if os.geteuid() == 0:  # `sudo moiso account` may come before the first start
                os.chown(path, state.stat().st_uid, state.stat().st_gid)
    except OSError as error:
        raise Unusable(f"{state} cannot be written ({error.strerror}): start `moiso up` there first") from None
    return Database(path, FORMAT, shared=True)


def account_of(row: tuple[Any, ...]) -> Account:
    """The account in the first `COLUMNS` of a row."""
    name, shown, role, counter, disabled = row
    return Account(id=name, name=shown, role=Role(role), counter=counter, disabled=bool(disabled))


class Accounts:
    """Everybody who may log in; every change holds from the next request on, whoever made it."""

    def __init__(self, file: Database) -> None:
        self._file = file

    def all(self) -> list[Account]:
        """Every account, by id."""
        found = self._file.sql.execute(f"SELECT {COLUMNS} FROM account ORDER BY id").fetchall()
        return [account_of(row) for row in found]

    def find(self, name: str) -> tuple[Account, str] | None:
        """The account of this id, whatever the case of its letters, and the hash of its secret."""
        row = self._file.sql.execute(f"SELECT {COLUMNS}, hash FROM account WHERE id = ?", (name,)).fetchone()
        return (account_of(row[:-1]), row[-1]) if row else None

    def add(self, account: Account, secret_hash: str) -> None:
        """A new account. Raises Taken."""
        if self.find(account.id):
            raise Taken(account.id)
        row = (account.id, account.name, account.role.value, account.counter, account.disabled, secret_hash)
        with self._file.transaction() as sql:
            sql.execute("INSERT INTO account (id, name, role, counter, disabled, hash) VALUES (?, ?, ?, ?, ?, ?)", row)

    def change(self, account: Account) -> None:
        """Its name, role, counter and whether it is disabled, from now on; a disabled one's sessions end."""
        row = (account.name, account.role.value, account.counter, account.disabled, account.id)
        with self._file.transaction() as sql:
            sql.execute("UPDATE account SET name = ?, role = ?, counter = ?, disabled = ? WHERE id = ?", row)
            if account.disabled:
                sql.execute("DELETE FROM session WHERE account = ?", (account.id,))

    def reset(self, name: str, secret_hash: str, *, keep: str = "") -> None:
        """Another secret; every session of the account ends but the one with the key `keep`.

        A first PIN that was left in a file is then of no use, and goes.
        """
        with self._file.transaction() as sql:
            sql.execute("UPDATE account SET hash = ? WHERE id = ?", (secret_hash, name))
            sql.execute("DELETE FROM session WHERE account = ? AND key <> ?", (name, keep))
        self._file.path.with_name(f"{name}.pin").unlink(missing_ok=True)
