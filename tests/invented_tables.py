"""Invented tables, and the ways in which converters and law portals write a table out.

A head is a string, or a tuple of a string and the heads under it. A row is a list of texts, one for each column; a
row of one text spans the whole table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cancu.reading.source import Cell, Grid, Line, Source

Head = str | tuple[str, list["Head"]]

BEFORE = [
    "ỦY BAN NHÂN DÂN TỈNH HÒA SƠN",
    "KẾ HOẠCH",
    "Ứng dụng công nghệ thông tin tỉnh Hòa Sơn",
    "1. Mục tiêu chung của kế hoạch là nâng cao chất lượng phục vụ.",
    "2. Các sở, ban, ngành chịu trách nhiệm thực hiện.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
]


def source(lines: Sequence[str], grids: Sequence[Grid] = (), media_type: str = "text/plain") -> Source:
    """A source with these lines, as if read from a file."""
    return Source("hoason.txt", "0" * 64, media_type, len(lines), tuple(Line(i, text) for i, text in enumerate(lines, 1)), tuple(grids))


def depth(heads: Sequence[Head]) -> int:
    return max(1 if isinstance(head, str) else 1 + depth(head[1]) for head in heads)


def leaves(head: Head) -> int:
    return 1 if isinstance(head, str) else sum(leaves(child) for child in head[1])


def head_rows(heads: Sequence[Head]) -> list[list[Cell]]:
    """The rows of a header as HTML has them: cells with spans, none where one spans from above."""
    height = depth(heads)
    rows: list[list[Cell]] = [[] for _ in range(height)]

    def put(head: Head, level: int) -> None:
        text = head if isinstance(head, str) else head[0]
        down = height - level if isinstance(head, str) else 1
        rows[level].append(Cell(text, (1, 1), colspan=leaves(head), rowspan=down))
        if not isinstance(head, str):
            for child in head[1]:
                put(child, level + 1)

    for head in heads:
        put(head, 0)
    return rows


def _matrix(heads: Sequence[Head], *, repeat: bool) -> list[list[str]]:
    """The rows of a header with a text in every place; a spanned one repeated to the right, or left blank."""
    height, width = depth(heads), sum(map(leaves, heads))
    rows = [[""] * width for _ in range(height)]

    def put(head: Head, level: int, place: int) -> None:
        text = head if isinstance(head, str) else head[0]
        for step in range(leaves(head) if repeat else 1):
            rows[level][place + step] = text
        if not isinstance(head, str):
            for child in head[1]:
                put(child, level + 1, place)
                place += leaves(child)

    place = 0
    for head in heads:
        put(head, 0, place)
        place += leaves(head)
    return rows


def barred(heads: Sequence[Head], rows: Sequence[Sequence[str]], *, between_rows: bool = False) -> list[str]:
    """A lone bar between cells; a bar more between rows where asked for. A cell is broken after its fourth word."""
    out = ["|"]
    texts = [[cell.text for cell in row] for row in head_rows(heads)] + [list(row) for row in rows]
    for row in texts:
        for text in row:
            words = text.split()
            out += [" ".join(words[i : i + 4]) for i in range(0, len(words), 4)]
            out.append("|")
        if between_rows:
            out.append("|")
    return out[:-1] if between_rows else out


def spaced(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """A blank line between cells, a no-break space for an empty one."""
    out = [""]
    for row in [[cell.text for cell in row] for row in head_rows(heads)] + [list(row) for row in rows]:
        for text in row:
            out += [text or "\u00a0", ""]
    return out


def tabbed(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """A row a line, spans left blank."""
    return ["\t".join(row) for row in [*_matrix(heads, repeat=False), *rows]]


def stacked(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """A cell a line after a tab, rows parted by a blank line, spanned cells repeated."""
    out: list[str] = []
    for row in [*_matrix(heads, repeat=True), *rows]:
        out += [f"\t{text}" for text in row]
        out.append("")
    return out


def bared(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """The same, the white space at the ends of lines cut off: an empty cell is a blank line."""
    return [line.rstrip() for line in stacked(heads, rows)]


def piped(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a Markdown table, in a file that is none."""
    matrix = _matrix(heads, repeat=False)
    lines = ["| " + " | ".join(row) + " |" for row in [*matrix, *rows]]
    return [*lines[:1], "|" + "---|" * len(matrix[0]), *lines[1:]]


def levelled(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """A row a line, a bar after each cell; the cells of each row of the header in their order, spans forgotten."""
    texts = [[cell.text for cell in row] for row in head_rows(heads)]
    return [" | ".join(row) + " |" for row in [*texts, *rows]]


def gridded(heads: Sequence[Head], rows: Sequence[Sequence[str]], first: int) -> tuple[list[str], Grid]:
    """The lines of a text derived from HTML or DOCX, a cell a line, and the grid that the format marks, spans and all."""
    lines: list[str] = []
    cells: list[tuple[Cell, ...]] = []
    width = sum(map(leaves, heads))
    body = [[Cell(text, None, colspan=width if len(row) == 1 else 1) for text in row] for row in rows]
    for row in [*head_rows(heads), *body]:
        made = []
        for cell in row:
            if cell.text:
                lines.append(cell.text)
            number = first + len(lines) - 1
            made.append(Cell(cell.text, (number, number) if cell.text else None, cell.colspan, cell.rowspan))
        cells.append(tuple(made))
    return lines, Grid(tuple(cells), (first, first + len(lines) - 1))


WRITERS: dict[str, Callable[[Sequence[Head], Sequence[Sequence[str]]], list[str]]] = {
    "barred": barred,
    "barred-rows": lambda heads, rows: barred(heads, rows, between_rows=True),
    "spaced": spaced,
    "tabbed": tabbed,
    "stacked": stacked,
    "bared": bared,
    "piped": piped,
    "levelled": levelled,
    "lined": lambda heads, rows: [line for line in spaced(heads, rows) if line],
}


def written(shape: str, heads: Sequence[Head], rows: Sequence[Sequence[str]], title: Sequence[str]) -> Source:
    """A document with one appendix, `title` its lines, and the table after them, written in the way that `shape` names."""
    if shape == "grid":
        before = [*BEFORE, *title]
        lines, grid = gridded(heads, rows, len(before) + 1)
        return source([*before, *lines], [grid], "text/html")
    before = [*BEFORE, *title]
    if shape in {"spaced", "stacked", "bared"}:
        before = [line for text in before for line in (text, "")]
    return source([*before, *WRITERS[shape](heads, rows)])


ORDINALS_ONLY = "lined"  # a cell a line, nothing between: only a head for ordinals tells where such a table begins
SHAPES = [*(shape for shape in WRITERS if shape != ORDINALS_ONLY), "grid"]
