"""The wall as it was looked at and found good; renew with `python -m tests.display.scenes`, then look again."""

import pytest
from PIL import Image, ImageChops

from tests.display.scenes import GOLDEN, SCENES, approved, drawn, render

NEIGHBOURS = 4
DIFFERENCE = 40
SHARE = 0.0003


def strange_share(one, other):
    """The share of 4x4 blocks whose mean colour differs plainly: blind to antialiasing, not to a moved line."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).reduce(NEIGHBOURS).convert("L")
    strange = sum(difference.histogram()[DIFFERENCE:])
    return strange / (difference.width * difference.height)


@pytest.mark.parametrize(("name", "size"), approved(), ids=str)
def test_the_wall_looks_as_it_was_approved(name, size, tmp_path):
    fresh = tmp_path / f"{name}.png"
    render(drawn(SCENES[name], size), size, fresh)
    golden = GOLDEN / f"{name}-{size[0]}x{size[1]}.png"
    share = strange_share(Image.open(fresh), Image.open(golden))
    assert share <= SHARE, (
        f"{share:.2%} of {golden.name} looks different now: compare it with {fresh}; "
        "if the new picture is right, run `python -m tests.display.scenes` and commit the golden folder"
    )


def test_another_number_would_be_noticed():
    approved = Image.open(GOLDEN / "busy-1920x1080.png")
    moved = ImageChops.offset(approved, 0, 3)
    assert strange_share(approved, moved) > SHARE


def test_the_golden_folder_stays_small():
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) < 1_500_000
