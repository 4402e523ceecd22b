"""Hours that contradict themselves: each mistake one sentence, and what is right none."""

from pathlib import Path

import pytest

from tests.moiso.runtime.site_text import TWO, changed, errors, site

OFFICE = '[[hours]]\nserve = ["07:30-11:30", "13:30-17:00"]\n'


def hours(*lines: str) -> str:
    return "[[hours]]\n" + "".join(f"{line}\n" for line in lines)


def day(*lines: str) -> str:
    return "[day]\n" + "".join(f"{line}\n" for line in lines)


ONE_MISTAKE = {
    "no window": (
        hours('serve = ["7h30-11h30"]'),
        "hours[1].serve[1]: Expected a window such as 07:30-11:30, found '7h30-11h30'",
    ),
    "no hour": (hours('serve = ["07:30-25:00"]'), "hours[1].serve[1]: Expected a window"),
    "no serve": (hours('issue = ["07:30-11:30"]'), "hours[1].serve: is missing"),
    "no weekday": (
        hours('days = ["mon", "tues"]', "serve = []"),
        "hours[1].days[2]: Invalid enum value 'tues', known here: mon, tue, wed, thu, fri, sat, sun, found 'tues'",
    ),
    "backwards": (hours('serve = ["17:00-13:30"]'), "hours[1].serve: 17:00-13:30 ends before it begins"),
    "over midnight": (
        hours('serve = ["07:30-08:30", "22:00-00:00"]'), "hours[1].serve: 22:00-00:00 ends before it begins",
    ),
    "of no length": (hours('serve = ["07:30-07:30"]'), "hours[1].serve: 07:30-07:30 ends before it begins"),
    "issued backwards": (
        OFFICE + hours('services = ["C"]', 'issue = ["11:00-08:00"]', 'serve = ["08:00-11:00"]'),
        "hours[2].issue: 11:00-08:00 ends before it begins",
    ),
    "overlapping": (
        hours('serve = ["07:30-11:30", "11:00-17:00"]'),
        "hours[1].serve: 11:00-17:00 begins before 07:30-11:30 ends; name windows in order, apart from each other",
    ),
    "not in order": (
        hours('serve = ["13:30-17:00", "07:30-11:30"]'), "hours[1].serve: 07:30-11:30 begins before 13:30-17:00 ends",
    ),
    "numbers after the end": (
        hours('issue = ["07:00-11:00", "13:00-17:01"]', 'serve = ["07:30-11:30", "13:30-17:00"]'),
        "hours[1].issue: 13:00-17:01 gives numbers when nothing is served afterwards; end it by 17:00",
    ),
    "numbers on a free day": (
        hours('issue = ["07:00-11:00"]', "serve = []"),
        "hours[1].issue: 07:00-11:00 gives numbers when nothing is served afterwards; leave issue out",
    ),
    "an unknown service": (
        OFFICE + hours('services = ["C", "Z"]', 'serve = ["08:00-11:00"]'),
        "hours[2].services: names 'Z', which is no service; known: A, C",
    ),
    "no service": (hours("services = []", 'serve = ["08:00-11:00"]'), "hours[1].services: names nothing"),
    "no day": (hours("days = []", 'serve = ["08:00-11:00"]'), "hours[1].days: names nothing"),
    "replaced by what follows": (
        hours('services = ["C"]', 'days = ["tue", "thu"]', 'serve = ["08:00-11:00"]') + OFFICE,
        "hours[1]: never holds, later tables name the same services and days; put what is general first",
    ),
    "open too late": (
        OFFICE + day("opens = 07:31:00"), "day.opens: 07:31 is after 07:30, when the hours begin",
    ),
    "closed too early": (
        OFFICE + day("closes = 16:59:00"), "day.closes: 16:59 is before 17:00, when the hours end",
    ),
    "no date": (day('holidays = ["2027-02-30"]'), "day.holidays[1]: Invalid RFC3339 encoded date, found '2027-02-30'"),
    "a holiday twice": (
        day("holidays = [2027-01-01, 2027-01-01]"), "day.holidays: 2027-01-01 is there twice",
    ),
    "a holiday made up": (
        day("holidays = [2027-02-20]", 'make_up = { 2027-02-20 = "fri" }'),
        "day.make_up: 2027-02-20 is a holiday too; take it out of one of them",
    ),
    "made up as itself": (
        day('make_up = { 2027-02-19 = "fri" }'), "day.make_up: 2027-02-19 is a fri itself; name a free day",
    ),
    "made up as no weekday": (
        day('make_up = { 2027-02-19 = "thurs" }'), "day.make_up: Invalid enum value 'thurs', known here: mon, tue",
    ),
    "made up as a free day": (
        OFFICE + day('make_up = { 2027-02-20 = "sun" }'),
        "day.make_up: 2027-02-20 works like sun, when nothing is served; take a weekday with hours",
    ),
    "bulk on other days": (
        OFFICE + hours('services = ["C"]', 'days = ["mon", "fri"]', "serve = []"),
        "service A: bulk sends people to C, which is not served on mon, fri",
    ),
}  # fmt: skip
BULK = changed('"Chứng thực"', '"Chứng thực"\ndossier_cap = 3\nbulk = "C"', TWO)


@pytest.mark.parametrize(("text", "sentence"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    [error] = errors(tmp_path, BULK + text)
    assert error.startswith(sentence)


RIGHT = {
    "windows that touch": hours('serve = ["07:30-11:30", "11:30-17:00"]'),
    "to midnight": hours('serve = ["00:00-24:00"]'),
    "numbers until the last minute": hours('issue = ["06:00-17:00"]', 'serve = ["07:30-11:30", "13:30-17:00"]'),
    "what is general first": OFFICE + hours('services = ["C"]', 'days = ["tue"]', 'serve = ["08:00-11:00"]'),
    "what is replaced on some days only": OFFICE + hours('days = ["mon", "sat"]', 'serve = ["08:00-11:00"]'),
    "what is replaced for one service only": OFFICE + hours('services = ["A"]', "serve = []"),
    "a day as long as its hours": OFFICE + day("opens = 07:30:00", "closes = 17:00:00"),
    "a make-up day": OFFICE + day("holidays = [2027-01-01]", 'make_up = { 2027-02-20 = "fri" }'),
    "bulk that is open longer": OFFICE + hours('services = ["A"]', 'days = ["mon"]', "serve = []"),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right(tmp_path: Path, text: str) -> None:
    site(tmp_path, BULK + text)


def test_what_follows_from_a_wrong_window_is_not_told(tmp_path: Path) -> None:
    """A window that is backwards has no end of the day, no free days and no half-days."""
    text = hours('issue = ["07:00-16:30"]', 'serve = ["17:00-13:30"]') + day(
        "opens = 13:00:00", 'make_up = { 2027-02-20 = "sun" }'
    )
    assert len(errors(tmp_path, BULK + text)) == 1


def test_all_mistakes_of_the_hours_at_once(tmp_path: Path) -> None:
    text = hours('services = ["Z"]', 'serve = ["11:00-10:00"]') + hours('serve = ["10:00-11:00", "10:30-12:00"]')
    assert len(errors(tmp_path, TWO + text + day("holidays = [2027-01-01, 2027-01-01]"))) == 4
