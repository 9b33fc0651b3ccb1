"""Notes of retribution: how many are computed in a second on one core, with terbilang and every line, without PDF.

`python -m bench.notes` writes results/notes.json. The cases are those of tests/data/retribution that are sums of money.
"""

import time

from bench.machine import keep
from catalogue.retribution.formulas import compute
from deploy.maps.doors import PROJECT
from ptsp.quote.cases import read_cases

SECONDS = 5


def main() -> None:
    """Measure, print, write."""
    cases = read_cases(PROJECT / "tests/data/retribution/worked_cases.yaml")
    money = [case for case in cases if compute(case["formula"], case["inputs"]).has_total]
    made, began = 0, time.process_time()
    while (spent := time.process_time() - began) < SECONDS:
        for case in money:
            compute(case["formula"], case["inputs"]).as_dict()
        made += len(money)
    rate = made / spent
    result = {"notes_per_second_of_processor": round(rate), "notes": made, "cases": len(money)}
    print(keep("notes", result).read_text())


if __name__ == "__main__":
    main()
