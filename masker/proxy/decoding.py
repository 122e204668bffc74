"""Undo an upstream's content coding a little at a time, so that a small reply cannot become a huge one at once.

httpx decodes too, but inflates whatever a network read brought in one go: 64 KB of zeros in Brotli or Zstandard are
gigabytes. Each decoder here hands out pieces of bounded size, so whoever counts them can stop in time.
"""

from __future__ import annotations

__all__ = ["ACCEPT_ENCODING", "BadCoding", "decoder_for"]

import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

import brotli
import zstandard

#: What we ask upstreams for when the whole reply is read at once.
ACCEPT_ENCODING: Final = "gzip, deflate, br, zstd"
#: Largest piece that a decoder hands out.
_PIECE: Final = 256 * 1024


class BadCoding(Exception):
    """The bytes are not in the coding that the headers promise."""


class Decoder(Protocol):
    """Turns coded bytes into plain ones."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what the bytes so far decode to, in pieces."""

    def finish(self) -> None:
        """Raise `BadCoding` when the coded stream has not ended."""


class _Identity:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        return


class _Gzip:
    """Members one after the other (RFC 1952 section 2.2). What follows the last and begins none is thrown away."""

    _BEGINS: Final = b"\x1f\x8b"

    def __init__(self) -> None:
        self._member: Any = None
        self._head = b""  # the first byte of a member, whose second has not come
        self._members = 0
        self._ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._ended:
            if self._member is None:
                data, self._head = self._head + data, b""
                if not self._BEGINS.startswith(data[:2]):
                    if not self._members:
                        raise BadCoding
                    self._ended = True
                    return
                if len(data) < 2:
                    self._head = data
                    return
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._members += 1
            yield from _inflate(self._member, data)
            data = self._member.unused_data
            if self._member.eof:
                self._member = None

    def finish(self) -> None:
        if self._member is not None or self._head:
            raise BadCoding


class _Deflate:
    """RFC 9110 section 8.4.1.2 means zlib by "deflate"; some servers send raw deflate. The first two bytes tell.

    What follows the end is thrown away.
    """

    def __init__(self) -> None:
        self._inflater: Any = None
        self._head = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            data, self._head = self._head + data, b""
            if len(data) < 2:
                self._head = data
                return
            # RFC 1950 section 2.2: the method is 8, and both bytes are a multiple of 31.
            is_zlib = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        if not self._inflater.eof:
            yield from _inflate(self._inflater, data)

    def finish(self) -> None:
        if self._head or (self._inflater is not None and not self._inflater.eof):
            raise BadCoding


def _inflate(inflater: Any, data: bytes) -> Iterator[bytes]:
    """Yield what bytes inflate to, in pieces, until they are used up or the compressed data has ended."""
    while data and not inflater.eof:
        try:
            piece = inflater.decompress(data, _PIECE)
        except zlib.error as error:
            raise BadCoding from error
        data = inflater.unconsumed_tail
        if piece:
            yield piece


def _cut(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]


class _Brotli:
    """As RFC 7932 has it; the limit of its output is no more than a wish."""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = True
        try:
            piece = self._decompressor.process(data, output_buffer_limit=_PIECE)
            while piece or not self._decompressor.can_accept_more_data():
                yield from _cut(piece)
                piece = self._decompressor.process(b"", output_buffer_limit=_PIECE)
        except brotli.error as error:
            raise BadCoding from error

    def finish(self) -> None:
        if self._started and not self._decompressor.is_finished():
            raise BadCoding


class _Zstandard:
    """Frames one after the other (RFC 8878 section 3), also such as are to be skipped.

    Fed in slices: a compressed block is at most 128 KB when inflated, and a slice starts no more than 16.
    """

    _SLICE: Final = 64

    def __init__(self) -> None:
        # 8 MB is what section 3.1.1.1.2 tells decoders to support; larger windows are refused.
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
        self._frame: Any = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), self._SLICE):
            rest = data[start : start + self._SLICE]
            while rest:
                if self._frame is None:
                    self._frame = self._decompressor.decompressobj()
                try:
                    piece = self._frame.decompress(rest)
                except zstandard.ZstdError as error:
                    raise BadCoding from error
                yield from _cut(piece)
                rest = self._frame.unused_data
                if self._frame.eof:
                    self._frame = None

    def finish(self) -> None:
        if self._frame is not None:
            raise BadCoding


_DECODERS: Final[dict[str, Callable[[], Any]]] = {
    "": _Identity,
    "identity": _Identity,
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstandard,
}


def decoder_for(content_encoding: str) -> Decoder:
    """Return a decoder for a ``Content-Encoding``.

    Raises:
        BadCoding: The coding is unknown, or there are several.
    """
    factory = _DECODERS.get(content_encoding.strip().lower())
    if factory is None:
        raise BadCoding
    decoder: Decoder = factory()
    return decoder
