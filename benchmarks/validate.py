"""How many plans a second validation checks: `python benchmarks/validate.py [COPIES]`, of the committed plans under other numbers."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from cancu import loading, records, resources
from cancu.context import Context
from cancu.quads import Quad
from cancu.validate import validate_many


def copies(folder: Path, count: int) -> tuple[Path, ...]:
    """`count` records in `folder`: the committed plans in turn, each under a number of its own."""
    committed = [records.read(path) for path in sorted(resources.PLANS.glob("*.json"))]
    made = []
    for i in range(count):
        record = committed[i % len(committed)]
        number = f"{9000 + i}/{(record.document.number or 'KH-UBND').partition('/')[2]}"
        path = folder / f"{i}.json"
        path.write_bytes(records.dumps(msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, number=number))))
        made.append(path)
    return tuple(made)


def main() -> None:
    """Prints plans, findings, seconds, plans a second, and the memory of the greatest worker."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        ctx = Context(loading.context().registry, copies(Path(folder), count))
        graphs: dict[str, list[Quad]] = {}
        for quad in loading.run(ctx):
            graphs.setdefault(quad.graph, []).append(quad)
    plans = [(name, part) for name, part in graphs.items() if "/graph/plan/" in name]
    shared = [quad for name, part in graphs.items() if "/graph/plan/" not in name for quad in part]
    start = time.perf_counter()
    outcomes = validate_many(plans, shared)
    seconds = time.perf_counter() - start
    found = sum(len(results) for results in outcomes)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{len(outcomes)} plans, {found} results, {seconds:.1f} s, {len(outcomes) / seconds:.1f} plans/s, {memory} MB a worker")


if __name__ == "__main__":
    main()
