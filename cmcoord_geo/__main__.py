"""Run the command as ``python -m cmcoord_geo``."""

from cmcoord_geo.cli import main

if __name__ == "__main__":
    main()
