"""Sheets to print beside a product: the profile of each movement, and the small maps by incident class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Lang, problem
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.sharing.class_maps import class_sheet
from cmcoord_geo.sharing.profiles import profile_sheets

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.views import ProductView

#: File names say nothing about who or where (hazard H13): H1 is a mark of this product alone.
PROFILE, CLASSES = "profile_{mark}.png", "classes.png"


def check_sheets_free(out: Path, *, has_profiles: bool, has_classes: bool) -> None:
    """
    Refuse a folder in which such sheets lie already, before any work is done.

    Raises
    ------
    DataError
        A file that would be written, or a profile of an earlier week, is there.
    """
    standing = sorted(path.name for path in out.glob(PROFILE.format(mark="*")))
    standing = standing if has_profiles else []
    if has_classes and (out / CLASSES).exists():
        standing.append(CLASSES)
    if standing:
        raise problem(
            DataError, "service.exists", files=", ".join(standing), folder=out.resolve().name
        )


def clear_sheets(out: Path, *, kept: Iterable[Path] = ()) -> tuple[Path, ...]:
    """
    Remove the sheets of an earlier week, for beside a new map its H1 would be taken for the one of today.

    Parameters
    ----------
    out : Path
        Folder whose results were just replaced.
    kept : iterable of Path
        Files that were just written.

    Returns
    -------
    tuple of Path
        What was removed; nothing but names that this package writes.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    stem, end = PROFILE.split("{mark}")
    named = re.compile(rf"{re.escape(stem)}H\d+{re.escape(end)}|{re.escape(CLASSES)}")
    new = {path.name for path in kept}
    old = [path for path in sorted(out.iterdir()) if named.fullmatch(path.name)]
    gone = tuple(path for path in old if path.name not in new)
    for path in gone:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise problem(DataError, "service.unwritable", file=path.name, reason=reason) from error
    return gone


def write_profiles(
    product: ProductView,
    out: Path,
    config: Config,
    *,
    lang: Lang,
    on_progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """
    Write the profile of each movement that a product holds; those that are there are replaced.

    Parameters
    ----------
    product : ProductView
    out : Path
        Folder; made when it is not there.
    config : Config
    lang : str
    on_progress : callable, optional
        Called with the name of each file before it is made.

    Returns
    -------
    tuple of Path
        Empty for an audience that is given no movement.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    from cmcoord_geo.render.profile import build_profile_picture

    paths = []
    for sheet in profile_sheets(product, config):
        path = out / PROFILE.format(mark=sheet.mark)
        if on_progress:
            on_progress(path.name)
        write_whole(path, build_profile_picture(sheet, lang=lang))
        paths.append(path)
    return tuple(paths)


def write_classes(
    product: ProductView,
    picture: OperationalPicture,
    out: Path,
    config: Config,
    *,
    lang: Lang,
    on_progress: Callable[[str], None] | None = None,
) -> Path | None:
    """
    Write the small maps by incident class; what is there is replaced.

    Parameters
    ----------
    product : ProductView
        As released from the picture for an audience.
    picture : OperationalPicture
    out : Path
        Folder; made when it is not there.
    config : Config
    lang : str
    on_progress : callable, optional
        Called with the name of the file before it is made.

    Returns
    -------
    Path or None
        None for an audience that sees no exposure.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    from cmcoord_geo.render.classmaps import build_class_picture

    sheet = class_sheet(product, picture, config)
    if sheet is None:
        return None
    if on_progress:
        on_progress(CLASSES)
    write_whole(out / CLASSES, build_class_picture(sheet, lang=lang))
    return out / CLASSES
