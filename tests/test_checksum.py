"""The checksum of bytes put together is that of the whole."""

from __future__ import annotations

import zlib
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from cancu.checksum import Sum


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_pieces_together_have_the_checksum_of_the_whole(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    found = reduce(Sum.then, map(Sum.of, pieces), Sum())
    assert (found.crc, found.size) == (zlib.crc32(whole), len(whole))
    assert found == Sum.of(whole)
