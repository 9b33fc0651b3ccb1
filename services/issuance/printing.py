"""Slow work of issuance: the licence as a signed PDF/A."""

from collections.abc import Callable
from pathlib import Path

from catalogue.authority import EXCEPTION_NAMES, Authority, InitialException
from catalogue.licence_type import LicenceType
from catalogue.licences import licence_type
from catalogue.office import organisation
from catalogue.officers import REASONS
from catalogue.transactions import COPY, REVOCATION, transaction
from contracts import issuance
from plumbing.messaging.book import Book, Reader
from plumbing.officials import initials_of, person, signature
from plumbing.papers import Papers
from services.issuance import register, store
from services.issuance.model import Draft, Paraf
from values.dates import long_date, office_date, short_date

WORDS = {"licence": "izin", "surat_pencabutan": "keputusan pencabutan"}
TEMPLATES = Path(__file__).parent / "templates"


def print_licence(papers: Papers, reader: Reader, event: issuance.LicenceSigned) -> Callable[[Book], None]:
    """The licence, or the decision that revokes one: typeset, signed with the office's certificate, kept; only then is
    it issued, and what it says about an earlier licence takes effect."""
    draft = store.heard_of(reader, event.application_id)
    sealer = organisation().officers[draft.entered_by or draft.signed_by]
    paper = "surat_pencabutan" if draft.transaction == REVOCATION else "licence"
    data = revocation(papers, draft) if draft.transaction == REVOCATION else licence(papers, reader, draft)
    act = "Pemasukan dari kertas" if draft.entered_by else "Penandatanganan"
    reason = f"{act} {WORDS[paper]} nomor {draft.number}"
    # The paper states the day of signing; the electronic signature is made when it was entered, which may be later.
    sealed_at = next(h.recorded_at for h in draft.history if h.what == "signed")
    pdf = papers.render_signed(TEMPLATES / f"{paper}.typ", data, reason=reason, name=sealer.name, at=sealed_at)
    document = papers.keep(paper, pdf, draft.number)

    def finish(book: Book) -> None:
        current = store.heard_of(book, event.application_id)
        current.document = document
        current.history.append(book.happening("issued", current.signed_at))
        store.save(book, current)
        if current.closed is not None:  # the paper is kept with the draft; nobody is told that a licence is there
            return
        register.enter(book, current)
        issued = issuance.LicenceIssued(
            application_id=current.id,
            document=document,
            verification_code=current.verification_code,
            valid_until=current.valid_until,
            signed_at=current.signed_at,
        )
        book.say(issued)

    return finish


def licence(papers: Papers, source: Reader, draft: Draft) -> dict:
    """The data of the paper; its keys are those of `templates/licence.example.json`. A copy says what its original
    says."""
    original = store.licence_with(source, draft.licence_number) if draft.transaction == COPY else None
    says = store.find(source, original) if original else draft
    kind = licence_type(says.licence_type, says.edition)
    line = next((line.name for line in kind.lines if line.code == says.sub_kind), "")
    return {
        "mark": f"SALINAN dari izin tertanggal {long_date(office_date(says.signed_at))}" if original else "",
        "application_kind": transaction(draft.transaction).name,
        "replaces": _replaces(draft),
        "document_date": draft.signed_at.isoformat(),
        "number": draft.number,
        "verification_code": draft.verification_code,
        "verification_qr": papers.check_address(draft.verification_code),
        "licence": {"name": kind.name, "sub_kind": line, "purpose": kind.product},
        "considering": _considering(draft),
        "legal_basis": _legal_basis(kind),
        "holder": {"name": says.holder.name, "address": says.holder.address},
        "object_address": f"{says.place.name}, {says.place.lies_at}",
        "particulars": particulars(says),
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
        **_signed(draft),
    }


def revocation(papers: Papers, draft: Draft) -> dict:
    """The decision that revokes a licence; its keys are those of `templates/surat_pencabutan.example.json`."""
    kind = licence_type(draft.licence_type, draft.edition)
    revoked = licence_type(kind.revokes, draft.edition) if kind.revokes else kind
    return {
        "document_date": draft.signed_at.isoformat(),
        "number": draft.number,
        "verification_code": draft.verification_code,
        "verification_qr": papers.check_address(draft.verification_code),
        "subject": kind.product if kind.revokes else f"Pencabutan {kind.name}",
        "considering": _considering(draft),
        "legal_basis": _legal_basis(kind),
        "revoked": {"name": revoked.name, "number": draft.licence_number},
        "holder": {"name": draft.holder.name, "address": draft.holder.address},
        "object_address": f"{draft.place.name}, {draft.place.lies_at}",
        "effects": [
            f"{revoked.name} nomor {draft.licence_number} tidak berlaku lagi sejak keputusan ini ditetapkan.",
            "Izin lain yang bergantung pada izin ini tidak berlaku selama tidak ada izin yang menggantikannya.",
            "Kewajiban yang timbul sebelum pencabutan tetap harus diselesaikan.",
        ],
        **_signed(draft),
    }


def _signed(draft: Draft) -> dict:
    authority = organisation().authorities[draft.authority]
    return {
        "initials": [_initial(draft, paraf) for paraf in draft.initials],
        "authority_basis": _basis(draft, authority),
        "signature": signature(
            draft.signed_by, draft.signed_at, _on_behalf(authority), seat=(authority.role, draft.signed_in)
        ),
    }


def _legal_basis(kind: LicenceType) -> list[str]:
    return [f"{basis};" for basis in kind.legal_basis[:-1]] + [f"{kind.legal_basis[-1]}."]


def _replaces(draft: Draft) -> str:
    ends = transaction(draft.transaction).licence == "replaced"
    return f"Izin nomor {draft.licence_number}" if ends else ""


def _initial(draft: Draft, paraf: Paraf) -> dict:
    role = organisation().roles[paraf.role].name
    if paraf.officer is None and not paraf.skipped:  # on a draft that is shown before it is initialled
        return {"position": role, "mark": "", "date": ""}
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


def particulars(draft: Draft) -> list[dict]:
    """What the licence is about, as name and value, in the words of its type."""
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
