"""Bars: the same thing at the same times is one, in any language."""

from __future__ import annotations

from dataclasses import replace

from cmcoord_geo.i18n import Said
from cmcoord_geo.planning.bars import Bar, are_alike
from cmcoord_geo.planning.spans import Spans

ONE = Bar(
    kind="ban", effect="stop", source="ban", name="x", key="ban:0", said=Said(fr="x", en="x"),
    spans=Spans.of([(0.0, 10.0)]),
)  # fmt: skip


def test_bars_are_alike_by_key_and_times_and_not_by_their_words() -> None:
    assert are_alike([ONE], [replace(ONE, said=Said(fr="un", en="one"))])
    assert not are_alike([ONE], [replace(ONE, key="ban:1")])
    assert not are_alike([ONE], [replace(ONE, spans=Spans.of([(0.0, 11.0)]))])
    assert not are_alike([ONE], [])
