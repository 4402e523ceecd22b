"""The account of a closed day, counted again from where every number ended."""

from collections.abc import Mapping

from centre.simulate.violation import Violation
from moiso.core.events import Account
from moiso.core.tickets import State


def check_account(account: Account, states: Mapping[str, State], was: Mapping[str, str]) -> None:
    """Promise 9: every number has one end, and the account counts them right.

    states: where every number of the day stands; was: for those that expired, where they stood before.
    """
    open_ends = [number for number, state in states.items() if state not in _COUNTS]
    if open_ends:
        raise Violation(9, f"the day closed and {', '.join(open_ends)} had no end")
    counted = {"issued": len(states), "served": 0, "absent": 0, "void": 0, "expired": 0}
    for number, state in states.items():
        counted[_COUNTS[state] if was.get(number) != "absent" else "absent"] += 1
    said = {name: getattr(account, name) for name in counted}
    if said != counted or account.waiting or account.held or account.at_counters:
        raise Violation(9, f"the account says {account}, the numbers say {counted}")


#: Under what an end is counted.
_COUNTS = {State.DONE: "served", State.ABSENT: "absent", State.VOID: "void", State.EXPIRED: "expired"}
