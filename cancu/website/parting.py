"""Sections of many rows go on pages of their own, so that a page stays small whatever its plan holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from cancu.website.blocks import Block, Grid, Page, Section, Tiles
from cancu.website.parts import Link, Text
from cancu.website.site import Site, address

MOST = 100  # rows of a section on one page


def kept(site: Site, section: Section, plan: str) -> Section:
    """The section as it stands on the page of the plan with this key: itself, or the ways to its parts."""
    parts = _parts(section)
    if len(parts) == 1:
        return section
    tiles = tuple(
        (
            Link(_title(site, section, i, len(parts)), address("plan", site.words.language, _key(plan, section, i))),
            f"{site.t('n_table_rows', n=sum(map(_rows, part)))}: {', '.join(dict.fromkeys(_names(part)))}",
        )
        for i, part in enumerate(parts, 1)
    )
    return replace(section, blocks=(Tiles(tiles),))


def pages(site: Site, sections: Iterable[Section], plan: str, whole: Link) -> Iterator[tuple[str, Page]]:
    """The pages of the parts of sections that are too long for the plan's own page, to which `whole` leads."""
    for section in sections:
        parts = _parts(section)
        for i, part in enumerate(parts if len(parts) > 1 else (), 1):
            title = _title(site, section, i, len(parts))
            yield (
                _key(plan, section, i),
                Page(
                    title=f"{title} · {whole.text}",
                    description=f"{whole.text}: {title}",
                    lede=Text(section.note) if section.note else None,
                    crumbs=(site.page_link("plan"), whole),
                    sections=(Section(section.id, title, part),),
                ),
            )


def _key(plan: str, section: Section, part: int) -> str:
    return f"{plan}/{section.id}-{part}"


def _title(site: Site, section: Section, part: int, parts: int) -> str:
    return site.t("part_of", title=section.title, part=part, parts=parts)


def _rows(block: Block) -> int:
    return len(block.rows) if isinstance(block, Grid) else 0


def _names(blocks: Iterable[Block]) -> list[str]:
    return [block.caption for block in blocks if isinstance(block, Grid)]


def _parts(section: Section) -> list[tuple[Block, ...]]:
    """The blocks of a section, those of at most so many rows together; a longer table is cut, and its sums stand under the last rows."""
    if sum(map(_rows, section.blocks)) <= MOST:
        return [section.blocks]
    parts: list[list[Block]] = [[]]
    for block in (piece for whole in section.blocks for piece in _pieces(whole)):
        if parts[-1] and sum(map(_rows, parts[-1])) + _rows(block) > MOST:
            parts.append([])
        parts[-1].append(block)
    return [tuple(part) for part in parts]


def _pieces(block: Block) -> Iterator[Block]:
    if not isinstance(block, Grid) or len(block.rows) <= MOST:
        yield block
        return
    for start in range(0, len(block.rows), MOST):
        last = start + MOST >= len(block.rows)
        yield replace(block, rows=block.rows[start : start + MOST], foot=block.foot if last else ())
