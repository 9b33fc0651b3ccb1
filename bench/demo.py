"""`ptsp demo` from empty: lifecycles per second with everything included, and where the processor's time goes.

python -m bench.demo [--count 570]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from bench.machine import keep
from deploy import stack

KEPT = (
    "applications",
    "issued",
    "events_said",
    "effects",
    "lost",
    "doubled",
    "parked",
    "seconds",
    "lifecycles_per_second",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=570)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        stack.up(home)
        try:
            before = processor_seconds(home)
            command = [
                sys.executable,
                "-m",
                "ptsp.main",
                "demo",
                "--count",
                str(given.count),
                "--json",
                "--home",
                str(home),
            ]
            children = psutil.Process().cpu_times()
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            after, driver = processor_seconds(home), psutil.Process().cpu_times()
        finally:
            stack.down(home)
    report = json.loads(done.stdout)
    spent = {name: round(after[name] - before.get(name, 0), 2) for name in after}
    spent["the_people (demo driver)"] = round(
        driver.children_user + driver.children_system - children.children_user - children.children_system, 2
    )
    per_file = {name: round(1000 * seconds / given.count, 1) for name, seconds in spent.items()}
    profile = dict(sorted(per_file.items(), key=lambda pair: -pair[1]))
    result = {key: report[key] for key in KEPT} | {"processor_ms_per_application": profile}
    result["processor_ms_per_application_in_all"] = round(sum(per_file.values()), 1)
    print(keep("demo", result).read_text())


def processor_seconds(home: Path) -> dict[str, float]:
    """User and system time of every part with all its children, the paper-making workers apart."""
    seconds: dict[str, float] = {}
    for name, part in stack.parts(home).items():
        if not part.pid or name == "supervisor":
            continue
        process = psutil.Process(part.pid)
        times = process.cpu_times()
        seconds[name] = times.user + times.system
        for child in process.children(recursive=True):
            spent = child.cpu_times()
            seconds[f"{name}: papers"] = seconds.get(f"{name}: papers", 0.0) + spent.user + spent.system
        ended = times.children_user + times.children_system
        if ended:
            seconds[f"{name}: papers"] = seconds.get(f"{name}: papers", 0.0) + ended
    return seconds


if __name__ == "__main__":
    main()
