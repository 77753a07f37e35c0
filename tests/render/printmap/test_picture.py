"""The printed map as a file: the same bytes twice, small, without a word about where it was made."""

from __future__ import annotations

import struct

from render.sample import product

from cmcoord_geo.render.printmap import build_picture


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        found.append(png[at + 4 : at + 8])
        at += 12 + size
    return found


def test_the_same_product_gives_the_same_small_file_without_metadata():
    one, two = (build_picture(product("owner"), dpi=60) for _ in range(2))
    assert one == two
    assert one.startswith(b"\x89PNG")
    assert len(one) < 1_000_000
    assert set(chunks(one)) <= {b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"}
