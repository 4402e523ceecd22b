"""(g) The simulator: days of a large centre per second of one core, without faults."""

import time
from collections.abc import Callable
from pathlib import Path

from centre.bench.table import Figure
from centre.simulate.week import Week
from moiso.runtime.site import load

Tell = Callable[[str], None]

LARGE = Path(__file__).resolve().parents[2] / "examples" / "large.toml"


def measure(days: int, tell: Tell) -> list[Figure]:
    """So many days of a week from Monday on, on this core alone."""
    began = time.process_time()
    outcome = Week(load(LARGE), seed=1, week=0, days=days, with_faults=False).run()
    took = time.process_time() - began
    tell(f"{outcome.days} days, {outcome.presses} presses, {outcome.events} events in {took:.1f} s")
    rate = outcome.days / took
    return [Figure("g", "simulated days, no faults", rate, "/s", None, None, ">= 2 /s", rate >= 2.0)]
