"""A measurement of skill for whoever may see it: figures over the whole network, and what they bear out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_decimal, said_whole
from cmcoord_geo.risk.counts import recorded_range
from cmcoord_geo.risk.skill import CONSTANT, FEWEST, RAW, SHIPPED, TOPS
from cmcoord_geo.sharing.frame import source_view
from cmcoord_geo.sharing.incidents import may_leave
from cmcoord_geo.sharing.skill_views import (
    HitView,
    SkillGroupView,
    SkillMonthView,
    SkillView,
)
from cmcoord_geo.sharing.views import FrameView, WindowView
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.config import SharingConfig
    from cmcoord_geo.model import Source
    from cmcoord_geo.risk.skill import Group, Skill

#: A month with fewer incidents is no failure of anything.
LEAST_MISSED = 4
#: Groups of which less was announced are joined to their neighbour: nothing can be seen in them.
_LEAST_EXPECTED = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEvidence:
    """
    What a measurement of skill rests on.

    Attributes
    ----------
    skill : Skill
        Of at least one month.
    sources : tuple of Source
        Those that the file has records of.
    is_exercise : bool
    road_km : float
    unplaced : int
        Records on roads that are too coarse or too far to be scored.
    as_of : datetime or None
        Cut-off of the data, where somebody declared one.
    """

    skill: Skill
    sources: tuple[Source, ...]
    is_exercise: bool
    road_km: float
    unplaced: int
    as_of: datetime | None = None


def skill_view(
    evidence: SkillEvidence, config: SharingConfig, *, now: datetime | None = None
) -> SkillView:
    """
    Measurement of skill as its audience may see it.

    Parameters
    ----------
    evidence : SkillEvidence
    config : SharingConfig
    now : datetime, optional
        Moment of release, from which the expiry counts; without it the data cut-off, as for an exercise.
    """
    skill = evidence.skill
    groups = tuple(_groups(skill.groups)) if skill.is_enough else ()
    sentences = _keep(evidence, groups) if skill.is_enough else _too_few(evidence)
    headline, note = _headline(evidence)
    return SkillView(
        frame=_frame(evidence, config, now),
        events=skill.events,
        fewest=FEWEST,
        is_enough=skill.is_enough,
        headline=headline,
        headline_note=note,
        hits=tuple(_hits(skill)) if skill.is_enough else (),
        months=tuple(_months(skill)),
        least_missed=LEAST_MISSED,
        groups=groups,
        keep=tuple(sentences),
    )


def skill_audience(sources: Iterable[Source]) -> str:
    """
    Whom statistics of these sources may reach: ``public``, or ``owner`` when one of them is kept.

    Kept are sources that are flagged, and those that nobody declared and no licence publishes.
    """
    may_all = all(
        may_leave(source, is_own=False) or (source.has_export and bool(source.licence))
        for source in sources
    )
    return "public" if may_all else "owner"


def told_regions(events: Mapping[int, int], *, audience: str, least: int) -> frozenset[int]:
    """
    Regions whose figures may be told: for the public none with a small count.

    A single one that is left out could be found by subtraction; then the next smallest goes with it.

    Examples
    --------
    >>> sorted(told_regions({1: 9, 2: 3, 3: 7}, audience="public", least=5))
    [1]
    """
    if audience == "owner":
        return frozenset(events)
    told = {region for region, count in events.items() if count >= least}
    if len(told) == len(events) - 1 and told:
        told.remove(min(told, key=lambda region: (events[region], region)))
    return frozenset(told)


# ------------------------------------------------------------------ frame


def _frame(evidence: SkillEvidence, config: SharingConfig, now: datetime | None) -> FrameView:
    months = evidence.skill.months
    start, end = _start(months[0]), _start(months[-1] + 1)
    moments = (end - timedelta(seconds=1), evidence.as_of, now)
    as_of = min(moment for moment in moments if moment is not None)
    audience = skill_audience(evidence.sources)
    return FrameView(
        title=said("skillsheet.title"),
        subtitle=said(
            "skillsheet.subtitle", first=_said_month(months[0]), last=_said_month(months[-1])
        ),
        audience=audience,
        audience_name=said(f"skillsheet.audience_{audience}"),
        audience_note=said(f"skillsheet.note_{audience}"),
        as_of=as_of,
        expires_at=config.expiry(as_of if now is None else max(as_of, now)),
        week=WindowView(start=start, end=end),
        sun=(),
        is_exercise=evidence.is_exercise,
        is_schematic=False,
        disclaimer=said("frame.disclaimer"),
        sources=tuple(map(source_view, evidence.sources)),
        prefectures_note=said("frame.prefectures"),
    )


def _start(month: int) -> datetime:
    """First moment of a month in Bangui."""
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=BANGUI)


def _said_month(month: int) -> Said:
    return said(
        "skillsheet.month", month=said(f"month.m{month % 12 + 1}"), year=f"{month // 12:04d}"
    )


# ------------------------------------------------------------------ figures


def _headline(evidence: SkillEvidence) -> tuple[Said, Said]:
    skill = evidence.skill
    if not skill.is_enough:
        count = said(
            "skillsheet.few.count", events=skill.events, months=len(skill.months), fewest=FEWEST
        )
        return said("skillsheet.few.title"), count
    note = said(
        "skillsheet.hits.note",
        km=said_whole(round(TOPS[0] * evidence.road_km, -1)),
        all_km=said_whole(round(evidence.road_km, -1)),
    )
    return _of_ten(skill.hit_rate[0]), note


def _of_ten(share: float) -> Said:
    """Headline of a share; one that is not whole is never rounded to all or to none."""
    ten = round(10 * share)
    if share == 0:
        return said("skillsheet.hits.title_none")
    if not ten:
        return said("skillsheet.hits.title_one", ten=said("skillsheet.hits.few"))
    if ten == 10 and share < 1:
        return said("skillsheet.hits.title", ten=said("skillsheet.hits.most"))
    return said("skillsheet.hits.title_one" if ten == 1 else "skillsheet.hits.title", ten=ten)


def _hits(skill: Skill) -> Iterator[HitView]:
    yield HitView(kind="named", share=skill.hit_rate[0])
    yield HitView(kind="chance", share=TOPS[0])
    yield HitView(kind="wide", share=skill.hit_rate[1])


def _months(skill: Skill) -> Iterator[SkillMonthView]:
    for month, (on_named, recorded) in zip(skill.months, skill.hits_by_month, strict=True):
        yield SkillMonthView(
            year=month // 12,
            month=month % 12 + 1,
            on_named=on_named,
            recorded=recorded,
            is_missed=recorded >= LEAST_MISSED and 2 * on_named < recorded,
        )


def _groups(groups: Sequence[Group]) -> Iterator[SkillGroupView]:
    """Groups from the least exposed on, small ones joined until something can be seen in them."""
    pieces = sum(group.pieces for group in groups)
    joined = _joined([(group.pieces, group.expected, group.recorded) for group in groups])
    for i, (count, expected, recorded) in enumerate(joined):
        place = "least" if i == 0 else "top" if i == len(joined) - 1 else "next"
        low, high = recorded_range(recorded)
        yield SkillGroupView(
            caption=said(
                f"skillsheet.groups.{'all' if len(joined) == 1 else place}",
                share=_percent(count / pieces),
                figures=said(
                    "skillsheet.groups.figures",
                    expected=said_whole(expected),
                    recorded=said_whole(recorded),
                ),
            ),
            expected=expected,
            recorded=recorded,
            low=low,
            high=high,
        )


def _joined(groups: Iterable[tuple[int, float, int]]) -> list[tuple[int, float, int]]:
    """Groups of pieces, expected and recorded; each but a lone one with enough expected."""
    found: list[tuple[int, float, int]] = []
    rest = (0, 0.0, 0)
    for group in groups:
        rest = _sum(rest, group)
        if rest[1] >= _LEAST_EXPECTED:
            found.append(rest)
            rest = (0, 0.0, 0)
    if found and any(rest):
        found[-1] = _sum(found[-1], rest)
    return found or [rest]


def _sum(one: tuple[int, float, int], other: tuple[int, float, int]) -> tuple[int, float, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _percent(share: float) -> Said:
    """Share in percent: a decimal only where it is small."""
    percent = round(max(100 * share, 0.1), 1)
    is_whole = percent >= 10 or percent.is_integer()
    return said_whole(percent) if is_whole else said_decimal(percent)


# ------------------------------------------------------------------ sentences


def _keep(evidence: SkillEvidence, groups: Sequence[SkillGroupView]) -> Iterator[Said]:
    """What the figures bear out, the most important first."""
    skill = evidence.skill
    yield said("skillsheet.keep.use" if skill.gain[CONSTANT].low > 0 else "skillsheet.keep.no_use")
    if len(groups) > 1:
        yield _compared("top", groups[-1].recorded, groups[-1].expected)
    yield _compared("all", skill.events, sum(group.expected for group in skill.groups))
    if skill.gain[RAW].high < 0:
        yield said("skillsheet.keep.worse_than_raw")
    elif skill.gain[RAW].low <= 0:
        yield said("skillsheet.keep.as_raw")
    if skill.advised != SHIPPED:
        yield said("skillsheet.keep.advised", model=said(f"skill.model.{skill.advised}"))
    yield from _limits(evidence)
    yield said("skillsheet.keep.month")


def _compared(what: str, recorded: int, expected: float) -> Said:
    """Whether more, fewer or about as many were recorded as announced: by the range of the count."""
    low, high = recorded_range(recorded)
    how = "more" if expected < low else "fewer" if expected > high else "as"
    return said(
        f"skillsheet.keep.{what}_{how}",
        recorded=said_whole(recorded),
        expected=said_whole(expected),
    )


def _too_few(evidence: SkillEvidence) -> Iterator[Said]:
    yield said("skillsheet.few.neither")
    yield said("skillsheet.few.advice")
    yield said("skillsheet.few.even")
    yield from _limits(evidence)


def _limits(evidence: SkillEvidence) -> Iterator[Said]:
    """What is not in the figures."""
    known, skill = incident_classes(), evidence.skill
    if skill.events:
        names = join([known[key].name for key in skill.events_by_class])
        yield said("skillsheet.keep.classes", classes=names)
    if evidence.unplaced:
        yield said("skillsheet.keep.left_out", count=said_whole(evidence.unplaced))
    last = max((source.last for source in evidence.sources), default=None)
    if last is not None and last < _start(skill.months[-1]):
        yield said("skillsheet.keep.ends", day=said_date(last))
