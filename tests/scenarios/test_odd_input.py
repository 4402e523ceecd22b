"""People who guess, send twice and go back, against real processes: the others do not notice."""

import http.client
import itertools
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.whole.centre import until
from tests.whole.hands_hall import COUNTER, Desk, desk
from tests.whole.talk import PATIENCE

GUESSES, THREADS, ROUNDS = 1000, 4, 5
#: What a call unit needs between two presses, seconds; and until a press has been answered or is not wanted any more.
GLANCE, WANTED = 0.8, 5.0
#: What a page says of a press that came to nothing because the machine stood still: the clerk presses again.
HELD_UP = {"unknown", "too-old"}


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
        connection = http.client.HTTPConnection(self._server, timeout=PATIENCE, source_address=self._from)
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
        """What the panel says of this press."""

        def judged() -> dict[str, Any] | None:
            said = json.loads(self.asks("POST", "/clerk/press", form, Accept="application/json")[1])
            return None if HELD_UP & {said["status"], said.get("reason")} else said

        return until(judged, PATIENCE, "the press is not answered")


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
    enough = threading.Event()
    with ThreadPoolExecutor(THREADS) as pool:
        guessing = [pool.submit(guesses, counters, share, enough) for share in range(THREADS)]
        try:
            until(lambda: colleague.logs_in("cb-01", counters.pin("cb-01")), PATIENCE, "the colleague is not let in")
            for _ in range(ROUNDS):
                panel_calls(clerk)
                keypad_calls(counters)
        finally:
            enough.set()
        codes = {code for each in guessing for code in each.result()}
    assert codes == {403}
    called = counters.calls()[len(before) :]
    assert len(set(called)) == len(called) == 2 * ROUNDS
    assert called == sorted(called)
    assert colleague.asks("GET", "/clerk")[0] == 200, "a session ended because somebody guessed"


def guesses(counters: Desk, share: int, enough: threading.Event) -> list[int]:
    """The codes of a share of the guesses, all from one machine; they do not end before it is enough."""
    guesser, pin, codes = Browser(counters, "127.0.0.2"), counters.pin("cb-02"), list[int]()
    for number in itertools.count(share, THREADS):
        if number >= GUESSES and enough.is_set():
            break
        if (secret := f"{number % 10**6:06}") != pin:
            codes.append(guesser.asks("POST", "/login", {"account": "cb-02", "secret": secret})[0])
    return codes


def panel_calls(clerk: Browser) -> None:
    """The panel calls somebody; it may not yet have heard whom it called last."""
    until(lambda: clerk.sends(clerk.form())["status"] == "ok", PATIENCE, "the panel's press calls nobody")


def keypad_calls(counters: Desk) -> None:
    """The keypad calls somebody, once it shows who was called to its counter last."""
    before = counters.calls(COUNTER)
    until(lambda: not before or counters.ticket == before[-1], PATIENCE, "nobody hears who was called")
    until(lambda: _keypad_called(counters, before), PATIENCE, "the keypad's press calls nobody")


def _keypad_called(counters: Desk, before: list[str]) -> bool:
    """Whether a press on the keypad calls somebody; so soon after the last one, on a busy machine, it may not."""
    time.sleep(GLANCE)
    assert counters.press(), "the keypad takes no key"
    with suppress(AssertionError):
        return until(lambda: counters.calls(COUNTER) != before, WANTED, "it calls nobody")
    return False
