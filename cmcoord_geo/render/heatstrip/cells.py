"""One block of the strip: the darker the more of the way is covered; hatched where nobody arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.boxes import Box
    from cmcoord_geo.render.printmap.sheet import Sheet

#: Letters of a block that says a number.
MARK_PT = 8.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    How a kind of block is drawn.

    Attributes
    ----------
    hatch : str or None
        Drawn in ``ink``.
    mark : str
        The sign in it: what colour says is also said without.
    words : str
        Colour of what is written on it.
    """

    fill: str
    hatch: str | None = None
    ink: str = tokens.BORDER
    mark: str = ""
    words: str = tokens.INK


LOOKS = {
    "in0": Look(fill=tokens.PAPER, mark="–"),
    "in1": Look(fill="#d5e7f3", mark="1"),
    "in2": Look(fill="#80b9d9", mark="2"),
    "in3": Look(fill=tokens.HUMANITARIAN, mark="3", words=tokens.PAPER),
    "meets": Look(fill=tokens.PAPER, hatch="\\\\\\\\", ink=tokens.PATROL, mark="P"),
    "announced": Look(fill=tokens.PAPER, hatch="---", mark="A"),
    "fast_only": Look(fill="#f9f5bc", mark="!"),
    "night": Look(fill="#d2d2d2"),
    "gate": Look(fill="#e8e8e8", hatch="////"),
    "ban": Look(fill=tokens.PAPER, hatch="++++"),
    "shut": Look(fill=tokens.PAPER, hatch="xxxx"),
    "late": Look(fill="#c6c6c6", hatch="...."),
}
#: Blocks on which white stripes are seen.
_DARK = frozenset({"in2", "in3", "night", "late"})


def look_name(kind: str, cover: int) -> str:
    """Name of the look of a run."""
    return f"in{cover}" if kind == "in" else kind


def draw_block(sheet: Sheet, box: Box, name: str, *, is_stale: bool = False) -> None:
    """Draw a block; striped where the data have expired by then."""
    look = LOOKS[name]
    sheet.box(box, fill=look.fill, edge=look.ink, width_pt=0.4, hatch=look.hatch, z=2)
    if is_stale and name != "night":
        ink = tokens.PAPER if name in _DARK else tokens.RULE
        sheet.box(box, edge=ink, width_pt=0.4, hatch="||||", z=3)
