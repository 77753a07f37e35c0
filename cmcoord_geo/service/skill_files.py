"""Files of a measurement of skill: a picture, the words and the JSON, for one audience."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.risk.own_memories import written
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.service.skill import report_lines, skill_json
from cmcoord_geo.sharing.skill import SkillEvidence, skill_view, told_regions

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.i18n import Lang, Said
    from cmcoord_geo.service.skill import SkillReport
    from cmcoord_geo.sharing.skill_views import SkillView

#: File names say nothing about who or where (hazard H13).
SKILL_NAMES: Mapping[str, str] = {
    "picture": "skill.png",
    "text": "skill.txt",
    "json": "skill.json",
}


def check_free(folder: Path | None, memories: Path | None) -> None:
    """
    Refuse to replace what is there, before any work is done.

    Parameters
    ----------
    folder : Path or None
        Of the picture, the words and the JSON.
    memories : Path or None
        Parameter file.

    Raises
    ------
    DataError
        A file that would be written is there.
    """
    if memories and memories.exists():
        raise problem(DataError, "io.template.exists", file=memories.name)
    standing = [name for name in SKILL_NAMES.values() if folder and (folder / name).exists()]
    if folder and standing:
        raise problem(
            DataError, "service.exists", files=", ".join(standing), folder=folder.resolve().name
        )


def write_memories(report: SkillReport, out: Path) -> None:
    """
    Write the memories of a file's own, where they were asked for.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    if report.own is not None:
        write_whole(out, written(report.own).encode())


def release_skill(report: SkillReport, config: Config) -> SkillView:
    """Measurement for whoever may see it, released now; an exercise at its own cut-off."""
    evidence = SkillEvidence(
        skill=report.skill,
        sources=report.sources,
        is_exercise=report.is_exercise,
        road_km=report.road_km,
        unplaced=report.left_out["coarse"] + report.left_out["far"],
        as_of=report.as_of,
    )
    now = None if report.is_exercise else datetime.now(tz=UTC)
    return skill_view(evidence, config.sharing, now=now)


def write_skill(
    report: SkillReport,
    view: SkillView,
    out: Path,
    config: Config,
    *,
    lang: Lang,
    on_progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """
    Write the files of a measurement; those that are there are replaced.

    Parameters
    ----------
    report : SkillReport
    view : SkillView
        What of it may be seen, see :func:`release_skill`.
    out : Path
        Folder; made when it is not there.
    config : Config
    lang : str
    on_progress : callable, optional
        Called with the name of each file before it is made.

    Returns
    -------
    tuple of Path

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    told = _told(report, view, config)
    contents: Mapping[str, Callable[[], bytes]] = {
        "picture": partial(_picture, view, lang),
        "text": partial(_text, told, view, config, lang),
        "json": partial(_json, told),
    }
    paths = []
    for kind, name in SKILL_NAMES.items():
        if on_progress:
            on_progress(name)
        write_whole(out / name, contents[kind]())
        paths.append(out / name)
    return tuple(paths)


def _told(report: SkillReport, view: SkillView, config: Config) -> SkillReport:
    """Report without the regions that its audience may not see, under the name of the sources."""
    skill = report.skill
    regions = told_regions(
        skill.events_by_region,
        audience=view.frame.audience,
        least=config.sharing.public_min_count,
    )
    fewer = replace(
        skill,
        gain_by_region={key: one for key, one in skill.gain_by_region.items() if key in regions},
        events_by_region={
            key: one for key, one in skill.events_by_region.items() if key in regions
        },
    )
    names = ", ".join(source.name for source in view.frame.sources)
    return replace(report, skill=fewer, source=names)


def _text(report: SkillReport, view: SkillView, config: Config, lang: Lang) -> bytes:
    lines = [line[lang] for line in (*report_lines(report), *_frame_lines(view, config))]
    return ("\n".join(lines) + "\n").encode()


def _frame_lines(view: SkillView, config: Config) -> Iterator[Said]:
    """Audience, exercise, sources, cut-off and expiry, as the picture has them."""
    frame = view.frame
    if frame.is_exercise:
        yield said("word.exercise")
    if frame.audience == "owner":
        yield said("skillsheet.text.whole", audience=frame.audience_name, note=frame.audience_note)
    else:
        least = config.sharing.public_min_count
        yield said("skillsheet.text.small", audience=frame.audience_name, least=least)
    for source in frame.sources:
        yield said("skillsheet.text.source", told=source.said)
    yield said(
        "skillsheet.text.cut_off",
        cut_off=said_date(frame.as_of),
        expiry=said_date(frame.expires_at),
    )
    yield frame.disclaimer


def _picture(view: SkillView, lang: Lang) -> bytes:
    from cmcoord_geo.render.skillsheet import build_skill_picture

    return build_skill_picture(view, lang=lang)


def _json(report: SkillReport) -> bytes:
    return skill_json(report).encode()
