"""Procedures for checklists, up to the longest name there is."""

from kiosk.page.site_words import SiteWords
from moiso.procedures.procedure import Procedure

SITE = SiteWords(
    centre="Trung tâm Phục vụ hành chính công xã Núi Cấm",
    hours="7:30–11:30, 13:30–17:00",
    hotline="0296 3123 456",
    texts={"vi": {}, "en": {}},
    services={"A": {"vi": "Hộ tịch", "en": "Civil status"}},
    counters={"A": ["Quầy 3", "Quầy 4"]},
)
BIRTH = Procedure(
    code="1.001193",
    name="Thủ tục đăng ký khai sinh",
    name_en="Birth registration",
    papers=(
        "Giấy chứng sinh (bản chính)",
        "Tờ khai đăng ký khai sinh theo mẫu",
        "Căn cước hoặc hộ chiếu của người đi đăng ký (xuất trình)",
        "Giấy chứng nhận kết hôn của cha mẹ, nếu có",
    ),
    service="A",
)
MOVE = Procedure(
    code="1.004222",
    name="Đăng ký thường trú",
    where="Công an phường An Bình",
    url="https://dichvucong.gov.vn/p/1.004222",
)
_CLAUSE = (
    "cấp giấy phép hoạt động trong phạm vi bảo vệ công trình thuỷ lợi đối với việc trồng cây lâu năm, khoan, đào khảo "
    "sát địa chất, xây dựng công trình mới và hoạt động của phương tiện thuỷ nội địa; "
)
LONG_LIST = Procedure(
    code="1.013962",
    name=("Thủ tục " + _CLAUSE * 6)[:918] + "a",
    papers=tuple(
        f"Bản sao có chứng thực giấy tờ thứ {n} về quyền sử dụng đất, kèm theo sơ đồ vị trí khu đất và văn bản chấp "
        "thuận của cơ quan có thẩm quyền"
        for n in range(1, 9)
    ),
    service="A",
)
