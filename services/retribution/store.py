"""Drawers of retribution: the only file that knows its collections."""

from collections.abc import Sequence
from datetime import date, timedelta

from catalogue.skrd_rules import skrd_rules
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.retribution import agreement_store, ledger, rates, refund_store, statement_store, tax_store
from services.retribution.lateness import next_claim
from services.retribution.letters import called_for
from services.retribution.model import Assessment, Payment, Taken
from services.retribution.posting import Days, day_of, owing_on, postings, unassigned
from services.retribution.waiting import STRD_TO_SIGN, TO_DECIDE, place_of, place_of_decision, place_of_strd
from values.dates import office_date
from values.refusal import Refusal

OPEN, LAST = "open", "last"
LAST_DAY = "9999-12-31"
BESIDE = (
    "claim_on",
    "silent_on",
    "nota_in",
    "waits",
    "decides",
    "strd_waits",
    "posted",
    "owing_since",
    "ledger",
    "excess",
    "alike",
    "letters_in",
)  # worked out anew each time
RECORDS = "assessments"
COLLECTIONS = {
    "assessments": [
        "claim_on",
        "silent_on",
        "nota_in",
        "waits",
        "decides",
        "strd_waits",
        "owing_since",
        "excess",
        "alike",
        "letters_in",
    ],
    "proofs": [],
    "payment_codes": [],
    "payments": ["paid_on", "waits"],
    "deposits": ["day"],
    **rates.COLLECTIONS,
    **agreement_store.COLLECTIONS,
    **statement_store.COLLECTIONS,
    "recaps": [],
    **ledger.COLLECTIONS,
    **tax_store.COLLECTIONS,
    **refund_store.COLLECTIONS,
    **NUMBERING,
}


def find(source: Book | Reader, application_id: str) -> Assessment | None:
    document = source.get("assessments", application_id)
    return None if document is None or "ended" in document else assessment_of(document)


def assessment_of(document: dict) -> Assessment:
    fields = {name: value for name, value in document.items() if name not in ("_id", *BESIDE)}
    return Assessment.model_validate({"id": document["_id"], **fields})


def asked_for(source: Book | Reader, application_id: str) -> Assessment:
    assessment = find(source, application_id)
    if assessment is None:
        reason = "Berkas ini tidak sedang dihitung retribusinya."
        raise Refusal("unknown_assessment", reason, field="application_id", remedy="Periksa langkah berkasnya.")
    return assessment


def heard_of(source: Book | Reader, application_id: str) -> Assessment:
    assessment = find(source, application_id)
    if assessment is None:
        raise NotYet(f"assessment {application_id} is not here yet")
    return assessment


def keeper(source: Book | Reader, assessment: Assessment) -> Assessment:
    """The file that keeps the account of this one: itself, or the one that leads their joint SKRD."""
    return heard_of(source, assessment.joined_to.application_id) if assessment.joined_to else assessment


def joint_key(assessment: Assessment) -> str:
    """In what notas must agree to stand in one SKRD: payer, type, Bidang, account code, legal basis. Empty when this
    one may not be joined to another, or not any more."""
    nota, letter, payer = assessment.nota, called_for(assessment), assessment.payer
    if letter is None or letter.kind != "skrd" or assessment.correction or assessment.letters:
        return ""
    if not skrd_rules().may_be_joint(nota.account_code):
        return ""
    who = payer.npwp or " ".join(f"{payer.name} {payer.address}".casefold().split())
    return "|".join((assessment.licence_type, assessment.bidang, nota.account_code, nota.legal_basis, who))


def alike(reader: Reader, key: str) -> list[Assessment]:
    """The files with that key, found by index."""
    return [assessment_of(document) for document in reader.find("assessments", {"alike": key}, 50, by="_id")]


def save(book: Book, assessment: Assessment) -> None:
    """Kept with the day of its next claim (`claim_on`, left out when none is ahead) and of the next change that would
    be granted by silence (`silent_on`), the month in which its nota was signed (`nota_in`, `open` before), its place
    among what waits for people (`waits`, empty when it waits for none), for a decision (`decides`) and for the
    signature of an STRD (`strd_waits`), the day of its SKRD while principal is left (`owing_since`), what is there
    beyond what is owed (`excess`), what notas must agree in to share its SKRD (`alike`), the months its
    letters were numbered in (`letters_in`), and what it brought into the ledger (`posted`), brought up to date."""
    ahead, nota = next_claim(assessment), assessment.nota
    plan = {"claim_on": ahead.on.isoformat()} if ahead else {}
    if silent := [change.decide_by for change in assessment.changes if change.open and change.decide_by]:
        plan["silent_on"] = (min(silent) + timedelta(days=1)).isoformat()
    if decides := place_of_decision(assessment):
        plan["decides"] = decides
    if strd_waits := place_of_strd(assessment):
        plan["strd_waits"] = strd_waits
    plan |= {"posted": (days := _post(book, assessment)), "excess": assessment.overpaid}
    if owing_on(days, LAST_DAY):
        plan["owing_since"] = next(day for day, amounts in days.items() if amounts.get("assessed"))
    plan["nota_in"] = f"{office_date(nota.signed_at):%Y-%m}" if nota and nota.signed_at else OPEN
    plan["waits"] = place_of(assessment)
    if key := joint_key(assessment):
        plan["alike"] = key
    if numbered := {f"{office_date(each.numbered_at):%Y-%m}" for each in assessment.letters}:
        plan["letters_in"] = sorted(numbered)
    book.put("assessments", {"_id": assessment.id, **assessment.model_dump(mode="json", exclude={"id"}), **plan})


def _post(book: Book, assessment: Assessment) -> Days:
    before, days = (book.get("assessments", assessment.id) or {}).get("posted", {}), postings(assessment)
    if days == before:
        return days
    ledger.post(book, assessment.id, account_of(assessment), days, before, about(assessment))
    return days


def account_of(assessment: Assessment) -> ledger.Account:
    """What the sums of a file with an SKRD are kept by."""
    return ledger.Account(assessment.letter.account_code, assessment.licence_type, assessment.bidang)


def about(assessment: Assessment) -> dict:
    """How lists name the file."""
    return {"resi": assessment.resi, "skrd_number": assessment.letter.number, "payer": assessment.payer.name}


def with_claim_due(reader: Reader, today: date) -> list[str]:
    """Ids of the files with a teguran or STRD that should go out by that day, the oldest first, found by index."""
    return reader.ids("assessments", {"claim_on": {"$gt": "2000-01-01", "$lte": today.isoformat()}}, by="claim_on")


def with_silence_due(reader: Reader, today: date) -> list[str]:
    """Ids of the files with an objection nobody decided in time, found by index."""
    return reader.ids("assessments", {"silent_on": {"$gt": "2000-01-01", "$lte": today.isoformat()}}, by="silent_on")


def with_nota_of(reader: Reader, month: str, bidang: str | None = None) -> list[Assessment]:
    """The files whose nota was signed in a month (`2016-03`), of one Bidang or all, found by index."""
    asked = {"nota_in": month} | ({"bidang": bidang} if bidang else {})
    return [assessment_of(document) for document in reader.find("assessments", asked)]


def with_letters_of(reader: Reader, month: str, bidang: str) -> list[Assessment]:
    """The files of a Bidang of which a letter was numbered in a month, set aside or not, found by index."""
    asked = {"letters_in": month, "bidang": bidang}
    return [assessment_of(document) for document in reader.find("assessments", asked)]


def without_nota(reader: Reader) -> list[Assessment]:
    """The files whose nota is not signed, those that ended among them."""
    return with_nota_of(reader, OPEN)


def on_desk(reader: Reader, desk: str, limit: int) -> list[Assessment]:
    """The files that wait on a desk (`nota_to_sign.jasa_usaha`), the one that waits longest first, found by index."""
    places = {"$gt": f"{desk}/", "$lt": f"{desk}0"}  # "/" then "0"
    field = {TO_DECIDE: "decides", STRD_TO_SIGN: "strd_waits"}.get(desk, "waits")
    return [assessment_of(d) for d in reader.find("assessments", {field: places}, limit, by=field)]


def unplanned(reader: Reader) -> list[Assessment]:
    """The files kept by a version that knew less of what is planned beside the record."""
    documents = reader.find("assessments", {"waits": None})
    return [assessment_of(document) for document in documents if "ended" not in document]


def proof(reader: Reader, night: str) -> dict | None:
    """What was found when all notes were computed again that night; None: they were not yet."""
    return reader.get("proofs", night)


def last_proof(reader: Reader) -> dict:
    return reader.get("proofs", LAST) or {}


def keep_proof(book: Book, night: str, checked: int, different: list[str]) -> None:
    """How many notes were computed again that night, and the files whose note did not agree."""
    found = {"night": night, "checked": checked, "different": different}
    for id in (night, LAST):
        book.put("proofs", {"_id": id, **found})


def remember_end(book: Book, application_id: str, why: str) -> None:
    """The file ended before its assessment was opened: facts can overtake each other, and none is to be opened now."""
    book.put("assessments", {"_id": application_id, "ended": why, "excess": 0})


def has_ended(source: Book | Reader, application_id: str) -> bool:
    return "ended" in (source.get("assessments", application_id) or {})


def remember_code(book: Book, payment_code: str, application_id: str) -> None:
    """From now on money can come in under this code."""
    book.put("payment_codes", {"_id": payment_code, "application_id": application_id})


def application_of_code(book: Book, payment_code: str) -> str | None:
    document = book.get("payment_codes", payment_code)
    return document["application_id"] if document else None


def payment(book: Book | Reader, bank_reference: str) -> dict | None:
    """What is known of this bank reference: each is counted once, whatever the bank repeats."""
    return book.get("payments", bank_reference)


def keep_payment(
    book: Book,
    payment: Payment,
    payment_code: str,
    application_id: str | None,
    outcome: str,
    taken: Sequence[Taken] = (),
) -> None:
    """Money is never dropped: also a payment that matches nothing is kept, for the treasurer to settle. What was not
    taken from it (`waits`) stands in the ledger as nobody's; what has a file is posted with the file. Who told of it
    stays as it is (`told.py`)."""
    fields = payment.model_dump(mode="json", include={"amount", "paid_at", "channel"})
    kept = book.get("payments", payment.bank_reference) or {}
    days = {} if application_id else unassigned(payment, taken)
    left = 0 if application_id else payment.amount - sum(each.amount for each in taken if each.at)
    holder = ledger.holder_of(payment.bank_reference, kept.get("times", 1))
    ledger.post(book, holder, ledger.NOBODYS, days, kept.get("posted", {}), {"payment_code": payment_code})
    document = {"_id": payment.bank_reference, "payment_code": payment_code, "outcome": outcome, **fields}
    beside = {"application_id": application_id, "paid_on": day_of(payment), "posted": days, "waits": left}
    parts = {"taken": [each.model_dump(mode="json") for each in taken]} if taken else {}
    told = {name: kept[name] for name in ("sources", "times", "proof") if name in kept}
    book.put("payments", document | beside | parts | told)
