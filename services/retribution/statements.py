"""The bank's statement: looked at before anything is kept, kept, and taken back as a whole.

Money that nobody told of becomes a payment by the one way every payment takes; what a notification had already counted
is found by its bank reference and counted no more. The lines stay as the file said them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

from catalogue.bank_statement import statement_form
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import payment, store, told
from services.retribution import statement_store as drawers
from services.retribution.model import TakenBack
from services.retribution.statement_lines import Statement, StatementLine, read_statement
from values.dates import JAKARTA, office_date
from values.refusal import Refusal
from values.rupiah import format_rupiah

BRINGS = ("new", "unknown_code")  # lines that become payments
MOST_SAID = 5  # lines named in a refusal


def preview(reader: Reader, question: retribution.PreviewStatement) -> dict:
    """What would become of each line; `unreadable` lines must be mended before the file can be imported."""
    read = read_statement(question.content, office_date(reader.now))
    judged = judge(reader, read.lines)
    standing = _standing(reader, read.sha256)
    lines = [_line(line) | {"becomes": becomes} for line, becomes in zip(read.lines, judged, strict=True)]
    return {
        "name": question.name,
        "sha256": read.sha256,
        "already": standing and standing["_id"],
        **_sums(read, judged),
        "lines": lines,
        "unreadable": [each._asdict() for each in read.unreadable],
    }


def take_in(book: Book, order: retribution.ImportStatement) -> dict:
    """Keep the statement and take in what it brings. The same file again is answered as the first time."""
    read = read_statement(order.content, office_date(book.now))
    if standing := _standing(book, read.sha256):
        return _answer(standing) | {"repeated": True}
    if read.unreadable:
        raise _unreadable(read)
    year, earlier = office_date(book.now).year, drawers.imports_of(book, read.sha256)
    serial = allocate(book, f"rekening_koran/{year}", f"{read.sha256}/{len(earlier)}")
    number, judged, lines = f"RK-{year}-{serial:05d}", judge(book, read.lines), []
    for line, becomes in zip(read.lines, judged, strict=True):
        came = _take_in(book, order, number, line, becomes)
        lines.append(_line(line) | {"becomes": becomes} | came)
    statement = {
        "_id": number,
        "name": order.name,
        "sha256": read.sha256,
        "by": book.actor.id,
        "at": book.now.isoformat(),
        **_sums(read, judged),
        "outcomes": dict(Counter(line["outcome"] for line in lines if "outcome" in line)),
        "undone": None,
    }
    drawers.keep(book, statement, lines)
    return _answer(statement) | {"repeated": False}


def judge(source: Book | Reader, lines: Sequence[StatementLine]) -> list[str]:
    """What would become of each line: `new` (a payment for an SKRD), `unknown_code` (a payment for the treasurer to
    settle), `known` (told of before, or earlier in the file), `other` (known with another amount or code), `deposit`
    (the treasurer's own), `outgoing`."""
    references = [line.reference for line in lines]
    payments = drawers.many(source, "payments", references)
    deposits = drawers.many(source, "deposits", references)
    codes = drawers.many(source, "payment_codes", (line.code for line in lines if line.code))
    if isinstance(source, Book):
        source.fetch(store.RECORDS, (each["application_id"] for each in codes.values()))
    known = {id: (each["amount"], each["payment_code"]) for id, each in payments.items() if not each.get("taken_back")}
    judged = []
    for line in lines:
        judged.append(_judged(line, known, deposits, codes))
        if judged[-1] in BRINGS:
            known[line.reference] = (line.amount, line.code or statement_form().no_code)
    return judged


def _judged(line: StatementLine, known: dict, deposits: dict, codes: dict) -> str:
    if line.direction == "out":
        return "outgoing"
    if line.reference in deposits:
        return "deposit" if deposits[line.reference]["amount"] == line.amount else "other"
    if line.reference in known:
        amount, code = known[line.reference]
        if (amount, code) == (line.amount, statement_form().no_code) and line.code in codes:
            return "new"  # it came without a code before, and finds its file by this line
        return "known" if amount == line.amount and line.code in (None, code) else "other"
    if line.deposit:
        return "deposit"
    return "new" if line.code in codes else "unknown_code"


def _take_in(book: Book, order: retribution.ImportStatement, number: str, line: StatementLine, becomes: str) -> dict:
    """What became of a line: nothing more to say, or the outcome of its payment, or why it could be none."""
    if becomes == "known":
        told.told_by(book, line.reference, number, told.sources_of(store.payment(book, line.reference)))
    if becomes not in BRINGS:
        return {}
    said = retribution.RecordPayment(
        command_id=order.command_id,
        payment_code=line.code or statement_form().no_code,
        amount=line.amount,
        bank_reference=line.reference,
        paid_at=_within(line.day, book.now),
        channel="bank",
    )
    try:
        return {"outcome": payment.record(book, said, source=number)["outcome"]}
    except Refusal as no:
        return {"outcome": "refused", "reason": no.message}


def _within(day: date, now: datetime) -> datetime:
    """A statement knows the day alone: the end of it, or now when it is still running."""
    return min(datetime.combine(day, time(23, 59, 59), JAKARTA), now)


def undo(book: Book, order: retribution.UndoStatement) -> dict:
    """Take back what this import alone had brought, by counter-entries of today; a payment that the bank or another
    statement told of as well stays. The debts of those files are owed again from their first day. All or nothing:
    refused when money that would have to go was used since."""
    statement = drawers.statement(book, order.number)
    if statement is None:
        raise Refusal("unknown_statement", f"Tidak ada impor {order.number}.", field="number", remedy="Periksa nomor.")
    if statement["undone"]:
        return statement["undone"] | {"number": order.number, "repeated": True}
    lines = [line for line in drawers.lines_of(book, order.number) if line["direction"] == "in"]
    payments = drawers.many(book, "payments", (line["reference"] for line in lines))
    vouched = {id: kept for id, kept in payments.items() if order.number in told.sources_of(kept)}
    alone = {id: kept for id, kept in vouched.items() if told.sources_of(kept) == [order.number]}
    alone = {id: kept for id, kept in alone.items() if not kept.get("taken_back")}
    filed = [kept for kept in alone.values() if kept["application_id"]]
    book.fetch(store.RECORDS, (kept["application_id"] for kept in filed))
    book.fetch("postings", (f"{kept['paid_on']}|{kept['application_id']}" for kept in filed))
    _require_unused(book, alone)
    for id, kept in vouched.items():
        if id not in alone:
            told.no_longer_by(book, kept, order.number)
    owed_again = [_take_back(book, kept, order) for kept in alone.values()]
    undone = {
        "by": book.actor.id,
        "at": book.now.isoformat(),
        "reason": order.reason,
        "taken_back": len(alone),
        "amount": sum(kept["amount"] for kept in alone.values()),
        "left": len(vouched) - len(alone),
        "files": sorted({id for id in owed_again if id}),
    }
    drawers.keep_undone(book, statement, undone)
    return undone | {"number": order.number, "repeated": False}


def _require_unused(book: Book, alone: dict[str, dict]) -> None:
    """Money that was given to another file or back to its payer, from the payment itself or from its file, is not there
    to be taken back."""
    used = [id for id, kept in alone.items() if _used(book, kept)]
    if used:
        raise Refusal(
            "money_used",
            f"Impor ini tidak dapat dibatalkan: uang dengan referensi {', '.join(used[:MOST_SAID])} sudah dipakai.",
            field="number",
            remedy="Uang itu sudah diberikan kepada berkas lain atau dikembalikan; perbaiki berkas demi berkas.",
        )


def _used(book: Book, kept: dict) -> bool:
    file = kept["application_id"]
    if file is None:
        return bool(kept.get("taken"))
    lies_elsewhere = file != store.application_of_code(book, kept["payment_code"])
    return lies_elsewhere or bool((book.get(store.RECORDS, file) or {}).get("taken"))


def _take_back(book: Book, kept: dict, order: retribution.UndoStatement) -> str | None:
    """The counter-entry of one payment; the file whose debt it had paid, if any."""
    fields = {name: kept[name] for name in ("amount", "paid_at", "channel")}
    gone = TakenBack(bank_reference=kept["_id"], **fields, taken_back_at=book.now, statement=order.number)
    if kept["application_id"]:
        assessment = store.heard_of(book, kept["application_id"])
        assessment.payments = [each for each in assessment.payments if each.bank_reference != kept["_id"]]
        assessment.taken_back.append(gone)
        note = f"{kept['_id']}: {format_rupiah(kept['amount'])}, {order.number}: {order.reason}"
        assessment.history.append(book.happening("payment_taken_back", note=note))
        store.save(book, assessment)
    told.take_back(book, gone, kept)
    return kept["application_id"]


def listed(reader: Reader, question: retribution.StatementsOf) -> dict:
    """The imports, the newest first."""
    every = drawers.every(reader)[::-1]
    return {"statements": [_answer(each) for each in every[: question.most]], "more": len(every) > question.most}


def _standing(source: Book | Reader, sha256: str) -> dict | None:
    """The import of this very file that is not undone."""
    numbers = drawers.imports_of(source, sha256)
    statement = drawers.statement(source, numbers[-1]) if numbers else None
    return None if statement is None or statement["undone"] else statement


def _answer(statement: dict) -> dict:
    return {"number": statement["_id"]} | {name: value for name, value in statement.items() if name != "_id"}


def _line(line: StatementLine) -> dict:
    return line._asdict() | {"day": line.day.isoformat()}


def _sums(read: Statement, judged: list[str]) -> dict:
    days = [line.day.isoformat() for line in read.lines]
    brought = sum(line.amount for line, becomes in zip(read.lines, judged, strict=True) if becomes in BRINGS)
    return {
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "counts": dict(Counter(judged)),
        "incoming": sum(line.amount for line in read.lines if line.direction == "in"),
        "brings": brought,
    }


def _unreadable(read: Statement) -> Refusal:
    said = [f"baris {each.number}{f' ({each.field})' if each.field else ''}: {each.reason}" for each in read.unreadable]
    return Refusal(
        "unreadable_statement",
        f"Tidak terbaca {len(said)} baris: {'; '.join(said[:MOST_SAID])}.",
        field="content",
        remedy="Perbaiki baris itu pada berkas dari bank, lalu impor lagi; tidak ada yang tercatat.",
    )
