"""The conflicts of a week: a folder in, one report for one audience out, its files written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.export import to_json
from cmcoord_geo.i18n import Lang, problem
from cmcoord_geo.io.announced import read_sites
from cmcoord_geo.io.movements import read_movements
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.planning.proposals import propose_changes
from cmcoord_geo.render.conflict_text import build_conflict_text
from cmcoord_geo.service.planning import plan_week, read_week
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.sharing.conflicts import ConflictRelease, build_conflicts

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Finding
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.conflict_views import ConflictsView

NAMES: Mapping[str, str] = {"text": "conflicts.txt", "json": "conflicts.json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRequest:
    """
    What someone asks of ``deconflict``.

    Attributes
    ----------
    folder : Path
    as_of : datetime or None
        Cut-off of the data; otherwise that of the folder.
    network : Path or None
        File of a road network; otherwise that of the folder, otherwise the bundled one.
    sites : Path or None
        File of military sites, for this one question; nothing of it is kept or shown.
    earlier : Path or None
        File of the movements of the weeks before.
    """

    folder: Path
    as_of: datetime | None = None
    network: Path | None = None
    sites: Path | None = None
    earlier: Path | None = None


def ask_week(
    request: WeekRequest,
    config: Config,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Week, tuple[Finding, ...]]:
    """
    Read a folder, plan every movement, and hold what is known around them.

    Returns
    -------
    week : Week
    findings : tuple of Finding
        About every file that was read.

    Raises
    ------
    DataError
        The folder, the network or a file cannot be read at all.
    """
    picture = read_week(request.folder, config, network=request.network, as_of=request.as_of)
    findings = list(picture.findings)
    sites = earlier = None
    if request.sites:
        listed = read_sites(request.sites)
        sites, findings = listed.content, [*findings, *listed.findings]
    if request.earlier:
        before = read_movements(request.earlier, network=picture.network)
        earlier, findings = before.content, [*findings, *before.findings]
    week = Week(
        picture=picture,
        plans=plan_week(picture, config, on_progress=on_progress),
        config=config,
        sites=sites,
        earlier=earlier,
    )
    return week, tuple(findings)


def release_conflicts(
    week: Week, audience: Audience, *, has_proposals: bool = False
) -> ConflictRelease:
    """
    Conflicts of a week for one audience, released now; an exercise at its own cut-off.

    Parameters
    ----------
    week : Week
    audience : Audience
    has_proposals : bool
        Whether the changes that remove them are looked for.

    Raises
    ------
    SharingError
        The audience is unknown, or the table of field x audience has a gap.
    """
    now = None if week.picture.is_exercise else datetime.now(tz=UTC)
    proposals = propose_changes(week) if has_proposals and audience.kind == "owner" else None
    return build_conflicts(week, week_conflicts(week), audience, proposals=proposals, now=now)


def check_conflicts_free(out: Path) -> None:
    """
    Refuse a folder in which a report lies already, before any work is done.

    Raises
    ------
    DataError
        A file that would be written is there.
    """
    standing = [name for name in NAMES.values() if (out / name).exists()]
    if standing:
        raise problem(
            DataError, "service.exists", files=", ".join(standing), folder=out.resolve().name
        )


def conflicts_json(view: ConflictsView) -> str:
    """JSON of the conflicts of a week."""
    return to_json(view, kind="conflicts")


def write_conflicts(view: ConflictsView, out: Path, *, lang: Lang) -> tuple[Path, ...]:
    """
    Write the report as text and JSON; files that are there are replaced.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    content = {"text": build_conflict_text(view, lang=lang), "json": conflicts_json(view)}
    paths = {out / NAMES[kind]: words for kind, words in content.items()}
    for path, words in paths.items():
        write_whole(path, words.encode())
    return tuple(paths)
