"""The figures of one run in the order in which they are shown: on the screen, as JSON, as a page."""

from collections import Counter
from dataclasses import asdict
from statistics import quantiles
from typing import Any

from catalogue.licences import licence_types
from catalogue.yearly_table import mix_2016
from plumbing.messaging.account import Account
from ptsp.demo.checks import discrepancies
from ptsp.demo.driver import Run
from ptsp.demo.gather import FileOnRecord, Findings
from ptsp.demo.scenario import Kind, mix

OUTCOMES = ("issued", "refused", "withdrawn")
BUS = ("events_said", "effects", "duplicates", "retried")  # grow over the life of the bus; the rest is as it stands


def build(found: Findings, run: Run, before: Account, seed: int) -> dict[str, Any]:
    """The report. `before` is the account of the bus at the start of the run."""
    outcomes = Counter(file.outcome for file in found.files)
    archived = sum(file.archived for file in found.files)
    seconds = (found.last - found.first).total_seconds() if found.first and found.last else 0.0
    grown = {name: getattr(found.account, name) - getattr(before, name) for name in BUS}
    wrong = discrepancies(found, run, before)
    return {
        "applications": len(found.files),
        **{outcome: outcomes[outcome] for outcome in OUTCOMES},
        "in_process": len(found.files) - archived,
        "events_said": grown["events_said"],
        "effects": grown["effects"],
        "lost": found.account.lost,
        "doubled": found.account.doubled,
        "parked": found.account.parked,
        "number_gaps": sum(series.faults for series in found.series),
        "objects_primary": found.sites.primary,
        "objects_dr": found.sites.second,
        "hash_mismatches": found.sites.mismatches,
        "seconds": round(seconds, 3),
        "lifecycles_per_second": round(archived / seconds, 2) if seconds else 0.0,
        "adds_up": not wrong,
        "discrepancies": wrong,
        "run": {
            "id": run.id,
            "seed": seed,
            "submitted": len(run.lives),
            "first_submitted": found.first and found.first.isoformat(),
            "last_archived": found.last and found.last.isoformat(),
        },
        "table": table(found.files, len(run.lives)),
        "retribution": _retribution(found),
        "steps": [_step(name, times) for name, times in found.times.items() if times],
        "bus": grown
        | {name: getattr(found.account, name) for name in ("waiting", "lost", "doubled", "parked", "discarded")}
        | {"facts_of_this_run": dict(sorted(found.said.items())), "details": found.account.details},
        "sites": asdict(found.sites),
        "numbers": [asdict(series) for series in found.series],
        "letters": dict(found.letters),
        "handed_over": sum(file.handed_over for file in found.files),
        "second_rounds": sum(file.rounds > 1 for file in found.files),
        "people": dict(run.counts),
    }


def table(files: list[FileOnRecord], count: int) -> list[dict[str, Any]]:
    """Table 3.2.4 beside what was done: one row per numbered type, with its sub-kinds where the mix has them."""
    in_2016: dict[Kind, int] = {(code, sub_kind): n for code, sub_kind, n in mix_2016()}
    wanted = mix(count)
    done: dict[Kind, Counter[str | None]] = {}
    for file in files:
        done.setdefault(file.kind, Counter())[file.outcome] += 1
    rows = []
    for kind in licence_types().values():
        keys = [key for key in dict.fromkeys([*in_2016, *done]) if key[0] == kind.code]
        names = {line.code: line.name for line in kind.lines}
        parts = [
            {"code": key[1], "name": names[key[1]], **_figures(in_2016, wanted, done, [key])} for key in keys if key[1]
        ]
        figures = _figures(in_2016, wanted, done, keys)
        rows.append({"number": kind.number, "code": kind.code, "name": kind.name, **figures, "sub_kinds": parts})
    return rows


def _figures(
    in_2016: dict[Kind, int], wanted: dict[Kind, int], done: dict[Kind, Counter[str | None]], keys: list[Kind]
) -> dict[str, int]:
    counts = [done.get(key, Counter()) for key in keys]
    return {
        "in_2016": sum(in_2016.get(key, 0) for key in keys),
        "wanted": sum(wanted.get(key, 0) for key in keys),
        "applications": sum(count.total() for count in counts),
        **{outcome: sum(count[outcome] for count in counts) for outcome in OUTCOMES},
    }


def _retribution(found: Findings) -> dict[str, Any]:
    money = asdict(found.money)
    del money["paid_by_file"]
    by_type = money.pop("by_type")
    rows = [
        {"code": kind.code, "name": kind.name, "assessed": by_type[kind.code][0], "paid": by_type[kind.code][1]}
        for kind in licence_types().values()
        if kind.code in by_type
    ]
    return money | {"by_type": rows}


def _step(name: str, times: list[float]) -> dict[str, Any]:
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return {"name": name, "count": len(times), "p50": round(cuts[9], 3), "p95": round(cuts[18], 3)}
