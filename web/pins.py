"""PINs and passwords: made, judged, hashed with argon2id, compared."""

import contextlib
import ctypes
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Shortest PIN (digits only) and shortest password.
SHORTEST_PIN, SHORTEST_PASSWORD, LONGEST_SECRET = 6, 8, 128

# 19 MiB and two rounds: 25 to 100 ms on a Pi, and it fits beside everything else in 1 GB.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Without this, glibc keeps those 19 MiB for ever after the second hash. Other C libraries have no such call.
_M_MMAP_THRESHOLD, _ONE_MIB = -3, 1 << 20
with contextlib.suppress(AttributeError):
    ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _ONE_MIB)


def fresh_pin() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**SHORTEST_PIN):0{SHORTEST_PIN}}"


def good_enough(secret: str) -> bool:
    """Whether it may be used: six digits or more, or eight characters or more."""
    shortest = SHORTEST_PIN if secret.isdecimal() else SHORTEST_PASSWORD
    return shortest <= len(secret) <= LONGEST_SECRET and len(set(secret)) > 1


def hashed(secret: str) -> str:
    """The argon2id hash that is stored."""
    return _HASHER.hash(secret)


def fits(secret_hash: str, secret: str) -> bool:
    """Whether this is the secret; takes its time, on purpose."""
    try:
        return _HASHER.verify(secret_hash, secret[:LONGEST_SECRET])
    except (VerificationError, InvalidHashError):
        return False
