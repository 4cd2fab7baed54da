"""Lists of agencies, and their abbreviations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.reading import agencies, lexicon
from tests.pace import within

PEOPLE = "Ủy ban nhân dân"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các sở, ban, ngành; UBND các huyện, thành phố và các đơn vị có liên quan",
         ("Các sở, ban, ngành", f"{PEOPLE} các huyện, thành phố", "các đơn vị có liên quan")),
        ("Các sở, ban, ngành", ("Các sở, ban, ngành",)),
        ("Các sở: TN&MT, LĐTB&XH, Tư pháp", ("Sở Tài nguyên và Môi trường", "Sở Lao động - Thương binh và Xã hội", "Sở Tư pháp")),
        ("SởNội vụ, Sở Thông tin và Truyềnthông, UBNDtỉnh", ("Sở Nội vụ", "Sở Thông tin và Truyền thông", f"{PEOPLE} tỉnh")),
        ("MobiFone Hòa Sơn, BHXH tỉnh", ("MobiFone Hòa Sơn", "Bảo hiểm xã hội tỉnh")),
        ("UBND TP. Hòa Sơn; các huyện, TX, TP", (f"{PEOPLE} thành phố Hòa Sơn", "các huyện, thị xã, thành phố")),
        ("Sở Tư pháp/Sở Nội vụ", ("Sở Tư pháp", "Sở Nội vụ")),
        ("Các sở ban, ngành, UBND các huyện thành phố", ("Các sở ban, ngành", f"{PEOPLE} các huyện thành phố")),
        ("Sở Khoa học và Công nghệ Sở Công Thương", ("Sở Khoa học và Công nghệ", "Sở Công Thương")),
        ("Sở Nội vụ, Sở Thông tin và Truyền thông", ("Sở Nội vụ", "Sở Thông tin và Truyền thông")),
        ("Sở Nội vụ và Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Sở, ban, ngành (triển khai HTTT, CSDL chuyên ngành)", ("Sở, ban, ngành (triển khai HTTT, CSDL chuyên ngành)",)),
        ("các Sở: Nội vụ, Tài chính, Văn hóa, Thể thao và Du lịch", ("Sở Nội vụ", "Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch")),
        ("Các DNVT và các đơn vị có liên quan", ("Các doanh nghiệp viễn thông", "các đơn vị có liên quan")),
        ("Doanh nghiệp, nhà cung cấp dịch vụ IoT, nhà đầu tư", ("Doanh nghiệp", "nhà cung cấp dịch vụ IoT", "nhà đầu tư")),
        ("huyện và các sở, ban ngành có liên quan", ("huyện", "các sở, ban ngành có liên quan")),
        ("Văn phòng UBND tỉnh, huyện", (f"Văn phòng {PEOPLE} tỉnh, huyện",)),
        ("Báo và Đài Phát thanh - Truyền hình tỉnh", ("Báo và Đài Phát thanh - Truyền hình tỉnh",)),
        ("Ban Quản lý các khu công nghệ cao và khu công nghiệp", ("Ban Quản lý các khu công nghệ cao và khu công nghiệp",)),
        ("Các sở, ban, ngành; Các tổ chức, cá nhân khai thác", ("Các sở, ban, ngành", "Các tổ chức, cá nhân khai thác")),
        ("Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh, Tỉnh đoàn", ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Tỉnh đoàn")),
        ("STTTT, VPUB", ("Sở Thông tin và Truyền thông", f"Văn phòng {PEOPLE}")),
        ("- Sở Y tế;\n- Sở Tư pháp.", ("Sở Y tế", "Sở Tư pháp")),
        ("Sở Y tế; Sở Y tế", ("Sở Y tế",)),
        ("", ()),
        (" ; , ", ()),
    ],
)  # fmt: skip
def test_lists(text: str, names: tuple[str, ...]) -> None:
    assert agencies.split_agencies(text) == names


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("VP UBND tỉnh", f"Văn phòng {PEOPLE} tỉnh"),
        ("Uỷ ban nhân dân  huyện", f"{PEOPLE} huyện"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở TTTT", "Sở Thông tin và Truyền thông"),
        ("Trung tâm CNTT&TT", "Trung tâm CNTT&TT"),
        ("Ủy ban MTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Thường trực HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh"),
    ],
)
def test_abbreviations(name: str, full: str) -> None:
    assert agencies.normalise(name) == full


@pytest.mark.parametrize("text", ["Sở Y tế", "Các sở, ngành", "UBND huyện", "huyện", "Sở Nội vụ (theo phân cấp)"])
def test_agencies(text: str) -> None:
    assert agencies.is_agency(text)


@pytest.mark.parametrize(
    "text", ["Thuê hạ tầng gắn kèm với từng dự án", "Đang xây dựng Đề án", "Đơn vị sử dụng chi trả từ kinh phí thường xuyên", ""]
)
def test_remarks_are_no_agencies(text: str) -> None:
    assert not agencies.is_agency(text)


@given(st.lists(st.sampled_from([entry.value for entry in lexicon.table("agency_fields")]), min_size=1, max_size=6, unique=True))
def test_any_list_of_departments_comes_apart(fields: list[str]) -> None:
    names = tuple(f"Sở {field}" for field in fields)
    for separator in (", ", "; ", " và ", "\n"):
        assert agencies.split_agencies(separator.join(names)) == names


@given(st.text(max_size=60))
def test_any_text_is_split_without_loss_of_order(text: str) -> None:
    names = agencies.split_agencies(text)
    assert all(name and name == " ".join(name.split()) for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("mark", [",", ";", " , ", ";,"])
def test_a_long_run_of_marks_parts_two_agencies_in_no_time(mark: str) -> None:
    with within(2):  # seconds; five, where what follows is looked at again after each
        assert agencies.split_agencies(f"Sở Nội vụ{mark * 20_000}Sở Tài chính") == ("Sở Nội vụ", "Sở Tài chính")
