"""One SKRD for several notas of one payer: one debt, kept with the file that leads it; the others go on when it is
paid."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from catalogue.skrd_rules import skrd_rules
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from services.retribution import letters, store
from services.retribution.letter_model import Ended, Joined, JoinedTo
from services.retribution.model import Assessment
from values.happening import latest
from values.refusal import Refusal


def candidates(reader: Reader, assessment: Assessment) -> list[dict]:
    """The files whose notas the SKRD of this one may demand too: not demanded yet, and alike in all that must agree."""
    if not (key := store.joint_key(assessment)):
        return []
    others = [each for each in store.alike(reader, key) if each.id != assessment.id]
    return [
        {
            "application_id": each.id,
            "resi": each.resi,
            "sub_kind": each.sub_kind,
            "nota_number": each.nota.number,
            "total": each.nota.total,
        }
        for each in others
    ]


def led(reader: Reader, assessment: Assessment) -> dict | None:
    """What is known of the joint SKRD that another file leads; None when none does."""
    if assessment.joined_to is None:
        return None
    lead = store.keeper(reader, assessment)
    skrd = lead.skrd and lead.skrd.model_dump(mode="json", exclude={"drawn_from"})
    return {"application_id": lead.id, "resi": lead.resi, "skrd": skrd, "receipt_number": lead.receipt_number}


def join(book: Book, lead: Assessment, together: Sequence[str], moment: datetime) -> None:
    """The SKRD of this file is to demand the notas of those files too. Refused, naming the file, when one may not."""
    if not together:
        return
    key, rules = store.joint_key(lead), skrd_rules()
    if not key or lead.joined_to:
        raise Refusal(
            "stands_alone",
            f"Nota berkas {lead.resi} ({lead.nota.account_code}) tidak dapat disatukan dengan nota lain.",
            field="together",
            remedy="Terbitkan SKRD-nya tanpa nota lain.",
        )
    if len(lead.joined) + len(together) >= rules.most or len({lead.id, *together}) <= len(together):
        raise Refusal(
            "too_many_notas",
            f"Satu SKRD memuat paling banyak {rules.most} nota, masing-masing satu kali.",
            field="together",
        )
    for id in together:
        other = store.find(book, id)
        if other is None or store.joint_key(other) != key or other.joined:
            raise Refusal(
                "not_alike",
                f"Nota berkas {other.resi if other else id} tidak dapat disatukan dengan berkas {lead.resi}.",
                field="together",
                remedy="Yang disatukan: nota bertanda tangan yang belum ber-SKRD, dari wajib retribusi, jenis izin, "
                "Bidang dan dasar hukum yang sama.",
            )
        lead.joined.append(Joined(application_id=other.id, resi=other.resi, sub_kind=other.sub_kind, nota=other.nota))
        other.joined_to = JoinedTo(application_id=lead.id, resi=lead.resi)
        other.history.append(book.happening("joined_to_skrd", moment, lead.resi))
        store.save(book, other)


def each_of(book: Book, lead: Assessment) -> Iterator[Assessment]:
    """The files a letter speaks for, the one that keeps the account first; without those that ended."""
    if not lead.left:
        yield lead
    for entry in lead.joined:
        if not entry.left:
            yield store.heard_of(book, entry.application_id)


def note_corrected(book: Book, file: Assessment) -> None:
    """The nota of a joined file was corrected: the joint demand follows it."""
    lead = store.keeper(book, file)
    if lead is file:
        return
    entry = next(each for each in lead.joined if each.application_id == file.id)
    entry.nota = file.nota
    _drop_unsigned(lead)
    lead.history.append(
        book.happening("joined_nota_corrected", latest(lead.history), f"{file.resi}: {file.nota.number}")
    )
    store.save(book, lead)


def leave(book: Book, file: Assessment, why: Ended) -> bool:
    """The file ended. Its nota leaves the joint demand, unless that is paid; whether the account goes on for others."""
    lead = store.keeper(book, file)
    if lead.receipt_number or not (lead.joined and lead.closed is None):
        return False
    if lead is file:
        lead.left = why
    else:
        next(each for each in lead.joined if each.application_id == file.id).left = why
        lead.history.append(book.happening("joined_file_ended", latest(lead.history), file.resi))
    _drop_unsigned(lead)
    lead.closed = lead.left if lead.left and all(each.left for each in lead.joined) else None
    if lead is not file:
        if lead.closed:
            lead.history.append(book.happening(f"assessment_{lead.closed}", latest(lead.history)))
            book.say(retribution.DemandEnded(application_id=lead.id, ended_at=book.now))
        store.save(book, lead)
    return lead is file and lead.closed is None


def _drop_unsigned(lead: Assessment) -> None:
    """Letters that nobody signed go with the notas they were drawn from; their numbers stay taken."""
    for letter in letters.standing(lead):
        if letter.signed_at is None:
            letters.set_aside(lead, letter)
