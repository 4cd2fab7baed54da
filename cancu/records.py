"""The plan record: what one source document states, and on which lines.

A record is the boundary between reading and the graph. `docs/record.md` describes it for people, `schema()` for
programs, and the types below for both. Money is whole dong, lines are 1-based and inclusive, dates are ISO 8601.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from cancu.errors import InputError

CitationRole = Literal["legal_basis", "existing_policy", "row_basis", "guidance", "mention"]
BasisFunction = Literal["competence", "substance", "procedure"]
Predicate = Literal["implements", "details", "approves", "promulgates", "guides", "amends", "replaces"]
DutyRole = Literal["lead", "coordinate", "responsible"]
SystemKind = Literal[
    "LGSP",
    "NGSP",
    "IOC",
    "SOC",
    "document-management",
    "one-stop/e-service",
    "portal",
    "email",
    "video-conference",
    "digital-signature",
    "database",
    "data-centre",
    "WAN/LAN",
    "reporting",
    "anti-malware",
    "other",
]
SystemStatus = Literal["existing", "planned", "upgrade"]
FindingKind = Literal[
    "sum-mismatch", "date-conflict", "wrong-number", "duplicate-paragraph", "ocr", "unit", "numbering", "omission", "other"
]
Severity = Literal["Warning", "Info"]
Comparator = Literal["=", ">=", ">", "<=", "<", "range"]

LineNumber = Annotated[int, Meta(ge=1)]
Lines = tuple[LineNumber, LineNumber]
IsoDate = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Year = Annotated[int, Meta(ge=1900, le=2200)]
Period = tuple[Year | None, Year | None]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Dong = int


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every part of a record: immutable, and closed to fields it does not know."""


class SourceFile(Item, frozen=True, kw_only=True):
    """The file that was read. `lines` counts physical lines, a last one without a newline included."""

    name: Annotated[str, Meta(min_length=1)]
    sha256: Sha256
    lines: LineNumber
    media_type: str
    published_at: str | None = None


class Promulgation(Item, frozen=True, kw_only=True):
    """The decision that a plan is promulgated with, where it is another document than the plan's own."""

    number: str | None
    type: str
    date: IsoDate | None
    lines: Lines


class SourceAmount(Item, frozen=True, kw_only=True):
    """One line of the body's breakdown of the budget by source."""

    source: str
    amount_vnd: Dong
    lines: Lines | None = None


class PlanDocument(Item, frozen=True, kw_only=True):
    """The document that the file holds."""

    number: str | None
    type: str
    title: str
    date: IsoDate | None
    issuer: str | None
    province: str | None
    period: Period | None = None
    signer: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()
    promulgated_by: Promulgation | None = None
    total_budget_vnd: Dong | None = None
    total_budget_lines: Lines | None = None
    budget_by_source: tuple[SourceAmount, ...] = ()


class Mention(Item, frozen=True, kw_only=True, omit_defaults=True):
    """One place where a document is cited: the words that name it, and nothing beyond them.

    `title` is the title given here, where it has other words than the document's in the record.
    """

    surface: str
    lines: Lines
    role: CitationRole
    title: str | None = None


class CitedDocument(Item, frozen=True, kw_only=True):
    """A document that the plan cites. `number` is null for a law cited by name and date only.

    `function` says what a legal basis is for: the issuer's competence, the substance that the plan carries out, or
    the procedure it follows. It is null for a document that is no legal basis.
    """

    number: str | None
    type: str
    title: str | None
    date: IsoDate | None
    issuer: str | None
    roles: tuple[CitationRole, ...]
    mentions: tuple[Mention, ...]
    function: BasisFunction | None = None


class DocumentRelation(Item, frozen=True, kw_only=True):
    """A relation between two documents, stated outright. Each is named by its number, or by its type and title."""

    subject: str
    predicate: Predicate
    object: str
    lines: Lines


class StatedTotal(Item, frozen=True, kw_only=True):
    """A total that a table prints."""

    label: str
    column: str
    amount_vnd: Dong
    lines: Lines


class Table(Item, frozen=True, kw_only=True):
    """A table of the body or of an appendix. `unit` is as printed: 'triệu đồng'."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    unit: str | None
    lines: Lines
    columns: tuple[str, ...]
    stated_totals: tuple[StatedTotal, ...] = ()


class Allocation(Item, frozen=True, kw_only=True):
    """Money in a column that is no year column: by source, by kind of capital, or for a period."""

    column: str
    year_or_period: str | None
    source: str | None
    capital: str | None
    amount_vnd: Dong


class ProjectRow(Item, frozen=True, kw_only=True):
    """One item row of a table: a project, task or activity. `by_year_vnd` holds the cells of year columns only.

    `systems` lists the kinds of system that the row's name speaks of.
    """

    table: str
    section: str | None
    ordinal: str | None
    name: str
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    period: Period | None = None
    total_vnd: Dong | None = None
    by_year_vnd: dict[Annotated[str, Meta(pattern=r"^\d{4}$")], Dong] = {}
    allocations: tuple[Allocation, ...] = ()
    note: str | None = None
    row_basis: tuple[str, ...] = ()
    systems: tuple[SystemKind, ...] = ()
    lines: Lines


class Responsibility(Item, frozen=True, kw_only=True):
    """A duty given to an agency. `task` is a short phrase, not the sentence."""

    agency: str
    role: DutyRole
    with_: tuple[str, ...] = msgspec.field(name="with", default=())
    task: str
    lines: Lines


class System(Item, frozen=True, kw_only=True):
    """An information system that the document speaks of."""

    kind: SystemKind
    name: str
    status: SystemStatus | None
    lines_first: Lines
    mentions: Annotated[int, Meta(ge=1)]


class Target(Item, frozen=True, kw_only=True):
    """A quantified goal; a result already reported is none."""

    subject: str
    value: float
    value_max: float | None = None
    unit: str
    comparator: Comparator
    by_year: Year | None = None
    lines: Lines


class Level(Item, frozen=True, kw_only=True):
    """A share that the document reports as reached. Beside a target, "85% (năm 2022 đạt 80%)", it has the subject of that target."""

    subject: str
    value: float
    unit: str
    lines: Lines


class Finding(Item, frozen=True, kw_only=True, omit_defaults=True):
    """An inconsistency in the source. Its severity is Info where the rounding of the printed figures may explain it."""

    kind: FindingKind
    severity: Severity = "Warning"
    detail: str
    lines: Lines


class PlanRecord(Item, frozen=True, kw_only=True):
    """Everything that was read from one source document."""

    source: SourceFile
    document: PlanDocument
    cited_documents: tuple[CitedDocument, ...] = ()
    document_relations: tuple[DocumentRelation, ...] = ()
    tables: tuple[Table, ...] = ()
    projects: tuple[ProjectRow, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    systems: tuple[System, ...] = ()
    targets: tuple[Target, ...] = ()
    levels: tuple[Level, ...] = ()
    findings: tuple[Finding, ...] = ()


def dumps(record: PlanRecord) -> bytes:
    """The record as UTF-8 JSON, indented, fields in the order of the types, with a final newline: same record, same bytes."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def loads(data: bytes, name: str = "record") -> PlanRecord:
    """The record in `data`. Raises InputError that names the file and the path of the first thing that breaks the schema."""
    try:
        return msgspec.json.decode(data, type=PlanRecord)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            name, f"not a plan record: {error}", "compare it with docs/record.md, or read the document again with `cancu read`"
        ) from error


def read(path: Path) -> PlanRecord:
    """The record in the file at `path`. Raises InputError where it cannot be opened or breaks the schema."""
    try:
        return loads(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(str(path), f"cannot be opened: {error.strerror}", "check the path and its permissions") from error


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a plan record, derived from the types of this module."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | msgspec.json.schema(PlanRecord)
