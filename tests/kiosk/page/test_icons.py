import re
from pathlib import Path

import pytest

import kiosk.page
from kiosk.page.icons import ICONS, icon_of

FOLDER = Path(kiosk.page.__path__[0])


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("Chứng thực", "stamp"),
        ("Tư pháp – Hộ tịch", "family"),
        ("Đất đai – Môi trường", "land"),
        ("Kinh tế – Hạ tầng – Đô thị", "building"),
        ("Hỗ trợ nộp hồ sơ trực tuyến", "online"),
        ("Trả kết quả", "result"),
        ("Lao động – Người có công – Xã hội", "people"),
        ("Công an – Cư trú", "shield"),
        ("Việc gì đó", "paper"),
    ],
)
def test_a_service_has_the_picture_of_its_name(name: str, icon: str):
    assert icon_of(name) == icon


def test_every_picture_is_drawn():
    drawn = set(re.findall(r'symbol id="i-([a-z]+)"', (FOLDER / "templates/_icons.html").read_text()))
    scripts = " ".join(path.read_text() for path in (FOLDER / "static").glob("*.js"))
    used = set(re.findall(r'icon\("([a-z]+)"\)', scripts))
    used |= set(re.findall(r'href="#i-([a-z]+)"', (FOLDER / "templates/page.html").read_text()))
    assert len(used) > 10
    assert (set(ICONS) | used) - drawn == set()
