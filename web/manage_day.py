"""What a manager can do with the day and with everybody's wall, and what it would bring about now. Pure."""

from web.hall import Hall
from web.place import Reader
from web.sheet import Option, Sheet
from web.words import day, listed

#: What can become of whoever is left when a day is closed, the mildest first.
LEFTOVER = ("overtime", "carry-over", "expire")


def open_day(hall: Hall, reader: Reader) -> Sheet:
    """A day begins."""
    text = reader.text
    return Sheet(
        title=text("manage.open_day"),
        button=text("manage.open_day_do"),
        effects=[text("manage.open_day_is")],
        command="open-day",
        name="training",
        options=[
            Option(value="", text=text("manage.for_real"), effect=text("manage.for_real_is"), on=True),
            Option(value="true", text=text("manage.training"), effect=text("manage.training_is")),
        ],
        off=text("manage.day_is_open", day=_day(hall, reader)) if hall.open else "",
    )


def close_day(hall: Hall, reader: Reader) -> Sheet:
    """A day ends: for whoever is left somebody has to choose."""
    text, left = reader.text, _left(hall)
    return Sheet(
        title=text("manage.close_day"),
        button=text("manage.close_day_do"),
        effects=[*_account(hall, reader), text("manage.nobody_left") if not left else text("manage.left", n=left)],
        command="close-day",
        name="leftover",
        options=[_leftover(way, left, reader) for way in LEFTOVER] if left else [],
        off="" if hall.open else text("manage.no_day"),
        danger=True,
    )


def reopen_day(hall: Hall, reader: Reader) -> Sheet:
    """A day was closed by mistake."""
    text, expired = reader.text, hall.account.expired if hall.account else 0
    return Sheet(
        title=text("manage.reopen_day"),
        button=text("manage.reopen_day_do", day=_day(hall, reader)),
        effects=[text("manage.reopen_day_is", day=_day(hall, reader), n=expired)],
        command="reopen-day",
        off=text("manage.day_is_open", day=_day(hall, reader)) if hall.open else "",
    )


def notice(hall: Hall, reader: Reader) -> Sheet:
    """A sentence on every wall."""
    shown = " · ".join(hall.notices)
    return Sheet(
        title=reader.text("manage.notice"),
        button=reader.text("manage.notice_do"),
        effects=[reader.text("manage.notice_now", text=shown) if shown else reader.text("manage.notice_none")],
        command="notice",
        name="text",
        entry=reader.text("manage.notice_is"),
        typed=shown,
    )


def _left(hall: Hall) -> int:
    return hall.account.waiting + hall.account.held if hall.account else 0


def _leftover(way: str, left: int, reader: Reader) -> Option:
    key = way.replace("-", "_")
    return Option(value=way, text=reader.text(f"manage.{key}"), effect=reader.text(f"manage.{key}_is", n=left))


def _account(hall: Hall, reader: Reader) -> list[str]:
    if hall.account is None or hall.day is None:
        return []
    account = hall.account
    counted = {"issued": account.issued, "served": account.served, "absent": account.absent, "void": account.void}
    said = [reader.text("manage.so_far", **counted)]
    if account.at_counters:
        said.append(reader.text("manage.at_counters", n=account.at_counters))
    if account.unheard:
        said.append(reader.text("manage.unheard", n=len(account.unheard), tickets=listed(account.unheard)))
    return said


def _day(hall: Hall, reader: Reader) -> str:
    return day(hall.day.label, reader.text) if hall.day else ""
