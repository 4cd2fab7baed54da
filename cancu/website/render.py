"""Writes the site: pages, what can be taken away, and what they are found by."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path

from msgspec import structs

from cancu import catalogue, resources
from cancu.graph import Graph
from cancu.pool import Cluster, Report, aside, pace, seldom_collected
from cancu.rows import HeldIndex
from cancu.table import Table
from cancu.website import afar, comparing, continuing, exports, extras, gathering, outside, overview_pages, picture, press, renewal, search
from cancu.website.answers import Answers
from cancu.website.earlier import Earlier, Made, Put
from cancu.website.facts import Document, Facts, Shelf
from cancu.website.folder import Folder
from cancu.website.kept import KeptGraph
from cancu.website.noting import RANKS, Same
from cancu.website.sheets import Sheet, routes, sheets, statements
from cancu.website.site import Site
from cancu.website.statements import Span, Statements
from cancu.website.words import LANGUAGES, Words
from cancu.website.writer import Writer

Pressed = Callable[[Sequence[int]], Iterator[list[Put]]]  # what sheets of these numbers put there
_TOLD = 64  # after how many sheets it is told how far the work is
_AT_ONCE = 2_048  # sheets that are put before it is looked whether questions are answered
_FIRST = 8  # sheets of each kind that are put before processes are forked
_LITTLE = 4  # plans that a change concerns, of which it is told what they rest on without having all of that in memory
_FEW = 256  # sheets that one process puts sooner than several do, each of which makes for itself what they share


def render(graph: Graph, out: Path, documents: Path | None = None, url: str = "", last: Path | None = None, jobs: int | None = None) -> int:
    """Writes every page in both languages into `out`, a new folder or that of an earlier site; returns how many; see `put`."""
    return put(graph, out, documents, url, last, jobs).pages


def put(
    graph: Graph,
    out: Path,
    documents: Path | None = None,
    url: str = "",
    last: Path | None = None,
    jobs: int | None = None,
    earlier: Earlier | None = None,
    packed: Path | None = None,
    nquads: Path | None = None,
    answers: Mapping[str, Table] | None = None,
    places: Mapping[str, Span] | None = None,
    elsewhere: Cluster | None = None,
    report: Report = lambda _: None,
) -> Made:
    """Writes every page in both languages into `out`, a new folder or that of an earlier site; returns what it is made of.

    `documents` is a folder with the source documents, whose words are then shown. Links are relative, so the site works in any
    folder and from files; what needs the whole address (404.html, which a server gives for any address, the site map, and the picture
    that other sites show with a link) takes it from `url`, or from the base of the IRIs. A file that is already there in the same
    bytes is not written; a new folder may share such files with an earlier site, `last`, which itself is never changed; what still holds
    of that, by `earlier`, is not set again, and if there is a folder it has all files of that. Pages are set by `jobs` processes, as many
    as there are processors where none is given. `packed` is a file with the graph as gzipped N-Quads, where there is one already, `nquads`
    one with its lines, plan by plan: the graph's store is not opened here, then. `answers` are those to named questions that are known, and
    `places` those of parts that the lines begin with, by what tells each from all others. Where there are workers `elsewhere`, these set
    the pages of a build, in whose folder `packed` lies; `report` is told how far the work is.
    Raises InputError for a folder with other things in it.
    """
    folder = Folder.of(out, last, earlier.files if earlier and out.is_dir() else None)
    processes = jobs or os.cpu_count() or 1
    little = earlier is not None and len(earlier.change.concern.plans) <= _LITTLE
    here = processes < 2 or little  # of little to do a process of its own would copy all memory that this one touches
    known, later = Answers(graph, answers), {renewal.RANKED} if earlier else set[str]()  # the facts tell that
    with (
        seldom_collected(),
        tempfile.TemporaryDirectory(prefix=".cancu-", dir=out.parent) as name,
        aside(partial(_extras, Path(name) / "assets", folder.path / "assets" if earlier else None), alone=here) as added,
        ExitStack() as until,
    ):
        known_parts = earlier.parts if earlier else {}
        told = Statements.of_file(nquads, graph.base, until, places or {}, known_parts) if nquads else Statements.of_graph(graph)
        if not earlier:
            told.shared.read()
        soon = little and known.lacks() <= later
        asked = until.enter_context(aside(partial(known.asked, nquads, told, later), alone=processes < 2 or soon))
        stated = gathering.read(told, earlier.facts if earlier else None)
        stage = Path(name)
        then, there = (earlier.facts, folder.path / "data") if earlier else (None, None)
        tabled = exports.tables_of(stated, stage / "data", then, there)
        parts, lying = added()
        folder.holds(f"assets/{file}" for file in lying)
        writers = [Writer(Site(stated, Words(language), documents), folder, parts, url or graph.base) for language in LANGUAGES]
        files: list[exports.DataFile] = []  # told once they are there: one page shows them
        asking = KeptGraph(told, stated, graph.rows if little else HeldIndex(graph.rows))
        work = sheets(routes(asking, known, stated, files), writers, known)
        for writer in writers:
            writer.open()
        stated.money.reckon()
        if not earlier:
            import_module("networkx")  # which traces need, and which takes half a second to load
        data = statements(told, stated, folder)
        beside = max(processes - 1, 1)  # one is left to who answers questions: all would wait for that in the end
        apart, left = ({}, data) if elsewhere and packed else _until(asked.ready, data, folder, earlier, beside, report)
        known.take(asked())
        earlier = _renewed(earlier, known, stated, asking) if earlier else None
        files += exports.write(known, tabled, stage / "data", packed, there, earlier.answers if earlier else None)
        folder.holds(f"data/{made.name}" for made in files if made.lies)
        shutil.copytree(resources.NOTEBOOKS, stage / "data" / "notebooks", ignore=shutil.ignore_patterns(".*"))
        work += left
        pressed = _here(work, processes, earlier)
        if elsewhere and packed:
            kit = afar.Kit.of(packed.parent, documents, known.every(), stated, tuple(files), parts, graph.base, url or graph.base)
            pressed = partial(afar.done, elsewhere, folder, kit)
        done = _put(work, folder, earlier, pressed, report) | apart
        every = list(chain.from_iterable(done.values()))
        assets = [partial(_assets, writer.site, every, stage, folder.path, earlier, parts.fonts) for writer in writers]
        folder.holds(chain.from_iterable(press.done(assets, 1 if earlier else processes, together=1)))
        writers[0].save_missing(url)
        outside.write(stage, url or graph.base, [one.name for one in every if one.entry])
        folder.take(stage)
    folder.finish()
    return Made(
        done,
        gathering.dumps(stated, earlier.facts if earlier else None),
        {query.name: known.told(query.name) for query in catalogue.queries()},
        dict(told.parts),
        tuple(sorted(folder.lying().difference(one.name for one in every))),
        (*folder.written, *folder.removed),
    )


def _renewed(earlier: Earlier, known: Answers, stated: Facts, graph: Graph) -> Earlier:
    """The earlier site with what is the same in this one; known are then all answers, of which `graph` tells what documents are called."""
    if renewal.RANKED in known.lacks():
        before = renewal.loads(earlier.answers[renewal.RANKED])
        known.take({renewal.RANKED: renewal.relied_on(before, earlier.change.concern, stated, graph)})
    return replace(earlier, things=_beside(earlier, known, stated), same=_same(earlier, known, stated))


def _beside(earlier: Earlier, known: Answers, stated: Facts) -> frozenset[str]:
    """The projects that go on in other plans otherwise than they did in the earlier site, and the plans whose comparison may differ."""
    rows = continuing.moved(renewal.loads(earlier.answers[continuing.QUERY]), known.of(continuing.QUERY))
    then = Shelf({document.iri: document for document in earlier.facts.every("documents", Document)})
    plans = comparing.moved(earlier.change.concern, then, stated.documents)
    return frozenset((*(stated.entries[row].entry_of for row in rows if row in stated.entries), *plans))


def _same(earlier: Earlier, known: Answers, stated: Facts) -> Same:
    """Which facts and answers are as they were for the earlier site."""
    answers = {query.name for query in catalogue.queries() if earlier.answers.get(query.name) == known.told(query.name)}
    return Same.of(stated, earlier.facts, answers | ({RANKS} if earlier.facts.ranks_hold else set()))


def _assets(site: Site, every: Iterable[Put], stage: Path, last: Path, earlier: Earlier | None, fonts: bool) -> set[str]:
    """Puts the search index of a language and its picture into the folder `stage`, but for files that lie in `last` as they would be.

    Names the files of both.
    """
    language = site.words.language
    index, shown = f"assets/search/{language}", f"assets/picture-{language}.png"
    found = [one.entry for one in every if one.entry and one.language == language]
    names = {f"{index}/{file}" for file in search.write(found, stage / index, earlier.index(language, last / index) if earlier else None)}
    if not fonts:
        return names
    words = (site.t("site_title"), overview_pages.in_figures(site))
    if not (earlier and picture.shows(last / shown, *words)):
        picture.write(stage / shown, extras.FONTS, *words)
    return {shown, *names}


def _extras(assets: Path, last: Path | None) -> tuple[extras.Extras, list[str]]:
    """Makes the new folder `assets` of our own files and what npm has; names what of that lies in an earlier one, and is left there."""
    shutil.copytree(resources.SITE / "static", assets, ignore=shutil.ignore_patterns("*.json"))
    held = extras.lying(last) if last else []
    return (extras.Extras(fonts=True, sparql=True) if held else extras.add(assets)), held


def _here(work: Sequence[Sheet], processes: int, earlier: Earlier | None) -> Pressed:
    """Has sheets put by processes of this machine. Some of each kind are put first: what these make ready, all processes have then."""

    def pressed(numbers: Sequence[int]) -> Iterator[list[Put]]:
        several = 1 if earlier and len(numbers) < _FEW else processes
        first = {number: work[number].put() for number in _first(work, numbers)} if several > 1 else {}
        others = press.done([work[number].put for number in numbers if number not in first], several)
        return (first[number] if number in first else next(others) for number in numbers)

    return pressed


def _first(work: Sequence[Sheet], numbers: Sequence[int]) -> Iterator[int]:
    """Of these sheets the first in each folder that are about one thing."""
    seen = Counter[str]()
    for number in numbers:
        folder = work[number].name.partition("/")[0]
        seen[folder] += bool(work[number].thing)
        if work[number].thing and seen[folder] <= _FIRST:
            yield number


def _until(
    ready: Callable[[], bool], work: Sequence[Sheet], folder: Folder, earlier: Earlier | None, processes: int, report: Report
) -> tuple[dict[str, list[Put]], Sequence[Sheet]]:
    """What is put there until something else is ready, see `_put`, and the sheets that are left then."""
    done = dict[str, list[Put]]()
    for first in range(0, len(work), _AT_ONCE):
        if ready():
            return done, work[first:]
        some = work[first : first + _AT_ONCE]
        done |= _put(some, folder, earlier, _here(some, processes, earlier), report)
    return done, ()


def _put(work: Sequence[Sheet], folder: Folder, earlier: Earlier | None, pressed: Pressed, report: Report) -> dict[str, list[Put]]:
    """What is put there, by the first file of each sheet: what still holds of the earlier site, and the rest as it is `pressed`."""
    held = [earlier.still(one.name, one.thing, folder) if earlier else [] for one in work]
    folder.holds([one.name for still in held for one in still])
    fresh = sorted((number for number, still in enumerate(held) if not still), key=lambda number: work[number].plan)
    tell, made = pace(report, "pages", len(fresh)), dict[int, list[Put]]()
    for number, put in zip(fresh, pressed(fresh), strict=True):
        for one in put:
            folder.was_put(one.name, one.written)
        made[number] = [structs.replace(one, written=False) for one in put]
        if not len(made) % _TOLD:
            tell(len(made))
    return {one.name: held[number] or made[number] for number, one in enumerate(work)}


__all__ = ["put", "render"]
