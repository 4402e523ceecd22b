"""Cards that nobody has, as scanners read them: identity cards of all layouts, an insurance card, a phone's code."""

IDENTITY = "001090123456|012345678|Nguyễn Văn Thử|01011990|Nam|Số 17, ngõ Hoa Gạo, phường Không Có, Hà Nội|15042021"
WITHOUT_OLD = "001190654321||Trần Thị Mẫu|31121990|Nữ|Thôn Tưởng Tượng, xã Chưa Đặt, An Giang|02032022"
SIX_FIELDS = "092301987654|Lê Hoàng Giả|05062001|Nam|Ấp Bịa Ra, xã Vô Danh, Cà Mau|07082023"
EIGHT_FIELDS = IDENTITY + "|01012030"
OF_2024 = WITHOUT_OLD + "||Trần Văn Cha|Phạm Thị Mẹ|"
INSURANCE = (
    "DN4797931234567|4e677579e1bb856e2056c4836e205468e1bbad|01/01/1990|1|5068c6b0e1bb9d6e67|79 - 034|01/07/2026|-|"
    "20/06/2026|79017931234567|-|4|01/05/2029|15ae7f3c0d81b-7102|$"
)
PHONE = "VNEID:eyJhbGciOiJFUzI1NiJ9.eyJjY2NkIjoiMDAxMDkwMTIzNDU2In0.c2lnbmF0dXJl"

CARDS = [IDENTITY, WITHOUT_OLD, SIX_FIELDS, EIGHT_FIELDS, OF_2024, INSURANCE, PHONE]
