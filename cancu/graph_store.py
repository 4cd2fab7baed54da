"""Someone's triple store, written to by the Graph Store Protocol or by Update, whichever its address is for.

https://www.w3.org/TR/sparql11-http-rdf-update/ and https://www.w3.org/TR/sparql11-update/
Who may write is told by the environment alone: CANCU_USER and CANCU_PASSWORD (Basic or Digest, as the store asks), or CANCU_TOKEN.
"""

from __future__ import annotations

import http
import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode, urlsplit

from cancu.errors import CancuError, InputError

_TIMEOUT_S = 600
_TRIES = 4
_LARGE = 2**14  # bytes of a body that may not be under way whole when the store answers
_FLEETING = (429, 500, 502, 503, 504)
# An address to write to, as stores document them, and where the same store is asked.
_PLACES = (
    (re.compile(r"^(.*)/sparql-(?:graph-crud(?:-auth)?|auth)$"), r"\1/sparql"),  # Virtuoso
    (re.compile(r"^(.*/repositories/[^/]+)/(?:rdf-graphs/service|statements)$"), r"\1"),  # GraphDB, RDF4J
    (re.compile(r"^(.*)/(?:store|data|get|update)$"), r"\1/query"),  # Oxigraph, Fuseki
)
_UPDATES = re.compile(r"/(?:update|statements|sparql-auth|sparql-update)$")
_TRIPLES, _FORM = "application/n-triples", "application/x-www-form-urlencoded"


class StoreError(CancuError):
    """A store that cannot be reached, or refuses: with its words, never with who asked."""


class GraphStore:
    """A store to write to, at an address of either protocol, and to ask."""

    def __init__(self, url: str, query_url: str | None = None, environment: Mapping[str, str] = os.environ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(url, "is no address of a store", "give one such as http://localhost:7878/store")
        if parts.username or parts.password:
            place = url.replace(f"{parts.netloc.rpartition('@')[0]}@", "")
            raise InputError(place, "holds a name or password", "set CANCU_USER and CANCU_PASSWORD in the environment instead")
        self.url, self.updates = url, bool(_UPDATES.search(parts.path))
        self.query_url = query_url or next((place.sub(asked, url) for place, asked in _PLACES if place.match(url)), "")
        if not self.query_url:
            raise InputError(url, "does not tell where the store is asked", "name that address too: --query URL")
        self._token = environment.get("CANCU_TOKEN", "")
        self._user = environment.get("CANCU_USER", ""), environment.get("CANCU_PASSWORD", "")
        self._oxigraph: bool | None = None

    # ------------------------------------------------------------ writing

    def replace(self, graph: str, triples: str) -> None:
        """Puts N-Triples in the place of all that the graph has. Raises StoreError."""
        if self.updates:
            self._update(f"DROP SILENT GRAPH <{graph}>{f' ; {_insertion(graph, triples)}' if triples else ''}")
        else:
            self._write("PUT", graph, triples)

    def add(self, graph: str, triples: str) -> None:
        """Adds N-Triples, without blank nodes, to the graph. Raises StoreError."""
        if self.updates:
            self._update(_insertion(graph, triples))
        else:
            self._write("POST", graph, triples)

    def drop(self, graph: str) -> None:
        """Removes the graph, if there is one. Raises StoreError."""
        if self.updates:
            self._update(f"DROP SILENT GRAPH <{graph}>")
        else:
            self._send("DELETE", self._place(graph), None, {}, missing=True)

    def _write(self, method: str, graph: str, triples: str) -> None:
        self._send(method, self._place(graph) + ("&no_transaction" if self._bulk else ""), triples.encode(), {"Content-Type": _TRIPLES})

    def _place(self, graph: str) -> str:
        # Virtuoso has graph-uri beside the standard's own name for it
        return f"{self.url}{'&' if urlsplit(self.url).query else '?'}graph={quote(graph, safe='')}"

    def _update(self, text: str) -> None:
        self._send("POST", self.url, text.encode(), {"Content-Type": "application/sparql-update"})

    @property
    def _bulk(self) -> bool:
        """Whether it is Oxigraph's server, which loads much faster outside a transaction; what breaks off is sent again anyway."""
        if self._oxigraph is None:
            _, server = self._send("GET", self.query_url, None, {"Accept": "text/turtle"}, missing=True)
            self._oxigraph = server.lower().startswith("oxigraph")
        return self._oxigraph

    # ------------------------------------------------------------ asking

    def ask(self, text: str) -> Iterator[tuple[str, ...]]:
        """The rows of a SELECT, as text. Raises StoreError."""
        headers = {"Content-Type": _FORM, "Accept": "application/sparql-results+json"}
        body, _ = self._send("POST", self.query_url, urlencode({"query": text}).encode(), headers)
        try:
            told = json.loads(body)
            names, rows = told["head"]["vars"], told["results"]["bindings"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.query_url} gives no answer that can be read: is it a SPARQL endpoint?") from error
        return (tuple(row[name]["value"] if name in row else "" for name in names) for row in rows)

    # ------------------------------------------------------------ requests

    def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str], *, missing: bool = False) -> tuple[bytes, str]:
        """The answer's body and the name of the server. A store that is busy or out of reach is asked again, a moment later."""
        if self._token:
            headers = headers | {"Authorization": f"Bearer {self._token}"}
        for turn in range(1, _TRIES + 1):
            request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - http and https alone, see __init__
            self._authorize(request, len(body or b""))
            try:
                with self._opener().open(request, timeout=_TIMEOUT_S) as answer:
                    return answer.read(), answer.headers.get("Server", "")
            except urllib.error.HTTPError as error:
                if missing and error.code in (400, 404, 406):
                    return b"", error.headers.get("Server", "")
                if error.code not in _FLEETING or turn == _TRIES:
                    raise StoreError(_told(url, error)) from None
            except (OSError, http.client.HTTPException) as error:
                if turn == _TRIES:
                    raise StoreError(f"{url} cannot be reached: {getattr(error, 'reason', error)}.") from None
            time.sleep(0.25 * 2**turn)
        raise AssertionError

    def _opener(self) -> urllib.request.OpenerDirector:
        """Answers the store's own challenge, Basic or Digest; a fresh one each time, since it counts refusals of other kinds as its own."""
        if not all(self._user):
            return urllib.request.build_opener()
        known = self._known()
        return urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known))

    def _known(self) -> urllib.request.HTTPPasswordMgrWithDefaultRealm:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for url in (self.url, self.query_url):
            known.add_password(None, url, *self._user)
        return known

    def _authorize(self, request: urllib.request.Request, size: int) -> None:
        """Asks for the Digest challenge before a large body is sent: a store that gives it later hangs up while the body is on its way."""
        if not all(self._user) or size < _LARGE:
            return
        try:
            urllib.request.build_opener().open(urllib.request.Request(request.full_url, method="HEAD"), timeout=_TIMEOUT_S)  # noqa: S310
        except urllib.error.HTTPError as error:
            kind, _, rest = (error.headers.get("WWW-Authenticate") or "").partition(" ")
            if error.code == http.HTTPStatus.UNAUTHORIZED and kind.lower() == "digest":
                challenge = urllib.request.parse_keqv_list(list(filter(None, urllib.request.parse_http_list(rest))))
                answer = urllib.request.HTTPDigestAuthHandler(self._known()).get_authorization(request, challenge)
                if answer:
                    request.add_unredirected_header("Authorization", f"Digest {answer}")
        except OSError:
            return  # the request itself says that the store cannot be reached


def _insertion(graph: str, triples: str) -> str:
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{triples}}} }}"


def _told(url: str, error: urllib.error.HTTPError) -> str:
    words = error.read(600).decode(errors="replace").strip()
    if error.code in (401, 403):
        return f"{url} does not let you write ({error.code}): set CANCU_USER and CANCU_PASSWORD, or CANCU_TOKEN, in the environment."
    return f"{url} refuses ({error.code}): {words or error.reason}"
