"""The real tools of the Java world, as Debian has them: `python -m tests.java_tools TOOL FILE…` prints JSON, from a process of its own.

OWLAPI is what Protégé opens ontologies with, Jena what Fuseki answers with, RDF4J what GraphDB reads RDF and SPARQL with.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

JARS = Path("/usr/share/java")
PACKAGES = ("libapache-jena-java", "libowlapi-java", "librdf4j-java")
_BESIDE = (
    *("caffeine", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3", "commons-logging"),
    *("commons-rdf-api", "commons-rdf-simple", "commons-text", "dexx.collection", "failureaccess", "gson", "guava", "hppcrt", "httpclient"),
    *("httpcore", "jackson-annotations", "jackson-core", "jackson-databind", "atinject-jsr330-api", "jsonld-java", "jsr305", "protobuf"),
    *("slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld", "xz"),
)


def missing() -> str:
    """What has to be installed before the tools can be asked; '' where all is there."""
    try:
        import jpype  # noqa: F401
    except ImportError:
        return "jpype is missing: pip install JPype1"
    there = all((JARS / f"{name}.jar").is_file() for name in ("jena-tdb2", "owlapi-api", "rdf4j-queryparser-sparql"))
    return "" if there else f"Java's RDF tools are missing: apt install {' '.join(PACKAGES)}"


def _start(folder: Path) -> None:
    import jpype
    import jpype.imports  # makes Java's packages importable

    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:  # Debian moved the classes that look for these texts, and left the texts behind
        for name in jar.namelist():
            if name.endswith(".properties") and "/ext/xerces/" in name:
                path = folder / "xerces" / name.partition("/ext/xerces/")[2]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))
    ours = [
        path for kind in ("jena", "owlapi", "rdf4j") for path in JARS.glob(f"{kind}-*.jar") if not path.stem.rpartition("-")[2][0].isdigit()
    ]
    jpype.startJVM("-Xrs", "-Xmx2g", classpath=[str(folder), *map(str, sorted(ours)), *(f"{JARS}/{name}.jar" for name in _BESIDE)])


def owlapi(path: str) -> dict[str, Any]:
    """What an ontology has, and what in it goes beyond the profiles."""
    from java.io import File
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.profiles import OWL2DLProfile, OWL2RLProfile

    ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(File(path))
    return {
        "iri": str(ontology.getOntologyID().getOntologyIRI().get()),
        "classes": sorted(str(one.toStringID()) for one in ontology.getClassesInSignature()),
        "properties": sorted(
            str(one.toStringID())
            for found in (ontology.getObjectPropertiesInSignature(), ontology.getDataPropertiesInSignature())
            for one in found
        ),
        "DL": [str(one) for one in OWL2DLProfile().checkOntology(ontology).getViolations()],
        "RL": [str(one) for one in OWL2RLProfile().checkOntology(ontology).getViolations()],
    }


def jena(quads: str, questions: str) -> list[Any]:
    """The answers, as SPARQL JSON, of a TDB2 whose default graph is the union of its graphs, to a JSON list of queries."""
    from java.io import ByteArrayOutputStream
    from org.apache.jena.query import QueryExecutionFactory, ReadWrite, ResultSetFormatter
    from org.apache.jena.riot import Lang, RDFDataMgr
    from org.apache.jena.tdb2 import TDB2, TDB2Factory

    dataset = TDB2Factory.createDataset()
    dataset.getContext().set(TDB2.symUnionDefaultGraph, True)
    dataset.begin(ReadWrite.WRITE)
    RDFDataMgr.read(dataset, quads, Lang.NQUADS)
    dataset.commit()
    dataset.end()
    dataset.begin(ReadWrite.READ)
    answers = []
    for text in json.loads(Path(questions).read_text("utf-8")):
        out = ByteArrayOutputStream()
        ResultSetFormatter.outputAsJSON(out, QueryExecutionFactory.create(text, dataset).execSelect())
        answers.append(json.loads(bytes(out.toByteArray())))
    return answers


def rdf4j(quads: str, questions: str) -> dict[str, int]:
    """How many statements of N-Quads, and how many of a JSON list of queries, its parsers read. Raises for one that they do not."""
    from java.io import FileInputStream
    from org.eclipse.rdf4j.query.parser.sparql import SPARQLParser
    from org.eclipse.rdf4j.rio import RDFFormat, Rio

    model = Rio.parse(FileInputStream(quads), "", RDFFormat.NQUADS)
    texts = json.loads(Path(questions).read_text("utf-8"))
    for text in texts:
        SPARQLParser().parseQuery(text, None)
    return {"statements": int(model.size()), "queries": len(texts)}


TOOLS: dict[str, Callable[..., object]] = {"owlapi": owlapi, "jena": jena, "rdf4j": rdf4j}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        _start(Path(name))
        print(json.dumps(TOOLS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
