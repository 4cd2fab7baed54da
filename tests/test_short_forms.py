"""Short forms that the text itself explains."""

import pytest

from cancu.reading.short_forms import ShortForms

TEXT = """1. Phòng Văn hóa - Xã hội
tham mưu; Phòng Kinh tế, Hạ tầng và Đô thị cân đối. Quỹ phát triển hoạt động
sự nghiệp; CỤC CHUYỂN ĐỔI SỐ NÔNG NGHIỆP. Ban Dân vận Tỉnh ủy, Ban Di sản Tổng hợp, Ban Dịch vụ Tài chính."""


@pytest.mark.parametrize(
    ("name", "long"),
    [
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội"),
        ("Phòng KT, HT&ĐT phường", "Phòng Kinh tế, Hạ tầng và Đô thị phường"),
        ("Quỹ PTHĐSN", "Quỹ phát triển hoạt động sự nghiệp"),
        ("Cục CĐS nông nghiệp", "Cục CĐS nông nghiệp"),  # a heading in capitals tells no spelling
        ("Sở VH-XH", "Sở VH-XH"),  # another head
        ("Ban DT", "Ban DT"),  # two letters may stand for too much
        ("VNPT Hòa Sơn", "VNPT Hòa Sơn"),
        ("Sở (triển khai Phòng VH-XH)", "Sở (triển khai Phòng VH-XH)"),  # a remark
        ("", ""),
    ],
)
def test_a_short_form_is_the_words_that_begin_with_its_letters(name: str, long: str) -> None:
    assert ShortForms(TEXT).written_out(name) == long


def test_a_short_form_of_two_meanings_stays() -> None:
    assert ShortForms("Ban Quản lý Dự án; ban quản lý dự án").written_out("Ban QLDA") == "Ban Quản lý Dự án"
    assert ShortForms("Ban Quản lý Dự án; Ban quy luật di ăn").written_out("Ban QLDA") == "Ban QLDA"
