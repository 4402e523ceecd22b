"""A roster that contradicts itself, the counters or the hours: each mistake one sentence, and what is right none."""

from pathlib import Path

import pytest

from tests.moiso.runtime.site_text import TWO, errors, site

HOURS = """
[[hours]]
serve = ["07:30-11:30", "13:30-17:00"]

[[hours]]
services = ["C"]
serve = []

[[hours]]
services = ["C"]
days = ["tue", "thu"]
serve = ["07:30-11:30"]
"""


def duty(counter: int, who: str, *lines: str) -> str:
    return f'[[duty]]\ncounter = {counter}\nwho = "{who}"\n' + "".join(f"{line}\n" for line in lines)


ONE_MISTAKE = {
    "an unknown counter": (duty(9, "cb-01"), "duty[1].counter: 9 is no counter; known: 1, 2"),
    "a name": (
        duty(1, "Nguyễn Văn A"),
        "duty[1].who: Expected a pseudonym of A-Z, a-z, 0-9, ., _ and - such as cb-03, found 'Nguyễn Văn A'",
    ),
    "an unknown service": (
        duty(1, "cb-01", 'services = ["A", "Z"]'), "duty[1].services: names 'Z', which is no service; known: A, C",
    ),
    "a service twice": (duty(1, "cb-01", 'services = ["A", "A"]'), "duty[1].services: names a service twice"),
    "no service": (duty(1, "cb-01", "services = []"), "duty[1].services: names nothing"),
    "no day": (duty(1, "cb-01", "days = []"), "duty[1].days: names nothing"),
    "no half": (
        duty(1, "cb-01", 'half = "evening"'),
        "duty[1].half: Invalid enum value 'evening', known here: morning, afternoon, day",
    ),
    "two people at a counter": (
        duty(1, "cb-01", 'half = "morning"') + duty(1, "cb-02", 'days = ["wed"]'),
        "duty[2]: counter 1 already has cb-01 on wed morning (duty[1])",
    ),
    "one person at two counters": (
        duty(1, "cb-01") + duty(2, "cb-01", 'days = ["thu"]'),
        "duty[2]: cb-01 is already at counter 1 on thu morning and 1 more half-day (duty[1])",
    ),
    "the same twice": (
        duty(1, "cb-01") + duty(2, "cb-02") + duty(1, "cb-01", 'days = ["fri"]', 'half = "afternoon"'),
        "duty[3]: says again that cb-01 is at counter 1 on fri afternoon (duty[1])",
    ),
    "on a free day": (
        duty(1, "cb-01", 'days = ["fri", "sat"]'),
        "duty[1]: A, C cannot be served on sat morning and 1 more half-day; leave that out or give hours then",
    ),
    "for a service without hours then": (
        duty(1, "cb-01", 'services = ["C"]', 'days = ["thu"]'), "duty[1]: C cannot be served on thu afternoon; leave",
    ),
    "in the morning for an afternoon": (
        '[[hours]]\ndays = ["mon"]\nserve = ["12:00-17:00"]\n' + duty(1, "cb-01", 'days = ["mon"]', 'half = "morning"'),
        "duty[1]: A, C cannot be served on mon morning; leave",
    ),
    "beside one that has them": (
        duty(1, "cb-01", 'services = ["A", "C"]', 'half = "afternoon"'),
        "duty[1]: C is never served on mon afternoon and 4 more half-days; take it out of services",
    ),
    "a service without a counter": (
        duty(1, "cb-01", 'services = ["A"]') + duty(2, "cb-02", 'services = ["A"]', 'days = ["tue"]'),
        "service C: by the roster no counter has it on tue morning",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    [error] = errors(tmp_path, TWO + HOURS + text)
    assert error.startswith(sentence)


RIGHT = {
    "two people, one after the other": duty(1, "cb-01", 'half = "morning"') + duty(1, "cb-02", 'half = "afternoon"'),
    "one person, two counters on two days": duty(1, "cb-01", 'days = ["mon"]') + duty(2, "cb-01", 'days = ["tue"]'),
    "a service on some of the days": duty(1, "cb-01", 'services = ["A", "C"]'),
    "the other counter keeps its own": duty(1, "cb-01", 'services = ["A"]'),
    "a counter that takes what is not its own": duty(1, "cb-01", 'services = ["C", "A"]'),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, text: str) -> None:
    site(tmp_path, TWO + HOURS + text)


def test_without_hours_every_half_day_is_served(tmp_path: Path) -> None:
    site(tmp_path, TWO + duty(1, "cb-01", 'services = ["C"]', 'days = ["sun"]'))


@pytest.mark.parametrize(
    "hours", ['[[hours]]\nserve = ["11:00-10:00"]\n', '[[hours]]\nserve = ["sometime"]\n', "[[hours]]\n"]
)
def test_hours_that_are_wrong_say_nothing_about_the_roster(tmp_path: Path, hours: str) -> None:
    text = TWO + hours + duty(1, "cb-01", 'days = ["sat"]', 'services = ["A"]')
    assert len(errors(tmp_path, text)) == 1


def test_a_service_that_no_counter_has_at_all_is_told_once(tmp_path: Path) -> None:
    text = TWO.replace('["A", "C"]', '["A"]') + HOURS + duty(1, "cb-01")
    assert errors(tmp_path, text) == ["service C: no counter serves it"]
