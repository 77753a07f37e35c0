"""The page in a real Chromium: nothing asked for, everything drawn, and what a reader does with it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from browser.chromium import DESKTOP, PHONE
from render import sample
from render.page.hostile import hostile

from cmcoord_geo.i18n import Said, messages
from cmcoord_geo.sharing import views

ALL_TEXT = """
  const roots = [...document.querySelectorAll('header, #panel, #mapbox, #time, footer')];
  const words = roots.map((root) => root.textContent);
  for (const node of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
    for (const name of ['title', 'aria-label', 'placeholder']) words.push(node.getAttribute(name) || '');
  }
  return words.join('\\n') + document.title;
"""
STATES = """
  return [...document.querySelectorAll('#page .badge, #map_page .badge')]
    .filter((badge) => badge.matches('.badge-closure, .badge-ferry'))
    .map((badge) => badge.textContent);
"""


def counts(page) -> tuple[dict, dict, dict]:
    return tuple(json.loads(page.root(name)) for name in ("given", "drawn", "left"))


@pytest.mark.parametrize("audience", sample.AUDIENCES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_page_opens_alone(open_page, audience, size):
    """One request, the page itself, and a quiet console."""
    page = open_page(audience, size=size)
    assert [address.rpartition("/")[2] for address in page.requests()] == ["map.html"]
    assert page.errors() == []
    assert page.run("return document.getElementById('alarm').hidden")


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_features_in_are_features_drawn(open_page, audience):
    product = sample.product(audience)
    page = open_page(product)
    page.run("for (const box of ['incidents']) cmcoord.showLayer(box, true)")
    page.run("document.querySelectorAll('#tabs button').forEach((tab) => tab.click())")
    given, drawn, left = counts(page)
    assert given["segments"] == drawn["segments"] == len(product.segments)
    assert given["places"] == drawn["places"] == len(product.places)
    if audience == "owner":
        assert drawn["movements"] == len(product.movements)
        assert drawn["patrols"] == len(product.patrols)
        assert drawn["conflicts"] == len(product.conflicts)
        assert drawn["incidents"] == sum(not item.is_ordnance for item in product.incidents)
    assert {kind: drawn[kind] + left[kind] for kind in given} == given
    assert [kind for kind, number in left.items() if number] in ([], ["bridges"])


NOWHERE = "L999"


def with_fault(kind: str):
    """The week with one thing of a kind on a road that is not there: a planted fault."""
    product = sample.product("minusca_ops" if kind == "corridors" else "owner")
    first, *others = getattr(product, kind)
    if kind == "patrols":
        first = replace(first, stretches=((NOWHERE, 0.0, 1.0),))
    elif kind == "corridors":
        first = replace(first, stretches=(replace(first.stretches[0], segment_id=NOWHERE),))
    elif kind == "movements":
        option = first.options[0]
        leg = replace(option.legs[0], segment_id=NOWHERE)
        first = replace(first, options=(replace(option, legs=(leg, *option.legs[1:])),))
    else:
        first = replace(first, segment_id=NOWHERE)
    return replace(product, **{kind: (first, *others)})


@pytest.mark.parametrize("kind", ["closures", "conflicts", "patrols", "movements", "corridors"])
def test_alarm_when_something_is_not_drawn(open_page, kind):
    """What cannot be drawn leaves the rest drawn, and the page says so in red."""
    product = with_fault(kind)
    page = open_page(product)
    given, drawn, _ = counts(page)
    number = len(getattr(product, kind))
    assert (given[kind], drawn[kind]) == (number, number - 1)
    assert drawn["segments"] == len(product.segments)
    assert not page.run("return document.getElementById('alarm').hidden")
    assert f"{kind} {number - 1}/{number}" in page.text("#alarm")


def test_alarm_when_the_script_fails(open_page):
    page = open_page()
    page.run("setTimeout(() => { throw new Error('planted'); })")
    page.run("return new Promise((done) => setTimeout(done, 50))")
    assert messages()["page.all.alarm.broken"].fr in page.text("#alarm")
    assert not page.run("return document.getElementById('alarm').hidden")


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_language_switch(open_page, audience):
    page = open_page(audience)
    frame = sample.product(audience).frame
    assert page.text("h1") == frame.title.fr
    page.click("[data-lang=en]")
    assert page.text("h1") == frame.title.en
    assert page.run("return document.documentElement.lang") == "en"
    assert messages()["page.all.asof"].en in page.text("#meta")
    assert frame.disclaimer.en in page.text("footer")
    for number in range(page.run("return document.querySelectorAll('#tabs button').length")):
        page.run("document.querySelectorAll('#tabs button')[arguments[0]].click()", number)
    assert page.errors() == []


def test_row_opens_options_and_map_goes_there(open_page):
    page = open_page()
    centre = "return JSON.stringify([...document.querySelectorAll('.name.chosen')].map((n) => n.textContent))"
    assert page.run(centre) == "[]"
    page.click("tr[data-id=H4]")
    movement = next(m for m in sample.movements() if m.mark == "H4")
    heads = page.run(
        "return [...document.querySelectorAll('.compare thead .badge')].map((b) => b.textContent)"
    )
    assert heads == [option.letter for option in movement.options] == ["A", "B", "C", "D"]
    assert page.run("return document.querySelectorAll('.compare tbody tr').length") == 13
    assert "Batangafo" in page.run(centre)
    text = page.text("#view")
    assert messages()["page.owner.compare.escort"].fr in text
    for family in movement.families:
        assert family.name.fr in text
    page.click(".compare thead th:nth-child(4) button")
    assert page.run("return document.querySelector('.compare th.on .badge').textContent") == "C"
    page.click("#back")
    assert page.run("return document.querySelectorAll('tr[data-kind=movement]').length") == 8


def test_options_stand_against_the_fastest_in_a_row_of_their_own(open_page):
    product = sample.product("owner")
    at = [movement.mark for movement in product.movements].index("H4")
    told = views.ComparedView(
        fastest="B", is_fastest=False, below=0.9, above=0.1, tied=0.0, verdict="less",
        informed_percent=100, fastest_informed_percent=100, tail=3, mean_rank=1, tail_rank=1,
        said=(Said(fr="Un <b>.", en="One."), Said(fr="Deux.", en="Two.")),
    )  # fmt: skip
    movement = product.movements[at]
    first, *others = movement.options
    movement = replace(movement, options=(replace(first, compared=told), *others))
    movements = (*product.movements[:at], movement, *product.movements[at + 1 :])
    page = open_page(replace(product, movements=movements))
    page.click("tr[data-id=H4]")
    assert page.run("return document.querySelectorAll('.compare tbody tr').length") == 14
    row = page.run(
        "return [...document.querySelectorAll('.compare tbody tr')]"
        ".filter((r) => r.firstChild.textContent === arguments[0])"
        ".map((r) => [...r.children].slice(1).map((c) => [...c.children].map((d) => d.textContent)))",
        messages()["page.owner.compare.against"].fr,
    )
    assert row == [[["Un <b>.", "Deux."], [], [], []]]
    assert page.errors() == []


def test_one_road_only_is_said(open_page):
    page = open_page()
    page.click("tr[data-id=H1]")
    assert messages()["page.owner.compare.oneroad"].fr in page.text(".warning")
    assert sample.movements()[0].cuts[0].said.fr in page.text(".warning")


def test_refused_movement_is_shown(open_page):
    product = sample.product("owner")
    refusal = Said(fr="Aucune route pour ce camion.", en="No road for this truck.")
    refused = replace(product.movements[3], options=(), refusal=refusal)
    page = open_page(
        replace(product, movements=(*product.movements[:3], refused, *product.movements[4:]))
    )
    given, drawn, _ = counts(page)
    assert given["movements"] == drawn["movements"] == 8
    page.click("tr[data-id=H4]")
    assert page.text(".refusal") == refusal.fr


def test_refused_data_stand_above_the_list_and_beside_no_known_conflict(open_page):
    """A patrol that was refused is not a patrol that is not there (H2)."""
    refused = Said(fr="patrols.csv : 1 ligne refusée", en="patrols.csv: 1 row refused")
    page = open_page(replace(sample.product("owner"), data_notes=(refused,)))
    assert page.text(".warning") == refused.fr
    page.click("#tab-conflicts")
    assert refused.fr in page.text("#panel")


def test_refused_movement_draws_no_line(open_page):
    """A straight line where there is no road would be a road to its reader (H22)."""
    refusal = Said(fr="Aucune route.", en="No road.")
    movement = replace(sample.product("owner").movements[3], options=(), refusal=refusal)
    page = open_page(replace(sample.product("owner"), movements=(movement,)))
    drawn = page.run(
        "return [...document.querySelectorAll('.leaflet-movements-pane path')]"
        ".map((path) => path.getAttribute('d'))"
    )
    assert len(drawn) == 2
    assert not any("L" in shape for shape in drawn)


def test_after_expiry_every_state_is_unknown(open_page):
    page = open_page()
    before = page.run(STATES)
    assert any("?" not in words for words in before)
    page.run(
        "const s = document.querySelector('#bar input'); s.value = s.max; s.dispatchEvent(new Event('input'))"
    )
    after = page.run(STATES)
    assert len(after) == len(before)
    assert all("?" in words for words in after)
    assert messages()["page.all.chip.expired"].fr in page.text("#chip")


def test_report_expires_before_the_page(open_page):
    """R2 ends on Tuesday at noon: from then on it alone is unknown."""
    page = open_page()
    page.run("cmcoord.setNow(arguments[0])", 24 * 60 + 13 * 60)
    found = page.run(STATES)
    assert "R2 ?" in found
    assert "R1" in found


def test_slider_answers_to_keys_and_buttons(open_page):
    page = open_page()
    now = page.text("#now")
    page.run("document.querySelectorAll('#play button')[2].click()")
    assert page.text("#now") != now
    assert page.run("return document.querySelector('#bar input').getAttribute('aria-valuetext')")
    position = "return document.querySelectorAll('.leaflet-now-pane path').length"
    page.run("cmcoord.setNow(10)")
    assert page.run(position) == 0
    page.run("cmcoord.setNow(9 * 60)")
    assert page.run(position) > 0


def test_segment_says_why(open_page):
    page = open_page()
    page.run("cmcoord.select('segment', 'L080')")
    segment = next(s for s in sample.product("owner").segments if s.segment_id == "L080")
    text = page.text("#view")
    assert "Bambari–Ippy" in text
    assert messages()["page.exposure.exposure.4"].fr in text
    assert f"{segment.records}\N{NO-BREAK SPACE}; " in text
    assert page.run("return document.querySelectorAll('.records li').length") > 0


@pytest.mark.parametrize("audience", ["owner", "minusca_ops"])
def test_a_stale_report_is_hatched_told_and_explained(open_page, audience):
    """H3: unknown, with the default of the season standing in."""
    product = sample.product(audience)
    first, *others = product.segments
    first = replace(first, is_state_reported=False, stale_at=product.frame.as_of)
    legend = "[...document.querySelectorAll('#tabs button')].at(-1).click()"
    words = messages()["page.all.key.stale"].fr
    page = open_page(replace(product, segments=(first, *others)))
    page.run("cmcoord.select('segment', arguments[0])", first.segment_id)
    assert "périmé, état inconnu" in page.text("#view")
    page.run(legend)
    assert words in page.text("#view")
    plain = open_page(product)
    plain.run(legend)
    assert words not in plain.text("#view")


def search(page, words: str) -> list[str]:
    page.run(
        "const i = document.querySelector('#search input'); i.value = arguments[0];"
        "i.dispatchEvent(new Event('input'))",
        words,
    )
    return page.run(
        "return [...document.querySelectorAll('.hit bdi')].map((hit) => hit.textContent)"
    )


def test_search_without_accents_and_never_guessing(open_page):
    page = open_page()
    assert search(page, "ndele")[0] == "Ndélé"
    assert search(page, "NDE\u0301LE\u0301")[0] == "Ndélé"
    assert search(page, "kaga bandoro")[0] == "Kaga-Bandoro"
    both = search(page, "sido")
    assert {"Sido (TCD)", "Moyenne-Sido"} <= set(both)
    assert search(page, "nowhere") == []
    search(page, "Obo")
    page.click(".hit")
    assert "Obo" in page.run(
        "return [...document.querySelectorAll('.name.chosen')].map((n) => n.textContent)"
    )


def test_two_places_of_one_name_ask_to_choose(open_page):
    product = sample.product("owner")
    twin = replace(product.places[-1], place_id="TWIN", name="Obo", lon=17.0, lat=5.0)
    page = open_page(replace(product, places=(*product.places, twin)))
    assert search(page, "obo")[:2] == ["Obo", "Obo"]
    assert messages()["page.all.search.choose"].fr in page.text("#hits")


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_phone_fits_and_answers_to_a_thumb(open_page, audience):
    page = open_page(audience, size=PHONE)
    for number in range(page.run("return document.querySelectorAll('#tabs button').length")):
        page.run("document.querySelectorAll('#tabs button')[arguments[0]].click()", number)
        small = page.run("""
          const touched = 'button, .leaflet-bar a, .mark.leaflet-interactive, label';
          return [...document.querySelectorAll(touched)]
            .map((node) => [node.className || node.id, node.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 40 || box.height < 40))
            .map(([name, box]) => `${name} ${box.width}x${box.height}`);
        """)
        assert small == []
        assert page.run("return document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    ("east", "north"), [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (3, -1), (1, -3)]
)
def test_lanes_keep_their_side_of_the_road(open_page, east, north):
    """Movements to the north or west of a road, patrols to the south or east, whichever way it is read."""
    page = open_page()
    shift = """
      const ends = [L.latLng(6, 20), L.latLng(6 + arguments[1], 20 + arguments[0])];
      const line = arguments[3] < 0 ? ends.reverse() : ends;
      const moved = cmcoord.beside(line, arguments[2])[0];
      return [moved.lng - line[0].lng, moved.lat - line[0].lat];
    """
    for pixels, way in ((10, 1), (-10, -1)):
        forth = page.run(shift, east, north, pixels, 1)
        back = page.run(shift, east, north, pixels, -1)
        assert forth == pytest.approx(back, abs=1e-3)
        to_east, to_north = forth
        assert to_north * way > 1e-6 or to_east * way < -1e-6
        assert abs(to_east) + abs(to_north) > 0.01


def test_sheet_of_a_phone_opens_and_folds(open_page):
    page = open_page(size=PHONE)
    opened = "return document.getElementById('app').classList.contains('open')"
    assert not page.run(opened)
    page.click("#tabs button")
    assert page.run(opened)
    page.click("#fold")
    assert not page.run(opened)


def test_arrow_keys_walk_through_tabs(open_page):
    page = open_page()
    page.run(
        "const t = document.querySelector('[role=tab][aria-selected=true]'); t.focus();"
        "t.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))"
    )
    assert page.run("return document.activeElement.id") == "tab-patrols"
    assert page.run("return document.querySelectorAll('[role=tab][tabindex=\"0\"]').length") == 1
    assert page.run("return document.getElementById('view').getAttribute('role')") == "tabpanel"


def test_minusca_page_holds_no_movement(open_page):
    page = open_page("minusca_ops")
    source = page.run("return document.getElementById('data').textContent")
    for movement in sample.movements():
        assert movement.organisation not in source
    assert "exposure" not in source
    assert page.run("return document.querySelectorAll('tr[data-kind=corridor]').length") == 5
    page.click("tr[data-id=C2]")
    assert page.run("return document.querySelector('.badge-corridor.badge').textContent")


def test_ready_mark_for_the_benchmark(open_page):
    page = open_page()
    marks = page.run("return performance.getEntriesByName('cmcoord-ready').length")
    assert marks == 1
    assert int(page.root("ready")) > 0


def test_print_draws_the_whole_country(open_page):
    page = open_page()
    page.click("tr[data-id=H4]")
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    assert (
        page.run("return document.querySelectorAll('#sheets tr[data-kind=movement]').length") == 8
    )
    given, drawn, _ = counts(page)
    assert drawn["movements"] == given["movements"]
    page.run("window.dispatchEvent(new Event('afterprint'))")
    assert page.run("return document.getElementById('sheets').childElementCount") == 0
    assert page.run("return document.querySelectorAll('.compare').length") == 1


# ---- hostile texts


def shown(page, words: str) -> bool:
    return words in page.run(ALL_TEXT)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_hostile_texts_appear_exactly_and_do_nothing(open_page, lang):
    product = hostile(sample.product("owner"))
    page = open_page(product, lang=lang)
    frame = product.frame
    assert page.run("return document.title").endswith(" ".join(frame.title[lang].split()))
    for words in (
        frame.title,
        frame.subtitle,
        frame.audience_name,
        frame.audience_note,
        frame.disclaimer,
    ):
        assert shown(page, words[lang])
    for source in frame.sources:
        assert all(shown(page, words) for words in (source.name, source.licence, source.said[lang]))
    for movement in product.movements:
        page.run("cmcoord.select('movement', arguments[0])", movement.mark)
        text = page.text("#view")
        assert movement.organisation in text
        assert movement.cargo in text
        assert movement.vehicles[lang] in text
        assert all(cut.said[lang] in text for cut in movement.cuts)
        for family in movement.families:
            assert family.name[lang] in text
            assert all(words[lang] in text for words in family.said)
        for option in movement.options:
            expected = [*option.halts, *option.warnings, *(p.said for p in option.passages)]
            assert all(words[lang] in text for words in expected)
            assert all(capital(words[lang]) in text for words in option.reasons)
    page.run("cmcoord.select(null)")
    names = {place.place_id: place.name for place in product.places}
    page.run("cmcoord.showTab('patrols')")
    text = page.text("#view")
    assert all(item.said[lang] in text for item in product.closures)
    assert all(item.name[lang] in text for item in product.crossings)
    for segment in product.segments:
        page.run("cmcoord.select('segment', arguments[0])", segment.segment_id)
        text = page.text("#view")
        assert f"{names[segment.start]}–{names[segment.end]}" in text
        assert segment.title.split("/")[0] in text
    for conflict in product.conflicts:
        page.run("cmcoord.select('conflict', arguments[0])", conflict.mark)
        assert conflict.said[lang] in page.text("#view")
    assert page.run("return window.executed ?? null") is None
    assert page.run("return document.querySelectorAll('#app img, #app iframe').length") == 0
    assert page.requests()[1:] == []
    assert page.errors() == []


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@pytest.mark.parametrize("audience", ["minusca_ops", "public"])
def test_hostile_texts_on_the_other_pages(open_page, audience):
    product = hostile(sample.product(audience))
    page = open_page(product)
    for number in range(page.run("return document.querySelectorAll('#tabs button').length")):
        page.run("document.querySelectorAll('#tabs button')[arguments[0]].click()", number)
        text = page.text("#view")
        if "counts" in page.run("return document.querySelector('[aria-selected=true]').id"):
            assert all(row.area in text for row in product.incident_counts)
        if "closures" in page.run("return document.querySelector('[aria-selected=true]').id"):
            assert all(item.name.fr in text for item in product.crossings)
    assert page.run("return window.executed ?? null") is None
    assert page.errors() == []


def test_hostile_place_names_are_found_and_written(open_page):
    product = hostile(sample.product("owner"))
    page = open_page(product)
    for place in product.places[:20]:
        assert place.name in search(page, place.name)
    written = page.run(
        "return [...document.querySelectorAll('.leaflet-names-pane bdi')].map((n) => n.textContent)"
    )
    known = {place.name for place in product.places}
    assert len(known & set(written)) > 20
    cut = [words.removesuffix("…") for words in written if words.endswith("…")]
    assert all(any(name.startswith(words) for name in known if len(name) > 60) for words in cut)


def test_policy_holds_where_the_script_would_fail(open_page):
    """A planted fault: markup from data, put in as markup, still runs nothing and asks for nothing."""
    page = open_page()
    page.run("""
      document.getElementById('view').innerHTML = '<img src="x.png" onerror="window.executed=1">';
      const script = document.createElement('script');
      script.textContent = 'window.executed = 1';
      document.body.append(script);
      fetch('https://example.org/').catch(() => {});
    """)
    assert page.run("return window.executed ?? null") is None
    assert any("Content Security Policy" in message for message in page.errors())
