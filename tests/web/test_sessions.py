from pathlib import Path

import pytest
from msgspec.structs import replace

from moiso.core.roles import Role
from tests.web.people import HASH
from web.accounts import Accounts, open_accounts
from web.person import Account
from web.sessions import Sessions

CLERK = Account(id="cb-01", name="Lan", role=Role.CLERK, counter=1)
HOUR = 3600.0
NOW = 1_800_000_000.0


class Room:
    def __init__(self, state: Path) -> None:
        file = open_accounts(state)
        self.accounts, self.sessions, self.file = Accounts(file), Sessions(file), file
        self.accounts.add(CLERK, HASH)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_token_finds_its_person_and_no_other_does(room: Room):
    token = room.sessions.begin("cb-01", 1, NOW)
    person = room.sessions.find(token, NOW)
    assert person is not None
    assert (person.account, person.counter, person.role) == (CLERK, 1, Role.CLERK)
    assert room.sessions.find(token + "x", NOW) is None
    assert room.sessions.find(person.key, NOW) is None


def test_the_file_does_not_hold_the_token(room: Room, tmp_path: Path):
    token = room.sessions.begin("cb-01", 1, NOW)
    assert token.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_two_sessions_have_two_csrf_tokens_and_each_keeps_its_own(room: Room):
    one, two = (room.sessions.begin("cb-01", 1, NOW) for _ in range(2))
    tokens = [room.sessions.find(token, NOW) for token in (one, two, one)]
    assert [person.csrf for person in tokens if person][0::2] == [tokens[0].csrf] * 2  # type: ignore[union-attr]
    assert tokens[0].csrf != tokens[1].csrf  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("looks", "there"),
    [
        ((11.9,), True),
        ((12.1,), False),
        ((11.0, 15.9), True),
        ((11.0, 16.1), False),
        ((5.0, 10.0, 15.0, 16.1), False),
        ((-3.0,), True),
    ],
)
def test_a_session_ends_after_twelve_idle_hours_and_sixteen_in_all(room: Room, looks: tuple[float, ...], there: bool):
    token = room.sessions.begin("cb-01", 1, NOW)
    seen = [room.sessions.find(token, NOW + hours * HOUR) for hours in looks]
    assert (seen[-1] is not None) is there


def test_a_look_is_not_written_each_time(room: Room):
    token = room.sessions.begin("cb-01", 1, NOW)
    before = room.file.sql.total_changes
    for second in range(59):
        room.sessions.find(token, NOW + second)
    assert room.file.sql.total_changes == before


def test_the_role_is_looked_at_each_time(room: Room):
    token = room.sessions.begin("cb-01", 1, NOW)
    room.accounts.change(replace(CLERK, role=Role.GREETER))
    person = room.sessions.find(token, NOW)
    assert person is not None
    assert person.role is Role.GREETER


def test_a_disabled_account_is_out_at_once_and_stays_out_when_it_is_enabled_again(room: Room):
    token = room.sessions.begin("cb-01", 1, NOW)
    room.accounts.change(replace(CLERK, disabled=True))
    assert room.sessions.find(token, NOW) is None
    room.accounts.change(CLERK)
    assert room.sessions.find(token, NOW) is None


def test_a_reset_ends_the_other_sessions_of_that_account_only(room: Room):
    room.accounts.add(replace(CLERK, id="cb-02"), HASH)
    mine, other, hers = (room.sessions.begin(name, 1, NOW) for name in ("cb-01", "cb-01", "cb-02"))
    me = room.sessions.find(mine, NOW)
    assert me is not None
    room.accounts.reset("cb-01", HASH, keep=me.key)
    assert room.sessions.find(mine, NOW)
    assert room.sessions.find(other, NOW) is None
    assert room.sessions.find(hers, NOW)


def test_the_counter_is_the_sessions(room: Room):
    token, other = (room.sessions.begin("cb-01", 1, NOW) for _ in range(2))
    person = room.sessions.find(token, NOW)
    assert person is not None
    room.sessions.sit(person, 3)
    assert [room.sessions.find(each, NOW).counter for each in (token, other)] == [3, 1]  # type: ignore[union-attr]


def test_a_login_sweeps_out_what_is_over(room: Room):
    for _ in range(3):
        room.sessions.begin("cb-01", 1, NOW)
    room.sessions.begin("cb-01", 1, NOW + 13 * HOUR)
    assert room.file.sql.execute("SELECT count(*) FROM session").fetchone() == (1,)
