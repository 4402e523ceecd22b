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
    more, less = "Đăng ký lại việc khai tử có yếu tố nước ngoài", "Đăng ký việc khai tử tại nơi cư trú"
    assert found("khai tử", more, less) == [less, more]


def test_conditions_of_a_long_name_count_less_than_its_heart(found):
    condition = f"{LONG} về thú cảnh và chăn nuôi"
    assert found("thú cảnh chăn nuôi", condition, "Chăn nuôi và trông giữ thú cảnh")[0] != condition


def test_a_saying_is_stronger_than_its_letters_without_marks(found):
    letters, meant = "Số đo", "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở"
    assert found("so do", letters, meant) == [meant, letters]


def test_what_is_done_here_comes_before_what_nobody_does(found):
    nobody = Procedure(code="1.100001", name="Xác nhận đơn ai")
    told = Procedure(code="1.100002", name="Xác nhận đơn họ", where="Công an")
    here = Procedure(code="1.100003", name="Xác nhận đơn ta", service="A")
    assert found("xac nhan don", nobody, told, here) == [here.name, told.name, nobody.name]


def test_communes_come_before_provinces(found):
    province = Procedure(code="1.100001", name="Gia hạn thẻ tỉnh", level="Cấp tỉnh")
    commune = Procedure(code="1.100002", name="Gia hạn thẻ xã", level="Cấp xã")
    assert found("gia han the", province, commune) == [commune.name, province.name]


def test_the_words_of_the_field_help(found):
    land = Procedure(code="1.100001", name="Đính chính giấy tờ nhầm", field="Đất đai")
    ship = Procedure(code="1.100002", name="Đính chính giấy tờ nhầm tàu", field="Hàng hải")
    assert found("dinh chinh dat dai", ship, land)[0] == land.name


def test_what_answers_far_worse_than_the_best_is_not_shown(found):
    assert found("khai sinh qua han", "Đăng ký khai sinh", f"{LONG} quá cảnh trong thời hạn") == ["Đăng ký khai sinh"]


def test_a_slip_is_forgiven_only_when_nothing_has_the_word_itself(found):
    assert found("khai tu", "Đăng ký khai tử", "Đăng ký khai tờ")[0] == "Đăng ký khai tử"
    assert found("khai tuu", "Đăng ký khai tử", "Đăng ký kết hôn") == ["Đăng ký khai tử"]
