"""Slow work of issuance: the licence as a signed PDF/A."""

from collections.abc import Callable
from pathlib import Path

from catalogue.authority import EXCEPTION_NAMES, Authority, InitialException
from catalogue.licences import licence_type
from catalogue.office import organisation
from catalogue.officers import REASONS
from contracts import issuance
from plumbing.messaging.book import Book, Reader
from plumbing.officials import initials_of, person, signature
from plumbing.papers import Papers
from services.issuance import store
from services.issuance.model import Draft, Paraf
from values.dates import long_date, office_date, short_date

TEMPLATE = Path(__file__).parent / "templates" / "licence.typ"


def print_licence(papers: Papers, reader: Reader, event: issuance.LicenceSigned) -> Callable[[Book], None]:
    """The licence itself: typeset, signed with the office's certificate, kept; only then is it issued."""
    draft = store.heard_of(reader, event.application_id)
    signer = organisation().officers[draft.signed_by]
    reason = f"Penandatanganan izin nomor {draft.number}"
    # The paper states the day of signing; the electronic signature is made when it was entered, which may be later.
    sealed_at = next(h.recorded_at for h in draft.history if h.what == "signed")
    pdf = papers.render_signed(TEMPLATE, licence(papers, draft), reason=reason, name=signer.name, at=sealed_at)
    document = papers.keep("licence", pdf, draft.number)

    def finish(book: Book) -> None:
        current = store.heard_of(book, event.application_id)
        current.document = document
        current.history.append(book.happening("issued", current.signed_at))
        store.save(book, current)
        if current.closed is not None:  # the paper is kept with the draft; nobody is told that a licence is there
            return
        issued = issuance.LicenceIssued(
            application_id=current.id,
            document=document,
            verification_code=current.verification_code,
            valid_until=current.valid_until,
            signed_at=current.signed_at,
        )
        book.say(issued)

    return finish


def licence(papers: Papers, draft: Draft) -> dict:
    """The data of the paper; its keys are those of `templates/licence.example.json`."""
    kind = licence_type(draft.licence_type, draft.edition)
    authority = organisation().authorities[draft.authority]
    line = next((line.name for line in kind.lines if line.code == draft.sub_kind), "")
    return {
        "document_date": draft.signed_at.isoformat(),
        "number": draft.number,
        "verification_code": draft.verification_code,
        "verification_qr": papers.check_address(draft.verification_code),
        "licence": {"name": kind.name, "sub_kind": line, "purpose": kind.product},
        "considering": _considering(draft),
        "legal_basis": [f"{basis};" for basis in kind.legal_basis[:-1]] + [f"{kind.legal_basis[-1]}."],
        "holder": {"name": draft.holder.name, "address": draft.holder.address},
        "object_address": f"{draft.place.name}, {draft.place.address}, Kecamatan {draft.place.kecamatan}",
        "particulars": _particulars(draft),
        "validity": (
            f"Sampai dengan {long_date(draft.valid_until)}"
            if draft.valid_until
            else "Selama kegiatan berlangsung dan tidak berubah dari yang diizinkan"
        ),
        "conditions": [
            "Pemegang izin wajib menaati ketentuan peraturan perundang-undangan yang menjadi dasar izin ini.",
            "Izin dapat dicabut apabila pelaksanaan tidak sesuai atau keterangan pemohon ternyata tidak benar.",
            "Perubahan data pemegang, lokasi atau kegiatan wajib dilaporkan kepada Badan Pelayanan Perizinan Terpadu.",
        ],
        "initials": [_initial(draft, paraf) for paraf in draft.initials],
        "authority_basis": _basis(draft, authority),
        "signature": signature(
            draft.signed_by, draft.signed_at, _on_behalf(authority), seat=(authority.role, draft.signed_in)
        ),
    }


def _initial(draft: Draft, paraf: Paraf) -> dict:
    role = organisation().roles[paraf.role].name
    if paraf.skipped:
        return {"position": role, "mark": "–", "date": EXCEPTION_NAMES[_exception(draft).kind]}
    day = office_date(paraf.at)
    who = person(paraf.officer, (paraf.role, draft.unit_of(paraf.role)), day)
    acting = who["position"].partition(" ")[0]
    position = f"{acting} {role}" if acting in REASONS else role
    return {"position": position, "mark": initials_of(who["name"]), "date": short_date(day)}


def _basis(draft: Draft, authority: Authority) -> str:
    basis = f"Ditandatangani berdasarkan {authority.decree.about} (Nomor {authority.decree.number})."
    if draft.exception is None:
        return basis
    exception = _exception(draft)
    return f"{basis} Tanpa paraf lengkap karena {EXCEPTION_NAMES[exception.kind]} ({exception.decree.number})."


def _exception(draft: Draft) -> InitialException:
    return organisation().exceptions[draft.exception]


def _considering(draft: Draft) -> list[str]:
    return [
        f"bahwa permohonan {draft.holder.name} dengan nomor resi {draft.resi} telah diperiksa dan memenuhi persyaratan "
        "administratif dan teknis;",
        "bahwa langkah-langkah pelayanan untuk izin ini telah diselesaikan sesuai standar operasional prosedur.",
    ]


def _particulars(draft: Draft) -> list[dict]:
    kind = licence_type(draft.licence_type, draft.edition)
    values = kind.read_quantities(draft.quantities)
    rows = [{"name": "Nama", "value": draft.place.name}]
    for quantity in kind.quantities:
        value = values[quantity.code]
        text = quantity.choices[value].name if quantity.choices else str(value).replace(".", ",")
        rows.append({"name": quantity.name, "value": f"{text} {quantity.unit or ''}".strip()})
    return rows


def _on_behalf(authority: Authority) -> str:
    return f"a.n. {authority.on_behalf_of.upper()}" if authority.on_behalf_of else ""
