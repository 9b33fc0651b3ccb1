"""What became of each file of `ptsp demo --services`: the steps taken, and the time against the standard.

Read from intake's answers, as anybody at a counter would see them; nothing is taken from those who played.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from catalogue.licences import licence_types
from catalogue.standard import ServiceStandard
from catalogue.standards_book import service_standards
from catalogue.ways import EXPIRED, Move, moves, moves_back
from values.dates import office_date

LEAST = 3  # files of a service


def by_offering(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """`services` and `types` with their files, and `wrong`: what is missing, each as one Indonesian sentence."""
    of: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        of.setdefault(answer["licence_type"], []).append(answer)
    services = [_service(standard, of.get(code, [])) for code, standard in service_standards().items()]
    types = [
        {"number": kind.number, "code": code, "name": kind.name, "files": [_file(a, ()) for a in of.get(code, [])]}
        for code, kind in licence_types().items()
    ]
    return {"services": services, "types": types, "wrong": [*_wrong_services(services), *_wrong_types(types)]}


def _service(standard: ServiceStandard, answers: list[dict[str, Any]]) -> dict[str, Any]:
    there, back = moves(standard.path), moves_back(standard.path)
    taken = {move for answer in answers for move in _moves(answer)}
    return {
        "code": standard.code,
        "name": standard.title,
        "numbers": {step.code: n for n, step in enumerate(standard.path.steps, start=1)},
        "names": {step.code: step.name for step in standard.path.steps},
        "standard": standard.time.printed,
        "moves": len(there),
        "moves_taken": len(taken & set(there)),
        "returns": len(back),
        "returns_taken": len(taken & set(back)),
        "not_taken": [f"{step}: {outcome}" for step, outcome in there if (step, outcome) not in taken],
        "by_the_clock": [f"{step.code}: {EXPIRED}" for step in standard.path.steps if EXPIRED in step.outcomes],
        "files": [_file(answer, back) for answer in answers],
    }


def _file(answer: dict[str, Any], back: Collection[Move]) -> dict[str, Any]:
    """One file. `kept`: closed on or before the promised day; None when none was promised."""
    clock, standing = answer["clock"]["file"], answer["standing"]
    steps = [
        {"step": s["step"], "name": s["name"], "outcome": s["outcome"], "returns": (s["step"], s["outcome"]) in back}
        for s in answer["clock"]["steps"]
    ]
    promised = answer["promised_on"]
    return {
        "application_id": answer["application_id"],
        "resi": answer["resi"],
        "sub_kind": answer["sub_kind"],
        "outcome": standing["outcome"],
        "archived": standing["status"] == "archived",
        "steps": steps,
        "returns": sum(step["returns"] for step in steps),
        "clock": clock,
        "promised_on": promised,
        "kept": None if clock is None else not clock["overdue"],
        "closed_on": _closed_on(answer),
        "waited": any(s["outcome"] == "answered" for s in steps),
    }


def _closed_on(answer: dict[str, Any]) -> str | None:
    ended = [stay["ended"] for stay in answer["clock"]["steps"]][-1]
    day: date | None = office_date(datetime.fromisoformat(ended)) if ended else None
    return day and day.isoformat()


def _moves(answer: dict[str, Any]) -> list[Move]:
    return [(stay["step"], stay["outcome"]) for stay in answer["clock"]["steps"] if stay["outcome"]]


def _wrong_services(services: list[dict[str, Any]]) -> Iterator[str]:
    for service in services:
        if len(service["files"]) < LEAST:
            yield f"Layanan {service['code']}: {len(service['files'])} berkas, seharusnya paling sedikit {LEAST}."
        if service["not_taken"]:
            yield f"Layanan {service['code']}: belum ditempuh {', '.join(service['not_taken'])}."
        if not any(file["outcome"] == "issued" and not file["returns"] for file in service["files"]):
            yield f"Layanan {service['code']}: tidak ada berkas yang lurus sampai selesai."
        yield from _open(f"Layanan {service['code']}", service["files"])


def _wrong_types(types: list[dict[str, Any]]) -> Iterator[str]:
    for kind in types:
        if [file["outcome"] for file in kind["files"]] != ["issued"]:
            yield f"Jenis izin {kind['code']}: tidak terbit tepat sekali."
        yield from _open(f"Jenis izin {kind['code']}", kind["files"])


def _open(whose: str, files: list[dict[str, Any]]) -> Iterator[str]:
    for file in files:
        if not file["archived"]:
            yield f"{whose}: berkas {file['application_id']} belum terarsip."
