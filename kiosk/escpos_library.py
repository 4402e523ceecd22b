"""The one door to python-escpos: import this late, and only this.

On import python-escpos parses a table of every printer on the market (0.36 s on a desktop, seconds on a Pi),
prints a warning for each picture when that table has no paper width, and leaves a directory in the
temporary directory at every start. A table with the one printer we need cures the first two.
"""

import os
import shutil
from pathlib import Path

os.environ["ESCPOS_CAPABILITIES_FILE"] = str(Path(__file__).with_name("escpos_profile.json"))

from escpos import capabilities
from escpos.escpos import Escpos
from escpos.exceptions import Error
from escpos.printer import Dummy, File, Network, Serial, Usb

shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

__all__ = ["Dummy", "Error", "Escpos", "File", "Network", "Serial", "Usb"]
