"""A list as long as the whole national portal's: the sample, and official-sounding procedures that compete with it.

The real list is nobody's to ship. These names are put together from parts of official language, so that words are as
frequent, and names as long, as there; some have hundreds of letters.
"""

from collections.abc import Iterator
from itertools import product
from random import Random

from moiso.procedures.procedure import Procedure

#: Procedures of the portal in 2026.
PORTAL = 6297
#: One name in so many is very long; and of how many parts it is then made.
LONG, PARTS = 60, 14

_ACTS = (
    "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Thu hồi", "Điều chỉnh", "Thẩm định hồ sơ", "Phê duyệt", "Công nhận",
    "Đăng ký", "Đăng ký lại", "Đăng ký thay đổi", "Xóa đăng ký", "Xác nhận", "Thông báo", "Chấm dứt", "Bổ sung",
    "Chuyển đổi",
)  # fmt: skip
_THINGS = tuple(
    line.split(": ")
    for line in """\
Thủy sản: giấy phép khai thác thủy sản
Thủy sản: giấy chứng nhận đăng ký tàu cá
Lâm nghiệp: phương án quản lý rừng bền vững
Chăn nuôi: giấy chứng nhận đủ điều kiện chăn nuôi trang trại
Thú y: chứng chỉ hành nghề thú y
Trồng trọt: quyết định công nhận cây đầu dòng
Đất đai: giấy chứng nhận quyền sử dụng đất của tổ chức kinh tế
Đất đai: quyết định giao đất, cho thuê đất
Đất đai: biến động do chuyển nhượng dự án bất động sản
Môi trường: giấy phép môi trường
Tài nguyên nước: giấy phép khai thác nước dưới đất
Địa chất và khoáng sản: giấy phép thăm dò khoáng sản
Hoạt động xây dựng: giấy phép xây dựng công trình ngầm
Hoạt động xây dựng: chứng chỉ năng lực hoạt động xây dựng
Nhà ở và công sở: hợp đồng thuê nhà ở xã hội
Đường bộ: giấy phép lưu hành xe quá tải trọng
Đường bộ: phù hiệu xe kinh doanh vận tải
Đường thủy nội địa: giấy chứng nhận đăng ký phương tiện thủy
Hàng hải: giấy phép rời cảng biển
Hàng không: giấy phép nhân viên hàng không
Hải quan: tờ khai hàng hóa xuất khẩu, nhập khẩu tại chỗ
Hải quan: địa điểm làm thủ tục hải quan
Thuế: mã số thuế của nhà thầu nước ngoài
Thuế: miễn, giảm thuế sử dụng đất nông nghiệp
Chứng khoán: giấy chứng nhận đăng ký chào bán cổ phiếu
Bảo hiểm: giấy phép thành lập doanh nghiệp bảo hiểm
Ngân hàng: giấy phép hoạt động tổ chức tín dụng
Doanh nghiệp: giấy chứng nhận đăng ký doanh nghiệp
Hợp tác xã: giấy chứng nhận đăng ký hợp tác xã
Hộ tịch: việc khai sinh, kết hôn tại cơ quan đại diện
Hộ tịch: giấy xác nhận tình trạng hôn nhân của người nước ngoài
Quốc tịch: giấy xác nhận có quốc tịch Việt Nam
Công chứng: văn phòng công chứng
Luật sư: chứng chỉ hành nghề luật sư
Lý lịch tư pháp: phiếu lý lịch tư pháp theo yêu cầu của cơ quan tố tụng
Căn cước: thẻ căn cước tại cấp trung ương
Xuất nhập cảnh: hộ chiếu công vụ
Xuất nhập cảnh: thẻ tạm trú cho người nước ngoài
Giao thông: biển số xe của cơ quan đại diện ngoại giao
Phòng cháy: văn bản nghiệm thu về phòng cháy, chữa cháy
Y tế: giấy phép hoạt động khám bệnh, chữa bệnh
Dược: giấy chứng nhận đủ điều kiện kinh doanh dược
An toàn thực phẩm: giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm
Giáo dục: quyết định thành lập trường mầm non
Giáo dục: bản sao văn bằng, chứng chỉ từ sổ gốc
Việc làm: giấy phép lao động cho người nước ngoài
Bảo hiểm xã hội: hưởng chế độ tai nạn lao động
Bảo hiểm xã hội: thẻ bảo hiểm y tế của đơn vị sử dụng lao động
Người có công: chế độ ưu đãi đối với thân nhân liệt sĩ
Trẻ em: chăm sóc thay thế cho trẻ em
Tôn giáo: đăng ký sinh hoạt tôn giáo tập trung
Hội: điều lệ hội và quỹ từ thiện
Văn hóa: giấy phép tổ chức biểu diễn nghệ thuật
Du lịch: giấy phép kinh doanh dịch vụ lữ hành
Báo chí: giấy phép hoạt động báo chí in
Viễn thông: giấy phép sử dụng tần số vô tuyến điện
Điện lực: giấy phép hoạt động điện lực
Hóa chất: giấy chứng nhận đủ điều kiện sản xuất hóa chất""".splitlines()
)
_WHOSE = (
    "", "đối với hộ gia đình, cá nhân", "đối với tổ chức trong nước", "đối với doanh nghiệp có vốn đầu tư nước ngoài",
    "đối với trường hợp bị mất, bị hỏng", "theo ủy quyền của Bộ trưởng", "trong khu công nghiệp, khu kinh tế",
    "do thay đổi tên, địa chỉ trụ sở chính",
)  # fmt: skip
_LEVELS = ("Cấp tỉnh", "Cấp bộ", "Cấp bộ, Cấp tỉnh", "Cấp tỉnh, Cấp xã", "Cấp xã")


def portal(sample: list[Procedure], rows: int = PORTAL) -> list[Procedure]:
    """The sample and as many others as make `rows`; the same each time."""
    chance = Random(1)
    names = list(_names(chance))
    chance.shuffle(names)
    others = names[: rows - len(sample)]
    return [*sample, *(_procedure(n, field, name, chance) for n, (field, name) in enumerate(others))]


def _names(chance: Random) -> Iterator[tuple[str, str]]:
    for n, (act, (field, thing), whose) in enumerate(product(_ACTS, _THINGS, _WHOSE)):
        more = PARTS if n % LONG == 0 else 0
        conditions = [f"{chance.choice(_THINGS)[1]} {chance.choice(_WHOSE)}".strip() for _ in range(more)]
        yield field, "; ".join([f"{act} {thing} {whose}".strip(), *conditions])


def _procedure(number: int, field: str, name: str, chance: Random) -> Procedure:
    papers = ("Đơn đề nghị theo mẫu", "Bản sao giấy tờ pháp lý", "Tài liệu kèm theo")
    return Procedure(code=f"8.{number:06}", name=name, field=field, level=chance.choice(_LEVELS), papers=papers)
