"""People who guess, send twice and go back, against real processes: the others do not notice."""

import http.client
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.whole.centre import until
from tests.whole.hands_hall import COUNTER, Desk, desk

GUESSES, THREADS, ROUNDS = 1000, 4, 5
#: Seconds after which nobody waits for an answer; the page's own is 4.5.
PATIENCE = 4.5
#: What a call unit needs between two presses, seconds.
GLANCE = 0.8


@pytest.fixture(scope="module")
def counters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("odd")) as made:
        yield made


class Browser:
    """A browser without a script, at a machine with this address."""

    def __init__(self, counters: Desk, address: str) -> None:
        self._server = counters.address.removeprefix("http://")
        self._from, self._cookie = (address, 0), ""

    def asks(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        """The answer's code, and what it says."""
        connection = http.client.HTTPConnection(self._server, timeout=30, source_address=self._from)
        said = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self._cookie, **headers}
        connection.request(method, path, urlencode(form or {}), said)
        answer = connection.getresponse()
        self._cookie = (answer.getheader("Set-Cookie") or self._cookie).split(";")[0]
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def logs_in(self, account: str, pin: str) -> bool:
        return self.asks("POST", "/login", {"account": account, "secret": pin})[0] == 303

    def form(self) -> dict[str, str]:
        """What *next* on the panel sends, as the panel is now."""
        _, page = self.asks("GET", "/clerk")
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        return {**hidden, "command": "next"}

    def sends(self, form: dict[str, str]) -> dict[str, Any]:
        return json.loads(self.asks("POST", "/clerk/press", form, Accept="application/json")[1])


def test_a_form_sent_twice_at_once_and_once_more_later_calls_one_person(counters: Desk):
    first, second, *_ = counters.hall.numbers("A", 4)
    clerk = Browser(counters, "127.0.0.4")
    assert clerk.logs_in("cb-01", counters.pin("cb-01"))
    form = clerk.form()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(clerk.sends, (form, form)))
    assert [answer["status"] for answer in answers] == ["ok", "ok"]
    assert counters.calls() == [first]
    keypad_calls(counters)
    # the back button, and the same form once more
    assert clerk.sends(form)["status"] == "ok"
    # a page of before, and a new press on it
    assert clerk.sends({**form, "press": "a-press-of-its-own"})["reason"] == "stale"
    assert counters.calls() == [first, second]


def test_a_session_that_is_over_presses_nothing(counters: Desk):
    clerk = Browser(counters, "127.0.0.4")
    assert clerk.logs_in("cb-01", counters.pin("cb-01"))
    form, before = clerk.form(), counters.calls()
    assert clerk.asks("POST", "/logout", {"token": form["token"]})[0] == 303
    said = clerk.sends(form)
    assert (said["reason"], said["data"]["login"].split("?")[0]) == ("signed-out", "/login")
    assert clerk.logs_in("cb-01", counters.pin("cb-01"))
    assert counters.calls() == before, "a press of before the login was sent after it"


def test_a_thousand_wrong_pins_let_nobody_in_and_hold_up_no_press(counters: Desk):
    counters.hall.numbers("A", 2 * ROUNDS)
    clerk, colleague, before = Browser(counters, "127.0.0.1"), Browser(counters, "127.0.0.1"), counters.calls()
    assert clerk.logs_in("cb-02", counters.pin("cb-02"))
    with ThreadPoolExecutor(THREADS) as pool:
        guessing = [pool.submit(guesses, counters, share) for share in range(THREADS)]
        until(lambda: colleague.logs_in("cb-01", counters.pin("cb-01")), 15, "the colleague is not let in")
        taken = []
        for _ in range(ROUNDS):
            taken.append(panel_calls(clerk))
            keypad_calls(counters)
        codes = {code for each in guessing for code in each.result()}
    assert codes == {403}
    assert max(taken) < PATIENCE, "a press waits behind the guesses"
    called = counters.calls()[len(before) :]
    assert len(set(called)) == len(called) == 2 * ROUNDS
    assert called == sorted(called)
    assert colleague.asks("GET", "/clerk")[0] == 200, "a session ended because somebody guessed"


def guesses(counters: Desk, share: int) -> list[int]:
    """The codes of a share of the guesses, all from one machine."""
    guesser, pin = Browser(counters, "127.0.0.2"), counters.pin("cb-02")
    secrets = [f"{n:06}" for n in range(share, GUESSES, THREADS) if f"{n:06}" != pin]
    return [guesser.asks("POST", "/login", {"account": "cb-02", "secret": secret})[0] for secret in secrets]


def panel_calls(clerk: Browser) -> float:
    """Seconds until the panel has called somebody."""
    began = time.monotonic()
    assert clerk.sends(clerk.form())["status"] == "ok"
    return time.monotonic() - began


def keypad_calls(counters: Desk) -> None:
    """The keypad calls somebody, once it shows who was called to its counter last."""
    before = counters.calls(COUNTER)
    until(lambda: not before or counters.ticket == before[-1], 5, "the keypad does not show who was called")
    time.sleep(GLANCE)
    assert counters.press(), "the keypad takes no key"
    until(lambda: counters.calls(COUNTER) != before, 5, "the keypad's press calls nobody")
