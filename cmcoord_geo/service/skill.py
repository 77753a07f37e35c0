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
from cmcoord_geo.io.incidents import read_incidents
from cmcoord_geo.io.manifest import Manifest, read_manifest
from cmcoord_geo.io.picture import MANIFEST
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk.filing import file_records, town_pieces
from cmcoord_geo.risk.forward import Past
from cmcoord_geo.risk.memory import read_memories
from cmcoord_geo.risk.pieces import cut_into_pieces
from cmcoord_geo.risk.skill import (
    COARSEST,
    CONSTANT,
    FEWEST,
    MODELS,
    PIECE_M,
    RAW,
    SHIPPED,
    WITHIN_M,
    measure_skill,
)
from cmcoord_geo.service.networks import load_network
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Lang, Said
    from cmcoord_geo.model import Finding, Source
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.risk.skill import Range, Skill

BUNDLED = "bundled"
#: A place of the gazetteer farther from every road has no road on which its records are filed.
_TOWN_M = 5_000.0


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
    """

    file: Path
    first: str
    last: str
    network: str = BUNDLED
    memories: Path | None = None


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
    first, last = _month(question.first, "--from"), _month(question.last, "--to")
    if last < first:
        raise problem(DataError, "skill.backwards", first=question.first, last=question.last)
    memories = read_memories(question.memories) if question.memories else None
    is_bundled = question.network == BUNDLED
    network = bundled_network() if is_bundled else load_network(Path(question.network))[0]
    beside = question.file.parent / MANIFEST
    manifest = read_manifest(beside) if beside.is_file() else Manifest()
    read = read_incidents(question.file, sources=manifest.sources, conventions=manifest.conventions)
    incidents = read.content
    pieces = cut_into_pieces(network, piece_m=PIECE_M)
    is_road = _are_on_road(incidents)
    filing = file_records(
        pieces,
        np.where(is_road, incidents.lon, np.nan),
        incidents.lat,
        incidents.precision,
        coarsest=COARSEST,
        within_m=WITHIN_M,
    )
    if not len(filing.record):
        raise problem(DataError, "skill.no_record", file=question.file.name)
    names, region = np.unique(np.array(pieces.area, dtype=object), return_inverse=True)
    at_s = incidents.at_s[filing.record]
    past = Past(filing, at_s, town_pieces(pieces, within_m=_TOWN_M), region.astype(np.int64))
    skill = measure_skill(
        past,
        [incidents.class_id[i] for i in filing.record[past.order].tolist()],
        first=first,
        last=last,
        memories=memories,
        on_month=on_month,
    )
    if not skill.months:
        raise problem(DataError, "skill.no_past", first=_name(past.first))
    return SkillReport(
        skill=skill,
        regions=tuple(names.tolist()),
        source=question.file.name,
        first=_name(skill.months[0]),
        last=_name(skill.months[-1]),
        road_km=float(pieces.length_m.sum()) / KM_M,
        left_out=_left_out(incidents, is_road, filing.record),
        findings=read.findings,
        sources=tuple(
            source for source in incidents.sources if source.source_id in incidents.source_id
        ),
        is_exercise=manifest.is_exercise,
        as_of=manifest.as_of,
    )


def _month(word: str, option: str) -> int:
    year, dash, month = word.partition("-")
    is_month = dash and year.isdigit() and len(year) == 4 and month.isdigit()
    if not is_month or not 1 <= int(month) <= 12:
        raise problem(DataError, "skill.month", option=option, word=word)
    return 12 * int(year) + int(month) - 1


def _name(month: int) -> str:
    """Month as it is typed."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _are_on_road(incidents: Incidents) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which records are of a class that counts on roads."""
    known = incident_classes()
    return np.array([known[key].is_on_road for key in incidents.class_id], dtype=bool)


def _left_out(
    incidents: Incidents,
    is_road: np.ndarray[tuple[int], np.dtype[np.bool_]],
    used: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> Mapping[str, int]:
    """Records that were not used, by reason."""
    is_used = np.isin(np.arange(len(incidents)), used)
    is_placed = np.isfinite(incidents.lon) & np.isfinite(incidents.lat)
    is_fine = (incidents.precision >= 1) & (incidents.precision <= COARSEST)
    return {
        "other_class": int((~is_road).sum()),
        "coarse": int((is_road & ~(is_placed & is_fine)).sum()),
        "far": int((is_road & is_placed & is_fine & ~is_used).sum()),
    }


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
            "skill.score", model=said(f"skill.model.{name}"), score=f"{skill.log_score[name]:.2f}"
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
                "skill.group", expected=f"{group.expected:.1f}", recorded=group.recorded,
                pieces=group.pieces, low=f"{group.low:g}",
            )  # fmt: skip


def _part(name: Said, events: int, gains: Mapping[str, Range]) -> Said:
    """Line of a class or a region."""
    if events < FEWEST:
        return said("skill.part_too_few", part=name, events=events)
    return said("skill.part", part=name, events=events, **_figures(gains[RAW]))


def _figures(gain: Range) -> Mapping[str, str]:
    return {key: f"{value:+.2f}" for key, value in asdict(gain).items()}


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
