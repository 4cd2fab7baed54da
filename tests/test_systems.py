"""Information systems: their kinds, names and whether they exist."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading import lexicon, systems
from cancu.reading.outline import outline
from cancu.records import System
from tests.invented_plans import plan


def _find(sentence: str, heading: str = "I. NHIỆM VỤ") -> tuple[System, ...]:
    return systems.find(outline(plan(f"{heading}\n\n- {sentence}\n")))


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Xây dựng nền tảng tích hợp, chia sẻ dữ liệu cấp tỉnh (LGSP).", {"LGSP"}),
        ("Kết nối trục liên thông của tỉnh với trục liên thông quốc gia.", {"LGSP", "NGSP"}),
        ("Xây dựng Trung tâm giám sát, điều hành đô thị thông minh.", {"IOC"}),
        ("Vận hành Trung tâm giám sát an toàn thông tin (SOC) của tỉnh.", {"SOC"}),
        ("Liên thông phần mềm QLVB&ĐH giữa các cấp.", {"document-management"}),
        ("Nâng cấp hệ thống một cửa điện tử và Cổng dịch vụ công.", {"one-stop/e-service"}),
        ("Duy trì Cổng TTĐT và các trang thông tin điện tử.", {"portal"}),
        ("Cấp hộp thư điện tử công vụ.", {"email"}),
        ("Xây dựng các cơ sở dữ liệu: cán bộ công chức, đất đai, dân cư.", {"database"}),
        ("Mở hệ thống hội chẩn truyền hình trực tuyến và Cổng du lịch thông minh.", {"video-conference", "portal"}),
        ("Tổ chức giao ban trực tuyến.", {"video-conference"}),
        ("Cấp chứng thư số cho lãnh đạo.", {"digital-signature"}),
        ("Xây dựng cơ sở dữ liệu đất đai.", {"database"}),
        ("Cập nhật cơ sở dữ liệu ngành giáo dục.", {"database"}),
        ("Cập nhật cơ sở dữ liệu ngành, lĩnh vực.", set()),
        ("Cung cấp dịch vụ công từ mức độ 3.", {"one-stop/e-service"}),
        ("Nâng cấp Trung tâm tích hợp dữ liệu.", {"data-centre"}),
        ("Mở rộng mạng truyền số liệu chuyên dùng và mạng LAN.", {"WAN/LAN"}),
        ("Triển khai hệ thống thông tin báo cáo của tỉnh.", {"reporting"}),
        ("Cài đặt phần mềm diệt virus.", {"anti-malware"}),
        ("Triển khai phần mềm quản lý tài sản công.", {"other"}),
        ("Lan tỏa tinh thần đổi mới trong các hệ thống thông tin.", set()),
        ("Hạ tầng mạng băng rộng cáp quang phủ mọi xã.", set()),
        ("Phòng, chống virus corona trong trường học.", set()),
    ],
)
def test_kinds(sentence: str, kinds: set[str]) -> None:
    assert {system.kind for system in _find(sentence)} == kinds


def test_names_of_one_system_are_one_and_counted_by_paragraph() -> None:
    text = "I. NHIỆM VỤ\n\n- Nâng cấp IOC; mở rộng IOC.\n\n- Kết nối Trung tâm điều hành thông minh (IOC) với các sở.\n"
    (found,) = systems.find(outline(plan(text)))
    assert (found.name, found.mentions, found.lines_first) == ("Trung tâm điều hành thông minh (IOC)", 2, (12, 12))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Xây dựng CSDL về dân cư và đất đai.", "Cơ sở dữ liệu dân cư"),
        ("Xây dựng cơ sở dữ liệu (CSDL) người có công của tỉnh.", "Cơ sở dữ liệu người có công"),
        ("Triển khai phần mềm quản lý tài sản công cho các sở.", "Phần mềm quản lý tài sản công"),
        ("Lập cơ sở dữ liệu theo dõi, đánh giá nước sạch Sở Y tế", "Cơ sở dữ liệu theo dõi, đánh giá nước sạch"),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(sentence: str, name: str) -> None:
    assert [system.name for system in _find(sentence)] == [name]


@pytest.mark.parametrize(
    ("sentence", "heading", "status"),
    [
        ("Hệ thống thư điện tử hoạt động ổn định.", "I. HIỆN TRẠNG", "existing"),
        ("Tỉnh chưa có hệ thống thư điện tử.", "I. HIỆN TRẠNG", "planned"),
        ("Hệ thống thư điện tử của các xã chưa được xây dựng.", "I. HIỆN TRẠNG", "planned"),
        ("Nâng cấp hệ thống thư điện tử.", "I. NHIỆM VỤ", "existing"),
        ("Xây dựng hệ thống thư điện tử.", "I. NHIỆM VỤ", "planned"),
        ("Quy chế về hệ thống thư điện tử.", "I. NHIỆM VỤ", None),
    ],
)
def test_status(sentence: str, heading: str, status: str | None) -> None:
    assert [system.status for system in _find(sentence, heading)] == [status]


@settings(deadline=None)
@given(st.text(alphabet="CSDLIOC hệthống phầnmềm.,;\n-", max_size=150))
def test_any_text_gives_named_systems_once_each(text: str) -> None:
    found = systems.find(outline(plan(f"I. NHIỆM VỤ\n\n{text}")))
    assert len({(system.kind, system.name.casefold()) for system in found}) == len(found)
    assert all(system.name and system.mentions for system in found)


@settings(deadline=None)
@given(st.lists(st.sampled_from([w for e in lexicon.table("systems") for x in e.examples for w in x.split()]), max_size=12).map(" ".join))
def test_no_pattern_matches_without_the_words_that_it_needs(text: str) -> None:
    for entry in lexicon.table("systems"):
        if any(match[0].strip() for match in entry.pattern.finditer(text)):
            assert any(word in text.lower() for word in entry.needs)
