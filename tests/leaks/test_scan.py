"""The scan finds a word however it is hidden, else a clean product would mean nothing."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from io import BytesIO

import pytest
from leaks.scan import chunks, hits
from PIL import Image, PngImagePlugin

WORD = "KanarCargoÉté7"
TEXT = f"… {WORD} …"


def picture(**texts: str) -> bytes:
    """A tiny PNG with text chunks."""
    info = PngImagePlugin.PngInfo()
    for key, value in texts.items():
        info.add_itxt(key, value, zip=True)
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


HIDDEN = {
    "plain": TEXT.encode(),
    "other case": TEXT.upper().encode(),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "escaped": json.dumps(TEXT).encode(),
    "decomposed": "KanarCargoE\u0301te\u03017".encode(),
    "entities": b"KanarCargo&#201;t&#233;7",
    "percent": b"?q=KanarCargo%C3%89t%C3%A97",
    "hex": TEXT.encode().hex().encode(),
    "base64": base64.b64encode(TEXT.encode()),
    "base64, shifted": b"x" + base64.b64encode(b"ab" + TEXT.encode()),
    "base64 of UTF-16": base64.urlsafe_b64encode(TEXT.encode("utf-16-le")),
    "zlib": b"head" + zlib.compress(TEXT.encode()) + b"tail",
    "gzip": gzip.compress(TEXT.encode()),
    "base64 of zlib": b"data:," + base64.b64encode(zlib.compress(TEXT.encode())),
    "PNG text": picture(Author=TEXT),
    "PNG in a page": b"data:image/png;base64," + base64.b64encode(picture(Title=TEXT)),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_word_is_found(how: str) -> None:
    assert hits(HIDDEN[how], [WORD, "KanarOther"]) == {WORD}


def test_nothing_is_found_where_nothing_is() -> None:
    clean = b"Kanar Cargo " + zlib.compress(b"nothing") + picture(Author="nobody")
    assert hits(clean, [WORD]) == set()


def test_chunks_of_a_picture_are_named() -> None:
    assert {"IHDR", "iTXt", "IDAT", "IEND"} <= {name for name, _ in chunks(picture(Author="x"))}
