"""What leaflets and SOPs say: the components of an offering laid out as the data of their templates."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.components import Asked, Components, Line, ProcedureStep, Way, components
from catalogue.editions import Edition
from catalogue.fee import Charge, Fee
from catalogue.licence_type import LicenceType
from catalogue.offering import Offering
from catalogue.office import Organisation
from catalogue.standard import COMPONENTS
from catalogue.standards_book import StandardsDecree
from catalogue.wording import limit_words, listed, time_words
from ptsp.catalogue.sheet import HEADINGS, SIDES
from values.dates import long_date

TEMPLATES = Path(__file__).parent / "templates"
LEAFLET, SOP = TEMPLATES / "leaflet.typ", TEMPLATES / "sop.typ"
GROUPS = {"perizinan": "Perizinan", "non_perizinan": "Nonperizinan"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Source:
    """What everything is drawn from: the office, the edition and its day, the decree of the services."""

    office: Organisation
    edition: Edition
    decree: StandardsDecree

    @property
    def in_words(self) -> str:
        return f"Katalog edisi {self.edition.code}, berlaku sejak {long_date(self.edition.published)}"

    @property
    def decree_in_words(self) -> str:
        decree = self.decree
        return f"Keputusan {decree.issued_by} {decree.number}, berlaku sejak {long_date(decree.date)}"


class Notes:
    """The footnotes of one sheet: a number for every source, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def mark(self, source: str | None) -> str:
        """The number of that source; empty for none."""
        return "" if source is None else self._numbers.setdefault(source, str(len(self._numbers) + 1))

    def as_data(self) -> list[dict[str, str]]:
        return [{"mark": number, "text": _note(source)} for source, number in self._numbers.items()]


def _note(source: str) -> str:
    words = source if source.startswith("asumsi") else f"menurut {source}"
    return f"{words[0].upper()}{words[1:]}."


# --- leaflet ---------------------------------------------------------------------------------------------------------


def leaflet(offered: Offering, source: Source) -> dict[str, Any]:
    """One offering as the leaflet has it: what to bring, where it goes, how long, what it costs, where to complain."""
    told, notes = components(offered, source.office, source.edition.published), Notes()
    facts = [_fact("Waktu penyelesaian", told.time.printed, notes.mark(told.time.source)), _fee_fact(told.fee, notes)]
    if told.validity:
        facts.append(_fact("Masa berlaku", told.validity.printed, notes.mark(told.validity.source)))
    return _head(offered, source) | {
        "intro": _intro(offered, told),
        "ended": f"Layanan ini berakhir pada {long_date(offered.ended)}." if offered.ended else "",
        "facts": facts,
        "requirements": [_asked(asked, notes) for asked in told.requirements],
        "tariffs": [{"name": each.name, "figure": _figure(each)} for each in told.fee.tariffs],
        "fee_remarks": _fee_remarks(told.fee),
        "steps": [_rail_step(step) for step in told.steps],
        "steps_mark": notes.mark(told.steps_source),
        "complaints": _rows(told.complaint_channels),
        "guarantee": _rows(told.service_guarantee),
        "legal_basis": _rows(told.legal_basis),
        "notes": notes.as_data(),
    }


def _fact(label: str, value: str, mark: str) -> dict[str, str]:
    return {"label": label, "value": value, "mark": mark}


def _fee_fact(fee: Fee, notes: Notes) -> dict[str, str]:
    words = "Retribusi, lihat di bawah" if fee.amount is None else fee.printed
    return _fact("Biaya", words, notes.mark(fee.source))


def _figure(charge: Charge) -> str:
    return f"{charge.figure} per {charge.unit.replace('m2', 'm²')}"


def _fee_remarks(fee: Fee) -> list[str]:
    rule = fee.rule or (f"tarif × {' × '.join(fee.factors)}" if fee.factors else None)
    remarks = [f"Dihitung: {rule}.".replace("m2", "m²")] if rule else []
    if fee.law:
        remarks.append("Dibayar dengan Surat Ketetapan Retribusi Daerah (SKRD).")
    remarks += [f"{note[0].upper()}{note[1:]}.".replace("m2", "m²") for note in fee.notes]
    if fee.stand_in:
        remarks.append(
            f"Tarif Kota Bekasi belum diketahui. Angka di atas adalah angka sementara dari {fee.stand_in} dan bukan "
            "ketetapan Kota Bekasi."
        )
    return remarks


def _intro(offered: Offering, told: Components) -> str:
    products = [line.text.rstrip(".;") for line in told.products]
    words = [f"Hasil layanan: {'; '.join(products)}."]
    if offered.lines and (kinds := [line.name for line in offered.lines if line.offered]):
        words.append(f"Untuk: {', '.join(kinds)}.")
    return " ".join(words)


def _rail_step(step: ProcedureStep) -> dict[str, Any]:
    return {
        "number": str(step.number),
        "text": step.text.rstrip(".;"),
        "actor": step.actor,
        "time": time_words(step) or "",
        "turns": [f"Bila {way.answer}: {_to(way, step)}" for way in step.branches if not way.onward],
        "by_applicant": step.by_applicant,
    }


def _to(way: Way, step: ProcedureStep) -> str:
    if isinstance(way.to, str):
        return way.to
    return f"kembali ke langkah {way.to}" if way.to <= step.number else f"ke langkah {way.to}"


# --- SOP -------------------------------------------------------------------------------------------------------------


def sop(offered: Offering, source: Source) -> dict[str, Any]:
    """One offering as the SOP has it: who and under which edition, then the fourteen components in their order."""
    told, notes = components(offered, source.office, source.edition.published), Notes()
    return _head(offered, source) | {
        "particulars": [{"label": label, "value": value} for label, value in _particulars(offered, source) if value],
        "components": [_component(place, name, told, notes) for place, name in enumerate(COMPONENTS, start=1)],
        "notes": notes.as_data(),
    }


def _particulars(offered: Offering, source: Source) -> list[tuple[str, str]]:
    office = source.office
    if not isinstance(offered, LicenceType):
        return [
            ("Kode", offered.code),
            ("Ditetapkan dengan", f"Keputusan {source.decree.issued_by} {offered.decree}, Lampiran {offered.code[2:]}"),
            ("Berlaku sejak", long_date(offered.effective_from)),
            ("Berakhir", long_date(offered.ended) if offered.ended else ""),
        ]
    return [
        ("Kode", offered.code),
        ("Kelompok", GROUPS[offered.group]),
        ("Jenis permohonan", ", ".join(line.name for line in offered.lines if line.offered)),
        ("SKPD terkait", listed([office.units[code].name for code in offered.skpd])),
        ("Paraf", listed([office.roles[role].name for role in offered.initials])),
        ("Tanda tangan", office.roles[offered.signed_by].name),
        ("Edisi", source.in_words),
        ("Berakhir", long_date(offered.ended) if offered.ended else ""),
    ]


def _component(place: int, name: str, told: Components, notes: Notes) -> dict[str, Any]:
    """One component: a sentence, groups of lines, or the table of steps."""
    match name:
        case "requirements":
            said = {"groups": [_asked(asked, notes, otherwise="") for asked in told.requirements]}
        case "steps":
            table = [_table_step(step, told.steps) for step in told.steps]
            said = {"mark": notes.mark(told.steps_source), "steps": table}
        case "fee" if told.fee.tariffs:
            said = {"text": "Retribusi", "groups": _tariffs(told.fee)}
        case "time" | "fee" | "staff_count":
            sentence = getattr(told, name)
            said = {"text": sentence.printed, "mark": notes.mark(sentence.source)}
        case "products" if told.validity:
            validity = Line(text=f"Masa berlaku: {told.validity.printed}", source=told.validity.source)
            said = _listed((*told.products, validity), notes)
        case _:
            said = _listed(getattr(told, name), notes)
    blank = {"mark": "", "text": "", "groups": [], "steps": []}
    return {"number": str(place), "heading": HEADINGS[name]} | blank | said


def _listed(lines: tuple[Line, ...], notes: Notes) -> dict[str, Any]:
    """A list whose mark stands at the heading of its component."""
    group = _group("", lines, notes)
    return {"mark": group["mark"], "groups": [group | {"mark": ""}]}


def _tariffs(fee: Fee) -> list[dict[str, Any]]:
    """The rows of the tariff, and below them what is to be said about them."""
    rows = _rows(tuple(Line(text=f"{each.name}: {_figure(each)}") for each in fee.tariffs))
    remarks = _rows(tuple(Line(text=text) for text in (f"Dasar: {fee.law}.", *_fee_remarks(fee))))
    unnumbered = [row | {"label": ""} for row in remarks]
    return [{"heading": "", "mark": "", "lines": lines} for lines in (rows, unnumbered)]


def _table_step(step: ProcedureStep, steps: tuple[ProcedureStep, ...]) -> dict[str, Any]:
    following = next((f"langkah {each.number}" for each in steps if each.number > step.number), "selesai")
    outcomes = [f"{way.answer}: {f'langkah {way.to}' if isinstance(way.to, int) else way.to}" for way in step.branches]
    if not step.branches:
        outcomes = [following]
    elif len(step.branches) == 1 and not step.branches[0].onward:  # the decree draws only the answer that turns
        outcomes.append(f"selain itu: {following}")
    return {
        "number": str(step.number),
        "text": step.text,
        "actor": step.actor,
        "time": limit_words(step.limit) if step.limit else (time_words(step) or "–"),
        "outcomes": outcomes,
    }


# --- both ------------------------------------------------------------------------------------------------------------


def _head(offered: Offering, source: Source) -> dict[str, str]:
    if isinstance(offered, LicenceType):
        short = f" ({offered.abbreviation})" if offered.abbreviation else ""
        return {
            "office": "",
            "number": str(offered.number),
            "label": f"Jenis izin nomor {offered.number}",
            "name": f"{offered.name}{short}",
            "unit": source.office.units[offered.bidang].name,
        }
    return {
        "office": source.decree.agency,
        "number": offered.code,
        "label": f"Layanan {offered.code}",
        "name": offered.title,
        "unit": source.office.units[offered.unit].name,
    }


def _asked(asked: Asked, notes: Notes, otherwise: str = "Persyaratan") -> dict[str, Any]:
    return _group(SIDES[asked.kind] if asked.kind else otherwise, asked.lines, notes)


def _group(heading: str, lines: tuple[Line, ...], notes: Notes) -> dict[str, Any]:
    """Lines under a heading, which bears the mark of their usual source; a line from elsewhere has its own."""
    usual = Counter(line.source for line in lines).most_common(1)[0][0]
    mark = notes.mark(usual)
    return {"heading": heading, "mark": mark, "lines": _rows(lines, notes, usual)}


def _rows(lines: tuple[Line, ...], notes: Notes | None = None, usual: str | None = None) -> list[dict[str, Any]]:
    """Lines with their labels: 1. and a. and a dash, each level counting anew below the line above it."""
    counts: dict[int, int] = {}
    rows = []
    for line in lines:
        counts = {depth: count for depth, count in counts.items() if depth <= line.depth}
        counts[line.depth] = counts.get(line.depth, 0) + 1
        rows.append(
            {
                "label": _label(line.depth, counts[line.depth]) if len(lines) > 1 else "",
                "text": line.text,
                "depth": line.depth,
                "only": f"hanya {listed(list(line.only_for))}" if line.only_for else "",
                "mark": notes.mark(line.source) if notes and line.source != usual else "",
            }
        )
    return rows


def _label(depth: int, count: int) -> str:
    return (f"{count}.", f"{LETTERS[(count - 1) % len(LETTERS)]}.", "–")[min(depth, 2)]


def document(
    title: str, source: Source, foot: str, parts: list[Mapping[str, Any]], cover: list[Mapping[str, str]]
) -> dict[str, Any]:
    """All data of a template: a single sheet has one part and no cover; `foot` stands at the foot of each page."""
    return {
        "document_date": f"{source.edition.published.isoformat()}T00:00:00+07:00",
        "title": title,
        "foot": foot,
        "cover": cover,
        "parts": parts,
    }
