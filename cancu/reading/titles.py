"""Titles that one document is given in several places."""

from __future__ import annotations

from cancu.iris import slug


def other(title: str | None, known: str | None) -> str | None:
    """A title of a document whose title is known, where each has words that the other lacks: one that is cut or goes on is the same."""
    if not title or not known or title == known:
        return None
    mine, theirs = set(slug(title).split("-")), set(slug(known).split("-"))
    return None if mine <= theirs or theirs <= mine else title
