"""A file's own memories: fitted shares of the best model, in a file that reads back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from risk.test_skill import START, measured, world

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.risk.memory import Memories, memories_of, shipped_memories
from cmcoord_geo.risk.own_memories import own_memories, written
from cmcoord_geo.risk.skill import CONSTANT, PLANAR, RAW, SHIPPED


def fitted(months: list[list[int]], first: int, advised: str = "") -> Memories:
    skill = measured(months, first, len(months) - 1)
    if advised:
        scores = dict.fromkeys(skill.log_score, 0.0) | {advised: 1.0}
        skill = replace(skill, log_score=scores)
    return own_memories(world(months), skill, shipped_memories(), source="log.csv")


def moving() -> list[list[int]]:
    random = np.random.default_rng(1)
    return [
        [*random.choice(np.arange(10) + 12 * ((k // 12) % 5), 5).tolist(), int(random.integers(60))]
        for k in range(72)
    ]


def test_hot_spots_that_move_give_their_share_to_the_short_memories() -> None:
    own = fitted(moving(), 48)
    shares = {memory.name: memory.share for memory in own.memories}
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-12)
    assert shares["same, ever"] < 0.135 < shares["same, months"] + shares["region, weeks"]
    assert own.version == f"{(START + 72) // 12}-{(START + 72) % 12 + 1:02d}"


@pytest.mark.parametrize(
    ("advised", "parts"),
    [(SHIPPED, 6), (CONSTANT, 1), (RAW, 2), (PLANAR, 2)],
)
def test_the_simpler_model_is_written_where_it_placed_records_better(
    tmp_path: Path, advised: str, parts: int
) -> None:
    """And the file colours roads: it reads back as it was written."""
    own = fitted(moving(), 48, advised)
    assert len(own.memories) == parts
    path = tmp_path / "own.toml"
    path.write_text(written(own), encoding="utf-8")
    assert memories_of(HazardConfig(memories=str(path))) == own


def test_names_with_marks_are_written_as_they_are(tmp_path: Path) -> None:
    shipped = shipped_memories()
    path = tmp_path / "own.toml"
    path.write_text(written(replace(shipped, source='a "b" \\ c')), encoding="utf-8")
    assert memories_of(HazardConfig(memories=str(path))).source == 'a "b" \\ c'
