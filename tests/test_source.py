"""Files of every kind become the same thing: numbered lines and grids. What cannot be read is refused in clear words."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from cancu import resources
from cancu.errors import InputError
from cancu.reading import encoding
from cancu.reading.source import Source, open_source

TEXT = (
    "KẾ HOẠCH\nỨng dụng công nghệ thông tin tỉnh Hòa Sơn năm 2014\n"
    "Căn cứ Nghị định số 64/2007/NĐ-CP của Chính phủ và các văn bản của tỉnh;\n"
)


def _open(tmp_path: Path, data: bytes, name: str = "plan.txt") -> Source:
    path = tmp_path / name
    path.write_bytes(data)
    return open_source(path)


def _cp1258(text: str) -> bytes:
    """Windows-1258 writes a tone as a mark of its own, after the letter."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out += (base + "".join(part for part in parts if part in tones)).encode("cp1258")
    return out


def _spelled(name: str, text: str) -> str:
    table = tomllib.loads((resources.LEXICON / "legacy_fonts.toml").read_text("utf-8"))[name]
    letters = dict(zip(table["letters"].split(" "), table["bytes"].split(" "), strict=True))
    if name == "vni":
        letters |= {letter.upper(): spelling.upper() for letter, spelling in letters.items()}
        return "".join(letters.get(letter, letter) for letter in text)
    return "".join(letters.get(letter, letters.get(letter.lower(), letter)) for letter in text)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        _cp1258(TEXT),
        _spelled("vni", TEXT).encode("latin-1"),
        _spelled("vni", TEXT).encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "nfd", "crlf", "cp1258", "vni", "vni-mojibake"],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, data: bytes) -> None:
    read = _open(tmp_path, data)
    assert read.text() == TEXT
    assert read.line_count == 3


def test_tcvn3_gives_the_text_but_for_lone_capitals(tmp_path: Path) -> None:
    read = _open(tmp_path, _spelled("tcvn3", TEXT).encode("latin-1"))
    assert read.text().casefold() == TEXT.casefold()
    assert read.lines[0].text == "KẾ HOẠCH"


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_examples_of_legacy_fonts(name: str) -> None:
    table = tomllib.loads((resources.LEXICON / "legacy_fonts.toml").read_text("utf-8"))[name]
    assert len(table["letters"].split(" ")) == len(table["bytes"].split(" "))
    for written, meant in table["examples"]:
        assert encoding.from_legacy(written, name) == meant


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text = encoding.decode(data, "x")
    except InputError:
        return
    assert "\r" not in text
    assert encoding.count_lines(data, "x") >= 1


def test_the_last_line_counts_without_its_break(tmp_path: Path) -> None:
    assert _open(tmp_path, b"a\nb").line_count == 2
    assert _open(tmp_path, b"a\nb\n").line_count == 2


def test_emphasis_is_no_text_but_bullets_and_lone_stars_are(tmp_path: Path) -> None:
    plain = _open(tmp_path, "Số: *172* /KH-UBND\n* Vốn sự nghiệp\n*Ghi chú: 2*3".encode())
    assert [line.text for line in plain.lines] == ["Số: 172 /KH-UBND", "* Vốn sự nghiệp", "*Ghi chú: 2*3"]
    marked = _open(tmp_path, "**ỦY BAN NHÂN\nDÂN **\nTỈNH *HÒA SƠN*\n\n# Mục\n* một *(hai)*\n".encode(), "plan.md")
    assert [line.text for line in marked.lines] == ["ỦY BAN NHÂN", "DÂN ", "TỈNH HÒA SƠN", "", "Mục", "* một (hai)"]
    assert [line.number for line in marked.lines] == [1, 2, 3, 4, 5, 6]


def test_markdown_pipe_table(tmp_path: Path) -> None:
    read = _open(tmp_path, "Bảng\n\n| STT | Tên |\n|---|:---:|\n| 1 | Dự **án** |\n\nHết\n".encode(), "plan.md")
    (grid,) = read.grids
    assert grid.lines == (3, 5)
    assert [[cell.text for cell in row] for row in grid.rows] == [["STT", "Tên"], ["1", "Dự án"]]
    assert grid.rows[1][0].lines == (5, 5)


HTML = """<!DOCTYPE html>
<html><head><title>x</title><script>var a = "Quyết định số 1/QĐ-TTg";</script></head><body>
<p><b>KẾ HOẠCH</b><br>Chuyển đổi số</p>
<p>Thực hiện <a href="#">Quyết định
số 749/QĐ-TTg</a>;</p><!-- không -->
<table><tr><th rowspan="2">STT</th><th colspan=2>Kinh phí</th></tr>
<tr><td>2023</td><td>2024</td></tr>
<tr><td>1</td><td>1.500</td>
<td></td></tr></table>
</body></html>
"""


def test_html_lines_are_those_of_the_file(tmp_path: Path) -> None:
    read = _open(tmp_path, HTML.encode(), "plan.html")
    assert [(line.number, line.text) for line in read.lines[:3]] == [
        (3, "KẾ HOẠCH"),
        (3, "Chuyển đổi số"),
        (4, "Thực hiện Quyết định số 749/QĐ-TTg;"),
    ]
    (grid,) = read.grids
    assert grid.lines == (6, 8)
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in grid.rows[0]] == [("STT", 1, 2), ("Kinh phí", 2, 1)]
    assert grid.rows[2][2].lines is None
    assert not any("var a" in line.text for line in read.lines)


def test_html_without_lines_gets_lines_of_its_own(tmp_path: Path) -> None:
    body = "".join(f"<p>Đoạn {i}</p>" for i in range(40)) + "<table><tr><td>một</td><td>hai</td></tr></table>"
    read = _open(tmp_path, f"<html><body>{body}</body></html>".encode(), "plan.html")
    assert [line.number for line in read.lines] == list(range(1, 43))
    assert read.grids[0].rows[0][1].lines == (42, 42)
    assert read.text().splitlines()[41] == "hai"


def _docx(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(table.rows, [["STT", "Kinh phí", ""], ["", "2023", "2024"], ["1", "Dự án\nmột", ""]], strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_paragraph("Nơi nhận:")
    document.save(str(path))
    return path


def test_docx_in_order_with_its_grid(tmp_path: Path) -> None:
    read = open_source(_docx(tmp_path / "plan.docx"))
    assert read.text().splitlines() == ["KẾ HOẠCH", "STT", "Kinh phí", "2023", "2024", "1", "Dự án", "một", "Nơi nhận:"]
    (grid,) = read.grids
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in grid.rows[0]] == [("STT", 1, 2), ("Kinh phí", 2, 1)]
    assert [cell.text for cell in grid.rows[1]] == ["2023", "2024"]
    assert grid.rows[2][1].lines == (7, 8)
    assert grid.rows[2][2].lines is None


def _with_notes(path: Path) -> None:
    """A DOCX whose first paragraph has a text box, in both of the ways that Word writes it, and moved words, with a footnote."""
    words = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    both = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>Số: 12/KH-UBND</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    paragraph = document.add_paragraph("Thực hiện chính sách")._p
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    paragraph.append(parse_xml(f"<w:r {words} {both}><mc:AlternateContent>{choices}</mc:AlternateContent></w:r>"))
    paragraph.append(parse_xml(f"<w:moveFrom {words}><w:r><w:t>đã chuyển đi</w:t></w:r></w:moveFrom>"))
    note = "<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Nghị quyết số 10-NQ/TW ngày 10/02/2022</w:t></w:r></w:p>"
    rule = "<w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
    notes = f"<w:footnotes {words}>{rule}<w:footnote w:id='1'>{note}</w:footnote></w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.add_paragraph("Hết")
    document.save(str(path))


def test_docx_text_boxes_once_moved_words_where_they_are_now_and_notes_at_the_end(tmp_path: Path) -> None:
    _with_notes(tmp_path / "plan.docx")
    read = open_source(tmp_path / "plan.docx")
    assert read.text().splitlines() == ["Thực hiện chính sách", "Số: 12/KH-UBND", "Hết", "[1] Nghị quyết số 10-NQ/TW ngày 10/02/2022"]


def test_html_cells_take_all_the_lines_of_their_words(tmp_path: Path) -> None:
    (grid,) = _open(tmp_path, b"<table><tr><td>1</td>\n<td>Trung\ntam\ndu lieu</td></tr>\n<tr><td>2</td></tr></table>", "plan.html").grids
    assert [cell.lines for row in grid.rows for cell in row] == [(1, 1), (2, 4), (5, 5)]


def test_markdown_with_a_table_of_html(tmp_path: Path) -> None:
    table = "<table>\n<tr><th colspan='2'>STT</th></tr>\n<tr><td>1</td><td>Cổng\ndữ liệu</td></tr>\n</table>"
    text = f"**KẾ HOẠCH**\n\n__Chuyển đổi số__\n\n{table}\n\nHết\n"
    read = _open(tmp_path, text.encode(), "plan.md")
    assert [line.text for line in read.lines if line.text] == ["KẾ HOẠCH", "Chuyển đổi số", "STT", "1", "Cổng dữ liệu", "Hết"]
    (grid,) = read.grids
    assert [[(cell.text, cell.lines, cell.colspan) for cell in row] for row in grid.rows] == [
        [("STT", (6, 6), 2)],
        [("1", (7, 7), 1), ("Cổng dữ liệu", (7, 8), 1)],
    ]


def test_rows_of_pipes_that_go_on_over_lines(tmp_path: Path) -> None:
    text = "TT| Dự án| 2024| 2025\n---|---|---|---\n1| Cổng dữ liệu của\ntỉnh| 10|\n20\n2| Đào tạo| | 5\n\nHết\n"
    (grid,) = _open(tmp_path, text.encode(), "plan.md").grids
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["TT", "Dự án", "2024", "2025"],
        ["1", "Cổng dữ liệu của tỉnh", "10", "20"],
        ["2", "Đào tạo", "", "5"],
    ]
    assert [cell.lines for cell in grid.rows[1]] == [(3, 3), (3, 4), (4, 4), (5, 5)]


def test_heads_that_a_converter_made_up_are_empty(tmp_path: Path) -> None:
    (grid,) = _open(tmp_path, "|Col1|Kết quả|Col3|\n|---|---|---|\n|3|Mạng 5G|Col3|\n".encode(), "plan.md").grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["", "Kết quả", ""], ["3", "Mạng 5G", "Col3"]]


def test_docx_numbers_that_word_writes_by_itself(tmp_path: Path) -> None:
    document = docx.Document()
    for style, words in (("List Number", "Mục tiêu"), ("List Bullet", "Một"), ("List Number", "Nhiệm vụ"), ("Normal", "Hết")):
        document.add_paragraph(words, style=style)
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, ("Dự án", "Đào tạo"), strict=True):
        row.cells[0].paragraphs[0].style = document.styles["List Number 2"]
        row.cells[1].text = words
    document.save(str(tmp_path / "plan.docx"))
    read = open_source(tmp_path / "plan.docx")
    assert read.text().splitlines() == ["1. Mục tiêu", "- Một", "2. Nhiệm vụ", "Hết", "1.", "Dự án", "2.", "Đào tạo"]


def _pdf(pages: list[list[tuple[int, int, str]]], rules: str = "") -> bytes:
    """A small PDF: for each page (x, y, ASCII words), and drawing operators for every page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for words in pages:
        shown = "".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in words)
        stream = shown + rules
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{i} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def _box(top: int, bottom: int) -> str:
    lines = [(50, y, 350, y) for y in (top, (top + bottom) // 2, bottom)] + [(x, top, x, bottom) for x in (50, 200, 350)]
    return "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in lines)


def test_pdf_drops_running_heads_and_page_numbers(tmp_path: Path) -> None:
    pages = [[(50, 580, "CONG BAO so 1"), (50, 300, f"Noi dung {i}"), (195, 20, str(i))] for i in range(1, 5)]
    read = _open(tmp_path, _pdf(pages), "plan.pdf")
    assert read.text().splitlines() == [f"Noi dung {i}" for i in range(1, 5)]
    assert read.line_count == 4


def test_pdf_columns_of_a_letterhead_stand_apart(tmp_path: Path) -> None:
    read = _open(tmp_path, _pdf([[(50, 400, "UY BAN NHAN DAN"), (200, 400, "CONG HOA XA HOI"), (50, 300, "mot hai ba")]]), "plan.pdf")
    assert read.text().splitlines() == ["UY BAN NHAN DAN", "CONG HOA XA HOI", "mot hai ba"]


def test_pdf_row_goes_on_over_the_page(tmp_path: Path) -> None:
    pages = [
        [(55, 380, "STT"), (205, 380, "Ten"), (55, 330, "1"), (205, 330, "Xay dung")],
        [(205, 380, "co so"), (55, 330, "2"), (205, 330, "Dao tao")],
    ]
    read = _open(tmp_path, _pdf(pages, _box(400, 300)), "plan.pdf")
    (grid,) = read.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["STT", "Ten"], ["1", "Xay dung co so"], ["2", "Dao tao"]]
    assert grid.rows[1][1].lines == (4, 5)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b" \n\t", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "binary"),
        ("plan.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word"),
        ("plan.docx", b"PK\x03\x04 cut off", "not a Word document"),
        ("plan.docx", b"plain words", "not a DOCX file"),
        ("plan.pdf", b"%PDF-1.7\ncut off", "PDF"),
        ("plan.pdf", b"plain words", "not a PDF file"),
        ("scan.pdf", _pdf([[]]), "pictures"),
        ("plan.html", b"<html><body><script>x</script></body></html>", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        _open(tmp_path, data, name)
    assert name in str(caught.value)
    assert caught.value.remedy


def test_truncated_files_are_refused(tmp_path: Path) -> None:
    whole = _docx(tmp_path / "whole.docx").read_bytes()
    for data, name in ((whole[: len(whole) // 2], "cut.docx"), (_pdf([[(50, 300, "x")]])[:120], "cut.pdf")):
        with pytest.raises(InputError, match=name):
            _open(tmp_path, data, name)


def test_missing_and_gigantic_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        open_source(tmp_path / "none.txt")
    with pytest.raises(InputError):
        open_source(tmp_path)
    monkeypatch.setenv("CANCU_MAX_MEGABYTES", "1")
    with pytest.raises(InputError, match="more than"):
        _open(tmp_path, b"x" * (2**20 + 1))


def test_a_paragraph_of_html_knows_the_lines_it_is_wrapped_on(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>\n<p>\nCăn cứ <b>Luật</b>\nViễn thông;\n\nvà nữa</p>\n</body></html>\n", "utf-8")
    (line,) = open_source(tmp_path / "a.html").lines
    assert (line.number, line.text) == (3, "Căn cứ Luật Viễn thông; và nữa")
    assert [line.number_at(line.text.index(word)) for word in ("Căn", "Luật", "Viễn", "nữa")] == [3, 3, 4, 6]
