"""CRC-32 of bytes that are put together from pieces, by the checksums of these: no piece is looked through again.

The checksum is a remainder of polynomials over GF(2) (RFC 1952, section 8), so that bytes which follow shift what came before: by
x^(8n) for n bytes, which is reckoned once a piece. In a word the highest bit is the lowest power, as zlib has it.
"""

from __future__ import annotations

import zlib

import msgspec

_POLYNOMIAL = 0xEDB88320
_ONE, _BYTE = 1 << 31, 1 << 23  # x^0, x^8


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """The checksum of some bytes, how many they are, and by what they shift the checksum of what stands before them."""

    crc: int = 0
    size: int = 0
    shift: int = _ONE

    @classmethod
    def of(cls, content: bytes) -> Sum:
        """That of these bytes."""
        return cls(zlib.crc32(content), len(content), _power(len(content)))

    def then(self, more: Sum) -> Sum:
        """That of these bytes and more after them."""
        return Sum(_product(more.shift, self.crc) ^ more.crc, self.size + more.size, _product(self.shift, more.shift))


def _product(a: int, b: int) -> int:
    """The product of two polynomials, by its remainder."""
    found = 0
    while a:
        if a & _ONE:
            found ^= b
        a = a << 1 & 0xFFFFFFFF
        b = b >> 1 ^ (_POLYNOMIAL if b & 1 else 0)
    return found


def _power(size: int) -> int:
    """x^(8 size), by its remainder."""
    found, base = _ONE, _BYTE
    while size:
        if size & 1:
            found = _product(found, base)
        base = _product(base, base)
        size >>= 1
    return found
