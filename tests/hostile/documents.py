"""Documents that were made to do harm, or came to it: each a name, and the bytes of the file of that name."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÒA SƠN
Số: 12/KH-UBND
Hòa Sơn, ngày 3 tháng 2 năm 2023

KẾ HOẠCH
Chuyển đổi số tỉnh Hòa Sơn năm 2023

Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ;
"""
ROWS = "STT\nNội dung\nKinh phí (triệu đồng)\n1\nĐào tạo\n150\n2\nMạng diện rộng\n2.400\nTổng cộng\n2.550\n"
PLAIN = (HEAD + ROWS).encode()

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, prolog: str = "", **parts: str) -> bytes:
    """A DOCX file whose document has this body, as XML, after this prolog."""
    document = f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document, **parts})


def paragraph(text: str) -> str:
    """A paragraph of DOCX."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def good_word() -> bytes:
    """A DOCX file that Word would write: paragraphs, and a table with merged cells."""
    document = docx.Document()
    for line in HEAD.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(table.rows, (["STT", "Nội dung", "Kinh phí"], ["1", "Đào tạo", "150"], ["2", "Mạng", "2.400"]), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(shown: bytes, *, packed: bool = False, page: str = "", kids: str = "[4 0 R]") -> bytes:
    """A PDF of one page that shows this stream; `page` adds to its dictionary."""
    body = zlib.compress(shown, 9) if packed else shown
    length = f"<< /Length {len(body)} {'/Filter /FlateDecode' if packed else ''} >>"
    own = f"/MediaBox [0 0 400 600] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> {page}"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count 1 >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /Page /Parent 2 0 R {own} >>".encode(),
        length.encode() + b"\nstream\n" + body + b"\nendstream",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def good_pdf() -> bytes:
    """A PDF with a head, and a ruled table."""
    words = (b"UY BAN NHAN DAN", b"TINH HOA SON", b"So: 12/KH-UBND", b"KE HOACH", b"Chuyen doi so nam 2023")
    shown = b"".join(b"BT /F1 10 Tf 60 %d Td (%b) Tj ET\n" % (560 - 20 * i, text) for i, text in enumerate(words))
    cells = ((60, 380, b"STT"), (210, 380, b"Ten"), (60, 330, b"1"), (210, 330, b"Dao tao"))
    shown += b"".join(b"BT /F1 10 Tf %d %d Td (%b) Tj ET\n" % cell for cell in cells)
    rules = [(50, y, 350, y) for y in (400, 350, 300)] + [(x, 400, x, 300) for x in (50, 200, 350)]
    return pdf(shown + b"".join(b"%d %d m %d %d l S\n" % rule for rule in rules))


GOOD = {
    "plan.txt": PLAIN,
    "plan.md": (HEAD + "| STT | Nội dung | Kinh phí |\n|---|---|---|\n| 1 | **Đào tạo** | 150 |\n| 2 | Mạng | 2.400 |\n").encode(),
    "plan.html": (
        f"<!DOCTYPE html><html><body>{''.join(f'<p>{line}</p>' for line in HEAD.splitlines())}"
        "<table><tr><th rowspan=2>STT<th colspan=2>Kinh phí</tr><tr><td>2023<td>2024</tr><tr><td>1<td>150<td></tr></table></body></html>"
    ).encode(),
    "plan.docx": good_word(),
    "plan.pdf": good_pdf(),
}


def table(rows: int) -> str:
    """A plan in Markdown whose table has so many rows."""
    return HEAD + "| STT | Nội dung | Kinh phí |\n|---|---|---|\n" + "".join(f"| {i} | Việc {i} | {i} |\n" for i in range(1, rows + 1))


def _lying_zip() -> bytes:
    """A DOCX whose directory says that its document is small; it unpacks to 8 MB."""
    data = bytearray(word(paragraph(" " * 2**23)))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    return bytes(data)


def _entities() -> str:
    """The billion laughs: ten entities, each ten times the one before."""
    steps = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha ha ha ha">{steps}]>'


def _binary() -> Iterator[tuple[str, bytes]]:
    yield "empty.txt", b""
    yield "blank.txt", b" \r\n\t\n"
    yield "zeros.txt", bytes(5000)
    yield "every-byte.txt", bytes(range(256)) * 20
    yield "nul-inside.txt", PLAIN.replace(b"2023", b"20\x0023")
    yield "half-a-letter.txt", PLAIN[: PLAIN.index("Ủ".encode()) + 2] + PLAIN
    yield "surrogates.txt", HEAD.encode().replace(b"64/2007", b"\xed\xa0\x80/2007\xed\xb0\x80")
    yield "surrogates-16.txt", HEAD.encode("utf-16-le").replace(b"6\x004\x00", b"\x00\xd86\x00")
    yield "utf-32.txt", HEAD.encode("utf-32")
    yield "old-word.doc", b"\xd0\xcf\x11\xe0" + bytes(600)
    yield "picture.docx", b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    yield "bom-alone.txt", b"\xef\xbb\xbf"


def _texts() -> Iterator[tuple[str, str]]:
    yield "bidi.txt", HEAD.replace("64/2007/NĐ-CP", "\u202e64/2007/NĐ-CP\u202c").replace("HÒA", "\u2067HÒA\u2069")
    yield "zero-width.txt", HEAD.replace("64/2007", "6\u200b4/\u200d20\u206007\ufeff")
    yield "look-alikes.txt", HEAD.replace("64/2007/NĐ-CP", "64/2007/ΝĐ-СР").replace("12/KH-UBND", "12/КН-UВND")
    yield "other-digits.txt", HEAD.replace("64/2007", "６４/２００７").replace("12/KH", "۱۲/KH").replace("2023", "²⁰²³")
    yield "marks-of-paragraphs.txt", HEAD.replace("Căn cứ", "¶ ¶ Căn cứ") + "\nI. MỤC TIÊU\n\n¶ nâng cao nâng cao ¶ nâng cao nâng cao.\n"
    yield "combining.txt", HEAD.replace("KẾ", "KE" + "\u0302\u0301" * 5000)
    yield "separators.txt", HEAD.replace("\n", "\u2028") + "\x85\x0b\x0c\x1c\x1d\x1e"
    yield "carriage-returns.txt", HEAD.replace("\n", "\r")
    yield "one-line.txt", HEAD.replace("\n", " ") + "thực hiện Quyết định số 12/QĐ-UBND ngày 1/2/2014; " * 2000
    yield "one-word.txt", HEAD + "ă" * 100_000
    yield "brackets.txt", HEAD + "(" * 100_000
    yield "semicolons.txt", HEAD + "; " * 100_000
    yield "digits.txt", HEAD + "1.000." * 50_000
    yield "long-number.txt", HEAD.replace("64/2007", "9" * 100_000 + "/2007") + ROWS.replace("150", "9" * 6_000)
    yield "blank-lines.txt", HEAD + "\n" * 50_000 + ROWS
    yield "line-of-each.txt", HEAD + "1\n" * 10_000
    yield "pipes.md", HEAD + "|" * 20_000 + "\n|---|\n" + "|a" * 20_000
    head, row = "| STT | Nội dung8 Kinh phí |\n", "| 1 | **Đào tạo** | 150 |"
    yield "ragged.md", f"{HEAD}{head}{row}| С2 | Mạng | 2.4000000STT0С000000000000000 |\n Căn cứ.\n{head}{row}\n"
    yield "stars.md", HEAD + "*" * 20_000 + " *a* **b " * 5_000
    yield (
        "many-rows.md",
        HEAD + "| STT | Nội dung | Kinh phí |\n|---|---|---|\n" + "".join(f"| {i} | Việc {i} | {i} |\n" for i in range(1000)),
    )
    yield "impossible-dates.txt", HEAD.replace("10/4/2007", "45/13/0000").replace("ngày 3 tháng 2 năm 2023", "ngày 99 tháng 99 năm 9999")
    yield "template.txt", HEAD.replace("Chuyển đổi số", "{{ 7*7 }} {% raw %} ${x} <script>alert(1)</script> =cmd|' /C calc'!A0")
    yield "tags.txt", HEAD + "<b" * 50_000
    yield "nested.html", "<html><body>" + "<div>" * 20_000 + HEAD
    yield "nested-tables.html", "<html>" + "<table><tr><td>1" * 1_000
    yield "wide-spans.html", "<html><table><tr><td colspan=999999999 rowspan=999999999>STT<td colspan=-1>x</tr><tr><td>1</table>" + HEAD
    yield "many-spans.html", "<html><table>" + "<tr>" + "<td colspan=100 rowspan=100>x" * 100 + "</table>" + HEAD
    yield "unclosed.html", "<html><!-- " + HEAD
    yield "entities.html", _entities() + "<html><body><p>&l9;</p>" + HEAD
    yield "external.html", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>&e;</p>' + HEAD
    yield "references.html", "<html><p>&#0;&#xD800;&#x110000;&#99999999999;&nosuch;</p>" + HEAD
    yield "script.html", f"<html><body><p onclick=alert(1)>{HEAD}</p><script>alert('</p>Quyết định số 1/QĐ-TTg')</script><textarea></html>"


def _words() -> Iterator[tuple[str, bytes]]:
    whole = good_word()
    yield "cut.docx", whole[: len(whole) // 2]
    yield "cut-by-a-byte.docx", whole[:-1]
    yield "no-document.docx", zipped({"a.txt": "x"})
    yield "bomb.docx", word(paragraph(" " * 2**25))
    yield "lying-bomb.docx", _lying_zip()
    yield "many-parts.docx", word(paragraph("x"), **{f"word/{i}.xml": "" for i in range(3_000)})
    yield "entities.docx", word(paragraph("&l9;"), _entities())
    yield "external.docx", word(paragraph("&e;"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    yield "parameter.docx", word(paragraph("x"), '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]>')
    yield "outside.docx", word(paragraph("x"), **{"../../../tmp/outside.xml": "x", "/etc/outside": "x"})
    yield "nested.docx", word("<w:sdt><w:sdtContent>" * 200 + paragraph("x") + "</w:sdtContent></w:sdt>" * 200)
    yield "nested-deep.docx", word("<w:sdt><w:sdtContent>" * 20_000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 20_000)
    cell = "<w:tbl><w:tr><w:tc>" * 100 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 100
    yield "nested-tables.docx", word(cell)
    spans = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr>' + paragraph("1") + "</w:tc>"
    yield "wide-spans.docx", word(f"<w:tbl><w:tr>{spans}</w:tr><w:tr>{spans}</w:tr></w:tbl>" + "".join(map(paragraph, HEAD.split("\n"))))
    yield "not-xml.docx", word("<w:p><w:r>")


def _pdfs() -> Iterator[tuple[str, bytes]]:
    whole = good_pdf()
    yield "cut.pdf", whole[:200]
    yield "cut-late.pdf", whole[:-40]
    yield "no-table.pdf", whole.replace(b"xref", b"xxxx").replace(b"startxref", b"starxxref")
    yield "bomb.pdf", pdf(b"BT /F1 10 Tf 60 300 Td (x) Tj ET " + b" " * 2**25, packed=True)
    yield "many-letters.pdf", pdf(b"BT /F1 10 Tf 60 300 Td (" + b"x" * 5_000 + b") Tj ET", packed=True)
    yield (
        "many-rules.pdf",
        pdf(b"BT /F1 9 Tf 9 9 Td (x) Tj ET " + b"".join(b"0 %d m 400 %d l S " % (i, i) for i in range(600)), packed=True),
    )
    yield "endless-pages.pdf", pdf(b"", kids="[2 0 R 4 0 R 2 0 R]")
    yield "own-name.pdf", whole.replace(b"<< /Type /Font", b"3 0 R << /Type /Font")
    yield "names-in-a-ring.pdf", whole.replace(b"<< /Type /Font", b"6 0 R\nendobj\n6 0 obj\n3 0 R << /Type /Font")
    yield "huge-page.pdf", whole.replace(b"[0 0 400 600]", b"[0 0 1e38 1e38]")
    yield "no-page.pdf", whole.replace(b"[0 0 400 600]", b"[0 0 0 0]")
    yield "locked.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 9 >>")
    yield "self-contents.pdf", whole.replace(b"/Contents 5 0 R", b"/Contents 4 0 R")
    yield "nested-arrays.pdf", pdf(b"[" * 50_000 + b"]" * 50_000 + b" BT /F1 10 Tf 60 300 Td (x) Tj ET")


def documents() -> Iterator[tuple[str, bytes]]:
    """All of them, by name."""
    yield from _binary()
    yield from ((name, text.encode("utf-8", "surrogatepass")) for name, text in _texts())
    yield from _words()
    yield from _pdfs()
