"""What officers see of the inside of a file: figures with their units, papers by what they are for, the whole record in
words. Pure; from the answer of intake."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from catalogue.offering import Offering
from catalogue.office import organisation
from portal.words import N_, PAPERS

RECEIVERS = {"holder": N_("Kepada pemegang izin"), "proxy": N_("Kepada kuasanya")}
BY_REQUIREMENT = ("items_requested", "item_answered", "request_withdrawn")  # their notes name requirements by code
SILENT = frozenset({"complete", "items_ticked", "papers_inspected"})  # the house's own memory; other turns say more
PRINTED = "_printed"


class Told(NamedTuple):
    """One line of the whole record: what, when, by whom in which role, and the note."""

    what: str
    at: datetime
    who: str
    note: str


class Listed(NamedTuple):
    """One paper of the file. `name` is the catalogue's for what was handed in (`of_catalogue`); `former`: another was
    handed in later for the same."""

    sha256: str
    name: str
    of_catalogue: bool
    number: str
    former: bool


def record_of(found: dict[str, Any]) -> list[Told]:
    """The file's history for officers, the latest first; without the house's own marks."""
    office, names = organisation(), _names(found)
    told = []
    for each in found["history"]:
        if ":" in each["what"] or each["what"] in SILENT or each["what"].endswith(PRINTED):
            continue
        officer = office.officers.get(each.get("actor") or "")
        role = office.roles[each["role"]].name if each.get("role") in office.roles else ""
        who = f"{officer.name} ({role})" if officer else role
        told.append(Told(each["what"], datetime.fromisoformat(each["at"]), who, _note(each, names)))
    return told[::-1]


def papers_of(found: dict[str, Any]) -> list[Listed]:
    """Every paper: of the office by its kind and number, of the applicant by the requirement it answers."""
    names, listed = _names(found), []
    current: dict[str, list[str]] = {}  # the same file may answer several requirements
    for item in found["items"]:
        if item["document"]:
            current.setdefault(item["document"]["sha256"], []).append(item["name"])
    for paper in found["documents"]:
        sha256, stem = paper["sha256"], paper["name"].rpartition(".")[0]
        asked_for = names.get(stem) or ", ".join(current.get(sha256, []))
        if paper["kind"] == "attachment" and asked_for:
            listed.append(Listed(sha256, asked_for, True, "", former=sha256 not in current))
        else:
            number = paper["number"] or (paper["name"] if paper["kind"] == "attachment" else "")
            listed.append(Listed(sha256, PAPERS[paper["kind"]], False, number, former=False))
    return listed


def figures_of(kind: Offering, quantities: dict[str, Any], number: Callable[[Any], str]) -> list[tuple[str, str]]:
    """(what, how much) of what was declared, as the catalogue calls it; `number` writes figures as people do."""
    known = {quantity.code: quantity for quantity in getattr(kind, "quantities", ())}
    told = []
    for code, value in quantities.items():
        quantity = known.get(code)
        if quantity is None:  # of an edition that asked for more
            told.append((code, str(value)))
        elif quantity.kind == "choice":
            choice = quantity.choices.get(str(value))
            told.append((quantity.name, choice.name if choice else str(value)))
        else:
            told.append((quantity.name, f"{number(str(value))} {quantity.unit or ''}".strip()))
    return told


def _names(found: dict[str, Any]) -> dict[str, str]:
    """What each requirement of the file is called."""
    return {item["requirement"]: item["name"] for item in found["items"]}


def _note(turn: dict[str, Any], names: dict[str, str]) -> str:
    note = turn.get("note") or ""
    if turn["what"] not in BY_REQUIREMENT:
        return note
    codes, colon, why = note.partition(": ")
    return ", ".join(names.get(code, code) for code in codes.split(", ")) + colon + why
