"""
Two registers that differ only in what an audience may not see give it the same bytes.

``CMCOORD_CAMPAIGN`` is the number of pairs; a few by default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest
from sharing import week
from sharing.week import AS_OF, CONFIG, MINUSCA, PUBLIC, at, request

from cmcoord_geo.export import to_json
from cmcoord_geo.model import MovementPlan, MovementRequest
from cmcoord_geo.picture import Incidents, OperationalPicture
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.render.page import build_page
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.render.printmap import build_picture
from cmcoord_geo.service import plan_week, release_product
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.conflicts import build_conflicts

PAIRS = int(os.environ.get("CMCOORD_CAMPAIGN", "4"))
WAYS = ("SBT GRI", "IPP BIV", "BOP BOH", "DAM SBT", "BBY IPP", "BGF DAM")
WORDS = ("vivres", "abris", "médicaments", "", "=1+1", "<b>", "{{x}}")


def products(picture: OperationalPicture, audience: Audience) -> Mapping[str, bytes]:
    """Everything that the audience gets, but for the picture."""
    plans = plan_week(picture, CONFIG)
    product = release_product(picture, plans, audience, CONFIG).product
    found = {"json": to_json(product, kind="plan").encode()}
    for lang in ("fr", "en"):
        found[f"page {lang}"] = build_page(product, lang=lang).encode()
        found[f"text {lang}"] = build_text(product, lang=lang).encode()
    if audience == MINUSCA:
        found["conflicts"] = conflicts(picture, plans)
    return found


def conflicts(picture: OperationalPicture, plans: tuple[MovementPlan, ...]) -> bytes:
    """What MINUSCA operations are told of the conflicts of the week."""
    held = Week(picture=picture, plans=plans, config=CONFIG)
    view = build_conflicts(held, week_conflicts(held), MINUSCA).view
    return to_json(view, kind="conflicts").encode()


def drawn_request(
    movement_id: str, organisation: str, chance: Random, *, days: range
) -> MovementRequest:
    """A movement somewhere on one of the days, in the morning."""
    start = at(chance.choice(days), chance.randrange(5, 12), chance.randrange(60))
    return request(movement_id, organisation, chance.choice(WAYS), start)


def base(chance: Random) -> OperationalPicture:
    """A week of some movements with consent."""
    movements = tuple(
        drawn_request(f"M{i}", f"ORG-{i % 4}", chance, days=range(1, 5))
        for i in range(chance.randrange(2, 6))
    )
    consents = tuple(week.consent(f"ORG-{i}") for i in range(4))
    areas = (
        week.area("Zone d’ici", "SBT GRI", effect="cost", min_per_km=2.0),
        week.area("Zone de là", "BBY IPP"),
    )
    return week.picture(movements, consents=consents, areas=areas)


def hidden_request(
    one: MovementRequest, chance: Random, names: Mapping[str, str]
) -> MovementRequest:
    """The same movement on the ground, of other people with other things."""
    return replace(
        one,
        movement_id=f"{chance.getrandbits(40):x}",
        organisation=names[one.organisation],
        persons=chance.choice([None, chance.randrange(1, 2000)]),
        cargo=chance.choice(WORDS),
        marking=chance.choice(WORDS),
        purpose=chance.choice(WORDS),
        is_return=chance.choice([True, False, None]),
    )


def strangers(chance: Random) -> list[MovementRequest]:
    """Movements to which nobody consented."""
    return [
        drawn_request(f"X{i}", f"NOBODY-{i}", chance, days=range(-9, 30))
        for i in range(chance.randrange(5))
    ]


def hidden_incidents(incidents: Incidents, chance: Random) -> Incidents:
    """The same events under other names, of a source of another name."""
    n = len(incidents)
    (source,) = incidents.sources
    return replace(
        incidents,
        incident_id=tuple(f"{chance.getrandbits(40):x}" for _ in range(n)),
        place=tuple(chance.choice(WORDS) for _ in range(n)),
        source_id=("other",) * n,
        sources=(replace(source, source_id="other", name=f"{chance.getrandbits(20):x}"),),
        **hidden_words(n, chance),
    )


def hidden_words(n: int, chance: Random) -> dict[str, tuple[str, ...]]:
    """Words and actors of rows, which no record at the gate has a field for."""
    return {
        "text": tuple(chance.choice(WORDS) for _ in range(n)),
        "actor": tuple(chance.choice(["state_force", "armed_group"]) for _ in range(n)),
    }


def with_flagged(incidents: Incidents, chance: Random) -> Incidents:
    """The same rows, and some that may go into no product: one of them the better record of an event."""
    n = chance.randrange(1, 9)
    rows = [(f"F{i}", 20 + chance.random(), 5 + chance.random(), at(-9, 12)) for i in range(n)]
    flagged = replace(week.incidents(*rows), no_export=np.ones(n, bool), sources=())
    keys = flagged.keys()
    linked = (chance.choice(["", *keys]), *[""] * (len(incidents) - 1))
    return replace(incidents, duplicate_of=linked).joined(flagged)


def for_minusca(picture: OperationalPicture, chance: Random) -> OperationalPicture:
    """Another register that MINUSCA operations cannot tell from the first."""
    parties = sorted({one.organisation for one in picture.consents})
    names = dict(
        zip(parties, chance.sample([*parties, "Zèbre", "Éléphant"], len(parties)), strict=True)
    )
    movements = [hidden_request(one, chance, names) for one in picture.movements] + strangers(
        chance
    )
    consents = [replace(one, organisation=names[one.organisation]) for one in picture.consents]
    status = [
        replace(one, report_id=f"{chance.getrandbits(40):x}", note=chance.choice(WORDS), reporter="ngo",
                reported_at=one.reported_at + timedelta(minutes=chance.randrange(60)))
        for one in picture.status
    ]  # fmt: skip
    for rows in (movements, consents, status):
        chance.shuffle(rows)
    return replace(
        picture,
        movements=tuple(movements),
        consents=tuple(consents),
        status=tuple(status),
        incidents=hidden_incidents(picture.incidents, chance),
        areas=(
            *(
                replace(area, name=chance.choice(WORDS), area_id=f"{chance.getrandbits(40):x}")
                for area in picture.areas
            ),
            week.area("Zone d’ailleurs", "BOH BOC", effect="cost", min_per_km=0.0),
        ),
    )


def for_public(picture: OperationalPicture, chance: Random) -> OperationalPicture:
    """Another register that the public cannot tell from the first: other plans, patrols and fresh reports."""
    incidents = picture.incidents
    moved = incidents.at_s - incidents.at_s % 86_400 + chance.randrange(86_400)
    fresh = week.report(
        "R9", week.segment("BGF", "DAM"), "closed", AS_OF - timedelta(days=chance.randrange(1, 7))
    )
    return replace(
        picture,
        movements=tuple(strangers(chance)),
        consents=(),
        areas=(week.area("Zone d’ailleurs", "BGF DAM"),),
        patrols=week.patrols(("PAT-9", week.segment("BGF", "DAM"), at(1, 6), at(1, 9))),
        status=(*picture.status[1:], fresh),
        incidents=with_flagged(
            replace(
                incidents,
                incident_id=tuple(f"{chance.getrandbits(40):x}" for _ in range(len(incidents))),
                place=("",) * len(incidents),
                at_s=moved.clip(max=int(AS_OF.timestamp())),
                **hidden_words(len(incidents), chance),
            ),
            chance,
        ),
    )


OTHER = {"minusca_ops": (MINUSCA, for_minusca), "public": (PUBLIC, for_public)}


@pytest.mark.parametrize("seed", range(PAIRS))
@pytest.mark.parametrize("audience", OTHER)
def test_what_is_hidden_changes_no_byte(audience: str, seed: int) -> None:
    chance = Random(f"{audience} {seed}")  # noqa: S311 - nothing secret
    kind, other = OTHER[audience]
    first = base(chance)
    assert products(other(first, chance), kind) == products(first, kind)


@pytest.mark.parametrize("audience", OTHER)
def test_not_a_pixel_either(audience: str) -> None:
    chance = Random(audience)  # noqa: S311
    kind, other = OTHER[audience]
    first = base(chance)
    pictures = []
    for register in (first, other(first, chance)):
        plans = plan_week(register, CONFIG)
        product = release_product(register, plans, kind, CONFIG).product
        pictures.append(build_picture(product, lang="fr"))
    assert pictures[0] == pictures[1]


def test_what_is_shown_does_change_them() -> None:
    """Control: the comparison sees a difference where there is one."""
    first = week.picture()
    two = (request(f"M9{name}", f"ORG-{name}", "BGF DAM", at(3, 6)) for name in "AB")
    later = week.picture((*week.MOVEMENTS, *two))
    assert products(first, MINUSCA) != products(later, MINUSCA)
    fewer = week.picture(incidents=week.incidents(("I1", 20.7, 5.8, at(-9, 12))))
    assert products(first, PUBLIC) != products(fewer, PUBLIC)


def test_withdrawal_shows_in_the_next_product() -> None:
    """DOMAIN.md CO5: what is withdrawn leaves no trace in what comes after."""
    alone = week.picture(week.MOVEMENTS[:2], consents=week.CONSENTS)
    withdrawn = tuple(
        replace(one, is_withdrawn=one.organisation == "ORG-C") for one in week.CONSENTS
    )
    assert products(week.picture(consents=withdrawn), MINUSCA) == products(alone, MINUSCA)
