"""A register, as a folder of files, with a word of its own in every field that may not leave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.example_rows import write

#: Never for MINUSCA operations, never for the public.
CANARIES = {
    "organisation": "KanarOrg4K1",
    "other organisation": "KanarOrg4K2",
    "movement": "KanarMov4K3",
    "other movement": "KanarMov4K4",
    "withheld movement": "KanarMov4K5",
    "cargo": "KanarCargoÉté4K6",
    "marking": "KanarMarking4K7",
    "purpose": "KanarPurpose4K8",
    "report": "KanarReport4K9",
    "note": "KanarNote4KA",
    "incident": "KanarIncident4KB",
    "incident place": "KanarPlace4KC",
    "source id": "KanarSource4KD",
    "closed source id": "KanarClosed4KE",
    "closed source name": "KanarClosedName4KF",
    "folder": "KanarFolder4KG",
    "departure": "06:17:43",
    "departure, UTC": "05:17:43",
    "departure, seconds": "1796102263",
    "report time": "09:41:23",
    "position": "21.2254",
    "area": "KanarArea4KJ",
    "area name": "KanarZone4KK",
    "area corner": "21.13137",
}
#: For MINUSCA, who knows its patrols, or for the public, who is owed the sources; not for the other.
MINUSCA_ONLY = {"patrol": "KanarPatrol4KH"}
PUBLIC_ONLY = {"source name": "KanarSourceName4KI"}

AS_OF = "2026-11-29T17:00:00+01:00"
MANIFEST = f"""
as_of = {AS_OF}
is_exercise = true

[[sources]]
id = "{CANARIES["source id"]}"
name = "{PUBLIC_ONLY["source name"]}"
licence = "CC0-1.0"
first = 2026-06-01
last = 2026-11-29
classes = ["robbery"]
has_export = true

[[sources]]
id = "{CANARIES["closed source id"]}"
name = "{CANARIES["closed source name"]}"
licence = "internal"
first = 2026-06-01
last = 2026-11-29
classes = ["ambush"]
has_export = false
"""


@dataclass(frozen=True)
class Row:
    """What the rows of movements differ in."""

    movement: str
    organisation: str
    origin: str = "Ippy"
    destination: str = "Bria"
    depart: str = "2026-12-01T06:17:43+01:00"


MOVEMENTS = (
    Row("movement", "organisation"),
    Row("other movement", "other organisation", "Sibut", "Grimari"),
    Row("withheld movement", "organisation", "Bouar", "Bohong"),
)


def write_register(folder: Path) -> Path:
    """Write the register; its folder bears a canary too."""
    where = folder / CANARIES["folder"]
    where.mkdir()
    (where / "picture.toml").write_text(MANIFEST, encoding="utf-8")
    write(where / "movements.csv", [_movement(row) for row in MOVEMENTS])
    write(where / "consents.csv", _consents())
    write(where / "patrols.csv", [_patrol()])
    write(where / "road_status.csv", _reports())
    write(where / "incidents.csv", _incidents())
    write(where / "areas.csv", _areas())
    return where


def _movement(row: Row) -> dict[str, str]:
    return {
        "movement_id": CANARIES[row.movement],
        "organisation": CANARIES[row.organisation],
        "origin": row.origin,
        "destination": row.destination,
        "depart_earliest": row.depart,
        "depart_latest": "2026-12-01T07:17:43+01:00",
        "vehicles": "lv_4x4:2",
        "persons": "1987",
        "cargo": CANARIES["cargo"],
        "marking": CANARIES["marking"],
        "purpose": CANARIES["purpose"],
        "trip": "return",
    }


def _consents() -> list[dict[str, str]]:
    """The organisations agree, but for one movement, of which the consent was withdrawn."""
    agreed = [
        {"organisation": CANARIES[name], "movement_id": "", "withdrawn": "no"}
        for name in ("organisation", "other organisation")
    ]
    withdrawn = {
        "organisation": CANARIES["organisation"],
        "movement_id": CANARIES["withheld movement"],
        "withdrawn": "yes",
    }
    rest = {
        "audience": "minusca_ops",
        "until": "2026-12-07T00:00+01:00",
        "accepts_mixed_patrols": "no",
    }
    return [row | rest for row in (*agreed, withdrawn)]


def _patrol() -> dict[str, str]:
    return {
        "patrol_id": MINUSCA_ONLY["patrol"],
        "from_place": "Ippy",
        "to_place": "Bria",
        "start": "2026-12-01T13:00+01:00",
        "end": "2026-12-01T17:00+01:00",
        "provider": "force",
        "composition": "minusca",
    }


def _reports() -> list[dict[str, str]]:
    """A fresh report, and one old enough for the public; the minute tells where someone was."""
    common = {"state": "closed", "reporter": "ngo", "note": CANARIES["note"]}
    fresh = {
        "report_id": CANARIES["report"],
        "segment_id": "L011",
        "reported_at": "2026-11-28T09:41:23+01:00",
    }
    old = {
        "report_id": CANARIES["report"] + "b",
        "from_place": "Mbrès",
        "to_place": "Bamingui",
        "reported_at": "2026-11-18T09:41:23+01:00",
        "expires_at": "2026-12-18T09:41:23+01:00",
    }
    return [fresh | common, old | common]


def _areas() -> list[dict[str, str]]:
    """One that weighs on the way of a movement, one that closes that of another."""
    rest = {"until": "2026-12-07T00:00+01:00"}
    weighs = {
        "area_id": CANARIES["area"],
        "name": CANARIES["area name"],
        "effect": "cost",
        "min_per_km": "2",
        "wkt": "POLYGON ((21.13137 6.2, 21.6 6.2, 21.6 6.6, 21.13137 6.2))",
    }
    closes = {
        "area_id": CANARIES["area"] + "b",
        "name": CANARIES["area name"] + "b",
        "effect": "closure",
        "min_per_km": "",
        "wkt": "POLYGON ((15.5 6.1, 15.8 6.1, 15.8 6.4, 15.5 6.4, 15.5 6.1))",
    }
    return [weighs | rest, closes | rest]


def _incidents() -> list[dict[str, str]]:
    """Six of a source that allows release, six of one that does not."""
    return [
        {
            "incident_id": f"{CANARIES['incident']}{source[0]}{i}",
            "occurred_at": f"2026-11-0{i + 1}",
            "class": "robbery" if source == "source id" else "ambush",
            "lat": "6.2681",
            "lon": CANARIES["position"],
            "precision": "1",
            "place": CANARIES["incident place"],
            "source_id": CANARIES[source],
        }
        for source in ("source id", "closed source id")
        for i in range(6)
    ]
