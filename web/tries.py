"""How often a wrong PIN may be tried: per account from one address, per account, per address."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

#: Minutes that a wrong try counts.
WINDOW = 15
_HERE, _ACCOUNT, _ADDRESS = (RateLimitItemPerMinute(n, WINDOW, each) for n, each in ((5, "h"), (20, "a"), (60, "i")))


class Tries:
    """The wrong tries of the last minutes; forgotten when the program ends."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, account: str, address: str) -> int:
        """Minutes until this account may be tried from this address; 0 = now."""
        kept = [
            self._limiter.get_window_stats(item, *keys).reset_time
            for item, keys in _limits(account, address)
            if not self._limiter.test(item, *keys)
        ]
        return max(1, math.ceil((max(kept) - time.time()) / 60)) if kept else 0

    def wrong(self, account: str, address: str) -> None:
        """One more that was wrong."""
        for item, keys in _limits(account, address):
            self._limiter.hit(item, *keys)


def _limits(account: str, address: str) -> list[tuple[RateLimitItemPerMinute, tuple[str, ...]]]:
    return [(_HERE, (account, address)), (_ACCOUNT, (account,)), (_ADDRESS, (address,))]
