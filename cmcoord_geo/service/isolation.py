"""The isolation boards: files in, boards for one audience out, one for each vehicle, their files written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, SnapError
from cmcoord_geo.export.boards import boards_json
from cmcoord_geo.facts import places, vehicles
from cmcoord_geo.i18n import Lang, problem, said
from cmcoord_geo.io import later_findings, read_picture, read_status
from cmcoord_geo.model import Finding, VehicleCount
from cmcoord_geo.network import bundled_network, convoy_of, find_place
from cmcoord_geo.network.ends import with_ends
from cmcoord_geo.picture import Incidents, OperationalPicture, Patrols
from cmcoord_geo.render.board_text import build_board_text
from cmcoord_geo.service.networks import load_network
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.sharing.isolation import BoardQuestion, BoardRelease, build_boards

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network import Convoy, RoadNetwork
    from cmcoord_geo.network.ends import Ends
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.isolation_views import BoardView

NAMES: Mapping[str, str] = {
    "page": "isolation.html",
    "text": "isolation.txt",
    "json": "isolation.json",
}
#: A sheet for each vehicle.
PICTURES = "isolation_{key}.png"
#: Vehicles that stand first when all are asked for: those of the board as it was designed.
_FIRST = ("truck_6x6", "lv_4x4")
_USUAL_BASE = "Bangui"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolationRequest:
    """
    What someone asks of ``isolation``.

    Attributes
    ----------
    base : str or None
        As it was typed; None: Bangui.
    targets : tuple of str
        As they were typed; empty: cells and contact points of the gazetteer (L091, L092).
    vehicles : tuple of str
        Profiles; empty: every vehicle of the table that carries something.
    wet_vehicle : str or None
        Profile that drives in the rains instead of each of them; None: each one itself.
    as_of : datetime or None
        Cut-off of the data; otherwise that of the folder, otherwise now.
    status : Path or None
        File of road reports, or a folder that holds one; without it none is known.
    network : Path or None
        File of a road network; the bundled one without it.
    snap_limit_m : float
        Farther from a road of such a file a place is not on it.
    """

    base: str | None = None
    targets: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    wet_vehicle: str | None = None
    as_of: datetime | None = None
    status: Path | None = None
    network: Path | None = None
    snap_limit_m: float = 2000.0


def ask_boards(request: IsolationRequest) -> tuple[OperationalPicture, BoardQuestion]:
    """
    Read the files of a request.

    Returns
    -------
    picture : OperationalPicture
        With all findings about the files.
    question : BoardQuestion

    Raises
    ------
    UnknownPlaceError
        A place is unknown, or its name fits several.
    SnapError
        The base, or a place that was named, is too far from any road of the network file.
    DataError
        A file cannot be used at all, or no place to look at lies on the network.
    """
    pairs = _pairs(request)
    # an end is put on a road that all of them may use, or else on one for the lighter of them
    asked = [VehicleCount(vehicle_id=key, count=1) for key in dict.fromkeys(chain(*pairs))]
    convoys = [convoy_of(asked)]
    asked.sort(key=lambda one: vehicles()[one.vehicle_id].rank)
    convoys += [convoy_of(asked[:count]) for count in range(len(asked) - 1, 0, -1)]
    told: tuple[Said, ...] = ()
    words = (request.base or _USUAL_BASE, *request.targets)
    if request.network is None:
        network = bundled_network()
        named = [find_place(word).place_id for word in words]
    else:
        surveyed, _ = load_network(request.network)
        ends = _ends(surveyed, words, convoys, request)
        network, named, told = ends.network, list(ends.node_ids), ends.told
    base, *targets = named
    if base not in network.node_index:
        raise problem(DataError, "place.not_on_network", place=places()[base].name)
    wanted = tuple(targets) or usual_targets(base)
    there = tuple(key for key in wanted if key in network.node_index)
    missing = tuple(places()[key].name for key in wanted if key not in network.node_index)
    question = BoardQuestion(
        base=base,
        targets=there,
        pairs=pairs,
        missing=missing,
    )
    picture = _picture(request, network)
    findings = tuple(Finding(severity="warning", said=what) for what in told)
    return replace(picture, findings=(*findings, *picture.findings)), question


def _ends(
    network: RoadNetwork, words: tuple[str, ...], convoys: list[Convoy], request: IsolationRequest
) -> Ends:
    """Base and places on a network; where the usual base is far from it, the error says what to do."""
    limit_m = request.snap_limit_m
    if request.base is None:
        try:
            with_ends(network, words[:1], convoys[0], limit_m=limit_m)
        except SnapError as error:
            raise problem(SnapError, "isolation.no_base", place=_USUAL_BASE) from error
    return with_ends(network, words, convoys[0], limit_m=limit_m, lighter=convoys[1:])


def _pairs(request: IsolationRequest) -> tuple[tuple[str, str], ...]:
    """Vehicle today and in the rains, for each board."""
    asked = dict.fromkeys(request.vehicles or (*_FIRST, *vehicles()))
    return tuple((key, request.wet_vehicle or key) for key in asked)


def usual_targets(base: str) -> tuple[str, ...]:
    """Cells and contact points (L091, L092), without the base."""
    return tuple(
        place.place_id
        for place in places().values()
        if (place.has_cell or place.has_contact) and place.place_id != base
    )


def _picture(request: IsolationRequest, network: RoadNetwork) -> OperationalPicture:
    status = request.status
    if status is not None and status.is_dir():
        picture = read_picture(status, as_of=request.as_of, network=network)
        return _without_areas(picture)
    picture = OperationalPicture(
        network=network,
        as_of=request.as_of or datetime.now(tz=UTC).replace(microsecond=0),
        incidents=Incidents.empty(),
        patrols=Patrols.empty(),
    )
    if status is None:
        return picture
    read = read_status(status, network=network)
    picture = replace(picture, status=tuple(read.content))
    later = later_findings(picture, status=status.name)
    return replace(picture, findings=(*read.findings, *later))


def _without_areas(picture: OperationalPicture) -> OperationalPicture:
    """Picture without areas to avoid, which close no road on a board, and a word where there were any."""
    if not picture.areas:
        return picture
    told = Finding(severity="warning", said=said("isolation.no_areas", count=len(picture.areas)))
    return replace(picture, areas=(), findings=(told, *picture.findings))


def release_boards(
    picture: OperationalPicture, question: BoardQuestion, audience: Audience, config: Config
) -> BoardRelease:
    """
    Boards of a picture for one audience, released now; an exercise at its own cut-off.

    Raises
    ------
    SharingError
        The audience is unknown, or the table of field x audience has a gap.
    DataError
        No place to look at lies on the network.
    """
    now = None if picture.is_exercise else datetime.now(tz=UTC)
    return build_boards(picture, question, audience, config, now=now)


def check_board_free(out: Path) -> None:
    """
    Refuse a folder in which a board lies already, before any work is done.

    Raises
    ------
    DataError
        A file that would be written is there.
    """
    names = [name for name in NAMES.values() if (out / name).exists()]
    standing = names + sorted(path.name for path in out.glob(PICTURES.format(key="*")))
    if standing:
        raise problem(
            DataError, "service.exists", files=", ".join(standing), folder=out.resolve().name
        )


def write_boards(
    boards: Sequence[BoardView],
    out: Path,
    *,
    lang: Lang,
    on_progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """
    Write the files of some boards; those that are there are replaced.

    Parameters
    ----------
    boards : sequence of BoardView
        One page, one text and one JSON for all of them, and a sheet to print for each.
    out : Path
        Folder; made when it is not there.
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
    files = {out / name: partial(_content, boards, kind, lang) for kind, name in NAMES.items()}
    for board in boards:
        files[out / PICTURES.format(key=board.key)] = partial(_picture_of, board, lang)
    for path, content in files.items():
        if on_progress:
            on_progress(path.name)
        write_whole(path, content())
    return tuple(files)


def _content(boards: Sequence[BoardView], kind: str, lang: Lang) -> bytes:
    if kind == "text":
        return build_board_text(boards, lang=lang).encode()
    if kind == "json":
        return boards_json(boards).encode()
    from cmcoord_geo.render.page import build_board_page

    return build_board_page(boards, lang=lang).encode()


def _picture_of(board: BoardView, lang: Lang) -> bytes:
    from cmcoord_geo.render.board import build_board_picture

    return build_board_picture(board, lang=lang)
