"""What docs/printers.md says can be used as it stands, and is whole."""

import re
from pathlib import Path

from kiosk.paper import PaperStatus
from moiso.runtime.site_tables import PrinterConf
from tests.moiso.runtime.site_text import GOOD, site

PAGE = (Path(__file__).parents[2] / "docs" / "printers.md").read_text(encoding="utf-8")


def test_its_example_is_a_printer_that_can_be_reached(tmp_path: Path):
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert site(tmp_path, f"{GOOD}\n{example}").kiosks[0].printer.host == "192.168.1.51"


def test_every_key_of_its_table_and_every_state_is_explained():
    explained = set(re.findall(r"`([\w-]+)`", PAGE))
    assert set(PrinterConf.__struct_encode_fields__) <= explained
    assert {status.value for status in PaperStatus} <= explained
