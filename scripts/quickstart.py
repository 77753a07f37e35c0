"""
From a fresh clone to a planned week on a map, with one command.

Makes ``.venv``, installs what ``requirements.lock`` pins, plans the bundled EXERCISE week and says
where the results lie. A second run installs nothing. Needs Python 3.11 or newer and, the first
time, internet. ``out/demo`` can be deleted at any time.
Further arguments go to ``cmcoord-geo demo``, such as ``--lang fr``.
"""

import sys

from _venv import ROOT, RUN_LOCK, SetupError, prepare, run_python, say, speak_plainly

OUT = ROOT / "out" / "demo"
RESULTS = ("map.html", "map.png", "plan.txt", "plan.json")


def main(arguments: list[str]) -> int:
    """Prepare, plan, point at the results; the exit code."""
    speak_plainly()
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    try:
        prepare(RUN_LOCK)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    say("Planning the EXERCISE week", "Planification de la semaine d'EXERCICE")
    code = run_python("-m", "cmcoord_geo", "demo", "--out", OUT, *arguments)
    if code:
        say(
            "The plan could not be made; see above", "Le plan n'a pas pu être fait ; voir ci-dessus"
        )
        return code
    return point_at_results()


def point_at_results() -> int:
    """List the files that were made; 1 if one of them is not there."""
    say("The results are in", "Les résultats se trouvent dans")
    missing = [name for name in RESULTS if not (OUT / name).is_file()]
    for name in RESULTS:
        print(f"   {OUT / name}" + ("   MISSING / MANQUE" if name in missing else ""))
    if not missing:
        say("Open map.html in a browser", "Ouvrez map.html dans un navigateur")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
