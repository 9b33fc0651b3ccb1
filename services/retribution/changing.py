"""Verbs of retribution about a demand that changes: relief, instalments, objection, cancellation; asked for by
administration, decided by the Head. Nothing signed is edited: a change is a record beside it."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from catalogue.change_rules import change_rules
from catalogue.retribution import money_back
from catalogue.retribution.debt import Owed
from catalogue.retribution.note import product
from contracts import retribution
from contracts.people import Actor
from contracts.retribution.changes import Proposal
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from plumbing.numbering import allocate
from services.retribution import actions, joint, letters, payers, payment, store
from services.retribution.model import Assessment, Change
from values.dates import long_date, months_after, office_date
from values.refusal import Refusal
from values.rupiah import format_rupiah, round_half_up

NAMED = {"proposed_by", "decided_by"}  # officers, whom the payer is not told
SILENT = "Tidak diputuskan dalam waktunya; keberatan dianggap dikabulkan"


def propose(book: Book, order: retribution.ProposeChange) -> dict:
    """Bring a change before the Head. Paying goes on as demanded until it is granted; the answer says its number."""
    assessment, moment = actions.open_file(book, order)
    kind, day = order.proposal.kind, office_date(moment)
    payers.require_fit(assessment, order.proposal, book.actor, day)
    account = demanded(assessment, day)
    if any(change.open and change.proposal.kind == kind for change in assessment.changes):
        raise Refusal("change_open", "Permohonan sejenis untuk berkas ini belum diputuskan.", field="proposal")
    _require_possible(assessment, order.proposal, account, day)
    holder = actions.holder_of(assessment, len(assessment.changes))
    change = Change(
        number=f"PRB-{day.year}-{allocate(book, f'perubahan/{day.year}', holder):05d}",
        proposal=order.proposal,
        reason=order.reason,
        proposed_by=book.actor.id,
        proposed_at=moment,
        document=order.document,
        decide_by=_decide_by(order.proposal),
    )
    assessment.changes.append(change)
    assessment.history.append(book.happening(f"{kind}_proposed", moment, f"{change.number}: {order.reason}"))
    store.save(book, assessment)
    fields = {"number": change.number, "kind": kind, "asked_at": moment, "decide_by": change.decide_by}
    book.say(retribution.ChangeProposed(application_id=assessment.id, **fields))
    return {"number": change.number, "decide_by": change.decide_by and change.decide_by.isoformat()}


def decide(book: Book, order: retribution.DecideChange) -> dict:
    """The Head grants or refuses. What is granted counts from this moment; the answer says by how much less is owed."""
    assessment, moment = actions.open_file(book, order)
    change = next((each for each in assessment.changes if each.number == order.number), None)
    if change is None:
        raise Refusal("unknown_change", f"Perubahan {order.number} tidak ada pada berkas ini.", field="number")
    if not change.open:
        raise Refusal("change_decided", f"Perubahan {order.number} sudah diputuskan.", field="number")
    actions.require_authority(book.actor, assessment, moment, "skrd")
    if order.principal is not None and (change.proposal.kind != "objection" or not order.granted):
        raise Refusal("no_principal", "Pokok baru hanya untuk keberatan yang dikabulkan.", field="principal")
    payers.grant_as_decreed(change, order)
    if order.granted:
        _require_possible(assessment, change.proposal, demanded(assessment, office_date(moment)), office_date(moment))
    _decided(book, assessment, change, moment, order.granted, order.decision, order.principal)
    left = assessment.account.principal_left
    return {"number": change.number, "less": change.amount, "principal_left": left, "overpaid": assessment.overpaid}


def demand_of(reader: Reader, question: retribution.DemandOf, actor: Actor) -> dict:
    """What a payer's own file owes today, until when they may object, and what became of what was asked; officers are
    not named. `joined`: the resi of the file whose SKRD demands for this one too; there it is asked."""
    assessment, today = store.asked_for(reader, question.application_id), office_date(reader.now)
    payers.require_own(assessment, actor)
    owed, signed = assessment.owed(today), assessment.signed_letters
    rules = change_rules()
    last = months_after(office_date(signed[-1].signed_at), rules.objection.file_within_months) if signed else None
    return {
        "resi": assessment.resi,
        "joined": assessment.joined_to and assessment.joined_to.resi,
        "owed": owed and owed.as_dict(),
        "object_until": last and last.isoformat(),
        "legal_basis": rules.objection.legal_basis,
        "most_months": rules.instalments.most_months,
        "changes": [each.model_dump(mode="json", exclude=NAMED) for each in assessment.changes],
    }


def due(reader: Reader) -> Iterator[Due]:
    """Every file with an objection that nobody decided in time: it counts as granted (UU 28/2009 article 163)."""
    ids = store.with_silence_due(reader, office_date(reader.now))
    return (Due(f"silence:{id}", id, partial(grant_by_silence, application_id=id)) for id in ids)


def grant_by_silence(book: Book, application_id: str) -> None:
    """Grant what was asked. It may have been decided since it was seen."""
    assessment, today = store.heard_of(book, application_id), office_date(book.now)
    for change in assessment.changes:
        if change.open and change.decide_by and change.decide_by < today and not assessment.closed:
            _decided(book, assessment, change, book.now, True, f"{SILENT} ({change_rules().objection.legal_basis}).")
    store.save(book, assessment)


def _decided(
    book: Book,
    assessment: Assessment,
    change: Change,
    moment: datetime,
    granted: bool,
    decision: str,
    principal: int | None = None,
) -> None:
    day, kind, before = office_date(moment), change.proposal.kind, assessment.account_on(office_date(moment))
    change.granted, change.decision, change.decided_at = granted, decision, moment
    change.decided_by = book.actor.id if book.actor else None
    if granted:
        change.amount = _less(change.proposal, before, principal)
    if granted and kind == "cancellation":
        for letter in letters.standing(assessment):
            letters.set_aside(assessment, letter)
        assessment.nothing_due = not change.proposal.anew
    if granted and kind == "objection":
        freed = assessment.account_on(day).overpaid - before.overpaid
        change.compensation, change.paid_with = _compensation(assessment, freed, day), "refund"
    note = f"{change.number}: {decision}" + (f" (pokok berkurang {format_rupiah(change.amount)})" if granted else "")
    assessment.history.append(book.happening(f"{kind}_{'granted' if granted else 'refused'}", moment, note))
    waits_for_another = kind == "cancellation" and granted and change.proposal.anew
    if assessment.settled_at and assessment.paid and not waits_for_another:
        payment.settle(book, assessment)
    store.save(book, assessment)
    for each in joint.each_of(book, assessment):
        book.say(retribution.ChangeDecided(application_id=each.id, number=change.number))


def demanded(assessment: Assessment, day: date) -> Owed:
    """What is owed on a day. `Refusal` while nothing is demanded of the file itself."""
    account = assessment.owed(day)
    if account is None and (to := assessment.joined_to):
        raise Refusal(
            "joined", f"SKRD-nya bersama berkas {to.resi}.", field="application_id", remedy="Ajukan pada berkas itu."
        )
    if account is None:
        raise Refusal(
            "nothing_demanded", "Belum ada SKRD yang ditandatangani untuk berkas ini.", field="application_id"
        )
    return account


def _decide_by(proposal: Proposal) -> date | None:
    if proposal.kind != "objection":
        return None
    return months_after(proposal.filed_on, change_rules().objection.decide_within_months)


def _require_possible(assessment: Assessment, proposal: Proposal, account: Owed, day: date) -> None:
    """What is asked for must fit the debt as it is on that day."""
    match proposal.kind:
        case "relief":
            _require_not_ahead(proposal, day)
            if not 0 < _less(proposal, account) <= account.principal:
                raise Refusal(
                    "too_much_relief",
                    f"Keringanan harus lebih dari nol dan paling banyak {format_rupiah(account.principal)}.",
                    field="proposal",
                )
        case "instalments":
            _require_not_ahead(proposal, day)
            _require_plan(proposal, account, day)
        case "cancellation":
            if assessment.skrd is None or assessment.skrd.signed_at is None:
                raise Refusal("nothing_demanded", "Tidak ada SKRD yang berlaku untuk dibatalkan.", field="proposal")
        case "objection":
            _require_objection(assessment, proposal, account, day)


def _require_not_ahead(proposal: retribution.Relief | retribution.Instalments, day: date) -> None:
    if proposal.decree and proposal.decree.day > day:
        raise Refusal("in_the_future", "Tanggal keputusannya belum tiba.", field="proposal")


def _require_plan(proposal: retribution.Instalments, account: Owed, day: date) -> None:
    days, total = [part.due_on for part in proposal.parts], sum(part.amount for part in proposal.parts)
    last = months_after(day, change_rules().instalments.most_months)
    if total != account.principal_left:
        raise Refusal(
            "plan_differs",
            f"Angsuran berjumlah {format_rupiah(total)}; pokok yang belum dibayar "
            f"{format_rupiah(account.principal_left)}.",
            field="proposal",
            remedy="Susun angsuran yang jumlahnya sama dengan sisa pokok.",
        )
    if days != sorted(set(days)) or days[0] <= day or days[-1] > last:
        raise Refusal(
            "plan_days",
            f"Tanggal angsuran harus berurutan, sesudah {long_date(day)}, paling akhir {long_date(last)}.",
            field="proposal",
        )


def _require_objection(assessment: Assessment, proposal: retribution.Objection, account: Owed, day: date) -> None:
    rule, signed = change_rules().objection, office_date(assessment.signed_letters[-1].signed_at)
    last = months_after(signed, rule.file_within_months)
    if not signed <= proposal.filed_on <= day:
        raise Refusal("filed_when", "Tanggal surat keberatan harus antara tanggal SKRD dan hari ini.", field="proposal")
    if proposal.filed_on > last:
        raise Refusal(
            "objection_late",
            f"Keberatan diajukan sesudah {long_date(last)}, batas waktunya menurut {rule.legal_basis}.",
            field="proposal",
            remedy="Ketetapan yang nyata-nyata salah dapat dibetulkan atau dibatalkan.",
        )
    if proposal.asked >= account.principal:
        raise Refusal(
            "nothing_asked",
            f"Pokok sekarang {format_rupiah(account.principal)}; mohon yang lebih kecil.",
            field="proposal",
        )


def _less(proposal: Proposal, account: Owed, principal: int | None = None) -> int:
    """By how much the principal is less, whole rupiah, a percentage rounded half up."""
    match proposal.kind:
        case "relief" if proposal.percent is not None:
            return round_half_up(product([Decimal(account.principal), proposal.percent], divided_by=100))
        case "relief":
            return proposal.amount
        case "instalments":
            return 0
        case "cancellation":
            return account.principal
    right = proposal.asked if principal is None else principal
    if right > account.principal:
        raise Refusal("more_than_demanded", "Keberatan tidak menambah ketetapan.", field="principal")
    return account.principal - right


def _compensation(assessment: Assessment, freed: int, day: date) -> int:
    """What the city owes on money an objection gives back, from the last payment on."""
    if freed <= 0:
        return 0
    since = max(office_date(each.paid_at) for each in assessment.payments)
    return money_back.interest(freed, since, day, change_rules().compensation)
