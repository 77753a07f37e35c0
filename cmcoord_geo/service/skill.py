"""Skill of the hazard figures on a file of incidents: read, forecast month by month, told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.i18n.numbers import said_decimal, said_signed
from cmcoord_geo.risk.memory import read_memories, shipped_memories
from cmcoord_geo.risk.own_memories import own_memories
from cmcoord_geo.risk.skill import (
    CONSTANT,
    FEWEST,
    MODELS,
    RAW,
    SHIPPED,
    measure_skill,
)
from cmcoord_geo.service.past import BUNDLED, load_past, month_name, parse_months
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Lang, Said
    from cmcoord_geo.model import Finding, Source
    from cmcoord_geo.risk.memory import Memories
    from cmcoord_geo.risk.skill import Range, Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillQuestion:
    """
    What someone asks of ``incidents skill``.

    Attributes
    ----------
    file : Path
    first, last : str
        Months to score, such as ``2018-01``.
    network : str
        ``bundled``, or a file of a road network.
    memories : Path or None
        Parameter file of a cell; the shipped one without it.
    is_fitting : bool
        Whether memories of the file's own are asked for.
    """

    file: Path
    first: str
    last: str
    network: str = BUNDLED
    memories: Path | None = None
    is_fitting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillReport:
    """
    Answer of ``incidents skill``.

    Attributes
    ----------
    skill : Skill
    regions : tuple of str
        Name of each region by its number.
    source : str
        Name of the file.
    first, last : str
        Months scored.
    road_km, region_km : float
        Length of the network.
    left_out : mapping
        Why records were not used to how many.
    findings : tuple of Finding
        Of reading the file.
    sources : tuple of Source
        Those that the file has records of.
    is_exercise : bool
    as_of : datetime or None
        Cut-off of the data, where ``picture.toml`` declares one.
    own : Memories or None
        Of the model that placed the records best, fitted on the whole past, where they were asked for.
    """

    skill: Skill
    regions: tuple[str, ...]
    source: str
    first: str
    last: str
    road_km: float
    left_out: Mapping[str, int]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    is_exercise: bool
    as_of: datetime | None
    own: Memories | None = None


def ask_skill(
    question: SkillQuestion, *, on_month: Callable[[int, int], None] | None = None
) -> SkillReport:
    """
    Measure the skill of the hazard model on a file of incidents.

    What a ``picture.toml`` beside the file says of its sources holds, and whether it is an exercise.

    Parameters
    ----------
    question : SkillQuestion
    on_month : callable, optional
        Called with the months done and those in all.

    Raises
    ------
    DataError
        The file or the network cannot be read, a month is none, or no record lies on its roads.
    ConfigError
        The parameter file is wrong.
    """
    first, last = parse_months(question.first, question.last)
    memories = read_memories(question.memories) if question.memories else shipped_memories()
    known = load_past(question.file, question.network)
    past = known.past
    skill = measure_skill(
        past,
        known.classes,
        first=first,
        last=last,
        memories=memories,
        on_month=on_month,
    )
    if not skill.months:
        raise problem(DataError, "skill.no_past", first=month_name(past.first))
    return SkillReport(
        skill=skill,
        regions=known.regions,
        source=question.file.name,
        first=month_name(skill.months[0]),
        last=month_name(skill.months[-1]),
        road_km=float(past.filing.pieces.length_m.sum()) / KM_M,
        left_out=known.left_out,
        findings=known.findings,
        sources=known.sources,
        is_exercise=known.is_exercise,
        as_of=known.as_of,
        own=own_memories(past, skill, memories, source=question.file.name)
        if question.is_fitting
        else None,
    )


# ------------------------------------------------------------------ words


def sentences(report: SkillReport) -> Iterator[Said]:
    """What a lay reader may take from it, in a few sentences."""
    skill = report.skill
    values = {"events": skill.events, "months": len(skill.months), "fewest": FEWEST}
    if not skill.is_enough:
        yield said("skill.too_few", **values)
        return
    yield said(
        "skill.hits",
        ten=f"{10 * skill.hit_rate[0]:.0f}",
        km=f"{0.05 * report.road_km:.0f}",
        all_km=f"{report.road_km:.0f}",
        **values,
    )
    yield said(_compared(skill.gain[CONSTANT], "constant"))
    yield said(_compared(skill.gain[RAW], "raw"))
    if skill.advised != SHIPPED:
        yield said("skill.advised", model=said(f"skill.model.{skill.advised}"))
    yield said("skill.never")


def _compared(gain: Range, rival: str) -> str:
    """Key of the sentence for a gain: clear of zero above or below, or not clear."""
    if gain.low > 0:
        return f"skill.better_than_{rival}"
    return f"skill.worse_than_{rival}" if gain.high < 0 else f"skill.as_{rival}"


def report_lines(report: SkillReport) -> Iterator[Said]:
    """Whole report, line by line."""
    skill = report.skill
    yield said(
        "skill.title", source=report.source, first=report.first, last=report.last,
        months=len(skill.months), events=skill.events,
    )  # fmt: skip
    yield from sentences(report)
    yield said("skill.left_out", **report.left_out)
    for name in MODELS:
        yield said(
            "skill.score",
            model=said(f"skill.model.{name}"),
            score=said_decimal(skill.log_score[name], digits=2),
        )
    for name in MODELS[1:]:
        yield said("skill.gain", model=said(f"skill.model.{name}"), **_figures(skill.gain[name]))
    yield said(
        "skill.shares",
        top5=f"{100 * skill.hit_rate[0]:.0f}",
        top10=f"{100 * skill.hit_rate[1]:.0f}",
        covered=f"{100 * skill.interval_coverage:.0f}",
    )
    for key, gains in skill.gain_by_class.items():
        yield _part(incident_classes()[key].name, skill.events_by_class[key], gains)
    for number, gains in skill.gain_by_region.items():
        yield _part(
            said("skill.region", region=report.regions[number]),
            skill.events_by_region[number],
            gains,
        )
    for group in skill.groups:
        if group.pieces:
            yield said(
                "skill.group", expected=said_decimal(group.expected), recorded=group.recorded,
                pieces=group.pieces, low=f"{group.low:g}",
            )  # fmt: skip


def _part(name: Said, events: int, gains: Mapping[str, Range]) -> Said:
    """Line of a class or a region."""
    if events < FEWEST:
        return said("skill.part_too_few", part=name, events=events)
    return said("skill.part", part=name, events=events, **_figures(gains[RAW]))


def _figures(gain: Range) -> Mapping[str, Said]:
    return {key: said_signed(value) for key, value in asdict(gain).items()}


def skill_json(report: SkillReport) -> str:
    """
    Report for programs: gains in nats a month, shares as fractions.

    The regions and classes with few records bear ``"too_few": true``; their gains are given all the same.
    """
    skill = report.skill
    rows = {
        "kind": "skill",
        "schema_version": 1,
        "source": report.source,
        "is_exercise": report.is_exercise,
        "from": report.first,
        "to": report.last,
        "months": len(skill.months),
        "events_scored": skill.events,
        "left_out": dict(report.left_out),
        "models": {name: {"log_score": _number(skill.log_score[name])} for name in MODELS},
        "gain": _gains(skill.gain),
        "hit_rate": {
            "top_5pct": _number(skill.hit_rate[0]), "top_10pct": _number(skill.hit_rate[1]),
        },
        "interval_coverage": _number(skill.interval_coverage),
        "by_class": {
            key: _group(skill.events_by_class[key], gains)
            for key, gains in skill.gain_by_class.items()
        },
        "by_region": {
            report.regions[number]: _group(skill.events_by_region[number], gains)
            for number, gains in skill.gain_by_region.items()
        },
        "calibration": [
            {
                "expected_low": group.low,
                "expected_high": None if np.isinf(group.high) else group.high,
                "piece_months": group.pieces,
                "expected": _number(group.expected),
                "recorded": group.recorded,
            }
            for group in skill.groups
        ],
        "advised_model": skill.advised,
        "is_enough": skill.is_enough,
        "planar_kernel_km": skill.planar_km,
        "weights": [_number(weight) for weight in skill.weights],
        "sentence": {
            lang: " ".join(what[lang] for what in sentences(report)) for lang in _LANGS
        },
    }  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


_LANGS: Sequence[Lang] = ("fr", "en")


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def _gains(gains: Mapping[str, Range]) -> Mapping[str, Mapping[str, float | None]]:
    return {
        name: {key: _number(value) for key, value in asdict(gain).items()}
        for name, gain in gains.items()
    }


def _group(events: int, gains: Mapping[str, Range]) -> Mapping[str, object]:
    return {"events": events, "too_few": events < FEWEST, "gain": _gains(gains)}
