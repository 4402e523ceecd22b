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
from display.view import Call, Service, WallView
from moiso.texts import catalogue

GOLDEN = Path(__file__).parent / "golden"
SIZES: tuple[Size, ...] = ((1366, 768), (1920, 1080), (3840, 2160))

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


def _renew():
    from PIL import Image

    GOLDEN.mkdir(exist_ok=True)
    for name, view in SCENES.items():
        for size in SIZES:
            path = GOLDEN / f"{name}-{size[0]}x{size[1]}.png"
            render(drawn(view, size), size, path)
            few = Image.open(path).convert("RGB").quantize(48, dither=Image.Dither.NONE)
            few.save(path, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        _renew()
    else:
        folder, name, width, height = sys.argv[1:]
        size = (int(width), int(height))
        render(drawn(SCENES[name], size), size, Path(folder) / f"{name}.png")
