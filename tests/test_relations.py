"""Relations between documents that turn on more than a verb: who can carry out what, and who only asks."""

import pytest

from cancu import cite
from tests.test_citations import HEAD, _relations

PLAN = HEAD.format(number="5/KH-UBND", type="KẾ HOẠCH", title="CHUYỂN ĐỔI SỐ")


@pytest.mark.parametrize(
    ("clause", "relations"),
    [
        ("Tờ trình số 8/TTr-SNV ngày 3/4/2023 về việc ban hành Kế hoạch tập huấn", set()),
        (
            "Nghị định số 44/2011/NĐ-CP của Chính phủ sửa đổi, bổ sung Điều 3 Nghị định số 189/2007/NĐ-CP của Chính phủ",
            {("44/2011/NĐ-CP", "amends", "189/2007/NĐ-CP")},
        ),
        (
            "Thông tư số 1/2018/TT-VPCP hướng dẫn thi hành một số quy định của Nghị định số 61/2018/NĐ-CP",
            {("1/2018/TT-VPCP", "guides", "61/2018/NĐ-CP")},
        ),
        (
            "Thông tư số 12/2010/TT-BTC hướng dẫn quản lý và sử dụng kinh phí thực hiện Quyết định số 1956/QĐ-TTg",
            {("12/2010/TT-BTC", "guides", "1956/QĐ-TTg")},
        ),
        (
            "Nghị quyết số 9/NQ-CP của Chính phủ thực hiện Nghị quyết số 20-NQ/TW và Chương trình hành động số 41-CTr/TU của Tỉnh ủy",
            {("9/NQ-CP", "implements", "20-NQ/TW")},  # what is national carries out nothing of a province
        ),
        (
            "Nghị định số 73/2019/NĐ-CP của Chính phủ (được sửa đổi, bổ sung tại Nghị định số 82/2024/NĐ-CP của Chính phủ)",
            {("82/2024/NĐ-CP", "amends", "73/2019/NĐ-CP")},
        ),
        (
            "Nghị quyết số 5/2020/NQ-HĐND của HĐND tỉnh, được thay thế bởi Nghị quyết số 12/2022/NQ-HĐND của HĐND tỉnh",
            {("12/2022/NQ-HĐND", "replaces", "5/2020/NQ-HĐND")},
        ),
        (
            "Quyết định số 877/QĐ-TTg của Thủ tướng Chính phủ (sửa đổi, bổ sung Quyết định số 846/QĐ-TTg)",
            {("877/QĐ-TTg", "amends", "846/QĐ-TTg")},
        ),
        ("Báo cáo số 9/BC-SNV về kết quả thực hiện Quyết định số 33/QĐ-UBND ngày 02/02/2020 của UBND tỉnh", set()),
        ("Tờ trình số 15/TTr-SNV đề nghị ban hành Quyết định thay thế Quyết định số 17/2019/QĐ-UBND của UBND tỉnh", set()),
    ],
)
def test_who_carries_out_guides_or_only_asks(clause: str, relations: set[tuple[str, str, str]]) -> None:
    assert _relations(f"{PLAN}Căn cứ {clause};\n") == relations


def test_a_title_in_capitals_names_a_city_and_what_its_programme_carries_out() -> None:
    title = "THỰC HIỆN CHƯƠNG TRÌNH SỐ 49-CTR/TU CỦA THÀNH ỦY CẦN THƠ VỀ THỰC HIỆN NGHỊ QUYẾT SỐ 20-NQ/TW"
    text = HEAD.format(number="5/KH-UBND", type="KẾ HOẠCH", title=title) + "Căn cứ Luật Viễn thông;\n"
    assert _relations(text) == {("5/KH-UBND", "implements", "49-CTR/TU"), ("49-CTR/TU", "implements", "20-NQ/TW")}


def test_a_joint_resolution_has_all_its_issuers() -> None:
    (one,) = cite(
        "Nghị quyết liên tịch số 19/2008/NQLT/CP-UBTUMTTQVN ngày 22/8/2008 của Chính phủ "
        "và Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam về việc phối hợp"
    )
    assert (one.issuer, one.title) == ("Chính phủ, Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "phối hợp")


def test_a_joint_resolution_has_three_issuers() -> None:
    (one,) = cite(
        "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15/6/2017 của Ủy ban Thường vụ Quốc hội, Chính phủ "
        "và Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam quy định chi tiết các hình thức giám sát"
    )
    assert one.issuer == "Ủy ban Thường vụ Quốc hội, Chính phủ, Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
