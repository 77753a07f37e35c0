"""Look for words in bytes however they were put there: plain, UTF-16, base64, hex, escaped, compressed."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

PNG = b"\x89PNG\r\n\x1a\n"
DEPTH = 3
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")


def hits(content: bytes, words: Iterable[str]) -> set[str]:
    """Words that stand somewhere in the content."""
    hays = [hay.lower() for hay in _unpacked(content, DEPTH)]
    return {word for word in words if any(n in hay for n in _spellings(word) for hay in hays)}


def chunks(png: bytes) -> Iterator[tuple[str, bytes]]:
    """Type and content of each chunk of a PNG."""
    at = len(PNG)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8].decode("ascii"), png[at + 8 : at + 8 + length]
        at += 12 + length


def _spellings(word: str) -> set[bytes]:
    """Lower-case bytes of a word in every spelling that a writer of files may choose."""
    found = set()
    forms = (unicodedata.normalize(kind, word) for kind in ("NFC", "NFD"))
    for form in (cased for one in forms for cased in (one, one.upper(), one.lower())):
        texts = {form, html.escape(form), json.dumps(form)[1:-1], quote(form)}
        texts.add("".join(c if ord(c) < 128 else f"&#{ord(c)};" for c in form))
        found |= {text.encode() for text in texts}
        found |= {form.encode(name) for name in ("utf-16-le", "utf-16-be")}
    return {spelling.lower() for spelling in found}


def _unpacked(content: bytes, depth: int) -> Iterator[bytes]:
    yield content
    if depth:
        for part in _inside(content):
            yield from _unpacked(part, depth - 1)


def _inside(content: bytes) -> Iterator[bytes]:
    """What is packed in the content."""
    if content.startswith(PNG):
        parts = list(chunks(content))
        yield from _inflated(b"".join(body for name, body in parts if name == "IDAT"))
        yield from (body for name, body in parts if name != "IDAT")
    for head in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", content):
        yield from _inflated(content[head.start() :])
    for run in _BASE64.finditer(content):
        yield from _decoded(run[0])
    for run in _HEX.finditer(content):
        yield binascii.unhexlify(run[0])


def _inflated(packed: bytes) -> Iterator[bytes]:
    try:
        found = zlib.decompressobj(wbits=47).decompress(packed, 50_000_000)
    except zlib.error:
        return
    if found:
        yield found


def _decoded(run: bytes) -> Iterator[bytes]:
    """A run of base64 may start anywhere in a group of four."""
    run = run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    for skip in range(4):
        part = run[skip:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        yield base64.b64decode(part + b"=" * (-len(part) % 4))
