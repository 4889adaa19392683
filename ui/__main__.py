"""``python -m ui [SCHOOL]``: the desktop program."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ui.system_libraries import why_no_windows


def main() -> int:
    """Open the window, on a school file when one is named; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="schoolprivacy", description="Privacyadministratie voor kleine basisscholen."
    )
    parser.add_argument("school", nargs="?", type=Path, help="de map van een schoolbestand")
    parser.add_argument(
        "--self-test", action="store_true", help="kijk of het programma op deze computer werkt"
    )
    given = parser.parse_args()
    if given.self_test:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    missing = why_no_windows()
    if missing:
        print(missing, file=sys.stderr)
        return 1
    if given.self_test:
        from ui.selftest import self_test

        return self_test(lambda line: print(line, flush=True))
    from ui.app import run

    return run(given.school)


if __name__ == "__main__":
    sys.exit(main())
