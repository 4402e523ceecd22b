"""How far apart the calls of a plain button are: whatever it says again within the bounce is one press."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from tests.whole.talk import Heard

#: Seconds: what a plain button says again before so long a silence is one press.
BOUNCE = 2.0


def are_presses(calls: Sequence[Heard], waiting: Sequence[str]) -> bool:
    """Whether these calls may come of one press said again and again, while so many waited.

    It is one call; on a machine that stood still between two repeats there may be more, as far apart as presses are.
    """
    moments = [datetime.fromisoformat(call.body["at"]) for call in calls]
    apart = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    in_order = [call.data["ticket"] for call in calls] == list(waiting[: len(calls)])
    return bool(calls) and in_order and all(gap > BOUNCE - 0.1 for gap in apart)
