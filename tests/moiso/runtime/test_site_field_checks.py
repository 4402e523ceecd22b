"""Fields of procedures: one owner each."""

from tests.moiso.runtime.site_text import TWO, changed, errors, site

LAND = 'name = "Đất đai"'


def test_fields_may_be_given_to_services_and_to_others(tmp_path):
    text = (
        changed(LAND, f'{LAND}\nfields = ["Đất đai", "*"]', TWO)
        + '[[elsewhere]]\nfields = ["Cư trú"]\nwhere = "Công an"\n'
    )
    loaded = site(tmp_path, text)
    assert loaded.services[1].fields == ("Đất đai", "*")
    assert [(other.fields, other.where, other.where_en) for other in loaded.elsewhere] == [(("Cư trú",), "Công an", "")]


def test_a_field_with_two_owners_is_named_with_both(tmp_path):
    text = (
        changed(LAND, f'{LAND}\nfields = ["Đất đai"]', TWO) + '[[elsewhere]]\nfields = ["ĐẤT  đai"]\nwhere = "Tỉnh"\n'
    )
    assert errors(tmp_path, text) == [
        "elsewhere[1].fields: 'đất đai' is named by service C already; leave it at one of them"
    ]


def test_elsewhere_says_who(tmp_path):
    assert errors(tmp_path, TWO + '[[elsewhere]]\nfields = ["Cư trú"]\n') == ["elsewhere[1].where: is missing"]
