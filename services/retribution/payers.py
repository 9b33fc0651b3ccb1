"""A payer asks for themselves, for a file of their own: objection, relief, instalments. The Head decides as always."""

from datetime import date

from contracts import retribution
from contracts.people import Actor
from contracts.retribution.changes import Proposal
from services.retribution.model import Assessment, Change
from values.refusal import Refusal

PAYER = "applicant"
BY_DECREE = ("relief", "instalments")


def require_own(assessment: Assessment, actor: Actor) -> None:
    """A payer sees and asks for a file of their own account only."""
    if actor.role == PAYER and assessment.account_id is None:
        raise Refusal(
            "no_account",
            "Berkas ini tidak terikat pada akun.",
            field="application_id",
            remedy="Ajukan dengan surat di loket; petugas memasukkannya.",
        )
    if actor.role == PAYER and actor.id != assessment.account_id:
        raise Refusal("not_yours", "Berkas ini bukan milik akun Anda.", field="application_id")


def require_fit(assessment: Assessment, proposal: Proposal, actor: Actor, day: date) -> None:
    """Who may ask for what, in which form: administration names the decree, a payer asks without one and today."""
    require_own(assessment, actor)
    decreed = getattr(proposal, "decree", None) is not None
    if actor.role != PAYER:
        if proposal.kind in BY_DECREE and not decreed:
            raise Refusal("decree_missing", "Sebutkan keputusan yang menjadi dasarnya.", field="proposal")
        return
    if proposal.kind == "cancellation" or decreed:
        raise Refusal(
            "not_for_payers",
            "Ini diajukan oleh petugas administrasi.",
            field="proposal",
            remedy="Ajukan keberatan, keringanan atau angsuran tanpa keputusan.",
        )
    if proposal.kind == "objection" and proposal.filed_on != day:
        raise Refusal("filed_when", "Keberatan lewat akun diajukan pada hari ini.", field="proposal")


def grant_as_decreed(change: Change, order: retribution.DecideChange) -> None:
    """What a payer asked for without a decree is granted as the decree has it; what they asked stays on record."""
    lacks = change.proposal.kind in BY_DECREE and change.proposal.decree is None
    decreed = order.as_decreed
    if decreed is not None and not (lacks and order.granted and decreed.kind == change.proposal.kind):
        raise Refusal("not_decreed", "Isi keputusan hanya untuk permohonan yang dikabulkan.", field="as_decreed")
    if not (lacks and order.granted):
        return
    if decreed is None or decreed.decree is None:
        raise Refusal(
            "decree_missing",
            "Permohonan wajib retribusi dikabulkan dengan keputusan.",
            field="as_decreed",
            remedy="Sebutkan nomor, tanggal, pejabat dan dasar hukum keputusannya, serta isinya.",
        )
    change.asked, change.proposal = change.proposal, decreed
