"""Memories of a file's own: the model that placed its records best, with shares fitted on its whole past."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.risk.forward import Forecaster, Model
from cmcoord_geo.risk.memory import Memories, Memory
from cmcoord_geo.risk.skill import CONSTANT, PLANAR, RAW, SHIPPED
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.risk.forward import Past
    from cmcoord_geo.risk.skill import Skill

_EVEN = Memory(name="any road", part="even", reach_m=0.0, half_life_months=np.inf, weight=1.0)
_EVER = Memory(name="same, ever", part="same", reach_m=0.0, half_life_months=np.inf, weight=1.0)


def own_memories(past: Past, skill: Skill, memories: Memories, *, source: str) -> Memories:
    """
    Memories that colour roads as this past asks for.

    Of the measured model, or of the simpler one that placed the records better; shares by expectation and
    maximisation on every month of the past, those given being the prior.

    Parameters
    ----------
    past : Past
    skill : Skill
        Measurement on this past.
    memories : Memories
        Those that were measured.
    source : str
        What they were fitted on.
    """
    chosen = {
        SHIPPED: memories.memories,
        CONSTANT: (_EVEN,),
        RAW: (_EVER, _EVEN),
        PLANAR: (
            replace(_EVER, name="around, ever", part="near", reach_m=KM_M * skill.planar_km),
            _EVEN,
        ),
    }[skill.advised]
    start = np.array([memory.share for memory in chosen])
    if not start.any():
        start = np.full(len(chosen), 1.0 / len(chosen))
    model = Model(
        name=skill.advised,
        memories=tuple(
            replace(memory, weight=share)
            for memory, share in zip(chosen, start.tolist(), strict=True)
        ),
        prior=memories.prior,
        is_share=True,
    )
    after = int(past.month[-1]) + 1
    shares = Forecaster(past, model, last=after).weights(after)
    return replace(
        memories,
        memories=tuple(
            replace(memory, share=share)
            for memory, share in zip(chosen, _whole(shares).tolist(), strict=True)
        ),
        version=f"{after // 12:04d}-{after % 12 + 1:02d}",
        source=source,
    )


def _whole(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares in thousandths that add up to one, the largest taking what rounding leaves."""
    thousandths = np.rint(1000.0 * shares / shares.sum()).astype(np.int64)
    thousandths[np.argmax(shares)] += 1000 - thousandths.sum()
    return np.asarray(thousandths / 1000.0)


def written(memories: Memories) -> str:
    """
    Memories as a parameter file, which :func:`~cmcoord_geo.risk.memory.read_memories` reads.

    Parameters
    ----------
    memories : Memories
    """
    lines = [f"version = {_quoted(memories.version)}", f"source = {_quoted(memories.source)}"]
    lines += [f"prior = {memories.prior:g}"]
    lines += [f"class_half_life_days = {memories.class_half_life_days:g}"]
    for memory in memories.memories:
        lines += ["", "[[memories]]", f"name = {_quoted(memory.name)}", f'part = "{memory.part}"']
        if memory.part == "near":
            lines.append(f"reach_km = {memory.reach_m / KM_M:g}")
        if memory.part in {"same", "near"}:
            months = memory.half_life_months
            lines.append(
                f"half_life_months = {_quoted('none') if np.isinf(months) else f'{months:g}'}"
            )
        lines += [f"weight = {memory.weight:g}", f"share = {memory.share:g}"]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
