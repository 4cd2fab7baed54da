"""A document read whole: its head, its references, tables, projects, duties, systems, targets and faults, as one record."""

from __future__ import annotations

import traceback
from pathlib import Path

from msgspec import structs

from cancu import limits
from cancu.errors import InputError, UnforeseenError
from cancu.reading import budget, duties, findings, grounds, head, indicators, lettered, levels, projects, systems, tables, targets
from cancu.reading.outline import Outline, outline
from cancu.reading.references import read_references
from cancu.reading.short_forms import ShortForms
from cancu.reading.source import Source, open_source
from cancu.records import CitedDocument, Level, PlanDocument, PlanRecord, SourceFile, Target


def read_file(path: Path) -> PlanRecord:
    """The record of the document at `path`. Raises InputError for a file that holds no text that can be read."""
    return read_plan(open_source(path))


def read_plan(source: Source) -> PlanRecord:
    """The record of what `source` states. Pure: the same source, the same record.

    Raises InputError past the limits of `limits`, and, as UnforeseenError, where reading itself is at fault.
    """
    with limits.within(source.name):
        try:
            return _record(source)
        except (InputError, MemoryError, RecursionError):
            raise
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            problem = f"met a fault of this program, {type(error).__name__} ({error}) at {Path(at.filename).name}:{at.lineno}"
            raise UnforeseenError(source.name, problem, "report it, with the document or where to find it") from error


def _record(source: Source) -> PlanRecord:
    layout = outline(source)
    document = head.read_head(source)
    printed = tables.find_tables(source)
    grids = tuple(map(lettered.decided, printed))
    items = [row for grid in grids if grid.lists_items for row in grid.rows if row.kind == "item"]
    references = read_references(source, document, [row.lines for row in items], [row.cells for row in items])
    documents = (*references.documents, *grounds.find(grids))
    cited = _citations(documents)
    rows = tuple(row for grid in grids if not indicators.is_indicators(grid) for row in projects.read_rows(grid, cited, document.period))
    short = ShortForms(source.text())
    cost = budget.find(layout, grids)
    goals = _targets(layout, grids, _only_year(document))
    reached = _levels(layout, grids, int(document.date[:4]) if document.date else None)
    document = structs.replace(document, total_budget_vnd=cost.total_vnd, total_budget_lines=cost.lines, budget_by_source=cost.sources)
    return PlanRecord(
        source=SourceFile(name=source.name, sha256=source.sha256, lines=source.line_count, media_type=source.media_type),
        document=document,
        cited_documents=documents,
        document_relations=references.relations,
        tables=tuple(grid.record() for grid in grids),
        projects=tuple(map(short.of_row, rows)),
        responsibilities=tuple(map(short.of_duty, duties.find(layout, grids))),
        systems=systems.find(layout),
        targets=goals,
        levels=reached,
        findings=findings.find(source, layout, document, references.documents, printed, rows, goals, reached),
    )


def _targets(layout: Outline, grids: tuple[tables.TableGrid, ...], year: int | None) -> tuple[Target, ...]:
    """The goals that sentences set and those that tables do, in the order of their lines."""
    listed = [grid.lines for grid in grids if indicators.is_indicators(grid)]
    said = [target for target in targets.find(layout, year) if not any(first <= target.lines[0] <= last for first, last in listed)]
    return tuple(sorted((*said, *indicators.find(grids, year)), key=lambda target: target.lines))


def _levels(layout: Outline, grids: tuple[tables.TableGrid, ...], issued: int | None) -> tuple[Level, ...]:
    """The levels that sentences report and those that tables do, in the order of their lines."""
    return tuple(sorted((*levels.find(layout, issued), *indicators.levels(grids)), key=lambda level: level.lines))


def _only_year(document: PlanDocument) -> int | None:
    """The year of a plan for one year."""
    first, last = document.period or (None, None)
    return first if first == last else None


def _citations(documents: tuple[CitedDocument, ...]) -> list[projects.Citation]:
    """Every mention of a document, by its number or else by its type and title, as table rows look for it."""
    return [
        projects.Citation(document.number or _name(document), mention.lines, mention.surface)
        for document in documents
        for mention in document.mentions
    ]


def _name(document: CitedDocument) -> str:
    """A document's type and title, the type said once: a law's title may begin with it."""
    title = document.title or ""
    return title if title.startswith(document.type) else f"{document.type} {title}"
