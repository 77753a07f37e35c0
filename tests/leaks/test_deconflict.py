"""The conflicts of a week tell another audience where and about when, and no word of the register (H13)."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaks.register import CANARIES, MINUSCA_ONLY, PUBLIC_ONLY, write_register
from leaks.scan import hits
from schemas.example_rows import write

from cmcoord_geo.cli.app import run

SECRET = {
    "minusca_ops": [*CANARIES.values(), *PUBLIC_ONLY.values()],
    "public": [*CANARIES.values(), *MINUSCA_ONLY.values()],
}
SITE = {"site_id": "KanarSite", "lat": "6.54321", "lon": "21.98765"}


def report(tmp_path: Path, capfd: pytest.CaptureFixture[str], audience: str, lang: str) -> bytes:
    """Everything that is told or written."""
    folder, out = write_register(tmp_path), tmp_path / "conflicts"
    sites = write(tmp_path / "sites.csv", [SITE])
    code = run(
        ["deconflict", str(folder), "--out", str(out), "--audience", audience, "--lang", lang,
         "--sites", str(sites)]
    )  # fmt: skip
    assert code in {0, 5}
    written = b"".join(path.read_bytes() for path in sorted(out.iterdir()))
    return capfd.readouterr().out.encode() + written


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("audience", list(SECRET))
def test_no_word_of_the_register_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], audience: str, lang: str
) -> None:
    assert hits(report(tmp_path, capfd, audience, lang), SECRET[audience]) == set()


def test_what_the_owner_may_see_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Control: the movements do reach the report of their desk; a site reaches nobody."""
    told = report(tmp_path, capfd, "owner", "en")
    assert hits(told, [CANARIES["movement"], CANARIES["other movement"]])
    assert hits(told, list(SITE.values())) == set()
