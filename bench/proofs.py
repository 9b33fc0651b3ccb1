"""Stored notes computed again, and late debts worked out: how many in a second on one core.

`python -m bench.proofs` writes results/proofs.json. The notes are of a house, as the nightly look reads them from its
records; the debts are eight years late with five payments, under both bases.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

from bench.machine import keep
from catalogue.late_rules import interest_rules
from catalogue.retribution.debt import Demanded, Paid
from catalogue.retribution.late_account import Terms, owed
from services.retribution.model import Assessment
from services.retribution.proof import differences
from tests.assessed import Assessed

SECONDS, AT_ONCE = 4, 50


def main() -> None:
    """Measure, print, write."""
    stored = Assessed().demanded().record.model_dump(mode="json")
    due = date(2018, 4, 7)
    payments = [Paid(f"BJB-{n}", due + timedelta(days=400 * n), 0, 50_000) for n in range(5)]
    moves = [Demanded("SKRD", due - timedelta(days=30), 0, 1_000_000, due), *payments]
    result = {
        "notes_recomputed_per_second": rate(lambda: differences(Assessment.model_validate(stored))),
        "late_debts_per_second": rate(lambda: owed(moves, date(2026, 4, 7), Terms(interest_rules()))),
    }
    print(keep("proofs", result).read_text())


def rate(do: Callable[[], object]) -> int:
    """How often it is done in a second of processor time."""
    done, began = 0, time.process_time()
    while (spent := time.process_time() - began) < SECONDS:
        for _ in range(AT_ONCE):
            do()
        done += AT_ONCE
    return round(done / spent)


if __name__ == "__main__":
    main()
