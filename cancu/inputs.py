"""What a build is made from, each kind by a name and a digest of its content, so that a build can say what changed since the last."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from cancu import resources
from cancu.errors import InputError

PACKAGE = Path(__file__).resolve().parent
_LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "networkx", "Jinja2", "msgspec")
_PAGES, _READING, _COMMANDS = "website", "reading", "commands"


def digest(parts: Iterable[bytes]) -> str:
    """One SHA-256 for parts in their order; where one ends and the next begins counts."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def of_files(paths: Iterable[Path], root: Path) -> str:
    """The digest of files: of their names below `root` and of their bytes."""
    files = sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)
    return digest(part for path in files for part in (str(path.relative_to(root)).encode(), path.read_bytes()))


def of_folder(folder: Path) -> str:
    """The digest of all files in the folder, at any depth."""
    return of_files(folder.rglob("*"), folder)


@cache
def _code(*folders: str) -> str:
    """Of the package's own modules: those of the folders named, or all outside of pages, reading and commands."""
    if folders:
        return digest(of_folder(PACKAGE / folder).encode() for folder in folders)
    apart = {PACKAGE / name for name in (_PAGES, _READING, _COMMANDS)}
    return of_files((path for path in PACKAGE.glob("**/*.py") if not apart & set(path.parents)), PACKAGE)


@cache
def _libraries() -> str:
    return digest(f"{name} {version(name)}".encode() for name in _LIBRARIES)


def of_parts(data: Path, loaders: Iterable[Path], base: str | None) -> dict[str, str]:
    """What every plan's part is made from, beside its record."""
    return {
        "the base of IRIs": digest([(base or "").encode()]),
        "the registry": of_folder(data / "registry"),
        "the corrections": of_folder(data / "corrections"),
        "the ontology": of_folder(resources.ONTOLOGY),
        "the shapes": of_folder(resources.SHAPES),
        "the loaders": digest(of_folder(folder).encode() for folder in loaders),
        "the code": _code(),
        "the libraries": _libraries(),
    }


def of_pages(documents: Path | None, url: str) -> dict[str, str]:
    """What the website is made from, beside the graph."""
    extras = resources.SITE / "node_modules" / ".package-lock.json"
    return {
        "the queries": of_folder(resources.QUERIES),
        "the templates": of_files((path for path in resources.SITE.rglob("*") if "node_modules" not in path.parts), resources.SITE),
        "the extras of the pages": of_files([extras], resources.SITE),
        "the code of the pages": _code(_PAGES),
        "the documents at hand": of_folder(documents) if documents else "",
        "the address of the site": url,
    }


def of_program() -> dict[str, str]:
    """What makes parts and pages, wherever it is installed."""
    pages = of_pages(None, "")
    return {
        "the code": _code(),
        "the libraries": _libraries(),
        **{name: pages[name] for name in ("the queries", "the templates", "the code of the pages")},
    }


def agree(mine: Mapping[str, str], wanted: Iterable[tuple[str, str]]) -> None:
    """Raises InputError on a worker that has other versions than those of the machine that asks."""
    if other := [name for name, digest in wanted if mine[name] != digest]:
        raise InputError(platform.node(), f"a worker has other versions of {', '.join(other)}", "install the same version on every machine")


@cache
def of_reading() -> dict[str, str]:
    """What reads a document into a record."""
    return {"the lexicon": of_folder(resources.LEXICON), "the code of reading": _code(_READING)}
