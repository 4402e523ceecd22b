"""`python -m tests.web.patient`: the pages' program, but a press is wanted for a minute and signs of life are frequent.

For tests of what a press does: on a machine that stands still for three seconds, a press of two would be given up.
"""

import runpy

from moiso.runtime import latest
from web import asking

if __name__ == "__main__":
    asking.WANTED = asking.NEXT_WANTED = 60.0
    latest.PULSE = 0.5
    runpy.run_module("web", run_name="__main__")
