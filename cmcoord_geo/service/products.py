"""Release a product for one audience and write its files, each made from views alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.export import to_json
from cmcoord_geo.i18n import Lang, problem
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.sharing import Audience, Release, build_product

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.views import ProductView

#: File names say nothing about who or where (hazard H13).
NAMES: Mapping[str, str] = {
    "page": "map.html",
    "picture": "map.png",
    "text": "plan.txt",
    "json": "plan.json",
}


def release_product(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    audience: Audience,
    config: Config,
    *,
    purpose: str = "map",
) -> Release:
    """
    Product of a picture and its plans for one audience, released now.

    A consent that has run out since the data cut-off no longer holds; an exercise is released at its own
    cut-off, so that it gives the same bytes at any time.

    Raises
    ------
    SharingError
        The audience is unknown, may not ask for this purpose, or the table of field x audience has a gap.
    """
    now = None if picture.is_exercise else datetime.now(tz=UTC)
    return build_product(picture, plans, audience, config, purpose=purpose, now=now)


def check_free(out: Path, *, kinds: Iterable[str] = tuple(NAMES)) -> None:
    """
    Refuse a folder in which a product lies already, before any work is done.

    Raises
    ------
    DataError
        A file that would be written is there.
    """
    standing = [NAMES[kind] for kind in kinds if (out / NAMES[kind]).exists()]
    if standing:
        raise problem(
            DataError, "service.exists", files=", ".join(standing), folder=out.resolve().name
        )


def write_products(
    product: ProductView,
    out: Path,
    *,
    lang: Lang,
    kinds: Sequence[str] = tuple(NAMES),
    is_forced: bool = False,
    on_progress: Callable[[str], None] | None = None,
) -> Mapping[str, Path]:
    """
    Write the files of a product.

    Parameters
    ----------
    product : ProductView
    out : Path
        Folder; made when it is not there.
    lang : str
        Language of the picture and the text, and of the page when it opens.
    kinds : sequence of str
        Any of page, picture, text, json.
    is_forced : bool
        Whether files that are already there may be replaced.
    on_progress : callable, optional
        Called with the name of each file before it is made.

    Returns
    -------
    mapping
        Kind of file to its path.

    Raises
    ------
    DataError
        A file is already there, or the folder cannot be written to.
    """
    if not is_forced:
        check_free(out, kinds=kinds)
    files = {kind: out / NAMES[kind] for kind in kinds}
    for kind, path in files.items():
        if on_progress:
            on_progress(path.name)
        write_whole(path, _content(product, kind, lang))
    return files


def write_whole(path: Path, content: bytes) -> None:
    """
    Write a file to a temporary name beside it and rename it, so that no half of it is ever seen.

    Raises
    ------
    DataError
        The system refuses.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise problem(DataError, "service.unwritable", file=path.name, reason=reason) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _content(product: ProductView, kind: str, lang: Lang) -> bytes:
    if kind == "text":
        return build_text(product, lang=lang).encode()
    if kind == "json":
        return to_json(product, kind="plan").encode()
    if kind == "picture":
        from cmcoord_geo.render.printmap import build_picture

        return build_picture(product, lang=lang)
    from cmcoord_geo.render.page import build_page

    return build_page(product, lang=lang).encode()
