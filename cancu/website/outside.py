"""What the site says to other sites and to crawlers: the map of its pages, and that all may read them. Both need whole addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

_MOST = 50_000  # addresses in one map, by https://www.sitemaps.org/protocol.html
_PLAIN = re.compile(r"[\w/.~-]*", re.ASCII).fullmatch  # an address that is as it is in a map; most are
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(out: Path, url: str, addresses: Sequence[str]) -> None:
    """Writes `sitemap.xml` (above 50,000 pages an index of several maps) and `robots.txt` for the site at `url`."""
    root = url.rstrip("/") + "/"
    maps = [addresses[start : start + _MOST] for start in range(0, len(addresses), _MOST)]
    if len(maps) == 1:
        _map(out / "sitemap.xml", "urlset", "url", root, maps[0])
    else:
        names = [f"sitemap-{i}.xml" for i in range(1, len(maps) + 1)]
        for name, part in zip(names, maps, strict=True):
            _map(out / name, "urlset", "url", root, part)
        _map(out / "sitemap.xml", "sitemapindex", "sitemap", root, names)
    (out / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {root}sitemap.xml\n", encoding="utf-8")


def _map(path: Path, whole: str, part: str, root: str, addresses: Sequence[str]) -> None:
    before = escape(root, quote=False)
    lines = "".join([f"<{part}><loc>{before}{a if _PLAIN(a) else quote(a)}</loc></{part}>\n" for a in addresses])
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    path.write_text(f'{head}<{whole} xmlns="{_SPACE}">\n{lines}</{whole}>\n', encoding="utf-8")
