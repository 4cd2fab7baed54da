"""The documentation is complete and fresh, and the project speaks of itself alone."""

from __future__ import annotations

import re
import subprocess

import pytest

from cancu import catalogue, docs, ontology, resources
from cancu.iris import ONTOLOGY

ROOT = resources.ROOT


@pytest.mark.parametrize("name", sorted(docs.pages()))
def test_generated_pages_are_fresh(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == docs.pages()[name], "run `make docs`"


def test_every_query_and_term_is_documented() -> None:
    queries, reference = ((ROOT / "docs" / name).read_text("utf-8") for name in ("queries.md", "ontology.md"))
    assert all(f"## {query.name}" in queries for query in catalogue.queries())
    assert all(term.name in reference for term in ontology.terms())


def test_every_name_of_the_vocabulary_in_use_is_declared() -> None:
    declared = {term.name for term in ontology.terms()}
    used = set()
    for folder, pattern in (
        ("queries", r"\bcancu:(\w+)"),
        ("ontology/rules", r"\bcancu:(\w+)"),
        ("shapes", r"\bcancu:(\w+)"),
        ("loaders", r'(?:prop|\.add\(\w+,) ?\(?"([A-Za-z]\w+)"'),
    ):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix in {".rq", ".ttl", ".py"}:
                used |= {(str(path), name) for name in re.findall(pattern, path.read_text("utf-8"))}
    assert used
    assert sorted({(path, name) for path, name in used if name not in declared}) == []


def test_the_vocabulary_of_a_build_is_declared() -> None:
    from cancu import loading

    declared = {f"<{ONTOLOGY}{term.name}>" for term in ontology.terms()}
    used = {part for quad in loading.run(loading.context()) for part in (quad.predicate, quad.object) if part.startswith(f"<{ONTOLOGY}")}
    assert used - declared - {f"<{ONTOLOGY.rstrip('#')}>"} == set()


def test_relative_links_in_the_docs_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    links = [(page, target) for page in pages for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))]
    broken = [f"{page.name}: {target}" for page, target in links if "://" not in target and not (page.parent / target).exists()]
    assert broken == []


def test_tracked_text_is_tidy() -> None:
    names = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True, text=True).stdout.split("\0")
    untidy = []
    for name in filter(None, names):
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".ttl", ".rq", ".html", ".css", ".js"} and path.is_file():
            text = path.read_text("utf-8")
            if "\t" in text and path.suffix in {".py", ".toml"} and "tests/cases" not in name and "data/lexicon" not in name:
                untidy.append(f"{name}: a tab")
            if text and not text.endswith("\n"):
                untidy.append(f"{name}: no newline at the end")
    assert [line for line in untidy if "cases/" not in line and "examples/" not in line] == []
