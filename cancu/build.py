"""The main job: records and registry → graph, checked and inferred, with its findings, description and website.

Each plan gives a bundle, which is kept for as long as nothing changes that it is made from; the rest is put together from the bundles.
The whole is made beside the last build, and takes its place by a rename. A plan that fails is set aside in `quarantine/` with a
report; the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path

import msgspec

from cancu import audit, bundle, inputs, outputs, resources
from cancu.bundle import Bundle
from cancu.context import Context
from cancu.iris import Iris
from cancu.part import Part, Setting, ground, make
from cancu.pool import Cluster, Report, cluster, ordered, pace, seldom_collected, workers
from cancu.validate import Result
from cancu.workplace import Workplace, workplace

_STAMP = "build.json"
_SITE = "site"  # the folder of the site; and under which it is kept what the last one was made of
_FACTS = "facts-"  # with which the names begin under which the facts of the last site are kept
_FORMED = "formed"  # under which the forms are kept of what several plans gave the last build
_SPARE = "spare"  # under which it is kept in what the last site differs from the one before, which lies there to be used again


class Stamp(msgspec.Struct, frozen=True):
    """What a build was made from and what it made, as it lies in its folder; `records` by the name of each plan's file."""

    inputs: dict[str, str]
    records: dict[str, str]
    plans: int = 0
    quads: int = 0
    inferred: int = 0
    findings: int = 0
    pages: int = 0
    quarantined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """A build: its folder, what it holds, and its steps, each with its reason. `stamp.quarantined` names the plans that were set aside."""

    folder: Path
    stamp: Stamp
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan that was loaded and validated: its record's file, its named graph as a term, and what the shapes say of it."""

    path: Path
    graph: str
    results: tuple[Result, ...]

    @property
    def violations(self) -> tuple[Result, ...]:
        """What is wrong by our own doing."""
        return tuple(result for result in self.results if result.severity == "Violation")


def build(
    out: Path,
    *,
    data: Path = resources.DATA,
    plans: Sequence[Path] = (),
    loaders: Sequence[Path] = (),
    documents: Path | None = None,
    url: str = "",
    base: str | None = None,
    site: bool = True,
    jobs: int | None = None,
    scheduler: str | None = None,
    report: Report = lambda _: None,
) -> Built:
    """Builds everything into `out`: `data`'s plans and those in `plans`, by our loaders and those in the folders `loaders`.

    `documents` is a folder with the source documents, whose words pages then show, and `url` is where the site will stand, for its site
    map and error page; `jobs` is how many processes work, by default one a processor, and `scheduler` says where they work on plans
    instead, see `cancu.pool.cluster`. Raises InputError for a registry, a loader or a base IRI that cannot be used, and where another build
    into the same folder is at work; a bad plan is quarantined.
    """
    setting = Setting.now(base, data, loaders)
    paths = tuple(dict.fromkeys((*sorted((data / "plans").glob("*.json")), *plans)))
    with workplace(out) as place, ExitStack() as until:
        read = {} if all(map(_is_record, paths)) else inputs.of_reading()
        wanted = dict(setting.made_from) | read | (inputs.of_pages(documents, url) if site else {})
        now, last = Stamp(wanted, _digests(paths)), _last(out)
        if last and (last.inputs, last.records) == (now.inputs, now.records):
            return Built(out, last, ("nothing: nothing changed",))
        processes = jobs or os.cpu_count() or 1
        until.enter_context(seldom_collected())
        elsewhere = until.enter_context(cluster(scheduler)) if scheduler else None
        meanwhile = partial(import_module, "cancu.website") if site else lambda: None
        shelf = _Shelf(place, setting, last, now, processes, elsewhere, report, meanwhile)
        iris = Iris(base) if base else Iris()
        bundles = shelf.bundles(paths)
        whole = outputs.write(place.fresh, iris, next(bundles), zip(paths, bundles, strict=True), tied=site, formed=shelf.formed)
        pages, keep = 0, None
        if site:
            report("pages")
            same = last is not None and last.inputs == now.inputs
            mark = _mark(out) if last else ""
            pages, keep = _site(place, iris, documents, url, whole, processes, mark, same, shelf, elsewhere, report)
        stamp = Stamp(
            now.inputs, now.records, whole.plans, whole.quads, whole.inferred, whole.findings, pages, tuple(sorted(whole.quarantined))
        )
        (place.fresh / _STAMP).write_bytes(msgspec.json.format(msgspec.json.encode(stamp), indent=1) + b"\n")
        place.publish(_SITE)
        if keep:
            keep(_mark(out))
    return Built(out, stamp, (*shelf.steps, "write graph, findings and pages: a part of them changed"))


def _site(
    place: Workplace,
    iris: Iris,
    documents: Path | None,
    url: str,
    whole: outputs.Written,
    jobs: int,
    mark: str,
    same: bool,
    shelf: _Shelf,
    elsewhere: Cluster | None,
    report: Report,
) -> tuple[int, Callable[[str], None]]:
    """Makes the website of the graph that was written, beginning with the last one, where its build has this mark.

    What of that still holds is not set again where the `same` code and data made it; `shelf` has the bundles.
    Returns how many pages there are, and what keeps, with the mark of this build, what the next needs to know.
    """
    from cancu import rows, website
    from cancu.graph import Graph
    from cancu.website import earlier, folder, gathering, renewal

    graph = Graph(partial(outputs.open_store, place.fresh), iris.base, rows=rows.RowIndex.of_file(place.fresh / rows.NAME))
    same = same and all(place.has(_FACTS + shelf) for shelf in gathering.KEPT)
    before = earlier.loads(place.get(_SITE) or b"", mark, whole.ties, lambda shelf: place.get(_FACTS + shelf) or b"") if same else None
    held = renewal.renewed(before.answers, before.change, iris, shelf.bundle) if before else None
    site, last, packed = place.fresh / _SITE, place.out / _SITE, place.fresh / outputs.PACKED
    if (changed := _since_spare(place, mark)) is not None:
        place.spare.rename(site)
        folder.renew(site, last, changed)
    nquads, places = place.fresh / outputs.QUADS, {shelf.key(name): span for name, span in whole.places.items()}
    made = website.put(graph, site, documents, url, last, jobs, before, packed, nquads, held, places, elsewhere, report)

    def keep(now: str) -> None:
        for name, content in made.facts.items():
            place.put(_FACTS + name, content)
        place.put(_SITE, earlier.dumps(now, whole.ties, made))  # last: only with this do the facts count as those of this build
        if place.spare.is_dir():
            place.put(_SPARE, msgspec.msgpack.encode((now, made.changed)))
        else:  # of a first build there is none: made now, it saves the next one a second of linking files
            folder.copied(str(last), str(place.spare))
            place.put(_SPARE, msgspec.msgpack.encode((now, ())))

    return made.pages, keep


def _since_spare(place: Workplace, mark: str) -> Sequence[str] | None:
    """The files in which the last site, of this mark, differs from the spare one; None where that is not at hand."""
    try:
        of, changed = msgspec.msgpack.decode(place.get(_SPARE) or b"", type=tuple[str, list[str]])
    except msgspec.DecodeError:
        return None
    return changed if of == mark and place.spare.is_dir() else None


def _mark(out: Path) -> str:
    """What tells one build from all others."""
    return inputs.digest([(out / _STAMP).read_bytes()])


def check(ctx: Context) -> tuple[Checked, ...]:
    """Validates the plans of the context. Of two records of one plan the second is rejected, as is what is no record."""
    return tuple(Checked(path, part.graph or "", part.results) for path, part in _alone(ctx, resources.DATA))


def audited(ctx: Context, data: Path = resources.DATA) -> audit.Audit:
    """The findings in the plans of the context: by reading and by shapes, each said once. Violations are no findings: see `check`."""
    return audit.joined(part.audit for _, part in _alone(ctx, data))


def _alone(ctx: Context, data: Path) -> Iterator[tuple[Path, Part]]:
    """The parts of the context's plans, made anew; what cannot be taken is rejected in the context."""
    taken: dict[str, Path] = {}
    with workers(min(len(ctx.plans), os.cpu_count() or 1)) as pool:
        parts = ordered(partial(make, Setting.now(ctx.iris.base, data)), ctx.plans, pool)
        for path, part in zip(ctx.plans, parts, strict=True):
            refusals = outputs.refused(part.refusals, part.graph, path, taken)
            for refusal in refusals:
                ctx.reject(path, refusal.error)
            if not refusals:
                yield path, part


# ---------------------------------------------------------------- bundles, made or kept


def _digests(paths: Sequence[Path]) -> dict[str, str]:
    """What the plans' files hold, by their names, so that it is the same in any folder; files of one name are told by their order."""
    found: dict[str, str] = {}
    for path in paths:
        name = path.name if path.name not in found else f"{path.name} ({len(found)})"
        try:
            found[name] = inputs.digest([path.read_bytes()])
        except OSError:
            found[name] = "unreadable"  # the loader says why
    return found


def _is_record(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _last(out: Path) -> Stamp | None:
    try:
        return msgspec.json.decode((out / _STAMP).read_bytes(), type=Stamp)
    except (OSError, msgspec.DecodeError):
        return None


class _Shelf:
    """The bundles of a build: those kept from an earlier one, and those that are made now; `steps` says which, and why.

    `meanwhile` is done here while others begin to make them.
    """

    def __init__(
        self,
        place: Workplace,
        setting: Setting,
        last: Stamp | None,
        now: Stamp,
        jobs: int,
        elsewhere: Cluster | None,
        report: Report,
        meanwhile: Callable[[], object],
    ) -> None:
        self._place, self._setting, self._last, self._now, self._meanwhile = place, setting, last, now, meanwhile
        self._jobs, self._elsewhere, self._report = jobs, elsewhere, report
        self._names = [name for name, _ in setting.made_from]
        self._key = inputs.digest(now.inputs[name].encode() for name in self._names)
        self._named: dict[str, str] = {}
        self.steps: list[str] = []

    def bundle(self, name: str) -> Bundle:
        """The bundle of a part that went into this build, by its name; that of the ground by ''."""
        return Bundle(self._place.path(self.key(name)))

    def key(self, name: str) -> str:
        """Under which that bundle is kept; what is kept under one key is always the same."""
        return self._named[name]

    def bundles(self, paths: Sequence[Path]) -> Iterator[Bundle]:
        """The bundle of the ground, then those of the plans in the order of the paths; those not kept are made by processes, and kept."""
        names = dict(zip(paths, self._now.records, strict=True))
        keys: dict[Path | None, str] = {None: f"ground-{self._key}"}
        keys |= {path: self._key_of(path, self._now.records[name]) for path, name in names.items()}
        missing = [one for one in keys if not self._place.has(keys[one])]
        wanted = set(missing)
        for one in missing:
            what = f"load, validate and infer {one.name}" if one else "load and infer the ground"
            self.steps.append(f"{what}: {self._why(names[one] if one else '')}")
        tell, done = pace(self._report, "plans", len(wanted - {None})), 0
        if len(missing) > 1 and not self._elsewhere:
            ground(self._setting)  # once, before processes are forked
        here = workers(min(self._jobs, len(missing)))
        with nullcontext(self._elsewhere.pool) if self._elsewhere else here as pool:
            made = self._made(missing, pool)
            for path, key in keys.items():
                if path not in wanted:
                    found = Bundle(self._place.path(key), self._place.out / "records" if path and self._lies(path, names[path]) else None)
                else:
                    content = next(made)
                    found = Bundle(content)
                    if found.contents.graph or not path:
                        self._place.put(key, content)
                    if path:
                        tell(done := done + 1)
                self._named.setdefault(found.contents.name, key)  # of two records of one plan the first is taken
                yield found
        self._place.keep_only({*keys.values(), _SITE, _SPARE, _FORMED}, _FACTS)

    def formed(self, lines: bytes) -> tuple[bytes, bytes]:
        """The forms of these lines, see `bundle.forms`: those that are kept, where they are of the same lines."""
        digest = inputs.digest([lines])
        try:
            kept = msgspec.msgpack.decode(self._place.get(_FORMED) or b"", type=tuple[str, bytes, bytes])
        except msgspec.DecodeError:
            kept = ("", b"", b"")
        if kept[0] != digest:
            kept = (digest, *bundle.forms(lines))
            self._place.put(_FORMED, msgspec.msgpack.encode(kept))
        return kept[1:]

    def _made(self, paths: Sequence[Path | None], pool: Executor | None) -> Iterator[bytes]:
        """The bundles of the plans in these files, and of the ground, in their order. Workers elsewhere are sent what the files hold."""
        if self._elsewhere is None:
            yield from ordered(partial(bundle.make, self._setting), paths, pool, self._meanwhile)
            return
        plans = [path for path in paths if path]
        if len(plans) < len(paths):
            yield bundle.make(self._setting, None)
        sent = ordered(partial(bundle.make_sent, self._setting), map(_sent, plans), pool)
        for path, content in zip(plans, sent, strict=True):
            refused = not Bundle(content).contents.graph
            yield bundle.make(self._setting, path) if refused else content  # a refusal names the file as it is called here

    def _key_of(self, path: Path, digest: str) -> str:
        reading = () if _is_record(path) else inputs.of_reading().values()
        return inputs.digest(part.encode() for part in (self._key, path.name, digest, *reading))

    def _changed_inputs(self) -> list[str]:
        """What all bundles are made from, and was other in the last build."""
        before = self._last.inputs if self._last else {}
        return [part for part in self._names if before.get(part) != self._now.inputs[part]]

    @cached_property
    def _lying(self) -> dict[str, str]:
        """The digests of the files whose records the last build may have left as this one would write them."""
        return {} if self._last is None or self._changed_inputs() else self._last.records

    def _lies(self, path: Path, name: str) -> bool:
        """Whether the last build wrote this plan's record as this one would: it may have set it aside, for another record of the plan."""
        return self._lying.get(name) == self._now.records[name] and path.stem not in (self._last.quarantined if self._last else ())

    def _why(self, name: str) -> str:
        last, now = self._last, self._now
        if last is None:
            return "there is no build to go on from"
        if changed := self._changed_inputs():
            return f"{', '.join(changed)} changed"
        if name and name not in last.records:
            return "it is new"
        return "its file changed" if name and last.records[name] != now.records[name] else "nothing of it was kept"


def _sent(path: Path) -> tuple[str, bytes]:
    try:
        return path.name, path.read_bytes()
    except OSError:
        return path.name, b""
