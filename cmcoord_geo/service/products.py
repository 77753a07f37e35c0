"""Write the products of one audience: page, picture, text, JSON. Each is made from views alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.export import to_json
from cmcoord_geo.i18n import Lang, problem
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.sharing import Audience, build_product

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """
    Files that were written, and what the gate kept back.

    Attributes
    ----------
    files : mapping
        Kind of product to its path.
    withheld : mapping
        (kind of record, reason) to count.
    """

    files: Mapping[str, Path]
    withheld: Mapping[tuple[str, str], int]


def write_products(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    out: Path,
    *,
    audience: Audience,
    config: Config,
    lang: Lang,
    kinds: Sequence[str] = tuple(NAMES),
    is_forced: bool = False,
    on_progress: Callable[[str], None] | None = None,
) -> Written:
    """
    Write the products of a picture and its plans for one audience.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    out : Path
        Folder; made when it is not there.
    audience : Audience
    config : Config
    lang : str
        Language of the picture and the text, and of the page when it opens.
    kinds : sequence of str
        Any of page, picture, text, json.
    is_forced : bool
        Whether files that are already there may be replaced.
    on_progress : callable, optional
        Called with the name of each file before it is made.

    Raises
    ------
    DataError
        A file is already there.
    """
    release = build_product(picture, plans, audience, config)
    files = {kind: out / NAMES[kind] for kind in kinds}
    standing = [path.name for path in files.values() if path.exists()]
    if standing and not is_forced:
        raise problem(DataError, "service.exists", files=", ".join(standing), folder=out.name)
    out.mkdir(parents=True, exist_ok=True)
    for kind, path in files.items():
        if on_progress:
            on_progress(path.name)
        write_whole(path, _content(release.product, kind, lang))
    return Written(files=files, withheld=release.withheld)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file to a temporary name beside it and rename it, so that no half of it is ever seen."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
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
