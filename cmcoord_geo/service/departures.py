"""Departures: movements of a folder in, their slots for the owner out, the files written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.errors import DataError, PlanningError
from cmcoord_geo.export.departures import departures_json
from cmcoord_geo.i18n import Lang, problem
from cmcoord_geo.planning import plan_movement, refused_plan
from cmcoord_geo.render.departure_text import build_departure_text
from cmcoord_geo.service.planning import refusal_of
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.sharing.departures import DepartureRelease, build_departures
from cmcoord_geo.sharing.product import movements_of

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.departure_views import DepartureSheetView

#: File names that say nothing about who or where (hazard H13).
NAMES: Mapping[str, str] = {"text": "departures.txt", "json": "departures.json"}
#: A sheet for each option of each movement, under the movement's id: its mark changes with each edit of the
#: week, and one sheet would be taken for another's.
PICTURES = "departures_{name}_{letter}.{kind}"
_OLD = re.compile(r"departures_(H\d+|[A-Za-z0-9.-]+_)[A-D]\.(png|pdf)")
_LONGEST = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


def release_departures(
    picture: OperationalPicture,
    audience: Audience,
    config: Config,
    *,
    days: int,
    movement_id: str = "",
) -> DepartureRelease:
    """
    Departures of the movements of a picture, or of one of them, released now.

    Parameters
    ----------
    picture : OperationalPicture
    audience : Audience
    config : Config
    days : int
        1 to 14.
    movement_id : str
        Empty: all of them.

    Raises
    ------
    DataError
        There is no such movement.
    WithheldError
        The audience may not ask for departures.
    """
    own = movements_of(picture, audience)
    wanted = [one for one in own if movement_id in {"", one.movement_id}]
    if not wanted and audience.kind == "owner" and (movement_id or not picture.movements):
        known = ", ".join(one.movement_id for one in own) or "–"
        raise problem(DataError, "departures.no_movement", word=movement_id, known=known)
    plans: list[MovementPlan] = []
    for request in wanted:
        try:
            plans.append(plan_movement(picture, request, config))
        except (PlanningError, DataError) as error:
            plans.append(refused_plan(picture, request, config, refusal_of(error)))
    now = None if picture.is_exercise else datetime.now(tz=UTC)
    return build_departures(picture, plans, audience, config, days=days, now=now)


def check_departures_free(out: Path) -> None:
    """
    Refuse a folder in which departures lie already, before any work is done.

    Raises
    ------
    DataError
        A file that would be written is there.
    """
    standing = [name for name in NAMES.values() if (out / name).exists()] + _pictures_in(out)
    if standing:
        raise problem(
            DataError, "service.exists", files=", ".join(standing), folder=out.resolve().name
        )


def _file_words(sheets: Sequence[DepartureSheetView]) -> list[str]:
    """A word for each movement that any file system takes; with its mark where two would be alike."""
    words = [_UNSAFE.sub("-", sheet.movement_id).strip("-.")[:_LONGEST] for sheet in sheets]
    alike = Counter(word.lower() for word in words)
    return [
        word if word and alike[word.lower()] == 1 else f"{word}-{sheet.mark}".strip("-")
        for word, sheet in zip(words, sheets, strict=True)
    ]


def _pictures_in(out: Path) -> list[str]:
    names = (path.name for path in out.glob("departures_*")) if out.is_dir() else ()
    return sorted(name for name in names if _OLD.fullmatch(name))


def write_departures(
    sheets: Sequence[DepartureSheetView],
    out: Path,
    *,
    lang: Lang,
    has_pdf: bool = False,
    on_progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """
    Write text, JSON and a picture for each option; pictures of an earlier run are removed.

    Parameters
    ----------
    sheets : sequence of DepartureSheetView
    out : Path
        Folder; made when it is not there.
    lang : str
    has_pdf : bool
        Whether each picture is written as PDF too.
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
    from cmcoord_geo.render.heatstrip import build_strip_picture

    files: dict[Path, Callable[[], bytes]] = {
        out / NAMES["text"]: lambda: build_departure_text(sheets, lang=lang).encode(),
        out / NAMES["json"]: lambda: departures_json(sheets).encode(),
    }
    kinds: tuple[Literal["png", "pdf"], ...] = ("png", "pdf") if has_pdf else ("png",)
    for sheet, word in zip(sheets, _file_words(sheets), strict=True):
        for option in sheet.options:
            for kind in kinds:
                name = PICTURES.format(name=word, letter=option.letter, kind=kind)
                files[out / name] = partial(
                    build_strip_picture, sheet, option, lang=lang, kind=kind
                )
    for path, content in files.items():
        if on_progress:
            on_progress(path.name)
        write_whole(path, content())
    for name in _pictures_in(out):
        if out / name not in files:
            (out / name).unlink(missing_ok=True)
    return tuple(files)
