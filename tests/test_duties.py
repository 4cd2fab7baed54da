"""Who has to do what, in the many shapes that plans and decisions give it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading import duties
from cancu.reading.outline import outline
from cancu.reading.phrase import MAX_WORDS
from cancu.reading.plan import read_plan
from cancu.reading.tables import find_tables
from tests import invented_tables
from tests.invented_plans import plan, source
from tests.invented_tables import spaced, tabbed

DECISION = """QUYẾT ĐỊNH

Về việc phê duyệt Kế hoạch

Căn cứ Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006;

QUYẾT ĐỊNH:

Điều 1. Phê duyệt Kế hoạch chuyển đổi số tỉnh Hòa Sơn.

Điều 2. Giao Sở Thông tin và Truyền thông chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan triển khai Quyết định này.

Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ; Chủ tịch UBND các huyện và các cá nhân, tổ chức liên quan chịu trách nhiệm thi hành.
"""

Found = tuple[str, str, tuple[str, ...]]


def _find(text: str) -> list[Found]:
    return [(one.agency, one.role, one.with_) for one in duties.find(outline(plan(text)))]


CASES: dict[str, tuple[str, list[Found]]] = {
    "heading above bullets": (
        "7. Tổ chức thực hiện\na) Văn phòng UBND tỉnh\n- Theo dõi, đôn đốc các sở, ngành.\n"
        "- Phối hợp Sở Nội vụ kiểm tra việc thực hiện.\nb) Sở Tài chính\nThẩm định dự toán kinh phí.\n",
        [
            ("Văn phòng Ủy ban nhân dân tỉnh", "responsible", ()),
            ("Văn phòng Ủy ban nhân dân tỉnh", "coordinate", ("Sở Nội vụ",)),
            ("Sở Tài chính", "responsible", ()),
        ],
    ),
    "a roll of those who carry out a decision": (
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế này.\nĐiều 2. Thủ trưởng các cơ quan: Văn phòng UBND tỉnh, Sở Nội vụ; UBND các huyện "
        "chịu trách nhiệm thi hành.\n",
        [
            ("Văn phòng Ủy ban nhân dân tỉnh", "responsible", ()),
            ("Sở Nội vụ", "responsible", ()),
            ("Ủy ban nhân dân các huyện", "responsible", ()),
        ],
    ),
    "an office of two bodies, and a verb that agencies are named by": (
        "V. TỔ CHỨC THỰC HIỆN\n1. Văn phòng HĐND và UBND xã\n- Thanh tra, kiểm tra việc thực hiện.\n",
        [("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", "responsible", ())],
    ),
    "partners at the end, a party's organ that leads, a youth union in capitals": (
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì triển khai thí điểm bệnh án điện tử, phối hợp với Sở Nội vụ, Bảo hiểm xã hội tỉnh.\n"
        "2. Đảng đoàn Hội đồng nhân dân tỉnh lãnh đạo tăng cường giám sát.\n3. Tỉnh Đoàn Hòa Sơn\nTổ chức phong trào học kỹ năng số.\n"
        "4. Công an tỉnh phối hợp với Bộ Chỉ huy Quân sự tỉnh diễn tập ứng cứu sự cố.\n",
        [
            ("Sở Y tế", "lead", ("Sở Nội vụ", "Bảo hiểm xã hội tỉnh")),
            ("Đảng đoàn Hội đồng nhân dân tỉnh", "responsible", ()),
            ("Tỉnh Đoàn Hòa Sơn", "responsible", ()),
            ("Công an tỉnh", "coordinate", ("Bộ Chỉ huy Quân sự tỉnh",)),
        ],
    ),
    "heading that gives the role": (
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Thông tin và Truyền thông chủ trì:\n- Tham mưu ban hành các văn bản hướng dẫn;\n"
        "- Phối hợp với Sở Nội vụ tổ chức đào tạo.\n",
        [("Sở Thông tin và Truyền thông", "lead", ()), ("Sở Thông tin và Truyền thông", "lead", ("Sở Nội vụ",))],
    ),
    "heading that says who is responsible, above one who leads": (
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ có trách nhiệm:\na) Chủ trì, phối hợp với Sở Tài chính tổ chức triển khai Đề án;\n"
        "b) Tổng hợp, báo cáo UBND tỉnh.\n",
        [("Sở Nội vụ", "lead", ("Sở Tài chính",)), ("Sở Nội vụ", "responsible", ())],
    ),
    "a clause after one that begins with a verb in capitals": (
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Kiện toàn tổ công nghệ số; phối hợp với Công an tỉnh làm sạch dữ liệu y tế.\n",
        [("Sở Y tế", "responsible", ()), ("Sở Y tế", "coordinate", ("Công an tỉnh",))],
    ),
    "numbered sentences": (
        "IV. TỔ CHỨC THỰC HIỆN\n\n1. Giao Sở Công Thương chủ trì, phối hợp với các sở, ngành liên quan đôn đốc việc thực hiện.\n\n"
        "2. UBND các huyện, thị xã, thành phố căn cứ Kế hoạch này xây dựng kế hoạch của địa phương.\n\n"
        "3. Đề nghị Ban Tuyên giáo Tỉnh ủy định hướng các cơ quan báo chí.\n",
        [
            ("Sở Công Thương", "lead", ("các sở, ngành liên quan",)),
            ("Ủy ban nhân dân các huyện, thị xã, thành phố", "responsible", ()),
            ("Ban Tuyên giáo Tỉnh ủy", "responsible", ()),
        ],
    ),
    "agency and colon": (
        "VI. TỔ CHỨC THỰC HIỆN\n- Công an tỉnh: Chủ trì bảo đảm an ninh mạng; phối hợp với Sở Y tế kiểm tra dữ liệu.\n"
        "• Sở Tài chính: Thẩm định dự toán, trình cấp có thẩm quyền phê duyệt.\n"
        "+ Sở Tài nguyên và Môi trường có trách nhiệm cung cấp dữ liệu đất đai.\n",
        [
            ("Công an tỉnh", "lead", ()),
            ("Công an tỉnh", "coordinate", ("Sở Y tế",)),
            ("Sở Tài chính", "responsible", ()),
            ("Sở Tài nguyên và Môi trường", "responsible", ()),
        ],
    ),
    "several agencies in a heading": (
        "4. TỔ CHỨC THỰC HIỆN\n\n4.1. Sở Y tế, Sở Nội vụ\n\nCung cấp dữ liệu.\n\n"
        "4.2 Các sở, ban, ngành và UBND các huyện\n\nXây dựng kế hoạch.\n\n"
        "4.3 Các sở, ban, ngành; UBND các huyện\n\nBố trí kinh phí.\n\n4.4 UBND huyện Yên Sơn, UBND huyện Hải Hòa\n\nLập đề án riêng.\n\n"
        "4.3. Đề nghị: Hội Nông dân tỉnh, Liên minh Hợp tác xã tỉnh\n\nTuyên truyền, vận động hội viên.\n",
        [
            ("Sở Y tế", "responsible", ()),
            ("Sở Nội vụ", "responsible", ()),
            ("Các sở, ban, ngành và Ủy ban nhân dân các huyện", "responsible", ()),
            ("Các sở, ban, ngành; Ủy ban nhân dân các huyện", "responsible", ()),
            ("Ủy ban nhân dân huyện Yên Sơn", "responsible", ()),
            ("Ủy ban nhân dân huyện Hải Hòa", "responsible", ()),
            ("Hội Nông dân tỉnh", "responsible", ()),
            ("Liên minh Hợp tác xã tỉnh", "responsible", ()),
        ],
    ),
    "lead and partners on lines of their own": (
        "III. NHIỆM VỤ\n\n1. Xây dựng nền tảng dữ liệu của tỉnh\n\n- Cơ quan chủ trì: Sở Thông tin và Truyền thông.\n\n"
        "- Cơ quan phối hợp: Sở Tài chính, Sở Nội vụ.\n\n"
        "2. Đào tạo kỹ năng số. Đơn vị chủ trì: Sở Nội vụ; đơn vị phối hợp: các sở, ban, ngành.\n",
        [("Sở Thông tin và Truyền thông", "lead", ("Sở Tài chính", "Sở Nội vụ")), ("Sở Nội vụ", "lead", ("các sở, ban, ngành",))],
    ),
    "several clauses of one sentence": (
        "VII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n"
        "- Chủ trì, phối hợp với Sở Tài chính đào tạo cán bộ; theo dõi kết quả; tham mưu điều chỉnh khi cần.\n"
        "- Người đứng đầu cơ quan chịu trách nhiệm về kết quả; phối hợp với Công an tỉnh canh gác dữ liệu.\n",
        [
            ("Sở Nội vụ", "lead", ("Sở Tài chính",)),
            ("Sở Nội vụ", "responsible", ()),
            ("Người đứng đầu cơ quan", "responsible", ()),
            ("Người đứng đầu cơ quan", "coordinate", ("Công an tỉnh",)),
        ],
    ),
    "outside the part on implementation": (
        "V. GIẢI PHÁP\n- UBND các huyện chủ động bố trí kinh phí của địa phương.\n- Các ứng dụng, dịch vụ triển khai đồng bộ.\n"
        "- Giao Sở Nội vụ chủ trì tham mưu về nhân lực.\n- Phối hợp với doanh nghiệp thử nghiệm sản phẩm.\n",
        [("Ủy ban nhân dân các huyện", "responsible", ()), ("Sở Nội vụ", "lead", ())],
    ),
    "the closing call": (
        "VII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\nĐào tạo cán bộ.\n"
        "Ủy ban nhân dân tỉnh yêu cầu Thủ trưởng các sở, ngành nghiêm túc thực hiện. "
        "Trong quá trình thực hiện, nếu có vướng mắc, phản ánh về Sở Nội vụ.\n",
        [("Sở Nội vụ", "responsible", ()), ("Thủ trưởng các sở, ngành", "responsible", ())],
    ),
    "who tells of trouble": (
        "VII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- Đào tạo cán bộ.\n\n"
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị kịp thời phản ánh về Sở Nội vụ.\n",
        [("Sở Nội vụ", "responsible", ()), ("các cơ quan, đơn vị", "responsible", ())],
    ),
    "headings in capitals": (
        "V. TỔ CHỨC THỰC HIỆN\n\n1. SỞ THÔNG TIN VÀ TRUYỀN THÔNG\n\n"
        "- Chủ trì, phối hợp với sở Tài chính, sở Kế hoạch và đầu tư lập dự toán.\n\n"
        "2. UBND CÁC HUYỆN, THÀNH PHỐ\n\nBố trí cán bộ chuyên trách.\n",
        [
            ("Sở Thông tin và Truyền thông", "lead", ("Sở Tài chính", "Sở Kế hoạch và Đầu tư")),
            ("Ủy ban nhân dân các huyện, thành phố", "responsible", ()),
        ],
    ),
    "a short second sentence with a verb of its own": (
        "V. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế: Vận hành hệ thống. Phối hợp với Công an tỉnh xử lý sự cố. Hoàn thành trong năm 2023.\n",
        [("Sở Y tế", "responsible", ()), ("Sở Y tế", "coordinate", ("Công an tỉnh",))],
    ),
    "results are no duties": ("I. KẾT QUẢ\n\n- Sở Nội vụ chủ trì, phối hợp với Sở Tài chính đã hoàn thành việc này.\n", []),
    "an office of a department, and glued words": (
        "IV. TỔ CHỨC THỰC HIỆN\n\n1. Văn phòng Sở: Là đầu mối theo dõi; chủ trì nâng cấp Trang thông tin.\n\n"
        "2. SởTài chính chủ trì, phối hợp với UBNDtỉnh bố trí kinh phí.\n",
        [
            ("Văn phòng Sở", "responsible", ()),
            ("Văn phòng Sở", "lead", ()),
            ("Sở Tài chính", "lead", ("Ủy ban nhân dân tỉnh",)),
        ],
    ),
    "words before a colon that say what a duty is about": (
        "IV. TỔ CHỨC THỰC HIỆN\n\n1. Chế độ báo cáo: các cơ quan, đơn vị báo cáo kết quả trước ngày 15 tháng 12.\n",
        [("các cơ quan, đơn vị", "responsible", ())],
    ),
    "phases are no agencies": ("IV. TỔ CHỨC THỰC HIỆN\n\n1. Giai đoạn 2023-2024\n\n- Triển khai phần mềm tại 10 đơn vị.\n", []),
}


@pytest.mark.parametrize("name", CASES)
def test_shapes(name: str) -> None:
    text, expected = CASES[name]
    assert _find(text) == expected


def test_an_article_goes_on_with_who_else_carries_it_out() -> None:
    article = "Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc các sở, ngành;\nChủ tịch UBND các huyện chịu trách nhiệm thi hành."
    found = _find(f"{DECISION.partition('Điều 3.')[0]}{article}\n")
    names = ["Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc các sở, ngành", "Chủ tịch Ủy ban nhân dân các huyện"]
    assert [agency for agency, _, _ in found[-3:]] == names


def test_articles_of_a_decision() -> None:
    found = [(one.agency, one.role, one.lines) for one in duties.find(outline(source(DECISION)))]
    assert found == [
        ("Sở Thông tin và Truyền thông", "lead", (11, 11)),
        ("Chánh Văn phòng Ủy ban nhân dân tỉnh", "responsible", (13, 13)),
        ("Giám đốc Sở Nội vụ", "responsible", (13, 13)),
        ("Chủ tịch Ủy ban nhân dân các huyện", "responsible", (13, 13)),
        ("các cá nhân, tổ chức liên quan", "responsible", (13, 13)),
    ]


def test_a_clause_has_its_own_lines() -> None:
    text = "VI. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ:\nChủ trì, phối hợp với Sở Tài\nchính đào tạo cán bộ;\ntheo dõi kết quả thực hiện.\n"
    assert [one.lines for one in duties.find(outline(plan(text)))] == [(12, 13), (14, 14)]


def test_a_clause_that_names_its_agency_begins_with_the_name() -> None:
    text = "VI. TỔ CHỨC THỰC HIỆN\nCăn cứ kế hoạch này, các cơ quan,\nđơn vị, địa phương\nchủ động tổ chức triển khai.\n"
    assert [one.lines for one in duties.find(outline(plan(text)))] == [(11, 13)]


def test_a_task_is_short_and_without_the_names() -> None:
    text = "VI. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ chủ trì, phối hợp với các sở, ngành liên quan xây dựng kế hoạch đào tạo, bồi dưỡng " + (
        "cán bộ, công chức, viên chức của các cơ quan trên địa bàn tỉnh về kỹ năng số, an toàn thông tin và quản trị mạng.\n"
    )
    task = duties.find(outline(plan(text)))[0].task
    assert task.startswith("xây dựng kế hoạch đào tạo")
    assert len(task.split()) <= MAX_WORDS


_PIECES = st.sampled_from(
    [
        "Sở Nội vụ",
        "chủ trì",
        ", ",
        "; ",
        ": ",
        "phối hợp với",
        "các sở, ngành",
        "giao",
        "(",
        ")",
        ".",
        "\n",
        "\n\n",
        "1. ",
        "a) ",
        "- ",
        "đề nghị",
        "TỔ CHỨC THỰC HIỆN",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=30))
def test_any_text_gives_duties_within_its_lines(pieces: list[str]) -> None:
    text = "VI. TỔ CHỨC THỰC HIỆN\n" + " ".join(pieces)
    for one in duties.find(outline(plan(text))):
        assert one.agency
        assert 1 <= one.lines[0] <= one.lines[1] <= plan(text).line_count


@pytest.mark.parametrize("write", [tabbed, spaced])
def test_a_table_of_agencies_and_their_tasks(write: Callable[[list[invented_tables.Head], list[list[str]]], list[str]]) -> None:
    rows = [
        ["1", "Sở Nội vụ", "Chủ trì, phối hợp với Sở Tài chính triển khai Kế hoạch."],
        ["2", "Ủy ban nhân dân các xã, phường", "Tuyên truyền, hướng dẫn người dân nộp hồ sơ trực tuyến."],
    ]
    lines = ["VI. TỔ CHỨC THỰC HIỆN", "", *write(["TT", "Cơ quan, đơn vị", "Nhiệm vụ được giao"], rows)]
    document = invented_tables.source(lines)
    found = duties.find(outline(document), find_tables(document))
    assert [(one.agency, one.role, one.with_) for one in found] == [
        ("Sở Nội vụ", "lead", ("Sở Tài chính",)),
        ("Ủy ban nhân dân các xã, phường", "responsible", ()),
    ]


def test_a_table_of_tasks_says_who_leads_and_who_helps() -> None:
    heads = ["Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"]
    rows = [
        ["Tập huấn kỹ năng số", "Sở Nội vụ", "Công an tỉnh; UBND các xã", "Quý II"],
        ["Tuyên truyền", "Báo Hòa Sơn, Sở Nội vụ", "", "Thường xuyên"],
    ]
    document = invented_tables.source(["III. NHIỆM VỤ", "Phân công như sau:", *tabbed(heads, rows)])
    found = duties.find(outline(document), find_tables(document))
    assert [(duty.agency, duty.role, duty.with_, duty.task) for duty in found] == [
        ("Sở Nội vụ", "lead", ("Công an tỉnh", "Ủy ban nhân dân các xã"), "Tập huấn kỹ năng số"),
        ("Báo Hòa Sơn", "lead", (), "Tuyên truyền"),
        ("Sở Nội vụ", "lead", (), "Tuyên truyền"),
    ]


def test_a_duty_may_follow_the_ground_on_which_it_is_given() -> None:
    found = duties.find(
        outline(
            plan(
                "III. NHIỆM VỤ\n\n- Giao nhiệm vụ theo Kết luận số 8-KL/TU: Sở Xây dựng chủ trì, phối hợp với Công an tỉnh lập bản đồ số.\n"
            )
        )
    )
    assert [(duty.agency, duty.role, duty.with_) for duty in found] == [("Sở Xây dựng", "lead", ("Công an tỉnh",))]


def test_bodies_of_a_council_are_held_apart() -> None:
    text = (
        "QUYẾT NGHỊ:\n\nĐiều 3. Thường trực Hội đồng nhân dân tỉnh, các Ban của Hội đồng nhân dân tỉnh, các Tổ đại biểu "
        "giám sát việc thực hiện.\n"
    )
    assert [duty.agency for duty in duties.find(outline(plan(text)))] == [
        "Thường trực Hội đồng nhân dân tỉnh",
        "các Ban của Hội đồng nhân dân tỉnh",
        "các Tổ đại biểu",
    ]


def test_what_a_directive_asks_for_is_a_list_of_duties() -> None:
    text = (
        "CHỈ THỊ\nVề việc chuyển đổi số\n\nThực hiện Chỉ thị số 2/CT-TTg, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n"
        "1. Thủ trưởng các sở, ngành; Chủ tịch UBND các xã:\n\na) Bảo đảm 100% hồ sơ được xử lý trên mạng.\n\n"
        "2. Công an tỉnh chủ trì, phối hợp với VNPT Hòa Sơn phòng, chống tội phạm mạng.\n\n3. Giao Sở Tài chính bố trí kinh phí.\n\n"
        "CHỦ TỊCH\nTrần Văn An\n"
    )
    record = read_plan(plan(text))
    assert [(duty.agency, duty.role, duty.with_) for duty in record.responsibilities] == [
        ("Thủ trưởng các sở, ngành", "responsible", ()),
        ("Chủ tịch Ủy ban nhân dân các xã", "responsible", ()),
        ("Công an tỉnh", "lead", ("VNPT Hòa Sơn",)),
        ("Sở Tài chính", "responsible", ()),
    ]
    assert [target.value for target in record.targets] == [100]


def test_a_clause_that_says_what_the_agency_is_gives_a_duty_of_its_own() -> None:
    text = (
        "IV. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- Chủ trì, phối hợp với Sở Y tế triển khai Kế hoạch; "
        "là cơ quan thường trực của Ban Chỉ đạo, tổng hợp báo cáo hằng quý.\n"
    )
    assert [(duty.agency, duty.role) for duty in duties.find(outline(plan(text)))] == [("Sở Nội vụ", "lead"), ("Sở Nội vụ", "responsible")]


@pytest.mark.parametrize(
    ("clause", "agency", "role", "partners"),
    [
        ("Đảng đoàn Hội đồng nhân dân tỉnh lãnh đạo việc thể chế hóa chủ trương", "Đảng đoàn Hội đồng nhân dân tỉnh", "responsible", ()),
        ("Sở Y tế là cơ quan thường trực, giúp theo dõi Kế hoạch", "Sở Y tế", "responsible", ()),
        ("Sở Y tế chủ trì cùng với Báo Hòa Sơn xây dựng chuyên mục", "Sở Y tế", "lead", ("Báo Hòa Sơn",)),
        ("Ban Chỉ đạo cải cách hành chính tỉnh có trách nhiệm đôn đốc các sở", "Ban Chỉ đạo cải cách hành chính tỉnh", "responsible", ()),
        (
            "Sở Y tế chủ trì, phối hợp với cơ quan, tổ chức liên quan thẩm định công nghệ",
            "Sở Y tế",
            "lead",
            ("cơ quan, tổ chức liên quan",),
        ),
        ("Báo Hòa Sơn mở chuyên mục về sức khỏe", "Báo Hòa Sơn", "responsible", ()),
        ("Sở Y tế phối hợp với cơ quan Thuế, Sở Nội vụ rà soát sản lượng", "Sở Y tế", "coordinate", ("cơ quan Thuế", "Sở Nội vụ")),
        ("các ban của Tỉnh ủy theo chức năng, nhiệm vụ kiểm tra việc thực hiện", "các ban của Tỉnh ủy", "responsible", ()),
        (
            "Thủ trưởng các sở, ban, ngành: Chịu trách nhiệm trước UBND tỉnh về kết quả ứng dụng công nghệ",
            "Thủ trưởng các sở, ban, ngành",
            "responsible",
            (),
        ),
        (
            "Ban Quản lý dự án các công trình xây dựng Hòa Sơn: làm chủ đầu tư các dự án được giao",
            "Ban Quản lý dự án các công trình xây dựng Hòa Sơn",
            "responsible",
            (),
        ),
    ],
)
def test_forms_of_duties(clause: str, agency: str, role: str, partners: tuple[str, ...]) -> None:
    (duty,) = duties.find(outline(plan(f"III. KINH PHÍ VÀ TỔ CHỨC THỰC HIỆN\n1. {clause}.")))
    assert (duty.agency, duty.role, duty.with_) == (agency, role, partners)


def test_a_list_of_departments_after_a_colon_and_a_list_below() -> None:
    text = (
        "QUYẾT ĐỊNH:\nĐiều 2. Các cơ quan sau đây chịu trách nhiệm thực hiện Kế hoạch:\n"
        "1. Sở Y tế - cơ quan thường trực Ban Chỉ đạo tỉnh tham mưu triển khai Kế hoạch.\n"
        "2. Sở Nội vụ trên cơ sở Đề án được duyệt, tiến hành phối hợp với các sở, ngành xây dựng kế hoạch.\n"
        "Điều 3. Các ông (bà): Chánh Văn phòng UBND tỉnh, Giám đốc các sở, ngành: Nội vụ, Y tế, Chủ tịch UBND các huyện "
        "chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    assert [(duty.agency, duty.role) for duty in duties.find(outline(plan(text)))] == [
        ("Sở Y tế", "responsible"),
        ("Sở Nội vụ", "coordinate"),
        ("Chánh Văn phòng Ủy ban nhân dân tỉnh", "responsible"),
        ("Giám đốc các sở, ngành: Nội vụ, Y tế", "responsible"),
        ("Chủ tịch Ủy ban nhân dân các huyện", "responsible"),
    ]


def test_a_long_roll_parted_by_semicolons_names_them_all() -> None:
    fields = ", ".join(["Nông nghiệp và Phát triển nông thôn", "Lao động - Thương binh và Xã hội", "Văn hóa, Thể thao và Du lịch"] * 4)
    text = (
        f"QUYẾT ĐỊNH:\nĐiều 3. Chánh Văn phòng UBND tỉnh; Giám đốc các Sở: {fields}; Chủ tịch UBND các huyện chịu trách nhiệm thi hành./.\n"
    )
    found = duties.find(outline(plan(text)))
    assert [duty.agency[:14] for duty in found] == ["Chánh Văn phòn", "Giám đốc các S", "Chủ tịch Ủy ba"]


def test_an_article_that_a_line_breaks_after_its_first_word() -> None:
    text = "QUYẾT ĐỊNH:\nĐiều 3. Chánh\nVăn phòng UBND tỉnh, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này./.\n"
    found = duties.find(outline(plan(text)))
    assert [duty.agency for duty in found] == ["Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc Sở Nội vụ"]
