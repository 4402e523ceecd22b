"""The deliberate faults still fit the code, and the simulator finds three of them; `make mutations` tries all."""

from pathlib import Path

import pytest

from tests.mutations.faults import FAULTS
from tests.mutations.find import find

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_to_be_spoilt_stands_there_once(name: str) -> None:
    fault = FAULTS[name]
    assert (ROOT / fault.path).read_text(encoding="utf-8").count(fault.right) == 1
    assert fault.right != fault.wrong


@pytest.mark.parametrize(
    ("name", "seed"), [("hold-keeps-the-place", 4), ("one-press-one-answer", 4), ("own-code", 2)], ids=str
)
def test_a_fault_is_found_on_the_first_days(name: str, seed: int) -> None:
    """Found on the first day of these seeds, which is cheap."""
    _, told = find(name, days=5, seed=seed)
    assert told is not None
    assert "promise" in told
