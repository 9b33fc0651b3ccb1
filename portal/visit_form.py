"""The form of a visit: which points are looked at, and what its fields mean. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from catalogue.licence_type import LicenceType
from portal.words import N_

FREE = 4  # points a member may add
MOST = 14
ALWAYS = (N_("Letak dan batas sesuai berkas"), N_("Keadaan di tempat sesuai gambar dan keterangan"))
RECOMMENDATIONS = (
    ("recommended", N_("Direkomendasikan")),
    ("correction", N_("Perlu perbaikan")),
    ("refused", N_("Tidak direkomendasikan")),
)
ATTENDANCE = (("present", N_("Hadir")), ("represented", N_("Diwakili")), ("absent", N_("Tidak hadir")))
OWN = ("rekomendasi", "pendapat", "hadir", "wakil")
FITS = {"ya": True, "tidak": False}


class Checklist(NamedTuple):
    """What is looked at on site for one file: of the papers its type asks for, those of its sub-kind."""

    kind: LicenceType
    sub_kind: str | None
    transaction: str

    @property
    def points(self) -> list[str]:
        """The points of the office, in order; what a member adds stands below them."""
        papers = self.kind.required("technical", sub_kind=self.sub_kind, transaction=self.transaction)
        return [*ALWAYS, *(paper.name[:200] for paper in papers)][: MOST - FREE]


class Row(NamedTuple):
    """One point of the checklist as the form shows it. `free`: the member names it."""

    n: int
    point: str
    free: bool
    verdict: str
    note: str


def rows(asked: Checklist, typed: Mapping[str, str]) -> list[Row]:
    """The checklist as a form: what is always looked at, what the file must bring technically, and room for more."""
    points = asked.points
    found = [Row(n, point, False, *_said(typed, n)) for n, point in enumerate(points)]
    more = range(len(points), len(points) + FREE)
    return found + [Row(n, typed.get(f"hal-{n}", ""), True, *_said(typed, n)) for n in more]


def _said(typed: Mapping[str, str], n: int) -> tuple[str, str]:
    return typed.get(f"sesuai-{n}", ""), typed.get(f"catatan-{n}", "")


def names(asked: Checklist) -> set[str]:
    """Every field of the form."""
    count = len(rows(asked, {}))
    return set(OWN) | {f"{part}-{n}" for n in range(count) for part in ("hal", "sesuai", "catatan")}


def findings(asked: Checklist, typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """(the fields of the command, what is wrong by field). A point nobody answered is left out; a free one needs its
    name as soon as anything is said of it."""
    observations, faults = [], {}
    for row in rows(asked, typed):
        if row.verdict in FITS and row.point.strip():
            observations.append({"point": row.point.strip(), "fits": FITS[row.verdict], "note": row.note.strip()})
        elif row.verdict in FITS:
            faults[f"hal-{row.n}"] = N_("Tulis hal yang diperiksa")
        elif row.note.strip() or (row.free and row.point.strip()):
            faults[f"sesuai-{row.n}-ya"] = N_("Pilih sesuai atau tidak sesuai")
    if not observations and not faults:
        faults["sesuai-0-ya"] = N_("Periksa paling sedikit satu hal")
    if typed.get("rekomendasi") not in dict(RECOMMENDATIONS):
        faults["rekomendasi-recommended"] = N_("Pilih rekomendasi")
    if len(typed.get("pendapat", "").strip()) < 3:
        faults["pendapat"] = N_("Tulis pendapat, paling sedikit tiga huruf")
    attendance = typed.get("hadir", "present")
    if attendance == "represented" and not typed.get("wakil", "").strip():
        faults["wakil"] = N_("Tulis nama wakil")
    fields = {
        "observations": observations,
        "recommendation": typed.get("rekomendasi"),
        "opinion": typed.get("pendapat", "").strip(),
        "attendance": attendance,
        "represented_by": typed.get("wakil", "").strip() if attendance == "represented" else "",
    }
    return fields, faults


def as_typed(asked: Checklist, task: Mapping[str, Any]) -> dict[str, str]:
    """Findings the room has, as the form would have been filled in: to change them before signing."""
    if not task["recommendation"]:
        return {}
    typed = {"rekomendasi": task["recommendation"], "pendapat": task["opinion"]}
    typed |= {"hadir": task["attendance"], "wakil": task["represented_by"]}
    known = {row.point: row.n for row in rows(asked, {}) if not row.free}
    free = iter(row.n for row in rows(asked, {}) if row.free)
    for each in task["observations"]:
        n = known.get(each["point"])
        n = next(free, None) if n is None else n
        if n is not None:
            typed |= {f"hal-{n}": each["point"], f"sesuai-{n}": "ya" if each["fits"] else "tidak"}
            typed[f"catatan-{n}"] = each["note"]
    return typed
