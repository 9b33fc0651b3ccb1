"""A draft before the eyes of those who initial and sign: what the paper will say, whose turn it is, who may sign."""

import base64

from catalogue.licences import licence_type
from catalogue.office import organisation
from catalogue.officers import Officer
from catalogue.transactions import REVOCATION, transaction
from contracts import issuance
from contracts.people import Actor
from plumbing.messaging.book import Reader
from plumbing.papers import Papers
from services.issuance import printing, store
from services.issuance.actions import require_sight
from services.issuance.model import Draft
from values.dates import office_date
from values.refusal import Refusal

MARK = "KONSEP. Belum ditandatangani dan tidak berlaku."
NUMBER = "(diberikan pada saat ditandatangani)"
LATER = "belum ditandatangani"


def show(papers: Papers, reader: Reader, question: issuance.ShowDraft, actor: Actor) -> dict:
    """The draft as it would be signed today. `pdf` is the paper, marked as a draft, in base64 when it was asked for."""
    draft = store.asked_for(reader, question.application_id)
    require_sight(draft, actor)
    if draft.unit_of(actor.role) not in (None, actor.unit):
        remedy = "Mintalah keterangan kepada Bidang yang menanganinya."
        raise Refusal("not_your_file", "Konsep ini milik Bidang lain.", field="application_id", remedy=remedy)
    kind, office = licence_type(draft.licence_type, draft.edition), organisation()
    signatory, why_nobody = _signatory(reader, draft)
    line = next((line.name for line in kind.lines if line.code == draft.sub_kind), None)
    says = {
        "licence": kind.name,
        "sub_kind": line,
        "application_kind": transaction(draft.transaction).name,
        "about": draft.licence_number,
        "resi": draft.resi,
        "holder": {"name": draft.holder.name, "address": draft.holder.address},
        "object_address": f"{draft.place.name}, {draft.place.lies_at}",
        "particulars": printing.particulars(draft),
        "number": draft.number,
        "signed_at": draft.signed_at and draft.signed_at.isoformat(),
        "halted": draft.halted,
        "closed": draft.closed,
        "exception": _exception(draft),
        "initials": [
            {
                "role": paraf.role,
                "position": office.roles[paraf.role].name,
                "by": office.officers[paraf.officer].name if paraf.officer else None,
                "at": paraf.at and paraf.at.isoformat(),
                "state": "put" if paraf.officer else "skipped" if paraf.skipped else "due",
            }
            for paraf in draft.initials
        ],
        "signatory": signatory and {"name": signatory.name, "position": office.title(signatory)},
        "why_nobody_signs": why_nobody,
    }
    return says | {"pdf": _pdf(papers, reader, draft, signatory) if question.pdf and signatory else None}


def _signatory(reader: Reader, draft: Draft) -> tuple[Officer | None, str | None]:
    try:
        day = office_date(reader.now)
        return organisation().signing(draft.licence_type, day, kecamatan=draft.place.kecamatan).signatory, None
    except Refusal as no:
        return None, f"{no.message} {no.remedy or ''}".strip()


def _exception(draft: Draft) -> dict | None:
    if draft.exception is None:
        return None
    exception = organisation().exceptions[draft.exception]
    marked = next(h for h in reversed(draft.history) if h.what == f"marked_{exception.kind}")
    return {"kind": exception.kind, "reason": marked.note, "decree": exception.decree.number}


def _pdf(papers: Papers, reader: Reader, draft: Draft, signatory: Officer) -> str:
    """The paper as it would be signed now, without number, code and signature."""
    signing = organisation().signing(draft.licence_type, office_date(reader.now), kecamatan=draft.place.kecamatan)
    as_if = draft.model_copy(
        update={
            "number": NUMBER,
            "verification_code": "KONSEP",
            "authority": signing.authority.id,
            "signed_by": signatory.id,
            "signed_in": signatory.unit,
            "signed_at": reader.now,
        }
    )
    revokes = draft.transaction == REVOCATION
    data = printing.revocation(papers, as_if) if revokes else printing.licence(papers, reader, as_if)
    data["signature"] |= {"signed_at": LATER, "date": "............"}
    data |= {"number": f"{NUMBER} {MARK}"} if revokes else {"mark": MARK}
    template = printing.TEMPLATES / f"{'surat_pencabutan' if revokes else 'licence'}.typ"
    return base64.b64encode(papers.renderer.render(template, data)).decode()
