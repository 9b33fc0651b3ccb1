"""The recap of a period is signed: its figures are kept as they are, numbered without gaps, to be printed and handed to
the Mayor. What comes in later for the same period makes another recap, which names the one before it.
"""

from catalogue.recap_rules import recap_rules
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import books, ledger, recaps
from services.retribution.posting import ENDED, Amounts, received
from values.dates import office_date
from values.happening import acting_moment
from values.periods import Period
from values.refusal import Refusal


def sign_recap(book: Book, order: retribution.SignRecap) -> dict:
    """The Head signs the figures of a month, a quarter or a year that is over."""
    span, moment = recaps.named_period(order.period), acting_moment(order.acted_at, book.now, ())
    if len(span.code) == 10:
        raise Refusal("unknown_period", "Rekapitulasi dibuat per bulan, triwulan atau tahun.", field="period")
    if span.last >= office_date(moment):
        raise Refusal(
            "not_over", f"{span.name} belum berakhir.", field="period", remedy="Tandatangani setelah masa itu berakhir."
        )
    if book.actor.role != recap_rules().signatory.role:
        raise Refusal("wrong_role", "Jabatan ini tidak menandatangani rekapitulasi.")
    if differing := [day for day in books.differed(book) if f"{span.first}" <= day <= f"{span.last}"]:
        raise unequal(differing)
    earlier, content = books.signed_recaps(book, span.code), figures(book, span)
    if earlier and earlier[-1]["figures"] == content:
        raise Refusal(
            "recap_signed", f"Rekapitulasi {span.name} sudah ditandatangani: {earlier[-1]['number']}.", field="period"
        )
    year = office_date(moment).year
    holder = f"{books.recap_id(span.code)}#{len(earlier) + 1}"
    number = f"REKAP-{year}-{allocate(book, f'recap/{year}', holder):05d}"
    signed = {
        "number": number,
        "replaces": earlier[-1]["number"] if earlier else None,
        "figures": content,
        "signed_by": book.actor.id,
        "signed_at": moment.isoformat(),
    }
    books.keep_recap(book, span.code, signed)
    book.say(retribution.RecapSigned(application_id=books.recap_id(span.code), number=number))
    return {"number": number, "received": content["received"]}


def recap_of(reader: Reader, question: retribution.RecapOf) -> dict:
    """The sums of a period, the signatures of its recap (the one that counts last), and whether its figures are
    still the same."""
    span = recaps.named_period(question.period)
    told = [
        {"number": each["number"], "signed_at": each["signed_at"], "signed_by": each["signed_by"]}
        for each in books.signed_recaps(reader, span.code)
    ]
    same = bool(told) and books.signed_recaps(reader, span.code)[-1]["figures"] == figures(reader, span)
    return recaps.recap(reader, question) | {"signed": told, "unchanged": same}


def unequal(days: list[str]) -> Refusal:
    """No recap is made of sums that do not agree with the payments."""
    return Refusal(
        "ledger_differs",
        f"Jumlah buku tidak sama dengan pembayaran yang tercatat ({', '.join(days[:5])}); tidak ada yang dicetak.",
        field="period",
        remedy="Laporkan ke operator: `ptsp bus status` menyebut selisihnya.",
    )


def figures(source: Book | Reader, span: Period) -> dict:
    """What a recap prints: a row per account code, type and Bidang, and the sums. Whole rupiah throughout."""
    within = _within(source, span)
    until = recaps.total_until(source, span.last)
    rows = []
    for account in sorted(account for account in until if account != ledger.NOBODYS):
        mine, left = within.get(account, {}), _left(until[account])
        if mine or left:
            rows.append({**account._asdict(), **_figures(mine), "outstanding": left})
    nobodys = within.get(ledger.NOBODYS, {})
    sums = {name: sum(row[name] for row in rows) for name in ("skrd", "assessed", "principal", "interest", "overpaid")}
    sums |= {name: sum(each.get(name, 0) for each in within.values()) for name in ("promised", "refunded")}
    if beside := sum(each.get("compensated", 0) for each in within.values()):
        sums["compensated"] = beside  # no money that was received; left out where there is none, as in earlier recaps
    unassigned, deposited = nobodys.get("unassigned", 0), nobodys.get("deposited", 0)
    channels = {name: sum(each.get(name, 0) for each in within.values()) for name in ("bank", "cash", "payments")}
    return {
        "rows": rows,
        **sums,
        **channels,
        **{name: sum(row[name] for row in rows) for name in ("reduced", "written_off")},
        "outstanding": sum(row["outstanding"] for row in rows),
        "unassigned": unassigned,
        "deposited": deposited,
        "received": sum(map(received, within.values())),
    }


def _within(source: Book | Reader, span: Period) -> ledger.Sums:
    if len(span.code) == 10:
        return ledger.total(ledger.days(source, span.first, span.last))
    return ledger.total(ledger.months(source, f"{span.first:%Y-%m}", f"{span.last:%Y-%m}"))


def _figures(amounts: Amounts) -> Amounts:
    named = ("skrd", "assessed", "principal", "interest", "overpaid", "promised", "refunded", "reduced", "written_off")
    return {measure: amounts.get(measure, 0) for measure in named}


def _left(amounts: Amounts) -> int:
    return amounts.get("assessed", 0) - sum(amounts.get(measure, 0) for measure in ENDED)
