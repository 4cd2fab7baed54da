"""Grounds that rows name without a number."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.records import PlanRecord
from tests.invented_tables import source, tabbed


def _read(name: str, note: str = "") -> PlanRecord:
    heads = ["STT", "Nội dung", "Kinh phí", "Ghi chú"]
    return read_plan(
        source(["PHỤ LỤC 1", "Đơn vị tính: triệu đồng", *tabbed(heads, [["1", name, "300", note], ["2", "Tập huấn", "20", ""]])])
    )


@pytest.mark.parametrize(
    ("name", "note", "basis"),
    [
        ("Thực hiện Kế hoạch bảo vệ dữ liệu cá nhân tỉnh Hòa Sơn", "", ["Kế hoạch bảo vệ dữ liệu cá nhân tỉnh Hòa Sơn"]),
        ("Tổ chức triển khai Đề án phổ cập kỹ năng số (giai đoạn 2)", "", ["Đề án phổ cập kỹ năng số"]),
        ("Mua máy chủ", "Vốn phân theo Kế hoạch số 34/KH-UBND; QĐ PĐA", ["34/KH-UBND", "Quyết định PĐA"]),
        ("Thực hiện Kế hoạch này", "theo QĐ UBND", []),
        ("Thực hiện Kế hoạch số 34/KH-UBND về phổ cập kỹ năng số", "", ["34/KH-UBND"]),
        ("Xây dựng Kế hoạch bảo vệ dữ liệu cá nhân tỉnh Hòa Sơn", "", []),
    ],
)
def test_a_row_that_carries_out_a_document_names_its_ground(name: str, note: str, basis: list[str]) -> None:
    record = _read(name, note)
    assert list(record.projects[0].row_basis) == basis
    assert record.projects[1].row_basis == ()
    cited = {document.number or f"{document.type} {document.title}": document for document in record.cited_documents}
    assert sorted(cited) == sorted(basis)
    assert all(document.roles == ("row_basis",) for document in cited.values())
