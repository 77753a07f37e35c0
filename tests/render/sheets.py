"""The EXERCISE week as profiles and small maps: planned by the program, made by hand, hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from render import sample

from cmcoord_geo.config import Config
from cmcoord_geo.facts import data_dir
from cmcoord_geo.i18n import Said
from cmcoord_geo.io import read_picture
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import Audience, build_product
from cmcoord_geo.sharing import views as v
from cmcoord_geo.sharing.class_maps import class_sheet
from cmcoord_geo.sharing.class_views import ClassSheetView
from cmcoord_geo.sharing.profile_views import ProfileSheetView, RoadMarkView, TownView
from cmcoord_geo.sharing.profiles import profile_sheets

CONFIG = Config()
#: States of a passage, where those made by hand have the words of the river.
STATES = {"running": "open", "out": "closed"}


@cache
def exercise() -> OperationalPicture:
    return read_picture(data_dir() / "exercise")


@cache
def week(audience: str = "owner") -> v.ProductView:
    """The bundled EXERCISE week, planned and released."""
    picture = exercise()
    plans = plan_week(picture, CONFIG)
    return build_product(picture, plans, Audience(kind=audience), CONFIG).product


@cache
def profiles() -> dict[str, ProfileSheetView]:
    """Profiles of the bundled week by mark."""
    return {sheet.mark: sheet for sheet in profile_sheets(week(), CONFIG)}


def rate(low_km: float, high_km: float, mean: float | None, *, level: int = 2) -> v.RateView:
    """Stretch with a rate, or without information."""
    span = v.RangeView(low=low_km, high=high_km)
    if mean is None:
        return v.RateView(km=span, exposure_class=0, low=None, mean=None, high=None)
    return v.RateView(km=span, exposure_class=level, low=mean / 3, mean=mean, high=mean * 3)


def rated(product: v.ProductView) -> v.ProductView:
    """Product made by hand, with rates on its options."""
    means = {0: None, 1: 0.05, 2: 0.2, 3: 0.5, 4: 1.4}
    return replace(
        product,
        movements=tuple(
            replace(
                movement,
                options=tuple(
                    replace(
                        option,
                        passages=tuple(
                            replace(one, state=STATES.get(one.state, one.state))
                            for one in option.passages
                        ),
                        rates=tuple(
                            rate(part.km.low, part.km.high, means[part.exposure_class],
                                 level=part.exposure_class)
                            for part in option.profile
                        ),
                    )
                    for option in movement.options
                ),
            )
            for movement in product.movements
        ),
    )  # fmt: skip


def by_hand(mark: str) -> ProfileSheetView:
    """Profile of a movement of the week that is made by hand."""
    sheets = profile_sheets(rated(sample.product()), CONFIG)
    return next(sheet for sheet in sheets if sheet.mark == mark)


def crowded() -> ProfileSheetView:
    """Four options with more crossings, towns, patrols and notes than there is room for."""
    view = profiles()["H9"]
    marks = tuple(
        RoadMarkView(
            km=17.0 * i,
            what=("bridge", "ferry", "ford", "closure")[i % 4],
            state=("unknown", "closed", "open")[i % 3],
            label=Said(fr=f"Très long nom d’ouvrage {i} ?", en=f"Very long name of crossing {i} ?"),
            short=Said(fr="?", en="?"),
        )
        for i in range(28)
    )
    towns = tuple(TownView(name=f"Village-du-Kilomètre {i}", km=20.0 * i) for i in range(22))
    options = tuple(
        replace(one, marks=marks, towns=(*towns, *one.towns[-1:])) for one in view.options
    )
    return replace(view, options=options, notes=(*view.notes, *view.notes[:2]))


def unknown() -> ProfileSheetView:
    """A road of which nothing is known, and one of which a very short part is not."""
    view = profiles()["H1"]
    option = view.options[0]
    nothing = replace(option, rates=(rate(0.0, option.km, None),))
    part = replace(
        option,
        rates=(rate(0.0, 100.0, 0.2), rate(100.0, 104.0, None), rate(104.0, option.km, 0.2)),
    )
    return replace(view, options=(nothing, part))


def hostile() -> ProfileSheetView:
    """Names that would break a line, a file or a formula."""
    view = profiles()["H11"]
    name = "$\\frac{x}{0}$ <b>Ngaoundaye-" + "Bocaranga" * 9
    options = tuple(
        replace(
            one,
            title=Said(fr=name, en=name),
            towns=tuple(replace(town, name=name) for town in one.towns),
            worst=Said(fr=name, en=name),
        )
        for one in view.options
    )
    frame = replace(view.frame, title=Said(fr=name, en=name))
    return replace(view, options=options, frame=frame)


PROFILES: dict[str, Callable[[], ProfileSheetView]] = {
    **{mark: (lambda mark=mark: profiles()[mark]) for mark in ("H1", "H2", "H6", "H9", "H11")},
    "by_hand": lambda: by_hand("H4"),
    "crowded": crowded,
    "unknown": unknown,
    "hostile": hostile,
}


@cache
def classes() -> ClassSheetView:
    """Small maps of the bundled week."""
    found = class_sheet(week(), exercise(), CONFIG)
    assert found is not None
    return found


def uncovered() -> ClassSheetView:
    """Small maps of a week whose source speaks of robberies alone."""
    picture = exercise()
    (source,) = picture.incidents.sources
    only = replace(picture.incidents, sources=(replace(source, classes=("robbery",)),))
    found = class_sheet(week(), replace(picture, incidents=only), CONFIG)
    assert found is not None
    return found


CLASSES: dict[str, Callable[[], ClassSheetView]] = {"week": classes, "uncovered": uncovered}
