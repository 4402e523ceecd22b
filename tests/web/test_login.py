import threading
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from moiso.core.roles import Role
from tests.conftest import PATIENCE
from tests.web.people import HASH, PIN
from web import login as rooms
from web.accounts import Accounts, open_accounts
from web.login import Login, NotIn
from web.person import Account
from web.pins import hashed

CLERK = Account(id="cb-01", name="Lan", role=Role.CLERK, counter=1)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(open_accounts(tmp_path))
    for name in ("cb-01", "cb-02"):
        made.add(replace(CLERK, id=name), HASH)
    return made


@pytest.fixture
def login(accounts: Accounts) -> Login:
    return Login(accounts)


def tried(login: Login, name: str = "cb-01", secret: str = "000001", address: str = "10.0.0.1") -> str:
    try:
        return login.check(name, secret, address).id
    except NotIn as why:
        return str(why)


def test_the_right_secret_lets_in_and_the_wrong_one_says_so(login: Login):
    assert tried(login, secret=PIN) == "cb-01"
    assert tried(login, name="CB-01", secret=PIN) == "cb-01"
    assert tried(login) == tried(login, name="nobody") == tried(login, secret="") == "wrong"


def test_five_wrong_ones_and_the_right_one_has_to_wait(login: Login):
    assert [tried(login) for _ in range(6)] == ["wrong"] * 5 + ["wait"]
    assert tried(login, secret=PIN) == "wait"


def test_the_sentence_says_how_long(login: Login, monkeypatch: pytest.MonkeyPatch):
    for _ in range(5):
        tried(login)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 4 * 60)
    with pytest.raises(NotIn) as why:
        login.check("cb-01", PIN, "10.0.0.1")
    assert "sau 11 phút" in why.value.words.vi
    assert "in 11 min" in why.value.words.en
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)
    assert tried(login, secret=PIN) == "cb-01"


def test_a_right_one_costs_nothing(login: Login):
    assert {tried(login, secret=PIN) for _ in range(70)} == {"cb-01"}


def test_others_and_other_machines_are_undisturbed(login: Login):
    for _ in range(10):
        tried(login)
    assert tried(login, name="cb-02", secret=PIN) == "cb-02"
    assert tried(login, secret=PIN, address="10.0.0.2") == "cb-01"


def test_a_thousand_guesses_from_everywhere_are_twenty(login: Login):
    answers = [tried(login, secret=f"{n:06}", address=f"10.0.0.{n % 250}") for n in range(1000)]
    assert answers.count("wrong") == 20
    assert answers.count("wait") == 980


def test_one_address_guesses_at_many_accounts_sixty_times(accounts: Accounts, login: Login):
    for n in range(30):
        accounts.add(replace(CLERK, id=f"x-{n}"), HASH)
    answers = [tried(login, name=f"x-{n % 30}") for n in range(1000)]
    assert answers.count("wrong") == 60
    assert tried(login, name="cb-02", secret=PIN, address="10.0.0.2") == "cb-02"


def test_a_reset_pin_works_at_once_whatever_was_guessed(accounts: Accounts, login: Login):
    for _ in range(5):
        tried(login)
    accounts.reset("cb-01", hashed("734512"))
    assert tried(login, secret="734512") == "cb-01"


def test_a_disabled_account_is_told_so_only_with_its_secret(accounts: Accounts, login: Login):
    accounts.change(replace(CLERK, disabled=True))
    assert tried(login, secret=PIN) == "disabled"
    assert tried(login) == "wrong"


def test_secrets_are_compared_one_at_a_time_and_a_crowd_is_sent_away(login: Login, monkeypatch: pytest.MonkeyPatch):
    inside, most, go = 0, 0, threading.Event()

    def slow(_hash: str, _secret: str) -> bool:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        go.wait(PATIENCE)
        inside -= 1
        return True

    monkeypatch.setattr(rooms, "fits", slow)
    answers: list[str] = []
    crowd = [threading.Thread(target=lambda: answers.append(tried(login))) for _ in range(8)]
    for each in crowd:
        each.start()
    deadline = time.monotonic() + PATIENCE
    while len(answers) < 5:
        assert time.monotonic() < deadline, "nobody is sent away"
        time.sleep(0.01)
    go.set()
    for each in crowd:
        each.join(PATIENCE)
    assert most == 1
    assert sorted(answers) == ["busy"] * 5 + ["cb-01"] * 3


def test_guesses_at_the_same_moment_are_counted_like_others(login: Login):
    answers: list[str] = []
    for _ in range(10):
        crowd = [threading.Thread(target=lambda: answers.append(tried(login))) for _ in range(3)]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join(PATIENCE)
    assert answers.count("wrong") == 5
