"""What the data set says of itself: DCAT for catalogues, VoID for query planners. Counts and versions, and no clock.

https://www.w3.org/TR/vocab-dcat-3/ and https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cancu import __version__
from cancu.iris import ONTOLOGY, Iris
from cancu.quads import RDF_TYPE, Quad, integer, iri, prop, text

_DCAT = "http://www.w3.org/ns/dcat#"
_DCT = "http://purl.org/dc/terms/"
_VOID = "http://rdfs.org/ns/void#"
_TITLES = (("Căn Cứ: kế hoạch của các tỉnh và căn cứ pháp lý của chúng", "vi"), ("Căn Cứ: provincial plans and their legal bases", "en"))
_FILES = (
    ("graph.nq", "application/n-quads"),
    ("graph.trig", "application/trig"),
    ("findings.csv", "text/csv"),
    ("findings.json", "application/json"),
    ("findings.sarif", "application/sarif+json"),
)


def quads(sizes: Mapping[str, int], classes: Mapping[str, int], iris: Iris) -> Iterator[Quad]:
    """The description of a data set, by the sizes of its graphs and of its classes, all named by terms."""
    meta, whole = iri(iris.graph("meta")), iri(iris.base)

    def say(subject: str, predicate: str, value: str) -> Quad:
        return Quad(subject, iri(predicate), value, meta)

    for kind in (_DCAT + "Dataset", _VOID + "Dataset"):
        yield Quad(whole, RDF_TYPE, iri(kind), meta)
    for title, language in _TITLES:
        yield say(whole, _DCT + "title", text(title, language))
    yield say(whole, _DCT + "license", iri("https://creativecommons.org/publicdomain/zero/1.0/"))
    yield say(whole, _DCT + "conformsTo", iri(ONTOLOGY))
    yield say(whole, _DCAT + "version", text(__version__))
    yield say(whole, _VOID + "uriSpace", text(iris.base))
    yield say(whole, _VOID + "vocabulary", iri(ONTOLOGY))
    yield say(whole, _VOID + "triples", integer(sum(sizes.values())))
    for name, media_type in _FILES:
        file = iri(f"{iris.base}file/{name}")
        yield Quad(file, RDF_TYPE, iri(_DCAT + "Distribution"), meta)
        yield say(file, _DCT + "title", text(name))
        yield say(file, _DCAT + "mediaType", text(media_type))
        yield say(file, _DCAT + "downloadURL", iri(f"{iris.base}{name}"))
        yield say(whole, _DCAT + "distribution", file)
    for name, size in sizes.items():
        yield Quad(name, RDF_TYPE, iri(_VOID + "Dataset"), meta)
        yield say(whole, _VOID + "subset", name)
        yield say(name, _VOID + "triples", integer(size))
    for name, members in classes.items():
        partition = iri(f"{iris.base}partition/{name.removeprefix(prop('')[:-1]).rstrip('>')}")
        yield say(whole, _VOID + "classPartition", partition)
        yield say(partition, _VOID + "class", name)
        yield say(partition, _VOID + "entities", integer(members))
