"""The recap as a file: PDF for the Mayor, XLSX for those who reckon on. Nothing is made of sums that do not agree with
the payments.
"""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any

from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.recap_rules import recap_rules
from contracts import retribution
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.officials import signature, unit_name
from plumbing.papers import Papers
from services.retribution import books, recap_sheet, recaps
from services.retribution.balancing import require_balanced, unbalanced
from services.retribution.printing import TEMPLATES
from services.retribution.recap_signing import figures, unequal
from values.dates import long_date, office_date
from values.periods import Period
from values.rupiah import signed_rupiah
from values.terbilang import terbilang
from values.verification_code import verification_code

KIND = "recap"
DRAFT = "RANCANGAN: belum ditandatangani, hanya untuk diperiksa."


def print_signed(papers: Papers, reader: Reader, event: retribution.RecapSigned) -> Callable[[Book], None]:
    """The signed recap as a paper. `LedgerDiffers` when the sums do not agree: it is tried again, then parked."""
    span = recaps.named_period(event.application_id.removeprefix("recap-"))
    signed = next((each for each in books.signed_recaps(reader, span.code) if each["number"] == event.number), None)
    if signed is None:
        raise NotYet(f"recap {event.number} is not here yet")
    require_balanced(reader, span)
    document = papers.file(KIND, TEMPLATES / "recap.typ", recap_data(papers, span, signed), event.number)

    def finish(book: Book) -> None:
        books.keep_recap_paper(book, span.code, document)
        book.say(retribution.RecapIssued(application_id=event.application_id, document=document))

    return finish


def print_recap(papers: Papers, reader: Reader, question: retribution.PrintRecap) -> dict:
    """The recap of a period as bytes (base64): that which was signed, when it was; otherwise a draft that says so."""
    span = recaps.named_period(question.period)
    if found := unbalanced(reader, span.first, span.last):
        raise unequal([each.day for each in found])
    every = books.signed_recaps(reader, span.code)
    signed = every[-1] if every else None
    if question.form == "xlsx":
        return _answer(span, "xlsx", recap_sheet.workbook(span, signed or _draft(reader, span)), signed)
    if signed and (paper := signed.get("document")):
        return _answer(span, "pdf", papers.store.get(paper["sha256"]), signed)
    data = recap_data(papers, span, signed or _draft(reader, span))
    return _answer(span, "pdf", papers.renderer.render(TEMPLATES / "recap.typ", data), signed)


def _draft(reader: Reader, span: Period) -> dict:
    return {"number": None, "replaces": None, "figures": figures(reader, span), "signed_at": reader.now.isoformat()}


def _answer(span: Period, form: str, content: bytes, signed: dict | None) -> dict:
    what = signed["number"] if signed else "rancangan"
    return {
        "name": f"rekapitulasi retribusi {span.code} {what}.{form}",
        "form": form,
        "signed": signed is not None,
        "content": base64.b64encode(content).decode(),
    }


def recap_data(papers: Papers, span: Period, made: dict) -> dict:
    """What the recap prints; the keys are those of the example beside the template."""
    sums, at = made["figures"], datetime.fromisoformat(made["signed_at"])
    number = made["number"] or "rancangan"
    code = verification_code(books.recap_id(span.code), KIND, number) if made["number"] else "rancangan"
    return {
        "document_date": at.isoformat(),
        "number": number,
        "draft": "" if made["number"] else DRAFT,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "period": span.name,
        "first": long_date(span.first),
        "last": long_date(span.last),
        "addressee": recap_rules().addressee,
        "basis": recap_rules().basis,
        "replaces": made["replaces"] or "",
        "lines": [_line(row) for row in sums["rows"]],
        "totals": _money(sums, "assessed", "principal", "interest", "outstanding") | {"skrd": str(sums["skrd"])},
        "received": signed_rupiah(sums["received"]),
        "received_words": _in_words(sums["received"]),
        "shares": _shares(sums),
        "copies": copies(sums["rows"]),
        "signature": _signature(made, at),
    }


def _line(row: dict) -> dict:
    return {
        "account_code": row["account_code"],
        "description": recaps.name_of("licence_type", row["licence_type"]),
        "bidang": unit_name(row["bidang"]),
        "skrd": str(row["skrd"]),
        **_money(row, "assessed", "principal", "interest", "outstanding"),
    }


def _money(row: dict, *names: str) -> dict[str, str]:
    """Without `Rp`: the head of the table says what the figures are."""
    return {name: signed_rupiah(row[name]).replace("Rp ", "") for name in names}


def _shares(sums: dict) -> list[dict[str, str]]:
    named = {
        "Pokok": "principal",
        "Bunga": "interest",
        "Lebih bayar": "overpaid",
        "Tanpa SKRD (kode bayar tidak dikenal)": "unassigned",
        "Dikabulkan untuk dikembalikan, belum dibayar": "promised",
        "Dikembalikan kepada yang membayar": "refunded",
        "Imbalan bunga yang dibayar daerah bersama pengembalian (bukan penerimaan)": "compensated",
        "Diterima di rekening kas daerah": "bank",
        "Diterima bendahara penerimaan": "cash",
        "Disetor bendahara ke kas daerah dalam masa ini": "deposited",
        "Dikurangkan (keringanan, pembetulan, keberatan, pembatalan)": "reduced",
        "Tidak ditagih lagi (berkas berakhir)": "written_off",
    }
    return [
        {"name": name, "amount": signed_rupiah(sums[measure])}
        for name, measure in named.items()
        if sums.get(measure) or measure in ("principal", "bank", "cash")
    ]


def copies(rows: list[dict]) -> list[str]:
    """The agencies of the types in the recap, by name."""
    types = {row["licence_type"] for row in rows} & licence_types().keys()
    agencies = {unit for code in types for unit in licence_types()[code].skpd}
    return sorted(f"Kepala {organisation().units[unit].name}" for unit in agencies)


def _signature(made: dict, at: datetime) -> dict[str, Any]:
    if made["number"] is None:
        heads = organisation().officers_with(recap_rules().signatory.role, on=office_date(at))
        return signature(heads[0].id if heads else None, at) | {"signed_at": ""}
    return signature(made["signed_by"], at, seat=(recap_rules().signatory.role, None))


def _in_words(amount: int) -> str:
    """Counter-entries of a period can be more than what it received."""
    return terbilang(amount) if amount >= 0 else f"minus {terbilang(-amount)}"
