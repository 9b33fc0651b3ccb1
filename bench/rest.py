"""Start-up times and memory at rest of the whole stack, per process.

python -m bench.rest
"""

import argparse
import tempfile
import time
from pathlib import Path

import psutil

from bench.machine import keep
from deploy import stack

REST_SECONDS = 20


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        result = {}
        try:
            for start in ("first_start_seconds", "second_start_seconds"):
                began = time.monotonic()
                stack.up(home)
                result[start] = round(time.monotonic() - began, 1)
                if start == "first_start_seconds":
                    stack.down(home)
            time.sleep(REST_SECONDS)
            result |= memory(home)
        finally:
            began = time.monotonic()
            stack.down(home)
            result["stop_seconds"] = round(time.monotonic() - began, 1)
    print(keep("rest", result).read_text())


def memory(home: Path) -> dict:
    """Resident and proportional (shared pages counted once) megabytes of every process, and the sums."""
    processes = {name: psutil.Process(part.pid) for name, part in stack.parts(home).items() if part.pid}
    full = {name: process.memory_full_info() for name, process in processes.items()}
    each = {name: {"rss_mb": round(i.rss / 1e6, 1), "pss_mb": round(i.pss / 1e6, 1)} for name, i in full.items()}
    sums = {unit: round(sum(sizes[unit] for sizes in each.values()), 1) for unit in ("rss_mb", "pss_mb")}
    return {"at_rest": each, "at_rest_in_all": sums}


if __name__ == "__main__":
    main()
