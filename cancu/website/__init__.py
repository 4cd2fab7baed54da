"""The website: every thing of the graph on a page of its own, in Vietnamese and English, with the lines that say so."""

from cancu.website.render import put, render

__all__ = ["put", "render"]
