"""The catalogue and a file's standing: how long a service takes to load all of it, and to say where one file is.

`python -m bench.catalogue` writes results/catalogue.json. Loading is timed in fresh processes, imports included.
"""

import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

from bench.machine import keep
from catalogue.licences import licence_type
from services.intake.model import standing
from values.happening import Happening

ROUNDS, TIMES = 5, 2000
LOAD = """
import time; began = time.perf_counter()
from catalogue.licences import licence_types
from catalogue.standards_book import service_standards
from catalogue.office_calendar import office_hours
from catalogue.force_majeure import force_majeure
licence_types(), service_standards(), office_hours(), force_majeure()
print(time.perf_counter() - began)
"""
WAY = [
    ("completeness", "incomplete"), ("completing", "answered"), ("completeness", "complete"),
    ("verification", "correction"), ("correcting", "answered"), ("verification", "recommended"),
    ("assessment", "skrd_issued"), ("payment", "paid"), ("initial_bidang_head", "initialled"),
    ("initial_administration_head", "initialled"), ("initial_tata_usaha_head", "initialled"),
]  # fmt: skip


def main() -> None:
    """Measure, print, write."""
    loading = [float(subprocess.check_output([sys.executable, "-c", LOAD], text=True)) for _ in range(ROUNDS)]
    path, began = licence_type("imb").path, datetime(2016, 3, 1, tzinfo=UTC)
    moves = [(None, None), *WAY]
    history = [
        Happening(what="moved", at=began + timedelta(hours=n), recorded_at=began, cause="", step=step, outcome=outcome)
        for n, (step, outcome) in enumerate(moves)
    ]
    standing(path, history)
    start = time.perf_counter()
    for _ in range(TIMES):
        standing(path, history)
    microseconds = (time.perf_counter() - start) / TIMES * 1e6
    result = {
        "load_seconds": {"median": round(statistics.median(loading), 3), "all": [round(s, 3) for s in loading]},
        "standing_of_one_file_microseconds": round(microseconds, 1),
        "moves_in_its_history": len(WAY),
    }
    print(keep("catalogue", result).read_text())


if __name__ == "__main__":
    main()
