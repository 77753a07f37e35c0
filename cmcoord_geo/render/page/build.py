"""
The finished page: folium's constant skeleton, our assets, and the data beside them.

No string from data goes through folium, whose output is a template that is compiled twice (SAFETY.md).
Data are placed into the finished text as one JSON block, and the page's script shows them with
``textContent``.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from cmcoord_geo.render.page.assets import inline_links
from cmcoord_geo.render.page.pack import Packer
from cmcoord_geo.render.page.payload import page_payload
from cmcoord_geo.render.page.policy import content_policy
from cmcoord_geo.render.page.skeleton import CSP_SLOT, DATA_SLOT, TITLE_SLOT, page_skeleton

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.page.pack import Plain
    from cmcoord_geo.sharing.views import ProductView


def build_page(product: ProductView, *, lang: Lang = "fr") -> str:
    """
    One offline HTML file that shows a product to its audience.

    The page holds everything it needs and asks nobody for anything: its Content-Security-Policy forbids any
    request. The same product gives the same bytes.

    Parameters
    ----------
    product : ProductView
        What one audience may see.
    lang : {"fr", "en"}
        Language in which the page opens; it holds both.

    Returns
    -------
    str
        HTML text, to be written as UTF-8.

    Raises
    ------
    DataError
        A carried asset is missing or is not the file whose SHA-256 is listed.
    ValueError
        A number of the product is not finite.
    """
    name = "app.js" if product.frame.ground is None else "app_surveyed.js"
    skeleton = page_skeleton(lang, script=name)
    return finished(skeleton, product.frame.title[lang], data_block(product, lang=lang))


def finished(skeleton: str, title: str, block: dict[str, Plain]) -> str:
    """Page with its files inside, its policy, and title and data in their slots."""
    page = inline_links(skeleton)
    page = page.replace(CSP_SLOT, content_policy(page), 1)
    page = page.replace(TITLE_SLOT, escape(title), 1)
    return page.replace(DATA_SLOT, script_json(block), 1)


def data_block(product: ProductView, *, lang: Lang) -> dict[str, Plain]:
    """Content of the data block: the packed payload, with the texts and shapes that it names by number."""
    return packed_block(page_payload(product, lang=lang))


def packed_block(content: dict[str, Plain]) -> dict[str, Plain]:
    """Payload made small, with the texts and shapes that it then names by number."""
    packer = Packer()
    payload = {key: packer.packed(part) for key, part in content.items()}
    return {
        "payload": payload | {"texts": _listed(payload["texts"])},
        "texts": [[said.fr, said.en] for said in packer.texts],
        "shapes": [list(keys) for keys in packer.shapes],
    }


def _listed(numbers: Plain) -> Plain:
    """Keys of the page's own texts in one list, and where the number of a key leaves step with its place."""
    if not isinstance(numbers, dict):
        message = "the texts of a page are numbers by key"
        raise TypeError(message)
    steps: dict[str, Plain] = {}
    step = 0
    for i, number in enumerate(numbers.values()):
        if (now := int(str(number)) - i) != step:
            steps[str(i)] = step = now
    return {"keys": " ".join(numbers), "steps": steps}


def script_json(content: Plain) -> str:
    r"""
    JSON that can stand inside a ``<script>`` element: ``<``, ``>`` and ``&`` as ``\u00xx``.

    U+2028 and U+2029 are written as escapes, like every character that ends a line for some reader.

    Raises
    ------
    ValueError
        A number is NaN or infinite.

    Examples
    --------
    >>> script_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
