"""Goals of whole documents, against each other and against what was reached, in the words that plans use."""

from __future__ import annotations

import pytest
from msgspec import structs

from cancu import loading, records
from cancu.build import audited
from cancu.context import Context
from cancu.reading.plan import read_plan
from cancu.records import PlanRecord
from tests.invented_plans import HEAD, source

YEARS = HEAD.replace("năm 2023", "giai đoạn 2023 - 2025")
TABLE = (
    "I. MỤC TIÊU\n\nTT\tChỉ tiêu\t{heads}\n1\tTỷ lệ hồ sơ được số hóa\t71%\t{first}%\n"
    "2\tTỷ lệ xã có mạng 5G\t40%\t55%\n3\tTỷ lệ trường học có mạng\t80%\t90%\n4\tTỷ lệ hộ nghèo\t9%\t7%\n"
)


@pytest.fixture(scope="module")
def rules_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules that find a fault in each document, by the document."""
    folder = tmp_path_factory.mktemp("records")
    texts = [text for _, text in (*FAULTY, *SOUND)]
    for number, text in enumerate(texts):
        record = _read(text, number)
        (folder / f"{number}.json").write_bytes(records.dumps(record))
    found = audited(Context(loading.context().registry, tuple(sorted(folder.iterdir())))).findings
    return {text: [one.rule for one in found if one.file == f"{number}.txt"] for number, text in enumerate(texts)}


def _read(text: str, number: int) -> PlanRecord:
    head = (HEAD if text.startswith("I. MỤC") else YEARS).replace("Số: 12/", f"Số: {number + 1}/")
    record = read_plan(source(f"{head}{text}\n"))
    return structs.replace(record, source=structs.replace(record.source, name=f"{number}.txt"))


def _two(before: str, after: str, first: str = "I. KẾT QUẢ", second: str = "II. MỤC TIÊU") -> str:
    return f"{first}\n\n- {before}\n\n{second}\n\n- {after}\n"


_TASKS = ("I. MỤC TIÊU", "II. NHIỆM VỤ")  # of a plan for one year
FAULTY = [
    (
        "TargetConflict",
        _two(
            "Phấn đấu đến hết năm 2023, tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến đạt 70%.",
            "Bảo đảm 60% hồ sơ thủ tục hành chính nộp trực tuyến trong năm 2023.",
            *_TASKS,
        ),
    ),
    (
        "TargetConflict",
        _two(
            "Duy trì 100% văn bản trao đổi giữa các cơ quan nhà nước được ký số.",
            "Văn bản trao đổi giữa các cơ quan nhà nước được ký số đạt tỷ lệ 95%.",
            *_TASKS,
        ),
    ),
    (
        "TargetFalls",
        _two(
            "Năm 2024, tỷ lệ người dân có tài khoản định danh điện tử đạt 75% trở lên.",
            "Đến cuối năm 2025: 65% người dân có tài khoản định danh điện tử trên địa bàn tỉnh.",
            "A. MỤC TIÊU",
            "B. LỘ TRÌNH",
        ),
    ),
    (
        "TargetReached",
        _two(
            "Tỷ lệ giao dịch không dùng tiền mặt tại bệnh viện đạt 68%.",
            "Hoàn thành chỉ tiêu 55% giao dịch không dùng tiền mặt tại bệnh viện.",
        ),
    ),
    (
        "TargetReached",
        _two(
            "Tính đến cuối năm 2022, toàn tỉnh có 82% hộ gia đình được kết nối cáp quang.",
            "Đến năm 2025, tỷ lệ hộ gia đình được kết nối cáp quang đạt 75%.",
        ),
    ),
    ("TargetReached", TABLE.format(heads="Hiện trạng\tMục tiêu", first="60")),
    (
        "TargetReached",
        TABLE.format(heads="Thực hiện 2022\tMục tiêu 2023", first="60"),
    ),
]
SOUND = [
    (
        "more in districts than is aimed at in communes",
        _two(
            "Tỷ lệ hồ sơ thủ tục hành chính được nộp trực tuyến đạt 80%.",
            "Tỷ lệ hồ sơ thủ tục hành chính được nộp trực tuyến đạt 60%.",
            "I. KẾT QUẢ\n\n1. Cấp huyện",
            "II. MỤC TIÊU\n\n1. Cấp xã",
        ),
    ),
    (
        "more in a later year",
        _two(
            "Đến năm 2024, tỷ lệ người dân có tài khoản định danh điện tử đạt 60%.",
            "Bảo đảm 75% người dân có tài khoản định danh điện tử trong năm 2025.",
            "A. MỤC TIÊU",
            "B. LỘ TRÌNH",
        ),
    ),
    (
        "the same again",
        _two(
            "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến đạt 70%.",
            "Bảo đảm 70% hồ sơ thủ tục hành chính nộp trực tuyến trong năm 2023.",
            *_TASKS,
        ),
    ),
    (
        "another level of government",
        _two("80% hồ sơ công việc tại cấp tỉnh được xử lý trên mạng.", "70% hồ sơ công việc tại cấp xã được xử lý trên mạng.", *_TASKS),
    ),
    (
        "what is to fall",
        _two("Tỷ lệ thất thoát nước sạch tại các đô thị là 18%.", "Đến năm 2025, tỷ lệ thất thoát nước sạch tại các đô thị đạt 12%."),
    ),
    (
        "more than was reached",
        _two(
            "Tỷ lệ giao dịch không dùng tiền mặt tại bệnh viện đạt 48%.",
            "Hoàn thành chỉ tiêu 55% giao dịch không dùng tiền mặt tại bệnh viện.",
        ),
    ),
    ("a table whose goals are higher", TABLE.format(heads="Hiện trạng\tMục tiêu", first="80")),
    ("what the plan was before", TABLE.format(heads="Kế hoạch thực hiện 2022\tMục tiêu 2023", first="60")),
]


@pytest.mark.parametrize(("rule", "text"), FAULTY)
def test_goals_that_cannot_all_be_meant(rule: str, text: str, rules_of: dict[str, list[str]]) -> None:
    assert rules_of[text] == [rule]


@pytest.mark.parametrize("text", [text for _, text in SOUND], ids=[name for name, _ in SOUND])
def test_goals_that_can(text: str, rules_of: dict[str, list[str]]) -> None:
    assert rules_of[text] == []
