"""What a clerk's browser gets back for a press."""

import re
import threading
from pathlib import Path

from msgspec.structs import replace

from moiso.wire.messages import Reply
from tests.web.people import House


def test_a_page_without_a_script_shows_who_stands_there_now(tmp_path: Path):
    """It says so again with its next press: the hub's answer may be there a moment before the counter's new state."""
    house = House(tmp_path)
    clerk, key = house.signed_in(), ("clerk-1", "vi")
    called = {"ticket": "A013", "phase": "called", "services": ["A"]}
    house.said["next"] = Reply(re="p", to="next", status="ok", data=called)
    before = house.latest.page(key)
    after = replace(before, here=replace(before.here, ticket="A013"))
    threading.Timer(0.2, house.latest.put, (key, after)).start()
    page = house.post(clerk, "/clerk/press", command="next", after=before.here.ticket, counter="1").text
    assert set(re.findall(r'name="after" value="([^"]*)"', page)) == {"A013"}
