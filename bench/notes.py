"""Notes of retribution: how many are computed in a second on one core, with terbilang and every line, without PDF.

`python -m bench.notes` writes results/notes.json. The cases are those of tests/data/retribution that are sums of money;
beside them each licence type that pays, from declared quantities to the lines of a nota.
"""

import time
from datetime import date

from bench.machine import keep
from catalogue import nota_lines
from catalogue.licences import licence_types
from catalogue.retribution.formulas import compute
from deploy.maps.doors import PROJECT
from ptsp.quote.cases import read_cases

SECONDS, DAY = 5, date(2016, 11, 1)


def main() -> None:
    """Measure, print, write."""
    cases = read_cases(PROJECT / "tests/data/retribution/worked_cases.yaml")
    money = [case for case in cases if compute(case["formula"], case["inputs"]).has_total]
    made, began = 0, time.process_time()
    while (spent := time.process_time() - began) < SECONDS:
        for case in money:
            compute(case["formula"], case["inputs"]).as_dict()
        made += len(money)
    result = {
        "notes_per_second_of_processor": round(made / spent),
        "notes": made,
        "cases": len(money),
        "office": office(),
    }
    print(keep("notes", result).read_text())


def office() -> dict[str, int]:
    """Notas of the running office per second of processor, by licence type."""
    found = {}
    for kind in licence_types().values():
        if kind.retribution is None:
            continue
        sub_kind = (kind.sub_kinds or (None,))[0]
        declared = {q.code: next(iter(q.choices)) if q.choices else int(q.maximum) // 2 for q in kind.quantities}
        made, began = 0, time.process_time()
        while (spent := time.process_time() - began) < 1:
            for _ in range(50):
                nota_lines.compute(kind, sub_kind, declared, DAY)
            made += 50
        found[kind.code] = round(made / spent)
    return found


if __name__ == "__main__":
    main()
