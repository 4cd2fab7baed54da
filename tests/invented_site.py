"""Records of invented plans with hostile names, for tests of what is shown."""

from __future__ import annotations

HOSTILE = """Xây dựng <script>alert("x")</script> {{ 7 * 7 }} & 'nền tảng' "số" LGSP"""


def invented_plan(number: str, year: int) -> dict[str, object]:
    """A plan record of an invented province."""
    issuer = "Ủy ban nhân dân tỉnh Hòa Sơn"
    return {
        "source": {"name": f"hoason-{year}.txt", "sha256": "a" * 64, "lines": 90, "media_type": "text/plain"},
        "document": {
            "number": number, "type": "Kế hoạch", "title": f"Ứng dụng công nghệ thông tin tỉnh Hòa Sơn năm {year}",
            "date": f"{year}-01-02", "issuer": issuer, "province": "Hòa Sơn", "period": [year, year + 1],
            "total_budget_vnd": 9_000_000_000, "total_budget_lines": [40, 40],
            "budget_by_source": [{"source": "Ngân sách Trung ương", "amount_vnd": 4_000_000_000, "lines": [41, 41]}],
        },
        "cited_documents": [
            _cited("64/2007/NĐ-CP", "Nghị định", "Chính phủ", "2007-04-10", 3, "legal_basis", "substance"),
            _cited("67/2006/QH11", "Luật", "Quốc hội", "2006-06-29", 2, "legal_basis", "substance"),
            _cited("7/ĐA-TU", "Đề án", None, None, 5, "mention", None),
        ],
        "document_relations": [{"subject": number, "predicate": "implements", "object": "7/ĐA-TU", "lines": [5, 5]}],
        "tables": [_table(year)],
        "projects": [_large(year), _small(year)],
        "responsibilities": [
            {"agency": "Sở Nội vụ", "role": "lead", "with": ["Sở Tài chính"], "task": "lập kế hoạch đào tạo", "lines": [45, 45]},
        ],
        "systems": [{"kind": "LGSP", "name": "Nền tảng <LGSP>", "status": "planned", "lines_first": [20, 20], "mentions": 2}],
        "targets": [
            {"subject": "hồ sơ xử lý trên mạng", "value": 95, "unit": "%", "comparator": ">=", "by_year": year + 1, "lines": [30, 30]},
        ],
        "findings": [{"kind": "sum-mismatch", "detail": "Tổng ghi 7 tỷ, các dòng cộng lại khác", "lines": [88, 88]}],
    }  # fmt: skip


def _table(year: int) -> dict[str, object]:
    total = {"label": "Tổng cộng", "column": str(year), "amount_vnd": 7_000_000_000, "lines": [88, 88]}
    return {
        "id": "appendix-1", "title": "Phụ lục <b>1</b>", "unit": "triệu đồng", "lines": [50, 90], "columns": ["STT", "Nội dung", str(year)],
        "stated_totals": [total],
    }  # fmt: skip


def _large(year: int) -> dict[str, object]:
    """A project with all that a row can have, and a name that is no markup."""
    return {
        "table": "appendix-1", "section": "I. Hạ tầng", "ordinal": "1", "name": HOSTILE, "lead": ["Sở Thông tin và Truyền thông"],
        "coordinating": ["Các sở, ban, ngành"], "period": [year, year + 1], "total_vnd": 5_000_000_000,
        "by_year_vnd": {str(year): 2_000_000_000, str(year + 1): 3_000_000_000}, "row_basis": ["7/ĐA-TU"], "systems": ["LGSP"],
        "lines": [60, 64],
    }  # fmt: skip


def _small(year: int) -> dict[str, object]:
    part = {
        "column": "NSTW", "year_or_period": str(year), "source": "Ngân sách Trung ương", "capital": "đầu tư phát triển",
        "amount_vnd": 2_500_000_000,
    }  # fmt: skip
    name = "Mạng truyền số liệu chuyên dùng"
    common = {"table": "appendix-1", "section": "I. Hạ tầng", "ordinal": "2", "name": name, "lines": [66, 69]}
    return common | {"total_vnd": 2_500_000_000, "allocations": [part]}


def _cited(number: str, kind: str, issuer: str | None, date: str | None, line: int, role: str, function: str | None) -> dict[str, object]:
    mention = {"surface": f"{kind} số {number}", "lines": [line, line], "role": role}
    named = {"number": number, "type": kind, "title": None, "date": date, "issuer": issuer}
    return named | {"roles": [role], "mentions": [mention], "function": function}
