"""EXERCISE measurements of skill, made by hand, and the views that the sheet is drawn from in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.model import Source
from cmcoord_geo.risk.skill import GROUPS, MODELS, Group, Range, Skill
from cmcoord_geo.sharing.skill import SkillEvidence, skill_view
from cmcoord_geo.sharing.skill_views import SkillView

FIRST = 12 * 2024
NOW = datetime(2026, 11, 29, 16, tzinfo=UTC)
#: On the named roads, and all: one month is missed, one is empty.
MONTHS = ((7, 11), (6, 7), (0, 0), (2, 6), (5, 5), (0, 1), (4, 4), (9, 12))
#: Piece-months, expected, recorded.
PARTS = (
    (28_000, 8.0, 9), (14_000, 10.0, 3), (10_000, 14.0, 4), (10_000, 31.0, 13),
    (2_500, 17.0, 6), (2_200, 38.0, 33), (700, 36.0, 21), (370, 107.0, 81),
)  # fmt: skip


def source(**changed: object) -> Source:
    given = {
        "source_id": "log", "name": "EXERCICE / EXERCISE", "licence": "CC0-1.0",
        "first": NOW - timedelta(days=1500), "last": NOW, "classes": ("robbery",),
        "is_exercise": True,
    }  # fmt: skip
    return Source(**{**given, **changed})


def skill(
    months: Sequence[tuple[int, int]] = MONTHS,
    parts: Sequence[tuple[int, float, int]] = PARTS,
    *,
    hit_rate: tuple[float, float] = (0.79, 0.84),
    gain: Mapping[str, tuple[float, float]] | None = None,
    scores: Mapping[str, float] | None = None,
    classes: Sequence[str] = ("ambush", "robbery"),
) -> Skill:
    events = sum(recorded for _, recorded in months)
    bounds = dict.fromkeys(MODELS[1:], (0.5, 2.0)) | dict(gain or {})
    return Skill(
        months=tuple(range(FIRST, FIRST + len(months))),
        events=events,
        log_score={
            "shipped": -1.0,
            "constant_rate": -3.0,
            "raw_counts": -2.0,
            "planar_kernel": -2.5,
        }
        | dict(scores or {}),
        gain={
            name: Range(mean=(low + high) / 2, low=low, high=high)
            for name, (low, high) in bounds.items()
        },
        gain_by_class={},
        gain_by_region={},
        events_by_class=dict.fromkeys(classes, events),
        events_by_region={},
        hit_rate=hit_rate,
        hits_by_month=tuple(months),
        interval_coverage=0.9,
        groups=tuple(
            Group(low=GROUPS[i], high=GROUPS[i + 1], pieces=n, expected=expected, recorded=recorded)
            for i, (n, expected, recorded) in enumerate(parts)
        ),
        planar_km=10.0,
        weights=(1.0,),
    )


def evidence(of: Skill | None = None, **changed: object) -> SkillEvidence:
    given = {
        "skill": of or skill(), "sources": (source(),), "is_exercise": True, "road_km": 9580.0,
        "unplaced": 255,
    }  # fmt: skip
    return SkillEvidence(**{**given, **changed})


def view(of: Skill | None = None, **changed: object) -> SkillView:
    return skill_view(evidence(of, **changed), SharingConfig())


def thin() -> SkillView:
    return view(skill([(1, 3)] * 4))


def worst() -> SkillView:
    """Every sentence that can be there, at its longest."""
    every = ("ambush", "robbery", "checkpoint", "abduction", "attack", "clash")
    measured = skill(
        [(1, 900)] * 400,
        hit_rate=(0.001, 0.002),
        gain={"constant_rate": (-2.0, 1.0), "raw_counts": (-2.0, -1.0)},
        scores={"raw_counts": -0.5},
        classes=every,
    )
    old = source(
        name="Journal " * 12, licence="", is_exercise=False, last=NOW - timedelta(days=900)
    )
    return view(measured, sources=(old, source()), unplaced=123_456)


VIEWS = {
    "usual": view,
    "real": lambda: view(is_exercise=False, sources=(source(is_exercise=False, licence=""),)),
    "thin": thin,
    "none": lambda: view(skill([(0, 0)])),
    "worst": worst,
    "all_hit": lambda: view(skill([(40, 40)], hit_rate=(1.0, 1.0))),
    "none_hit": lambda: view(skill([(0, 40)], hit_rate=(0.0, 0.0))),
    "one_group": lambda: view(skill([(20, 40)], [(100, 3.0, 40)])),
    "nothing_recorded": lambda: view(skill([(20, 40)], [(90, 50.0, 0), (10, 12.0, 40)])),
    "decades": lambda: view(skill([(9, 12)] * 384)),
}
