"""Who is logged in: one row a session, found by the hash of the token that only its browser knows."""

import hmac
import secrets
from hashlib import sha256

from moiso.runtime.database import Database
from web.accounts import COLUMNS, account_of
from web.person import Person

#: Seconds after which a session ends: without any request, and in any case.
IDLE, LONGEST = 12 * 3600.0, 16 * 3600.0
#: A request is noted at most so often, so that looking at a page costs no write.
NOTED_EVERY = 60.0


class Sessions:
    """The sessions of a centre; moments are seconds since 1970."""

    def __init__(self, file: Database) -> None:
        self._file = file

    def begin(self, account: str, counter: int | None, now: float) -> str:
        """A new session and its token; the sessions that are over are forgotten."""
        token = secrets.token_urlsafe(32)
        with self._file.transaction() as sql:
            sql.execute("DELETE FROM session WHERE made < ? OR seen < ?", (now - LONGEST, now - IDLE))
            sql.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", (_key(token), account, counter, now, now))
        return token

    def find(self, token: str, now: float) -> Person | None:
        """Who holds this token, with the account as it is now; None once the session is over."""
        asked = f"SELECT {COLUMNS}, session.counter, made, seen FROM session JOIN account ON account.id = account"
        row = self._file.sql.execute(f"{asked} WHERE key = ? AND NOT disabled", (_key(token),)).fetchone()
        if row is None or now - row[-2] > LONGEST or now - row[-1] > IDLE:
            return None
        if abs(now - row[-1]) > NOTED_EVERY:
            self._note(_key(token), now)
        return Person(account=account_of(row[:-3]), counter=row[-3], key=_key(token), csrf=_csrf(token))

    def sit(self, person: Person, counter: int | None) -> None:
        """From now on the session speaks for this counter."""
        with self._file.transaction() as sql:
            sql.execute("UPDATE session SET counter = ? WHERE key = ?", (counter, person.key))

    def end(self, person: Person) -> None:
        """Logged out."""
        with self._file.transaction() as sql:
            sql.execute("DELETE FROM session WHERE key = ?", (person.key,))

    def _note(self, key: str, now: float) -> None:
        with self._file.transaction() as sql:
            sql.execute("UPDATE session SET seen = ? WHERE key = ?", (now, key))


def _key(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _csrf(token: str) -> str:
    """The same for every page of a session, after a restart of the server too; it does not give the token away."""
    return hmac.new(token.encode(), b"csrf", sha256).hexdigest()
