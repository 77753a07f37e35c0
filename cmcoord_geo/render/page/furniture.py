"""The page's own texts: headings, buttons and notes, those of its audience only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import messages

if TYPE_CHECKING:
    from cmcoord_geo.render.page.pack import Plain
    from cmcoord_geo.sharing.views import ProductView


def page_texts(product: ProductView) -> dict[str, Plain]:
    """
    Texts by key of the parts that a page has, as listed by the tables of ``i18n/page.toml``.

    A page whose audience sees no movement does not carry the words for one.
    """
    found: dict[str, Plain] = {
        key.removeprefix(f"page.{part}."): said
        for part in _parts(product)
        for key, said in messages().items()
        if key.startswith(f"page.{part}.")
    }
    if product.frame.ground is not None:
        found["road.national"] = messages()["surveyed.main_road"]
    return found


def _parts(product: ProductView) -> list[str]:
    audience = product.frame.audience
    parts = ["all", audience]
    if audience != "public":
        parts.append("patrols")
    if any(segment.exposure_class is not None for segment in product.segments):
        parts.append("exposure")
    if product.areas:
        parts.append("areas")
    if product.operations:
        parts.append("operations")
    return parts
