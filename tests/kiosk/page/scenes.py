"""Screens and procedures as a kiosk would give them to its page, made by hand."""

from dataclasses import replace
from pathlib import Path

from kiosk.page.icons import icon_of
from kiosk.page.site_words import SiteWords
from kiosk.screen import Choice, Progress, Scan, Screen
from kiosk.voice import Voice
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.everyday import EverydayWords
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.store import Stored, write
from moiso.texts import catalogue, languages
from moiso.wire.messages import Range, Words

NAMES = {
    "A": ("Chứng thực", "Certified copies"),
    "B": ("Hộ tịch", "Civil status"),
    "C": ("Đất đai – Môi trường", "Land and environment"),
    "E": ("Kinh tế – Hạ tầng – Đô thị", "Business and building"),
    "H": ("Hỗ trợ nộp hồ sơ trực tuyến", "Help with filing online"),
    "K": ("Trả kết quả", "Collecting results"),
    "L": ("Lao động – Người có công – Xã hội", "Labour and social affairs"),
    "M": ("Đất đai – nhiều hồ sơ", "Land, many dossiers"),
    "G": ("Giáo dục – Y tế", "Education and health"),
    "N": ("Nông nghiệp", "Farming"),
}
SITE = SiteWords(
    centre="Trung tâm Phục vụ hành chính công phường Bến Thành",
    hours="Sáng 7:30–11:30, chiều 13:30–17:00, thứ Hai đến thứ Sáu",
    hotline="1900 5678",
    texts={language: catalogue(language).table("touch") for language in languages("touch")},
    services={code: {"vi": vi, "en": en} for code, (vi, en) in NAMES.items()},
    icons={code: icon_of(vi) for code, (vi, _) in NAMES.items()},
    counters={"A": ["Quầy 1", "Quầy 2"], "B": ["Quầy 1"]},
)
BIRTH = Procedure(
    code="1.001193",
    name="Thủ tục đăng ký khai sinh",
    name_en="Birth registration",
    papers=(
        "Tờ khai (có sẵn tại trung tâm)",
        "Giấy chứng sinh",
        "Căn cước của cha, mẹ",
        "Giấy chứng nhận kết hôn, nếu có",
    ),
    papers_en=(
        "Form (at the centre)",
        "Notice of birth from the hospital",
        "ID cards of the parents",
        "Marriage certificate, if any",
    ),
    service="B",
    also=("giấy khai sinh",),
)
LINKED = Procedure(
    code="2.000986",
    name="Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em",
    short="Khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi (liên thông)",
    papers=tuple(f"Giấy tờ số {n} với một tên khá dài để phải xuống dòng trên màn hình nhỏ" for n in range(1, 15)),
    service="B",
)
RESIDENCE = Procedure(
    code="1.004222",
    name="Đăng ký thường trú, khai báo nơi ở sau khi sinh",
    name_en="Registration of residence",
    papers=("Căn cước", "Giấy tờ về chỗ ở hợp pháp"),
    where="Công an phường",
    where_en="the ward police",
)
BARE = Procedure(code="1.009999", name="Khai sinh: thủ tục mà danh mục chưa ghi giấy tờ")
LOST = Procedure(
    code="1.012786",
    name="Khai báo mất Giấy chứng nhận quyền sử dụng đất",
    where="Chi nhánh Văn phòng đăng ký đất đai khu vực Bến Thành",
)
PROCEDURES = [BIRTH, LINKED, RESIDENCE, BARE, LOST]


def finder(folder: Path) -> Catalogue:
    """A catalogue of these procedures."""
    write(folder / "procedures.sqlite", Stored(PROCEDURES, EverydayWords()), "tay", 0.0)
    return Catalogue.open(folder / "procedures.sqlite", Places(services=frozenset(NAMES)))


def silent_voice() -> Voice:
    return Voice("north", None)


def choice(code: str, waiting: int = 3, *, gives: bool = True, note: Words | None = None) -> Choice:
    vi, en = NAMES[code]
    labels = {"A": ["Quầy 1", "Quầy 2", "Quầy 5"], "B": ["Quầy 1"]}.get(code, ["Quầy 4"])
    minutes = {0: None, 3: Range(low=10, high=15), 1: Range(low=0, high=5)}.get(waiting, Range(low=35, high=70))
    return Choice(code, Words(vi=vi, en=en), waiting, minutes if gives else None, labels, gives, note)


FIVE = [choice("A", 12), choice("B"), choice("C", 1), choice("H", 0), choice("K", 0)]
EIGHT = [
    choice("A", 12),
    choice("B"),
    choice("C", 1, note=Words(vi="còn 5 số", en="5 numbers left")),
    choice("E", 0, note=Words(vi="chưa có cán bộ", en="no staff yet")),
    choice("H", 0),
    choice("K", 3),
    choice("L", 1),
    choice("M", 0, gives=False, note=Words(vi="hết số hôm nay", en="no numbers left today")),
]
TEN = [*EIGHT, choice("G"), choice("N")]
ADDRESS = "http://192.168.1.10:8080/t/5f0c9a7d2b3e4f60"


def progress(stage: str, vi: str, en: str, **more: object) -> Progress:
    """How far press p1, for A, has come."""
    return Progress("p1", "A", stage, Words(vi=vi, en=en), **more)  # type: ignore[arg-type]


def numbered(stage: str, vi: str, en: str, **more: object) -> Progress:
    facts = {"ticket": "A012", "ahead": 4, "promise": Range(low=10, high=15), "counters": ["Quầy 1", "Quầy 2"]}
    return progress(stage, vi, en, **(facts | more))


AGAIN = progress(
    "again",
    "Bác đã lấy số A012. Lấy thêm cho người khác?",
    "You have taken number A012. One more, for somebody else?",
    last="A012",
)
PRINTING = numbered("printing", "Đang in phiếu của quý vị", "Printing your ticket")
PRINTED = numbered("printed", "Mời quý vị lấy phiếu", "Please take your ticket")
SHOWN = numbered("shown", "Máy hết giấy. Đây là số của quý vị", "Out of paper. This is your number", url=ADDRESS)
LISTED = Words(vi="Mời quý vị lấy danh sách giấy tờ", en="Please take the list")
REFUSED = progress(
    "refused",
    "Lĩnh vực Đất đai – nhiều hồ sơ: hết số hôm nay. Mời quý vị trở lại vào ngày làm việc sau hoặc hỏi cán bộ.",
    "Land, many dossiers: no numbers left today. Please come back on the next working day or ask the staff.",
)
OFFLINE = Words(
    vi="Máy đang mất kết nối. Quý vị vẫn lấy số được; số được gọi theo giờ lấy số.",
    en="The machine has lost its connection. You can still take a number; it is called by its time.",
)
NO_PAPER = Words(
    vi="Máy hết giấy. Quý vị vẫn lấy số được: số sẽ hiện trên màn hình.",
    en="The machine is out of paper. You can still take a number: it will be shown on the screen.",
)
CARD = Scan("s1", "other", Words(vi="Không cần quét thẻ. Mời chạm vào một ô.", en="No card is needed."), well=False)

SCREENS = {
    "long": Screen(
        "ready",
        choices=EIGHT,
        progress=numbered(
            "printed", "Mời quý vị lấy phiếu", "Please take your ticket", ticket="A1012", ahead=None, offline=True
        ),
    ),
    "home": Screen("ready", choices=FIVE),
    "home-seven": Screen("ready", choices=EIGHT[:7]),
    "home-three": Screen("ready", choices=FIVE[:3]),
    "home-eight": Screen("ready", choices=EIGHT),
    "home-ten": Screen("ready", choices=TEN),
    "again": Screen("ready", choices=EIGHT, progress=AGAIN),
    "printing": Screen("ready", choices=EIGHT, progress=PRINTING),
    "printed": Screen("ready", choices=EIGHT, progress=PRINTED),
    "shown-offline": Screen(
        "paper-out",
        choices=[*FIVE[:4], choice("K", 0, gives=False)],
        progress=replace(SHOWN, ahead=14, promise=None, offline=True, minutes_old=12, phones=False),
        notice=NO_PAPER,
    ),
    "empty-block": Screen("offline", choices=[*FIVE[:4], choice("K", 0, gives=False)], notice=OFFLINE),
    "shown": Screen("paper-out", choices=EIGHT, progress=SHOWN, notice=NO_PAPER),
    "list-printed": Screen("ready", choices=EIGHT, progress=Progress("p1", "", "printed", LISTED)),
    "refused": Screen("ready", choices=EIGHT, progress=REFUSED),
    "offline": Screen("offline", choices=EIGHT, notice=OFFLINE),
    "paper-out": Screen("paper-out", choices=EIGHT, notice=NO_PAPER),
    "closed": Screen("closed", choices=[choice(code, 0, gives=False) for code in "ABC"]),
    "ask-staff": Screen("ask-staff", choices=[choice(code, 0, gives=False) for code in "ABC"]),
    "starting": Screen(),
    "crowd": Screen("ready", crowd=True, training=True, choices=EIGHT, progress=PRINTED),
    "card": Screen("ready", choices=EIGHT, scan=CARD),
}
"""What stands there, by the name of its picture."""
