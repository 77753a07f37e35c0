"""Scenes of the EXERCISE week, drawn once for all tests at a low resolution."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from render.sample import product

from cmcoord_geo.render.printmap.picture import draw_picture

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.scene import Scene

#: Audience, paper and language of the sheets that are looked at.
SHEETS: tuple[tuple[str, str, Lang], ...] = (
    ("owner", "A4", "fr"),
    ("owner", "A4", "en"),
    ("owner", "A3", "fr"),
    ("minusca_ops", "A4", "fr"),
    ("minusca_ops", "A3", "en"),
    ("public", "A4", "fr"),
    ("public", "A4", "en"),
)


@cache
def drawn(audience: str, paper: str, lang: Lang) -> Scene:
    return draw_picture(product(audience), lang=lang, paper=paper, dpi=60)
