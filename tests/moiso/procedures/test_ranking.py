"""Which of several procedures comes first, and which do not come at all."""

import pytest

from moiso.procedures.catalogue import Catalogue
from moiso.procedures.everyday import EverydayWords, Saying
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.store import Stored, write

LONG = "Cấp giấy phép hoạt động cho tổ chức, doanh nghiệp và hộ gia đình kinh doanh theo quy định của pháp luật"
SAYINGS = EverydayWords(sayings=(Saying(say=("sổ đỏ",), means=("cấp giấy chứng nhận quyền sử dụng đất",)),))


@pytest.fixture
def found(tmp_path):
    def find(typed, *procedures):
        listed = [
            each if isinstance(each, Procedure) else Procedure(code=f"1.{n:06}", name=each)
            for n, each in enumerate(procedures)
        ]
        write(tmp_path / "procedures.sqlite", Stored(listed, SAYINGS), "list", 1.0)
        catalogue = Catalogue.open(tmp_path / "procedures.sqlite", Places(services=frozenset("A")))
        return [procedure.name for procedure in catalogue.find(typed)]

    return find


def test_words_that_stand_together_come_first(found):
    apart, together = "Hộ nuôi cá kinh tế ven biển doanh thu", "Nuôi cá tế ven biển thu hộ kinh doanh"
    assert found("ho kinh doanh", apart, together)[0] == together


def test_a_name_that_says_little_else_comes_first(found):
    more = Procedure(code="1.100001", name="Khai tử của người nước ngoài, người không quốc tịch", level="Cấp xã")
    less = Procedure(code="1.100002", name="Việc khai tử", level="Cấp tỉnh")
    assert found("khai tử", more, less) == [less.name, more.name]


def test_conditions_of_a_long_name_count_less_than_its_heart(found):
    condition, heart = f"{LONG} thú cảnh chăn nuôi", "Chăn dắt, dạy bảo, vật nuôi, tiêm phòng thú rừng lai làm cảnh"
    assert found("thú cảnh chăn nuôi", condition, heart)[0] == heart


def test_a_saying_is_stronger_than_its_letters_without_marks(found):
    letters, meant = "Số đo", "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở"
    assert found("so do", letters, meant) == [meant, letters]


def test_what_is_done_here_comes_before_what_nobody_does(found):
    nobody = Procedure(code="1.100001", name="Xác nhận đơn ai")
    told = Procedure(code="1.100002", name="Xác nhận đơn họ", where="Công an")
    here = Procedure(code="1.100003", name="Xác nhận đơn ta", service="A")
    assert found("xac nhan don", nobody, told, here) == [here.name, told.name, nobody.name]


def test_communes_come_before_provinces(found):
    province = Procedure(code="1.100001", name="Gia hạn thẻ", level="Cấp tỉnh")
    commune = Procedure(code="1.100002", name="Gia hạn thẻ xã", level="Cấp xã")
    assert found("gia han the", province, commune) == [commune.name, province.name]


def test_the_words_of_the_field_help(found):
    land = Procedure(code="1.100001", name="Đính chính giấy tờ nhầm lẫn", field="Đất đai")
    ship = Procedure(code="1.100002", name="Đính chính giấy tờ tàu", field="Hàng hải")
    assert found("dinh chinh giay hai dat", ship, land)[0] == land.name


def test_what_answers_far_worse_than_the_best_is_not_shown(found):
    assert found("nuoi meo tren may", "Nuôi mèo", f"{LONG} trên máy") == ["Nuôi mèo"]


def test_a_slip_is_forgiven_only_when_nothing_has_the_word_itself(found):
    assert found("khai tu", "Đăng ký khai tử", "Đăng ký khai tờ")[0] == "Đăng ký khai tử"
    assert found("khai tuu", "Đăng ký khai tử", "Đăng ký kết hôn") == ["Đăng ký khai tử"]
