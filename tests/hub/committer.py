"""A small program that commits batches as fast as it can and says so after each, until it is killed.

Usage: python -m tests.hub.committer DATABASE. A line `17` on stdout: batch 17 is stored.
"""

import json
import sys
from pathlib import Path

from hub.log import Answer, Batch, Row
from hub.store import Store

SIZES = (1, 7, 40)


def batch(number: int, first: int) -> Batch:
    """Batch `number` has SIZES[number % 3] rows, each of which knows how many there must be."""
    size = SIZES[number % 3]
    data = json.dumps({"batch": number, "of": size, "reason": "x" * 300}).encode()
    rows = [Row(first + n, 1.0, True, "2026-11-23", "counter-opened", data) for n in range(size)]
    return Batch(rows=rows, answers=[Answer("kiosk-1", "issue", f"p{number}", b"%d" % number)])


def main(path: Path) -> None:
    store = Store(path)
    found = store.read()
    number, seq = len(found.answers), len(found.rows)
    while True:
        made = batch(number, seq + 1)
        store.commit(made, taken=0)
        print(number, flush=True)
        number, seq = number + 1, seq + len(made.rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
