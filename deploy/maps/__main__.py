"""`python -m deploy.maps` draws every map anew; `--check` only names the stale ones, and ends with 1."""

import argparse
import sys

from deploy.maps.doors import faults
from deploy.maps.drawings import draw, stale


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.maps", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    wrong = faults()
    for fault in wrong:
        print(f"fault: {fault}", file=sys.stderr)
    if parser.parse_args().check:
        old = stale()
        for path in old:
            print(f"stale: {path}", file=sys.stderr)
        return 1 if wrong or old else 0
    for path in draw():
        print(f"drawn: {path}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
