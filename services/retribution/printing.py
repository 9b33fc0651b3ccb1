"""Slow work of retribution: nota perhitungan, SKRD and receipt. They print what was computed, and add nothing."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from babel.numbers import format_decimal

from catalogue.late_rules import interest_rules, rule_on
from catalogue.licences import licence_type
from catalogue.nota_lines import Factor, Line
from catalogue.retribution.note import NEAREST, plain
from catalogue.retribution.plain import ROUNDING
from catalogue.skrd_rules import skrd_rules
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.officials import person, signature
from plumbing.papers import Papers
from services.retribution import store
from services.retribution.letter_model import Nota, Skrd
from services.retribution.letters import NAMES, demands
from services.retribution.model import Assessment
from values.dates import long_date, office_date
from values.happening import latest
from values.rupiah import format_rupiah
from values.terbilang import terbilang
from values.verification_code import verification_code

TEMPLATES = Path(__file__).parent / "templates"
_LESS = (
    "Yang ditetapkan berkurang sebesar jumlah di atas. Bagian yang sudah dibayar dihitung sebagai kelebihan: "
    "utang retribusi lain dipenuhi lebih dahulu, sisanya dikembalikan atas permohonan."
)


def print_nota(papers: Papers, reader: Reader, event: retribution.NotaPerhitunganSigned) -> Callable[[Book], None]:
    """The nota perhitungan as a paper, every line with all it was computed from."""
    assessment = store.heard_of(reader, event.application_id)
    nota = assessment.nota
    document = papers.file(
        "nota_perhitungan", TEMPLATES / "nota_perhitungan.typ", nota_data(papers, assessment), nota.number
    )
    filed = retribution.NotaPerhitunganFiled(
        application_id=assessment.id, document=document, total=nota.total, signed_at=nota.signed_at
    )
    return filing(assessment.id, document, "nota_filed", filed)


def print_skrd(papers: Papers, reader: Reader, event: retribution.SkrdSigned) -> Callable[[Book], None]:
    """The SKRD as a paper; with it the amount is demanded."""
    file = store.heard_of(reader, event.application_id)
    assessment = store.keeper(reader, file)
    skrd = next(letter for letter in assessment.letters if letter.number == event.number)
    document = papers.file("skrd", TEMPLATES / "skrd.typ", skrd_data(papers, assessment, skrd, file), skrd.number)
    issued = retribution.SkrdIssued(
        application_id=file.id,
        document=document,
        amount=skrd.amount,
        due_on=skrd.due_on,
        payment_code=skrd.payment_code,
        issued_at=skrd.signed_at,
        settled_at=None if assessment.account_on(office_date(skrd.signed_at)).principal_left else skrd.signed_at,
        covers=tuple(each.resi for each in skrd.drawn_from),
        leads=not skrd.drawn_from or skrd.drawn_from[0].application_id == file.id,
    )
    return filing(file.id, document, "skrd_issued", issued)


def filing(application_id: str, document, what: str, event) -> Callable[[Book], None]:
    """The paper joins the file, and what it brought is said."""

    def finish(book: Book) -> None:
        current = store.heard_of(book, application_id)
        current.documents.append(document)
        current.history.append(book.happening(what, latest(current.history)))
        store.save(book, current)
        book.say(event)

    return finish


# --- data of the papers; the keys are those of the examples beside the templates -------------------------------------


def nota_data(papers: Papers, assessment: Assessment) -> dict:
    """What the nota prints: basis, coefficients, lines, unrounded and rounded, total in words."""
    nota = assessment.nota
    preparer = person(nota.prepared_by)
    return {
        **heading(papers, assessment, "nota_perhitungan", nota.number, nota.signed_at),
        "basis": {
            "regulation": nota.legal_basis,
            "formula_name": f"{nota.lines[0].words[0].upper()}{nota.lines[0].words[1:]}",
            "formula": nota.lines[0].article,
        },
        "placeholder_notes": _placeholders(nota.lines),
        "coefficients": [
            row
            for line in nota.lines
            if len(line.factors) > 1  # one alone stands in its calculation
            for factor in line.factors
            for row in _coefficients(factor)
        ],
        "workings": [_line(line, nota) for line in nota.workings],
        "lines": [_line(line, nota) for line in nota.lines],
        "remarks": nota.remarks,
        "rounding_rule": _rounding(nota),
        "total": format_rupiah(nota.total),
        "total_words": terbilang(nota.total),
        "prepared_by": {key: preparer[key] for key in ("name", "rank", "nip")},
        "signature": signature(nota.signed_by, nota.signed_at, seat=("bidang_head", assessment.bidang)),
    }


def skrd_data(papers: Papers, assessment: Assessment, skrd: Skrd, file: Assessment | None = None) -> dict:
    """What the SKRD prints: whom, for what, how much, by when, under which code. An SKRDKB or SKRDLB prints the note it
    comes from and what was demanded before it; a joint SKRD a line for each nota. `file`: the one whose copy it is."""
    notes = [*assessment.replaced, assessment.nota]
    nota = next((note for note in notes if note.number == skrd.nota), notes[0])
    return {
        **heading(papers, file or assessment, skrd.kind, skrd.number, skrd.signed_at),
        "title": NAMES[skrd.kind],
        "short": skrd.kind.upper(),
        "what": "Pokok retribusi yang dikurangkan" if skrd.kind == "skrdlb" else "Jumlah ketetapan pokok retribusi",
        "serial": f"{skrd.serial:06d}",
        "legal_basis": nota.legal_basis,
        "notas": f"{len(skrd.drawn_from)} nota, dibayar satu kali dengan satu kode bayar"
        if skrd.drawn_from
        else f"Nomor {nota.number} tanggal {long_date(office_date(nota.signed_at))}",
        "placeholder_notes": _placeholders([*nota.lines, *(line for e in assessment.joined for line in e.nota.lines)]),
        "lines": [
            {"account_code": skrd.account_code, "description": name, "amount": amount}
            for name, amount in _lines(nota, skrd)
        ],
        "principal": format_rupiah(skrd.amount),
        "interest": format_rupiah(0),
        "surcharge": format_rupiah(0),
        "total": format_rupiah(skrd.amount),
        "total_words": terbilang(skrd.amount),
        "due_date": long_date(skrd.due_on),
        "payment_code": grouped(skrd.payment_code),
        "payment_qr": f"{papers.public_url}/bayar/{skrd.payment_code}",
        "payment_instructions": [_LESS]
        if skrd.kind == "skrdlb"
        else [
            "Pembayaran dilakukan ke rekening kas daerah pada Bank Jabar Banten dengan menyebutkan kode bayar "
            "di sebelah tanda tangan di bawah ini; bukti pembayaran diterbitkan setelah pembayaran diterima.",
            f"Paling lambat dibayar tanggal {long_date(skrd.due_on)}, 30 hari sejak SKRD ini ditandatangani.",
            *_interest_ahead(skrd.due_on),
            "Keberatan dapat diajukan secara tertulis dan tidak menunda kewajiban membayar.",
        ],
        "copies": skrd_rules().copies_said,
        "signature": signature(skrd.signed_by, skrd.signed_at, seat=("head", None)),
    }


def _lines(nota: Nota, skrd: Skrd) -> list[tuple[str, str]]:
    if skrd.kind == "skrd" and skrd.drawn_from:
        return [(f"Nota {each.nota}, berkas {each.resi}", format_rupiah(each.total)) for each in skrd.drawn_from]
    if skrd.kind == "skrd":
        return [(line.name, format_rupiah(line.amount)) for line in nota.lines]
    lowers, whole = skrd.kind == "skrdlb", demands(skrd, nota)
    before = whole + skrd.amount if lowers else whole - skrd.amount
    rows = [(f"Menurut nota pembetulan {nota.number}", whole), ("Ditetapkan sebelumnya", before)]
    first, second = reversed(rows) if lowers else rows
    return [(first[0], format_rupiah(first[1])), (f"{second[0]} (dikurangkan)", f"−{format_rupiah(second[1])}")]


def _interest_ahead(due_on: date) -> list[str]:
    """What paying late will cost, by the basis of the day after the due date."""
    rule = rule_on(interest_rules(), due_on + timedelta(days=1))
    if rule is None:
        return []
    percent = plain(rule.percent_per_month).replace(".", ",")
    cap = f", paling lama {rule.most_months} bulan" if rule.most_months else ""
    return [
        f"Sesudah tanggal itu dikenakan bunga {percent} % setiap bulan dari pokok yang belum dibayar{cap} "
        f"({rule.legal_basis}); bunga ditagih dengan STRD."
    ]


def heading(papers: Papers, assessment: Assessment, kind: str, number: str, at) -> dict:
    """What every paper of retribution prints at its head: number, code, period, payer, what it is about."""
    code = verification_code(assessment.id, kind, number)
    day = office_date(at)
    type_ = licence_type(assessment.licence_type, assessment.edition)
    line = next((line.name for line in type_.lines if line.code == assessment.sub_kind), "")
    return {
        "document_date": at.isoformat(),
        "number": number,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "period": long_date(day).split()[1],
        "year": str(day.year),
        "payer": {
            "name": assessment.payer.name,
            "address": assessment.payer.address,
            "npwrd": assessment.payer.npwp or "–",
        },
        "object": {
            "licence": assessment.licence_name,
            "sub_kind": line,
            "address": assessment.place.lies_at,
            "resi_number": assessment.resi,
        },
    }


def _placeholders(lines: list[Line]) -> list[str]:
    cities = {line.placeholder_city for line in lines if line.placeholder_city}
    return [f"TARIF SEMENTARA: angka Kota Bekasi belum diketahui; dipakai tarif {city}" for city in sorted(cities)]


def _coefficients(factor: Factor) -> Iterator[dict]:
    """A factor as the nota prints it, its class beside its name; before a sum of weighted indices, each of them."""
    for part in factor.made_of:
        product = _exact(str(Decimal(part.weight) * Decimal(part.index)))
        sizes = {"weight": _exact(part.weight), "index": _exact(part.index), "product": product}
        yield {**_classed(part.name), **sizes, "source": factor.article}
    product = f"{factor.exact or _exact(factor.value)} {factor.unit}".strip()
    yield {**_classed(factor.name), "weight": "–", "index": "–", "product": product, "source": factor.article}


def _classed(name: str) -> dict[str, str]:
    what, _, which = name.partition(": ")
    return {"name": f"{what[0].upper()}{what[1:]}", "choice": which or "–"}


def _line(line: Line, nota: Nota) -> dict:
    """An amount with all it came from; its formula in words where it is not that at the head of the nota."""
    return {
        "description": line.name,
        "formula": "" if line.words == nota.lines[0].words else line.words,
        "calculation": _calculation(line),
        "tariff_row": line.tariff_row or "–",
        "article": line.article,
        "effective": long_date(line.effective_from or nota.computed_on),
        "unrounded": f"Rp {_exact(line.unrounded)}",
        "rounded": format_rupiah(line.amount),
    }


def _calculation(line: Line) -> str:
    parts = [f"{factor.exact or _exact(factor.value)} {factor.unit}".strip() for factor in line.factors]
    product = " × ".join(parts if line.tariff is None else [*parts, format_rupiah(line.tariff)])
    return product if line.divided_by == 1 else f"{product} : {line.divided_by}"


def _rounding(nota: Nota) -> str:
    rules = dict.fromkeys(line.rounding for line in nota.lines)
    if list(rules) == [NEAREST]:
        return f"{ROUNDING}."
    return f"setiap baris {' atau '.join(rules)}, kemudian dijumlahkan."


def _exact(value: str) -> str:
    """A decimal as Indonesians write it, with every place it has."""
    return format_decimal(Decimal(value), locale="id_ID", decimal_quantization=False)


def grouped(code: str) -> str:
    """A payment code in groups of four."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
