"""Five things that take time, begun side by side; test_waits looks at what has come of them."""

import time
from typing import Any

from tests.contract.rules.sites import site, zone_where_it_is
from tests.whole.hall import Hall, accepted

#: Seconds; the least that a site.toml may say, or close to it.
CALL_GAP, UNDO_WITHIN, RETURN_WITHIN, UNSTAFFED, IDLE, INFERRED = 5.0, 1.0, 3.0, 4.0, 4.0, 1.0
QUEUE = f"""\
calls = 2
call_gap = {CALL_GAP}
undo_within = {UNDO_WITHIN}
return_within_minutes = {RETURN_WITHIN / 60}
unstaffed_after_minutes = {UNSTAFFED / 60}
idle_after_minutes = {IDLE / 60}
inferred_service = {INFERRED}
"""
SITE = site(zone=zone_where_it_is(10), queue=QUEUE)


def begin(hall: Hall) -> dict[str, Any]:
    """Begin five things side by side, and press nothing any more; who is who, and whoever hears what comes of it."""
    story: dict[str, Any] = {"hall": hall, "ear": hall.listens()}
    # counter 1: called, and recalled at once; nobody comes
    story["twice"] = hall.number("A")
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("recall"))
    # counter 2: absent as the clerk says, then one call alone
    story["absent"] = hall.number("B")
    accepted(hall.unit(2).asks("next"))
    accepted(hall.unit(2).asks("no-show"))
    story["once"] = hall.number("B")
    accepted(hall.unit(2).asks("next"))
    # counter 4: called, never started, and gone after a while; then open and silent while somebody waits
    story["forgotten"] = hall.number("E")
    accepted(hall.unit(4).asks("next"))
    time.sleep(INFERRED + 0.2)
    accepted(hall.unit(4).asks("next"))
    story["silent_for"] = hall.number("E")
    # C: somebody waits and counter 3 stays closed
    story["nobody_for"] = hall.number("C")
    return story
