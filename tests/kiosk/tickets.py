"""Tickets as they are printed, from the plainest to the longest names."""

from dataclasses import replace

from kiosk.layout import TicketText

NORMAL = TicketText(
    centre="Trung tâm Phục vụ hành chính công xã Núi Cấm",
    address="Ấp Vồ Đầu, xã Núi Cấm, tỉnh An Giang",
    title="SỐ THỨ TỰ",
    number="A012",
    service="Chứng thực",
    ahead="Đang chờ trước: 5 người",
    promise="Chờ khoảng 10–20 phút",
    counters="Quầy 1, 2, 4",
    issued="Lấy số lúc 07:30, 23/11/2026",
    wall_note="Mời theo dõi màn hình và loa gọi số",
    hours="Giờ làm việc: 7:30–11:30, 13:30–17:00",
    hotline="Đường dây nóng: 0296 3123 456",
    not_receipt="Phiếu số thứ tự – không thay Giấy tiếp nhận hồ sơ",
)
NO_PROMISE = replace(NORMAL, promise="")
SUSPENDED = replace(
    NO_PROMISE,
    warning="Hệ thống đang gián đoạn, có thể phải chờ lâu hơn. Số của quý vị vẫn được giữ nguyên thứ tự.",
)
TRAINING = replace(NORMAL, number="A9001", training="TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ")
LONG = replace(
    NORMAL,
    centre="Trung tâm Phục vụ hành chính công phường Thành phố Hồ Chí Minh – Chi nhánh Phan Rang - Tháp Chàm",
    number="A1012",
    service="Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất do chuyển nhượng, "
    "thừa kế, tặng cho nhà ở đơn lẻ",
    ahead="Đang chờ trước: 127 người",
    promise="Chờ khoảng 120–180 phút",
    counters="Quầy 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
    qr_caption="Quét mã để xem lượt của mình",
)
OFFLINE = replace(
    NORMAL,
    number="A705",
    promise="",
    ahead_at="(số liệu cách đây 7 phút)",
    offline="Máy đang mất kết nối. Số này được gọi theo giờ lấy số, như mọi số khác.",
)
REPRINT = replace(NORMAL, reprint="BẢN IN LẠI")
REPLACES = replace(NORMAL, replaces="Thay cho số A012 ngày 20/11/2026", number="A001")
ALL_AT_ONCE = replace(
    LONG,
    number="MM9008",
    warning=SUSPENDED.warning,
    training=TRAINING.training,
    offline=OFFLINE.offline,
    ahead_at=OFFLINE.ahead_at,
    reprint=REPRINT.reprint,
    replaces=REPLACES.replaces,
)
