"""Where the ontology, shapes, queries, loaders, templates and data lie: in the package when installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE / "share" if (_PACKAGE / "share").is_dir() else _PACKAGE.parent

ONTOLOGY = ROOT / "ontology"
SHAPES = ROOT / "shapes"
QUERIES = ROOT / "queries"
LOADERS = ROOT / "loaders"
EXAMPLES = ROOT / "examples"
NOTEBOOKS = ROOT / "notebooks"
SITE = ROOT / "site"
DATA = ROOT / "data"
PLANS = DATA / "plans"
REGISTRY = DATA / "registry"
LEXICON = DATA / "lexicon"
CORRECTIONS = DATA / "corrections"
