"""
Write the EXERCISE week's page and pictures into ``maps/``, the same bytes every time.

``python scripts/gallery.py`` writes; ``--check`` says whether what lies there is what would be written.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cmcoord_geo.config import Config  # noqa: E402
from cmcoord_geo.facts import data_dir  # noqa: E402
from cmcoord_geo.io import read_picture  # noqa: E402
from cmcoord_geo.render.board import build_board_picture  # noqa: E402
from cmcoord_geo.render.page import build_board_page, build_page  # noqa: E402
from cmcoord_geo.render.printmap import build_picture  # noqa: E402
from cmcoord_geo.service import plan_week  # noqa: E402
from cmcoord_geo.service.isolation import (  # noqa: E402
    IsolationRequest,
    ask_boards,
    release_boards,
)
from cmcoord_geo.sharing import Audience, build_product  # noqa: E402
from cmcoord_geo.sharing.isolation_views import BoardView  # noqa: E402

MAPS = ROOT / "maps"


def gallery() -> dict[str, bytes]:
    """Every file of the gallery by name."""
    config = Config()
    picture = read_picture(data_dir() / "exercise")
    plans = plan_week(picture, config)
    products = {
        kind: build_product(picture, plans, Audience(kind=kind), config).product
        for kind in ("owner", "minusca_ops")
    }
    boards = _boards(IsolationRequest(status=data_dir() / "exercise"), config)
    (pair,) = _boards(
        IsolationRequest(
            status=data_dir() / "exercise", vehicles=("truck_6x6",), wet_vehicle="lv_4x4"
        ),
        config,
    )
    owner, minusca = products["owner"], products["minusca_ops"]
    return {
        "exercise_week.html": build_page(owner, lang="fr").encode(),
        "exercise_week_fr.png": build_picture(owner, lang="fr", paper="A4", dpi=150),
        "exercise_week_en.png": build_picture(owner, lang="en", paper="A4", dpi=150),
        "exercise_corridors.html": build_page(minusca, lang="fr").encode(),
        "exercise_corridors_fr.png": build_picture(minusca, lang="fr", paper="A4", dpi=150),
        "exercise_isolation.html": build_board_page(boards, lang="fr").encode(),
        "exercise_isolation_fr.png": build_board_picture(pair, lang="fr"),
        "exercise_isolation_en.png": build_board_picture(pair, lang="en"),
    }


def _boards(request: IsolationRequest, config: Config) -> tuple[BoardView, ...]:
    """Isolation boards of the exercise week for the desk of MINUSCA."""
    return release_boards(*ask_boards(request), Audience(kind="minusca_ops"), config).boards


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    is_check = parser.parse_args(arguments).check
    MAPS.mkdir(exist_ok=True)
    stale = []
    for name, content in gallery().items():
        path = MAPS / name
        if is_check:
            if not path.is_file() or path.read_bytes() != content:
                stale.append(name)
        else:
            path.write_bytes(content)
            print(f"maps/{name}  {len(content) // 1000} kB")
    if stale:
        print(f"not up to date: {', '.join(stale)}; run scripts/gallery.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
