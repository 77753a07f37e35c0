"""The page's text: constant skeleton, assets inside, data as one block, nothing by chance."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from importlib.resources import files

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render import sample

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import messages
from cmcoord_geo.render.page import assets, build_page
from cmcoord_geo.render.page.assets import inline_links, script
from cmcoord_geo.render.page.build import script_json
from cmcoord_geo.render.page.pack import Packer
from cmcoord_geo.render.page.skeleton import CSP_SLOT, DATA_SLOT, TITLE_SLOT


@pytest.fixture(scope="module")
def page() -> str:
    return build_page(sample.product("owner"))


def data_of(page: str) -> dict:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    return json.loads(block[1])


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_page_stays_small(audience):
    assert len(build_page(sample.product(audience)).encode()) <= 400_000


def test_two_builds_are_equal(page):
    assert build_page(sample.product("owner")) == page


def test_page_asks_for_nothing(page):
    assert not any(slot in page for slot in (CSP_SLOT, TITLE_SLOT, DATA_SLOT))
    assert not re.search(r"<link|<script[^>]* src=|url\((?!#)|@import|sourceMappingURL", page)


def test_policy_lists_what_stands_in_the_page(page):
    """The hashes are those of the scripts and styles of the finished page, and nothing else may run."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    for kind, directive in (("script", "script-src"), ("style", "style-src")):
        allowed = re.search(rf"{directive} ([^;]*)", policy[1])
        texts = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        expected = [
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for text in texts
        ]
        assert allowed is not None
        assert allowed[1].split() == expected
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"<(div|p|span|svg|header|section|input|button)[^>]* style=", page)


def test_skeleton_knows_nothing_of_the_product():
    """Folium gets no text from data: two products differ in title and data block alone."""
    one, other = (build_page(sample.product(audience)) for audience in ("owner", "public"))
    without_data = [
        re.sub(r'(id="data">).*?(</script>)|<title>.*?</title>', "", text, flags=re.DOTALL)
        for text in (one, other)
    ]
    assert without_data[0] == without_data[1]


def test_folium_lists_stay_as_they_were():
    build_page(sample.product("public"))
    assert all(url.startswith("https://") for _, url in folium.Map.default_js)
    assert len(folium.Map.default_js) == 4


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_words_that_are_never_said(lang):
    """No word of a promise, in any text of the page's own and in the sample's."""
    never = re.compile(
        r"\b(safe|safely|secured?|cleared|sûre?s?|sécurisée?s?|protégée?s?)\b", re.IGNORECASE
    )
    for key, said in messages().items():
        if key.startswith("page."):
            assert not never.search(said[lang]), key


def test_every_text_of_the_script_has_a_sentence_and_every_sentence_is_used():
    parts = files("cmcoord_geo.render.page") / "assets" / "app"
    source = "\n".join(part.read_text(encoding="utf-8") for part in parts.iterdir())
    asked = set(re.findall(r"\btext\('([^']+)'", source)) | set(
        re.findall(r"row\('([^']+)'", source)
    )
    stems = set(re.findall(r"text\(`([^`$]+)\$", source))
    held = {
        key.split(".", 2)[2]
        for key in messages()
        if key.startswith("page.") and not key.startswith("page.error.")
    }
    assert {key for key in asked if key not in held and f"compare.{key}" not in held} == set()
    quoted = set(re.findall(r"'([a-z.]+)'", source))
    unused = {
        key
        for key in held
        if key not in asked | quoted
        and key.removeprefix("compare.") not in asked
        and not any(key.startswith(stem) for stem in stems)
    }
    assert unused == set()


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_page_carries_only_texts_of_its_audience(audience):
    block = data_of(build_page(sample.product(audience)))
    texts = {tuple(pair) for pair in block["texts"]}
    for part in {"owner", "minusca_ops", "public"} - {audience}:
        foreign = [said for key, said in messages().items() if key.startswith(f"page.{part}.")]
        assert foreign
        shared = {"option", "Nombre", "Number"}
        assert not [
            said for said in foreign if (said.fr, said.en) in texts and said.fr not in shared
        ]


def test_unknown_asset_is_an_error():
    with pytest.raises(DataError):
        inline_links('<script src="https://cdn.example.org/jquery.js"></script>')
    with pytest.raises(DataError):
        inline_links('<link rel="stylesheet" href="leaflet/none.css"/>')


def test_changed_asset_is_an_error(monkeypatch):
    """A planted fault: one character more in Leaflet."""
    plain = assets._text
    monkeypatch.setattr(
        assets, "_text", lambda name: plain(name) + (" " if name.endswith(".js") else "")
    )
    script.cache_clear()
    with pytest.raises(DataError, match=r"leaflet\.js"):
        script("leaflet/leaflet.js")
    script.cache_clear()


def test_data_block_is_inert_text():
    name = "</script><script>&\u2028"
    product = sample.product("public")
    place = replace(product.places[0], name=name)
    page = build_page(replace(product, places=(place, *product.places[1:])))
    assert name not in page
    assert page.count("</script>") == build_page(product).count("</script>")
    block = data_of(page)
    rows = block["payload"]["places"]
    assert rows["rows"][0][block["shapes"][rows["keys"]].index("name")] == name


def test_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        script_json([float("nan")])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
    )
)
def test_json_in_a_script_element_reads_back(value):
    text = script_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


PLAIN = st.integers() | st.sampled_from(["x", "y"]) | st.none() | st.booleans()
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from("abc"),
        PLAIN
        | st.dictionaries(st.sampled_from("pq"), PLAIN, min_size=1)
        | st.lists(st.dictionaries(st.sampled_from("pq"), PLAIN, min_size=1), max_size=3),
    ),
    min_size=1,
    max_size=60,
)


def undone(table, shapes):
    """Rows of a packed table again, as the page's script makes them."""
    if not isinstance(table, dict) or "rows" not in table:
        return [undone(part, shapes) for part in table] if isinstance(table, list) else table
    words, parts = table.get("words", {}), table.get("parts", {})
    inner = {key: iter(undone(part, shapes)) for key, part in parts.items()}

    def cell(key, value):
        if key in inner and value is not None:
            return next(inner[key]) if value < 0 else [next(inner[key]) for _ in range(value)]
        return words[key][value] if key in words else undone(value, shapes)

    return [
        table.get("same", {})
        | {
            key: cell(key, row[i] if i < len(row) else None)
            for i, key in enumerate(shapes[table["keys"]])
        }
        for row in table["rows"]
    ]


def _without_none(value):
    if isinstance(value, dict):
        return {key: _without_none(part) for key, part in value.items() if part is not None}
    return [_without_none(part) for part in value] if isinstance(value, list) else value


@given(ROWS)
def test_packed_tables_hold_what_they_were_given(rows):
    """Undone as the script does it; what a mapping lacks is None."""
    packer = Packer()
    table = packer.packed(rows)
    assert _without_none(undone(table, list(packer.shapes))) == _without_none(rows)


def test_one_table_for_what_stands_inside_rows():
    packer = Packer()
    inside = [{"km": 1, "at": 2}, {"km": 3, "at": 4}]
    table = packer.packed(
        [{"id": "a", "legs": inside, "is": True}, {"id": "b", "legs": [], "is": True}]
    )
    assert table == {
        "keys": 1, "rows": [["a", 2], ["b", 0]], "same": {"is": 1},
        "parts": {"legs": {"keys": 0, "rows": [[1, 2], [3, 4]]}},
    }  # fmt: skip
