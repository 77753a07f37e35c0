"""One scale for all options; each class has the same height; a band never stands as a tower."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.render.profile.band import Scale
from cmcoord_geo.render.profile.layout import MOST_BAND_MM, lay_out, scale_of

SCALE = Scale(edges=(0.0, 0.1, 0.3, 0.8, 2.0))


def test_each_limit_is_at_a_quarter() -> None:
    assert [SCALE.share(rate) for rate in SCALE.edges] == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert SCALE.share(9.0) == 1.0


@given(st.floats(0, 5), st.floats(0, 5))
def test_a_higher_rate_is_never_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert SCALE.share(low) <= SCALE.share(high) + 1e-12


@pytest.mark.parametrize("name", ["H1", "H9", "crowded"])
def test_km_have_one_scale_and_bands_do_not_meet(name: str) -> None:
    view = sheets.PROFILES[name]()
    layout = lay_out(Pencil("A4"), view, "fr")
    assert len({band.mm_per_km for band in layout.bands}) == 1
    assert layout.bands[0].x(view.longest_km) == pytest.approx(layout.bands[0].chart.right)
    for one, after in zip(layout.bands, layout.bands[1:], strict=False):
        assert one.box.bottom == pytest.approx(after.box.top)
    assert layout.bands[-1].box.bottom < layout.keys_top < layout.notes_top
    assert max(band.box.height for band in layout.bands) <= MOST_BAND_MM


def test_the_scale_is_that_of_the_view() -> None:
    view = sheets.profiles()["H9"]
    assert scale_of(view).edges == (0.0, 0.1, 0.3, 0.8, view.top)
