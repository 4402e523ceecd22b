"""The hub, but a press counts for a minute: for tests of what a press does, on a machine that may stand still."""

import runpy

from hub import machine

if __name__ == "__main__":
    machine.WANTED = 60.0
    runpy.run_module("hub", run_name="__main__")
