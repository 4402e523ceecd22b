"""The site.toml of the halls in which the rulebook is tried. Their hubs trust the machine's clock."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

HEAD = """\
[site]
id = "quy-tac"
name = "Trung tâm thử quy tắc"
time_zone = "{zone}"
greeter = {greeter}

[day]
trust_clock = true
{day}
[queue]
{queue}
"""

SERVICES = """
[[service]]
code = "A"
name = "Chứng thực"

[[service]]
code = "B"
name = "Hộ tịch"

[[service]]
code = "C"
name = "Đất đai"

[[service]]
code = "E"
name = "Xây dựng"
dossier_cap = 5

[[service]]
code = "H"
name = "Kinh doanh"
dossier_cap = 5
bulk = "M"

[[service]]
code = "M"
name = "Nhiều hồ sơ"
"""

COUNTERS = """
[[counter]]
number = 1
services = ["A", "B"]

[[counter]]
number = 2
services = ["A", "B"]

[[counter]]
number = 3
services = ["C", "A"]
order = "preference"

[[counter]]
number = 4
services = ["E", "H", "M"]

[[kiosk]]
device = "kiosk-1"

[[kiosk]]
device = "kiosk-2"

[[display]]
device = "display-1"
"""


def zone_where_it_is(hour: int) -> str:
    """A time zone whose clocks show this hour now (0 to 23), so that no test meets a midnight."""
    east = (hour - datetime.fromtimestamp(time.time(), UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-east:+d}"


def clock(zone: str, minutes: float) -> str:
    """What a clock of the zone shows so many minutes from now, as in `07:30`."""
    return (datetime.fromtimestamp(time.time(), ZoneInfo(zone)) + timedelta(minutes=minutes)).strftime("%H:%M")


def site(*, zone: str, greeter: bool = True, day: str = "", queue: str = "", more: str = "") -> str:
    """A site.toml with the services and counters of every hall."""
    head = HEAD.format(zone=zone, greeter=str(greeter).lower(), day=day, queue=queue)
    return head + SERVICES + COUNTERS + more


#: The hall of most tests: every default, and it is about ten in the morning.
SITE = site(zone=zone_where_it_is(10))


def weekday(zone: str, days: float = 0) -> str:
    """The weekday of the zone so many days from now, as site.toml writes it."""
    return (datetime.fromtimestamp(time.time(), ZoneInfo(zone)) + timedelta(days=days)).strftime("%a").lower()


def date(zone: str, days: float = 0) -> str:
    """The date of the zone so many days from now, ISO."""
    return (datetime.fromtimestamp(time.time(), ZoneInfo(zone)) + timedelta(days=days)).date().isoformat()
