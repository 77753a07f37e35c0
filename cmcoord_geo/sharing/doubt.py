"""What is said of the doubt about options: against the fastest one, by class, under other parameters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.sharing.views import (
    ClassExposureView,
    ComparedView,
    SensitivityView,
    VariantOptionView,
    VariantView,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.model import Comparison, Route, Variant


def compared_view(route: Route, *, options: int) -> ComparedView | None:
    """
    View of an option against the fastest one.

    Parameters
    ----------
    route : Route
    options : int
        How many there are.
    """
    found = route.compared
    if found is None:
        return None
    is_fastest = found.fastest == route.letter
    return ComparedView(
        fastest=found.fastest,
        is_fastest=is_fastest,
        below=found.below,
        above=found.above,
        tied=found.tied,
        verdict=found.verdict,
        informed_percent=int(100 * found.informed_share),
        fastest_informed_percent=int(100 * found.fastest_informed_share),
        tail=math.ceil(found.tail),
        mean_rank=found.mean_rank,
        tail_rank=found.tail_rank,
        said=tuple(_compared(found, is_fastest=is_fastest, options=options)),
    )


def _compared(found: Comparison, *, is_fastest: bool, options: int) -> Iterator[Said]:
    percent, other = int(100 * found.informed_share), int(100 * found.fastest_informed_share)
    if is_fastest:
        yield said("compared.fastest")
    else:
        share = found.above if found.verdict == "more" else found.below
        yield said(
            f"compared.{found.verdict}",
            count=_of_hundred(share),
            fastest=found.fastest,
            percent=percent,
            other=other,
        )
        is_told = found.verdict not in {"less_known", "unknown"}
        if is_told and min(percent, other) < 100:
            yield said("compared.known_part", fastest=found.fastest, percent=percent, other=other)
    if found.mean_rank:
        yield said(
            "compared.ranks",
            mean=found.mean_rank,
            tail=found.tail_rank,
            options=options,
            index=math.ceil(found.tail),
        )


def _of_hundred(share: float) -> Said:
    """So many draws of a hundred; a share of draws is never all or none of what there is to know."""
    count = round(100 * share)
    if count >= 100:
        return said("compared.nearly_all")
    return Said(fr=str(count), en=str(count)) if count else said("compared.hardly_any")


def class_views(route: Route) -> tuple[ClassExposureView, ...]:
    """Views of the exposure by class, the highest first; empty where nothing is known."""
    if not route.exposure.informed_share:
        return ()
    known = {key: value for key, value in route.classes.items() if math.isfinite(value)}
    order = sorted(
        (entry for entry in incident_classes().values() if entry.is_on_road),
        key=lambda entry: -known.get(entry.class_id, -1.0),
    )
    return tuple(
        ClassExposureView(
            class_id=entry.class_id,
            name=entry.name,
            index=round(known[entry.class_id]) if entry.class_id in known else None,
        )
        for entry in order
    )


def sensitivity_view(variants: Sequence[Variant] | None) -> SensitivityView | None:
    """
    View of the options under other parameters, with a first sentence that says whether the advice holds.

    Parameters
    ----------
    variants : sequence of Variant or None
        As it is first; None where it was not asked for.
    """
    if variants is None:
        return None
    if not variants:
        return SensitivityView(said=said("sensitivity.nothing"), is_stable=None, variants=())
    first, *others = variants
    other = [one for one in others if one.advised != first.advised]
    is_choice = len(first.options) > 1
    key = "one" if not is_choice else "moves" if other else "stays"
    moves = [said("sensitivity.move", name=_name(one), letter=one.advised) for one in other]
    return SensitivityView(
        said=said(
            f"sensitivity.{key}",
            letter=first.advised,
            count=len(others),
            of=len(other),
            moves=join(moves, ", "),
        ),
        is_stable=not other if is_choice else None,
        variants=tuple(map(_variant, variants)),
    )


def _name(variant: Variant) -> Said:
    if not variant.class_id:
        return said(f"sensitivity.{variant.kind}")
    return said("sensitivity.without", name=incident_classes()[variant.class_id].name)


def _variant(variant: Variant) -> VariantView:
    return VariantView(
        kind=variant.kind,
        class_id=variant.class_id,
        name=_name(variant),
        advised=variant.advised,
        options=tuple(
            VariantOptionView(
                letter=option.letter,
                index=round(option.mean),
                rank=option.rank,
                worst_class=option.worst_class,
                informed_percent=int(100 * option.informed_share),
            )
            for option in variant.options
        ),
    )
