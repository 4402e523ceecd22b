"""Moments of a wall, and how to picture them without a screen.

`python -m tests.display.scenes` renews the golden pictures (look at them before the commit);
`python -m tests.display.scenes FOLDER SCENE WIDTH HEIGHT` leaves one picture in a folder.
"""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from display import fonts
from display.fake_screen import FakeScreen
from display.layout import picture
from display.paint import Picture, Size
from display.view import Call, Lunch, Service, WallView
from moiso.texts import catalogue

GOLDEN = Path(__file__).parent / "golden"
SIZES: tuple[Size, ...] = ((1366, 768), (1920, 1080), (3840, 2160))
SIZED_UP = ("busy", "longest")
"""The scenes that are kept at the largest size too: the picture is the same at each."""

NOON = datetime(2026, 11, 23, 9, 42, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
THREE = (
    Service("A", "Chứng thực bản sao, chữ ký", 12, (10, 20), 3),
    Service("B", "Hộ tịch – Cư trú", 4, (5, 10), 2),
    Service("C", "Đất đai – Xây dựng – Môi trường", 7, None, 0),
)
RECENT = (
    Call("B031", "Quầy 2", 41),
    Call("A024", "Quầy 1", 95, recall=True),
    Call("C007", "Quầy 4", 180, priority=True),
    Call("A023", "Quầy 3", 240),
    Call("A022", "Quầy 1", 400),
    Call("B030", "Quầy 2", 500),
)
BUSY = WallView(
    centre="Trung tâm Phục vụ hành chính công xã Núi Cấm",
    now=NOON,
    call=Call("A025", "Quầy 3", 30),
    recent=RECENT,
    services=THREE,
    notices=("Trung tâm nghỉ trưa từ 11 giờ 30 phút đến 13 giờ 30 phút, số thứ tự vẫn có giá trị.",),
)
LONG_NAMES = (
    "Đăng ký đất đai, cấp Giấy chứng nhận quyền sử dụng đất lần đầu",
    "Chứng thực bản sao từ bản chính, chữ ký, hợp đồng và giao dịch",
    "Đăng ký khai sinh, khai tử, kết hôn, xác nhận tình trạng hôn nhân",
    "Lao động – Người có công – Trẻ em – Bảo trợ xã hội, giảm nghèo",
    "Thành lập hộ kinh doanh, hợp tác xã và các thay đổi về đăng ký",
    "Nông nghiệp, chăn nuôi, thú y, thuỷ sản, phòng chống thiên tai",
    "Tiếp nhận phản ánh, kiến nghị và hướng dẫn nộp hồ sơ trực tuyến",
    "Trả kết quả giải quyết thủ tục hành chính của tất cả lĩnh vực",
)
LONGEST = replace(
    BUSY,
    centre="Trung tâm Phục vụ hành chính công phường Nguyễn Thượng Hiền, thành phố Huế",
    call=Call("A1012", "Quầy 12 – Đăng ký đất đai", 30),
    recent=(
        Call("H1000", "Quầy 11 – Lao động, Người có công", 33),
        Call("A1011", "Quầy 10 – Tiếp nhận và trả kết quả", 80, priority=True, recall=True),
        Call("B1107", "Quầy 12", 120),
    ),
    services=tuple(
        Service(code, name, 100 + n, (90 + n, 120 + n), 1)
        for n, (code, name) in enumerate(zip("ABCDEGHK", LONG_NAMES, strict=True))
    ),
)
LUNCH = Lunch(NOON.replace(hour=11, minute=30), NOON.replace(hour=13, minute=30))
TROUBLED = tuple(
    replace(service, **trouble)
    for service, trouble in zip(
        LONGEST.services,
        (
            {"suspended": True},
            {"counters_open": 0, "promise": None, "alarm": True},
            {"left": 10},
            {"left": 0},
            {"last_before_lunch": "E1045", "left": 9},
            {"last_before_lunch": ""},
            {"suspended": True, "waiting": 7},
            {"last_before_lunch": "K1012"},
        ),
        strict=True,
    )
)
SCENES = {
    "busy": BUSY,
    "idle": replace(
        BUSY, call=None, recent=(), services=tuple(replace(s, waiting=0, promise=None) for s in THREE), notices=()
    ),
    "silent": replace(BUSY, data_age=130.0),
    "longest": LONGEST,
    "priority_recall": replace(
        BUSY,
        call=Call("C008", "Quầy 4", 0.1, priority=True, recall=True, unspoken=True),
        recent=(Call("A025", "Quầy 3", 9), *RECENT),
        muted=True,
        trial=True,
    ),
    "withdrawn": replace(LONGEST, call=Call("A1013", "", 4, withdrawn=True), recent=(LONGEST.call, *LONGEST.recent)),
    "training": replace(BUSY, call=Call("A9001", "Quầy 3", 30), training=True, muted=True, trial=True),
    "troubled": replace(LONGEST, services=TROUBLED, lunch=LUNCH, now=NOON.replace(hour=11, minute=4), notices=()),
    "before_lunch": replace(
        BUSY,
        services=tuple(replace(s, last_before_lunch=n) for s, n in zip(THREE, ("A045", "B033", None), strict=True)),
        lunch=LUNCH,
        now=NOON.replace(hour=11, minute=4),
        notices=(),
    ),
    "lunch": replace(
        BUSY, lunch=LUNCH, now=NOON.replace(hour=11, minute=42), call=Call("A025", "Quầy 3", 700), notices=()
    ),
    "overtime": replace(
        BUSY,
        overtime=True,
        notices=(),
        recent=(Call("B1032", "", 4, withdrawn=True), *RECENT),
        services=(replace(THREE[0], suspended=True), *THREE[1:]),
        trial=True,
    ),
}


def drawn(view, size=(1920, 1080), language="vi") -> Picture:
    """The picture of a view, measured with the real font."""
    return picture(view, size, fonts.width, catalogue(language).text)


def render(shown: Picture, size: Size, path: Path) -> None:
    """Paint a picture and save it."""
    screen = FakeScreen(path, lambda: 0.0, size)
    try:
        screen.show(shown)
    finally:
        screen.close()


def approved() -> list[tuple[str, Size]]:
    """Every scene with each size it is kept at."""
    return [(name, size) for name in SCENES for size in SIZES if size != SIZES[-1] or name in SIZED_UP]


def _renew():
    from PIL import Image

    GOLDEN.mkdir(exist_ok=True)
    for name, size in approved():
        path = GOLDEN / f"{name}-{size[0]}x{size[1]}.png"
        render(drawn(SCENES[name], size), size, path)
        few = Image.open(path).convert("RGB").quantize(48, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        _renew()
    else:
        folder, name, width, height = sys.argv[1:]
        size = (int(width), int(height))
        render(drawn(SCENES[name], size), size, Path(folder) / f"{name}.png")
