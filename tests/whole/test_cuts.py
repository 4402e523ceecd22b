"""Half a minute of kiosks whose link comes and goes; `make cuts` has fifty cuts, and half-hours on request."""

import re
import subprocess
import sys
import warnings
from pathlib import Path

CUTS = 4
#: On a machine that runs many other tests a process may stand still for seconds; `make cuts` is strict.
WITHIN = 20.0


def test_every_number_given_while_the_link_comes_and_goes_is_in_the_log_once():
    # Chance 27 kills the hub and a kiosk, breaks printers' lines, and cuts for moments as well as for seconds.
    words = ["--short", "--cuts", str(CUTS), "--long", "0", "--seed", "27", "--within", str(WITHIN)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.whole.cuts", *words],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert f"link: cut {CUTS} times" in done.stdout
    assert "hub killed" in done.stdout
    assert "lines broken in a ticket" in done.stdout
    assert "kiosks without power" in done.stdout
    found = re.search(r"(\d+) pressed, .* (\d+) given off line", done.stdout)
    assert found, done.stdout
    pressed, offline = map(int, found.groups())
    assert pressed >= 10, done.stdout
    assert offline >= 3, done.stdout
    link = done.stdout.splitlines()[0]
    if "relay" in link:
        warnings.warn(link, stacklevel=1)  # the run's summary says that no namespaces could be made, and why
