"""Which picture stands beside a service, for people who do not read its name. Pure."""

from moiso.procedures.fold import folded

#: Words of a service's name -> its picture in templates/_icons.html; the first that the name holds counts.
_BY_WORDS = {
    "ket qua": "result",
    "truc tuyen": "online",
    "chung thuc": "stamp",
    "sao y": "stamp",
    "ho tich": "family",
    "tu phap": "family",
    "khai sinh": "family",
    "dat dai": "land",
    "moi truong": "land",
    "cong an": "shield",
    "cu tru": "shield",
    "can cuoc": "shield",
    "nong nghiep": "leaf",
    "y te": "health",
    "giao duc": "school",
    "van hoa": "school",
    "lao dong": "people",
    "co cong": "people",
    "xa hoi": "people",
    "noi vu": "people",
    "kinh te": "building",
    "doanh nghiep": "building",
    "kinh doanh": "building",
    "xay dung": "building",
    "do thi": "building",
}
ICONS = (*dict.fromkeys(_BY_WORDS.values()), "paper")


def icon_of(name: str) -> str:
    """The picture for a service of this Vietnamese name; a sheet of paper when no word of it is known."""
    plain = folded(name)
    return next((icon for words, icon in _BY_WORDS.items() if words in plain), "paper")
