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


class _Zlib:
    """gzip and deflate. RFC 9110 section 8.4.1.2 means zlib by "deflate"; some servers send raw deflate."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inflater = zlib.decompressobj(wbits)
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            try:
                piece = self._inflater.decompress(data, _PIECE)
            except zlib.error as error:
                if self._started or self._wbits != zlib.MAX_WBITS:
                    raise BadCoding from error
                self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
                self._started = True
                continue
            self._started = True
            data = self._inflater.unconsumed_tail
            if piece:
                yield piece
            if self._inflater.eof:
                return

    def finish(self) -> None:
        if self._started and not self._inflater.eof:
            raise BadCoding


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = True
        try:
            piece = self._decompressor.process(data, output_buffer_limit=_PIECE)
            while piece or not self._decompressor.can_accept_more_data():
                yield piece
                piece = self._decompressor.process(b"", output_buffer_limit=_PIECE)
        except brotli.error as error:
            raise BadCoding from error

    def finish(self) -> None:
        if self._started and not self._decompressor.is_finished():
            raise BadCoding


class _Zstandard:
    """Fed in slices: a compressed block is at most 128 KB when inflated, and a slice starts only a few."""

    _SLICE: Final = 64

    def __init__(self) -> None:
        # 8 MB is what RFC 8878 section 3.1.1.1.2 tells decoders to support; larger windows are refused.
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024).decompressobj()
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = True
        try:
            for start in range(0, len(data), self._SLICE):
                if self._decompressor.eof:
                    return
                piece = self._decompressor.decompress(data[start : start + self._SLICE])
                if piece:
                    yield piece
        except zstandard.ZstdError as error:
            raise BadCoding from error

    def finish(self) -> None:
        if self._started and not self._decompressor.eof:
            raise BadCoding


_DECODERS: Final[dict[str, Callable[[], Any]]] = {
    "": _Identity,
    "identity": _Identity,
    "gzip": lambda: _Zlib(zlib.MAX_WBITS | 16),
    "x-gzip": lambda: _Zlib(zlib.MAX_WBITS | 16),
    "deflate": lambda: _Zlib(zlib.MAX_WBITS),
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
