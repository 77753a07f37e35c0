"""The legend explains what its sheet draws, and nothing that another audience sees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.printmap.pencil import blank, put_up
from render.sample import AUDIENCES, product

from cmcoord_geo.i18n import messages
from cmcoord_geo.render.printmap.legend import build_legend
from cmcoord_geo.render.printmap.panel import Room

OWNER, PUBLIC = product("owner"), product("public")
TRAFFIC = (
    "movement",
    "movement_late",
    "offered",
    "confirmed",
    "unverified",
    "conflict",
    "corridor",
)
MARKS = ("closure_closed", "closure_restricted", "closure_conflicting", "ordnance", "incident")


def keys_of(week, *, paper="A3", lang="en") -> list[str]:
    """Entries of a legend, by the key of their sentence."""
    scene = blank(week, paper=paper, lang=lang)
    put_up(build_legend(scene, Room(width_mm=400.0 * scene.sheet.scale, zoom=1.0, rows=8)))
    texts = " ".join(scene.sheet.texts())
    stem = "print.legend."
    said = {
        key.removeprefix(stem): m[lang] for key, m in messages().items() if key.startswith(stem)
    }
    return [key for key, sentence in said.items() if "{" not in sentence and sentence in texts]


def test_traffic_is_explained_to_whom_it_is_shown():
    held = {audience: set(keys_of(product(audience))) & set(TRAFFIC) for audience in AUDIENCES}
    assert held == {
        "owner": {"movement", "movement_late", "offered", "confirmed", "conflict"},
        "minusca_ops": {"offered", "confirmed", "corridor"},
        "public": set(),
    }


@pytest.mark.parametrize("name", ["patrols", "conflicts", "closures", "movements", "incidents"])
def test_what_is_no_longer_drawn_is_no_longer_explained(name):
    lost = set(keys_of(OWNER)) - set(keys_of(replace(OWNER, **{name: ()})))
    expected = {
        "patrols": {"offered", "confirmed"},
        "conflicts": {"conflict"},
        "closures": {"closure_lapsing", "closure_conflicting"},
        "movements": {"movement", "movement_late"},
        "incidents": {"incident"},
    }
    assert lost == expected[name]


def test_incidents_are_explained_where_they_are_drawn():
    assert "incident" in keys_of(OWNER, paper="A3")
    assert "incident" not in keys_of(OWNER, paper="A4")


def test_roads_are_explained_by_exposure_or_by_state():
    owner, public = set(keys_of(OWNER)), set(keys_of(PUBLIC))
    assert {"exposure", "no_information", "class_1", "class_4"} <= owner
    assert "state_unknown" not in owner
    assert {"state", "state_unknown"} <= public
    assert not {"exposure", "no_information", "class_1", "ordnance"} & public


def test_one_sentence_serves_all_states_that_it_explains():
    first, second, *others = OWNER.segments
    changed = [
        replace(segment, state=state, is_state_reported=False, exposure_class=2)
        for segment, state in ((first, "unknown"), (second, "conflicting"))
    ]
    scene = blank(replace(OWNER, segments=(*changed, *others)), lang="en")
    put_up(build_legend(scene, Room(width_mm=400.0, zoom=1.0, rows=8)))
    said = messages()["print.legend.default_unknown"].en
    assert scene.sheet.texts().count(said) == 1


@pytest.mark.parametrize("week", [OWNER, PUBLIC])
def test_hatching_is_explained_where_a_report_is_stale(week):
    first, *others = week.segments
    stale = replace(week, segments=(replace(first, stale_at=week.frame.as_of), *others))
    assert set(keys_of(stale)) - set(keys_of(week)) == {"stale"}


@pytest.mark.parametrize("week", [OWNER, PUBLIC])
@pytest.mark.parametrize(
    ("state", "entry"),
    [
        ("closed", "stretch_closed"),
        ("restricted", "stretch_restricted"),
        ("conflicting", "stretch_restricted"),
    ],
)
def test_the_signs_along_a_stretch_are_explained_where_there_are_any(week, state, entry):
    closure = replace(OWNER.closures[0], state=state)
    road = closure.segment_id
    spot, stretch = (
        replace(week, closures=(replace(closure, along=along),))
        for along in ((), ((road, 0.0, 1.0),))
    )
    assert set(keys_of(stretch)) - set(keys_of(spot)) == {entry}


@pytest.mark.parametrize("state", ["running", "restricted", "conflicting", "out", "unknown"])
def test_every_state_of_a_ferry_is_explained_as_itself(state):
    ferry = next(one for one in OWNER.crossings if one.kind == "ferry")
    week = replace(OWNER, crossings=(replace(ferry, state=state),))
    assert [key for key in keys_of(week) if key.startswith("ferry_")] == [f"ferry_{state}"]


def test_a_bridge_of_conflicting_reports_is_explained():
    ferry = next(one for one in OWNER.crossings if one.kind == "ferry")
    bridge = replace(ferry, kind="bridge", state="conflicting", reported_at=OWNER.frame.as_of)
    assert "crossing_conflicting" in keys_of(replace(OWNER, crossings=(bridge,)))
    assert "crossing_conflicting" not in keys_of(OWNER)


def test_a_schematic_map_says_that_it_is_not_to_be_measured():
    exact = replace(
        PUBLIC,
        frame=replace(PUBLIC.frame, is_schematic=False),
        segments=tuple(replace(s, is_schematic=False) for s in PUBLIC.segments),
    )
    assert {"schematic", "do_not_measure"} <= set(keys_of(PUBLIC))
    assert not {"schematic", "do_not_measure"} & set(keys_of(exact))


def test_what_was_refused_is_said():
    scene = blank(OWNER)
    put_up(build_legend(scene, Room(width_mm=400.0, zoom=1.0, rows=8)))
    text = " ".join(scene.sheet.texts())
    assert OWNER.data_notes[0].fr in text
    assert OWNER.ordnance_said.fr in text
